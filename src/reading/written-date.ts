const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
]
const ABOUT = /^(?:about|around|circa|ca\.?|c\.|in|early|mid|late|beginning of|end of|the|-| )+ ?/iu

const two = (number: string | number) => String(number).padStart(2, '0')

/**
 * A date as people write it in English, as `2024-04-03` or, where no day is named, `2024-04`; null for anything else.
 * "Early" and "about" are left out: the month holds them.
 */
export function writtenDate(text: string): string | null {
  const words = text.trim().replace(ABOUT, '').replaceAll(/[,.]/gu, ' ').replaceAll(/\s+/gu, ' ')
  const [, day = '', month = '', year = ''] =
    /^(?:(\d{1,2})(?:st|nd|rd|th)? (?:of )?)?([a-z]{3,9}) (\d{4})$/iu.exec(words) ?? []
  const [, otherMonth = '', otherDay = '', otherYear = ''] =
    /^([a-z]{3,9}) (\d{1,2})(?:st|nd|rd|th)? (\d{4})$/iu.exec(words) ?? []
  const name = (month || otherMonth).toLowerCase()
  const found =
    name === ''
      ? -1
      : MONTHS.findIndex(
          (full) => full === name || full.slice(0, 3) === name || (name === 'sept' && full === 'september'),
        )
  if (found === -1) return null
  const date = `${year || otherYear}-${two(found + 1)}`
  const which = day || otherDay
  return which === '' ? date : `${date}-${two(which)}`
}
