import type { NamedHorizon } from '../grammar/horizon.ts'
import type { Dates } from '../grammar/language.ts'
import type { Frame } from './frame.ts'

/** What these tell goes on for a while, or by degrees: the time says how long and not when. */
const LASTING =
  /^(?:продолж|продерж|остан|сохран|прожив|выраст|возраст|сниз|упад|подорож|подешев|увелич|сократ|замедл|ускор|состав|ослаб|укреп|улучш|ухудш)/u

/** When a sentence puts an event that happens once: "не раньше 2028 года", "в 2031–2033 годах"; else null. */
export function datesOf({ tokens, future, reading }: Frame, times: readonly NamedHorizon[]): Dates | null {
  const [time] = times
  if (future === null || time === undefined || reading.kind === 'none') return null
  const word = tokens[future.at]?.word ?? ''
  if (LASTING.test(word) || future.kind === 'will') return null
  const isDenied = tokens[future.at - 1]?.word === 'не'
  if (time.kind === 'asks') return time.from === undefined ? null : { from: time.from }
  return time.between === true && !isDenied && time.from !== null ? { from: time.from, to: time.date } : null
}
