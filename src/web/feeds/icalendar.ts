import { utf8 } from '../../log/encoding.ts'

/** A property: its name with its parameters, and its value as it is written. */
type Property = readonly [name: string, value: string]

const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f]/gu
/** A text as RFC 5545 (section 3.3.11) writes it: no line of it ends the property. */
export const calendarText = (text: string): string =>
  text
    .replaceAll('\\', '\\\\')
    .replaceAll(';', '\\;')
    .replaceAll(',', '\\,')
    .replaceAll(/\r\n|\r|\n|\u2028|\u2029/gu, '\\n')
    .replaceAll(CONTROL, '')

/** `20250403` of a day, `20250403T120000Z` of an instant. */
export const calendarDay = (day: string): string => day.replaceAll('-', '')
export const calendarInstant = (at: string): string =>
  `${calendarDay(at.slice(0, 10))}T${at.slice(11, 19).replaceAll(':', '')}Z`

const LONGEST = 75

/** A line in pieces of at most 75 octets, none of which ends within a letter. */
function folded(line: string): string {
  const lines: string[] = []
  let [piece, octets] = ['', 0]
  for (const letter of line) {
    const size = utf8(letter).length
    if (octets + size > LONGEST) {
      lines.push(piece)
      // The space that marks a continuation is one of its octets.
      piece = ' '
      octets = 1
    }
    piece += letter
    octets += size
  }
  return [...lines, piece].join('\r\n')
}

const block = (name: string, lines: readonly string[]): string[] => [`BEGIN:${name}`, ...lines, `END:${name}`]
const linesOf = (properties: readonly Property[]) => properties.map(([name, value]) => `${name}:${value}`)

/** A calendar as RFC 5545 has it, with the names that RFC 7986 and calendars of before give its title. */
export function calendarAnswer(
  { name, about, url }: { name: string; about: string; url: string },
  events: readonly (readonly Property[])[],
): Response {
  const head: Property[] = [
    ['VERSION', '2.0'],
    ['PRODID', '-//Reckoning//Deadlines//EN'],
    ['CALSCALE', 'GREGORIAN'],
    ['METHOD', 'PUBLISH'],
    ['NAME', calendarText(name)],
    ['X-WR-CALNAME', calendarText(name)],
    ['DESCRIPTION', calendarText(about)],
    ['X-WR-CALDESC', calendarText(about)],
    ['URL', url],
    ['REFRESH-INTERVAL;VALUE=DURATION', 'PT6H'],
    ['X-PUBLISHED-TTL', 'PT6H'],
  ]
  const lines = block('VCALENDAR', [
    ...linesOf(head),
    ...events.flatMap((event) => block('VEVENT', linesOf(event))),
  ])
  return new Response(`${lines.map(folded).join('\r\n')}\r\n`, {
    headers: { 'content-type': 'text/calendar; charset=utf-8' },
  })
}
