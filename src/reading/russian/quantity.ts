import type { Quantity } from '../grammar/language.ts'
import type { Frame } from './frame.ts'
import type { Token } from './token.ts'
import { isInfinitive } from './verb.ts'

/** A number of a sentence with its unit, at tokens first..last. */
export type Measure = Pick<Quantity, 'value' | 'interval' | 'unit'> & {
  readonly first: number
  readonly last: number
}

const SCALES: readonly (readonly [RegExp, number])[] = [
  [/^(?:тыс|тысяч[аиуей]?)$/u, 1e3],
  [/^(?:млн|миллион(?:а|ов|у|ом|е|ы|ами|ах)?)$/u, 1e6],
  [/^(?:млрд|миллиард(?:а|ов|у|ом|е|ы|ами|ах)?)$/u, 1e9],
  [/^(?:трлн|триллион(?:а|ов|у|ом|е|ы|ами|ах)?)$/u, 1e12],
]
const PERCENT = /^(?:%|процент(?:а|ов|ам|ами|ах|у|ом|е|ы)?|проц)$/u
const POINTS = /^(?:пункт(?:а|ов|ам|ами|ах|у|ом|е|ы)?|п)$/u
const PERCENTAGE = /^процентн(?:ый|ых|ого|ому|ым|ыми)$/u
/** What is counted, in the case that stands behind a number; not a time. */
const COUNTED =
  /^(?:рубл(?:ь|я|ей|ям|ями|ях)|доллар(?:а|ов|ам|ами|ах)?|евро|крон[аыу]?|фунт(?:а|ов)?|юан(?:ь|я|ей)|мест(?:о|а|ам|ами|ах)?|мандат(?:а|ов|ам|ами)?|голос(?:а|ов)|человек(?:а)?|людей|тонн[аыу]?|баррел(?:ь|я|ей)|машин[аыу]?|автомобил(?:ь|я|ей)|квартир[аыу]?|солдат|градус(?:а|ов)?|метр(?:а|ов)?|сантиметр(?:а|ов)?|километр(?:а|ов)?)$/u
const CURRENCY: Readonly<Record<string, string>> = {
  $: 'долларов',
  '€': 'евро',
  '₽': 'рублей',
  '£': 'фунтов',
}
/** Units as they are named, whatever their case. */
const NAMES: readonly (readonly [RegExp, string])[] = [
  [/^рубл/u, 'рублей'],
  [/^доллар/u, 'долларов'],
  [/^крон/u, 'крон'],
  [/^мест/u, 'мест'],
  [/^мандат/u, 'мандатов'],
  [/^голос/u, 'голосов'],
  [/^(?:человек|людей)/u, 'человек'],
  [/^тонн/u, 'тонн'],
  [/^машин/u, 'машин'],
]

const word = (tokens: readonly Token[], at: number): string => tokens[at]?.word ?? ''
const countAt = (tokens: readonly Token[], at: number): number | undefined =>
  tokens[at]?.ordinal === true ? undefined : tokens[at]?.value

type Amount = { readonly value: number; readonly unit: string; readonly next: number }

/** A number with its scale and unit; '' where none stands behind it. */
function amountAt(tokens: readonly Token[], at: number): Amount | null {
  const value = countAt(tokens, at)
  if (value === undefined) return null
  const scale = SCALES.find(([pattern]) => pattern.test(word(tokens, at + 1)))?.[1] ?? 1
  const dot = scale > 1 && word(tokens, at + 2) === '.' ? 1 : 0
  const [unit, next] = unitAt(tokens, scale > 1 ? at + 2 + dot : at + 1)
  const before = CURRENCY[word(tokens, at - 1)]
  return { value: value * scale, unit: before ?? unit, next }
}

function unitAt(tokens: readonly Token[], at: number): [string, number] {
  const here = word(tokens, at)
  if (PERCENT.test(here)) return ['%', at + 1]
  if (PERCENTAGE.test(here) && POINTS.test(word(tokens, at + 1))) return ['процентных пунктов', at + 2]
  if (CURRENCY[here] !== undefined) return [CURRENCY[here], at + 1]
  if (!COUNTED.test(here)) return ['', at]
  return [NAMES.find(([pattern]) => pattern.test(here))?.[1] ?? here, at + 1]
}

const LOW = /^(?:не менее|не меньше|не ниже|как минимум|минимум|больше|более|выше|свыше)$/u
const HIGH = /^(?:не более|не больше|не выше|как максимум|максимум|меньше|менее|ниже)$/u
const EXCEEDS = /^(?:превыс\p{L}+|переваль?\p{L}+|перешагн\p{L}+|преодоле\p{L}+)$/u

/** Which end of an interval a number is, by the words before it. */
function endOf(tokens: readonly Token[], at: number): 'low' | 'high' | null {
  const near = /^(?:чем|в|за)$/u.test(word(tokens, at - 1)) ? at - 2 : at - 1
  const two = `${word(tokens, near - 1)} ${word(tokens, near)}`
  if (LOW.test(two)) return 'low'
  if (HIGH.test(two)) return 'high'
  if (LOW.test(word(tokens, near)) || EXCEEDS.test(word(tokens, near))) return 'low'
  return HIGH.test(word(tokens, near)) ? 'high' : null
}

/** "От 40 до 45 процентов", "6–7 %", "110 рублей", "не менее 3 процентов". */
function measureAt(tokens: readonly Token[], at: number): Measure | null {
  // "Процентов тридцать пять": about so many.
  const about =
    PERCENT.test(word(tokens, at)) && countAt(tokens, at - 1) === undefined
      ? countAt(tokens, at + 1)
      : undefined
  if (about !== undefined && word(tokens, at) !== '%')
    return { value: about, unit: '%', first: at, last: at + 1 }
  const first = amountAt(tokens, at)
  if (first === null) return null
  const link = word(tokens, first.next)
  const opens = word(tokens, at - 1)
  const joins =
    link === '-' || link === '—' || (link === 'до' && opens === 'от') || (link === 'и' && opens === 'между')
  const second = joins ? amountAt(tokens, first.next + 1) : null
  const isOne = first.unit === '' || first.unit === second?.unit
  if (second !== null && second.unit !== '' && isOne && first.value < second.value)
    return { interval: [first.value, second.value], unit: second.unit, first: at, last: second.next - 1 }
  if (first.unit === '') return null
  const place = { unit: first.unit, first: at, last: first.next - 1 }
  const end = endOf(tokens, at)
  if (end === null) return { value: first.value, ...place }
  return { interval: end === 'low' ? [first.value, null] : [null, first.value], ...place }
}

/** The numbers that a sentence forecasts: behind its verb of the future, and none that says how likely it is. */
export function measuresIn({ tokens, future, number, phrases }: Frame): Measure[] {
  const verb = future?.at ?? phrases.find(({ layer }) => layer === 'forecast')?.last
  if (verb === undefined || number !== null) return []
  const found: Measure[] = []
  for (let at = 0; at < tokens.length; at++) {
    const measure = measureAt(tokens, at)
    if (measure === null) continue
    const isOfVerb = measure.first > verb || (future?.part.first ?? 0) <= measure.first
    if (isOfVerb) found.push(measure)
    at = measure.last
  }
  return found
}

const BESIDE = /^(?:в|во|на|к|ко|до|за|по|с|со|у|от|из|через|после|перед|уже|сейчас|тогда)$/u

/** Of what the number is: the words before the verb, up to a preposition; '' where they are no subject. */
export function subjectOf({ text, tokens, future, phrases }: Frame): string {
  // "Банк будет вынужден повысить ставку до 12 процентов": the number is of something else.
  const isOfOther = tokens.slice(future?.at, (future?.at ?? 0) + 5).some((token) => isInfinitive(token.word))
  if (future === null || (future.kind === 'will' && isOfOther)) return ''
  const isWeighed = (at: number) => phrases.some(({ first, last }) => first <= at && at <= last)
  let first = future.part.first
  while (first < future.at && (isWeighed(first) || /^(?:и|а|но|что|,)$/u.test(word(tokens, first)))) first++
  let last = first
  while (
    last < future.at &&
    !BESIDE.test(word(tokens, last)) &&
    !isWeighed(last) &&
    word(tokens, last) !== 'не'
  )
    last++
  const words = first < last ? text.slice(tokens[first]?.start, tokens[last - 1]?.end) : ''
  // "Страну покинут …": what is done to it, and no subject.
  const isSubject =
    !/[ую]$/u.test(words.split(' ').at(-1) ?? '') && !/(?<!\p{L})(?:он|она|они|оно|это)$/iu.test(words)
  return isSubject ? words : ''
}
