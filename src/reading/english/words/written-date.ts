import { MONTH, monthNumber, typedDay } from '../../../core/typed-date.ts'

export { monthNumber } from '../../../core/typed-date.ts'

const MONTH_ONLY = new RegExp(`^(${MONTH}) (\\d{4})$`, 'iu')
const ABOUT = /^(?:about|around|circa|ca\.?|c\.|in|early|mid|late|beginning of|end of|the|-| )+ ?/iu
const LONGEST = 100

/**
 * A date as people write it in English, as `2024-04-03` or, where no day is named, `2024-04`; null for anything else.
 * "Early" and "about" are left out: the month holds them.
 */
export function writtenDate(text: string): string | null {
  const written = text.trim()
  if (written.length > LONGEST) return null
  const words = written.replace(ABOUT, '').replaceAll(/[,.]/gu, ' ').replaceAll(/\s+/gu, ' ').trim()
  const [, month = '', year = ''] = MONTH_ONLY.exec(words) ?? []
  if (month !== '') return `${year}-${String(monthNumber(month)).padStart(2, '0')}`
  const read = typedDay(words)
  return 'day' in read ? read.day : null
}
