const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')
const MONTH =
  'jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?'
const DAY = '(\\d{1,2})(?:st|nd|rd|th)?'
const DAY_FIRST = new RegExp(`^(?:${DAY} (?:of )?)?(${MONTH}) (\\d{4})$`, 'iu')
const MONTH_FIRST = new RegExp(`^(${MONTH}) ${DAY} (\\d{4})$`, 'iu')
const ABOUT = /^(?:about|around|circa|ca\.?|c\.|in|early|mid|late|beginning of|end of|the|-| )+ ?/iu

/** 1 to 12 by how the name of a month begins; 0 for anything else. */
export const monthNumber = (name: string): number => MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1

const LONGEST = 100

const two = (number: string | number) => String(number).padStart(2, '0')

/**
 * A date as people write it in English, as `2024-04-03` or, where no day is named, `2024-04`; null for anything else.
 * "Early" and "about" are left out: the month holds them.
 */
export function writtenDate(text: string): string | null {
  const written = text.trim()
  if (written.length > LONGEST) return null
  const words = written.replace(ABOUT, '').replaceAll(/[,.]/gu, ' ').replaceAll(/\s+/gu, ' ')
  const [, month, day, year] = MONTH_FIRST.exec(words) ?? swapped(DAY_FIRST.exec(words))
  if (month === undefined) return null
  const date = `${year}-${two(monthNumber(month))}`
  return day === undefined ? date : `${date}-${two(day)}`
}

const swapped = (found: RegExpExecArray | null): (string | undefined)[] =>
  found === null ? [] : [found[0], found[2], found[1], found[3]]
