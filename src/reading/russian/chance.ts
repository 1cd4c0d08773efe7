import type { Token } from './token.ts'

/** A number for how likely something is, 0 to 1, at tokens first..last. */
export type ChanceNumber = {
  readonly low: number
  readonly high: number
  readonly first: number
  readonly last: number
}

const PERCENT = /^(?:%|процент(?:а|ов|ам|ами|ах|у|ом|е|ы)?|проц)$/u
const CUE =
  /^(?:вероятност\p{L}*|шанс\p{L}*|риск\p{L}*|угроз[аыу]|опасност[ьи]|уверен\p{L}*|убежден\p{L}*|гарантир\p{L}*|сказал|сказала|даю|дал|дала|ставлю|поставил|поставила|оцениваю|оценил|оценила|оцениваем|вероятн\p{L}*|фифти-фифти)$/u
const BEFORE: readonly (readonly [RegExp, 'low' | 'high'])[] = [
  [
    /^(?:не менее|не меньше|не ниже|больше|более|выше|свыше|как минимум|минимум|по меньшей мере)(?: чем)?(?: в)?$/u,
    'low',
  ],
  [/^(?:не более|не больше|не выше|меньше|менее|ниже|как максимум|максимум)(?: чем)?(?: в)?$/u, 'high'],
]

const word = (tokens: readonly Token[], at: number): string => tokens[at]?.word ?? ''
const valueAt = (tokens: readonly Token[], at: number): number | undefined =>
  tokens[at]?.ordinal === true ? undefined : tokens[at]?.value
const isShare = (value: number | undefined): value is number =>
  value !== undefined && value >= 0 && value <= 100

/** What a number before it in words bounds, and where these begin. */
function boundAt(tokens: readonly Token[], first: number): { bound: 'low' | 'high'; first: number } | null {
  for (let count = 4; count > 0; count--) {
    const begin = first - count
    if (begin < 0) continue
    const words = tokens
      .slice(begin, first)
      .map((token) => token.word)
      .join(' ')
    const found = BEFORE.find(([pattern]) => pattern.test(words))
    if (found !== undefined) return { bound: found[1], first: begin }
  }
  return null
}

const rounded = (value: number): number => Math.round(value * 1e6) / 1e6

function bounded(
  tokens: readonly Token[],
  low: number,
  high: number,
  first: number,
  last: number,
): ChanceNumber {
  const bound = low === high ? boundAt(tokens, first) : null
  if (bound === null) return { low: rounded(low), high: rounded(high), first, last }
  return bound.bound === 'low'
    ? { low: rounded(low), high: 1, first: bound.first, last }
    : { low: 0, high: rounded(high), first: bound.first, last }
}

/** "70 %", "60–70 %", "от 60 до 70 процентов", "процентов семьдесят". */
function percentAt(tokens: readonly Token[], at: number): ChanceNumber | null {
  const value = valueAt(tokens, at)
  if (PERCENT.test(word(tokens, at)) && word(tokens, at) !== '%') {
    const then = word(tokens, at + 1) === 'на' ? at + 2 : at + 1
    const after = valueAt(tokens, then)
    const ends = !PERCENT.test(word(tokens, then + 1))
    return isShare(after) && ends && value === undefined && valueAt(tokens, at - 1) === undefined
      ? bounded(tokens, after / 100, after / 100, at, then)
      : null
  }
  if (!isShare(value)) return null
  if (PERCENT.test(word(tokens, at + 1))) {
    const before = rangeBefore(tokens, at)
    if (before !== null) return { ...bounded(tokens, before.low / 100, value / 100, before.first, at + 1) }
    return bounded(tokens, value / 100, value / 100, at, at + 1)
  }
  return null
}

/** The low end of a range that ends at this number. */
function rangeBefore(tokens: readonly Token[], at: number): { low: number; first: number } | null {
  let begin = at - 2
  if (PERCENT.test(word(tokens, begin))) begin--
  const low = valueAt(tokens, begin)
  if (!isShare(low) || low >= (valueAt(tokens, at) ?? 0)) return null
  const between = word(tokens, at - 1)
  if (between === '-' || between === '—') return { low, first: begin }
  const opens = word(tokens, begin - 1)
  return (between === 'до' && opens === 'от') || (between === 'и' && opens === 'между')
    ? { low, first: begin - 1 }
    : null
}

/** "Один из трёх", "семь шансов из десяти", "50 на 50", "три к одному", "0,7". */
function oddsAt(tokens: readonly Token[], at: number): ChanceNumber | null {
  const value = valueAt(tokens, at)
  if (value === undefined) {
    return word(tokens, at) === 'фифти-фифти' ? { low: 0.5, high: 0.5, first: at, last: at } : null
  }
  const isNoun = /^(?:шанс|случа)/u.test(word(tokens, at + 1))
  const link = isNoun ? at + 2 : at + 1
  const other = valueAt(tokens, link + 1)
  const by = word(tokens, link)
  if (other !== undefined && other > 0) {
    if (by === 'из' && value <= other) return fraction(value / other, at, link + 1)
    if (by === 'на' && value + other === 100) return fraction(value / 100, at, link + 1)
    if ((by === 'к' || by === 'ко') && value > 0) {
      const isAgainst = word(tokens, link + 2) === 'против'
      const share = value / (value + other)
      return fraction(isAgainst ? 1 - share : share, at, link + 1)
    }
  }
  return value > 0 && value < 1 && tokens[at]?.kind === 'number' ? fraction(value, at, at) : null
}
const fraction = (value: number, first: number, last: number): ChanceNumber => ({
  low: rounded(value),
  high: rounded(value),
  first,
  last,
})

const ODDS = /^(?:к|ко|на)$/u

/**
 * The numbers of a sentence that say how likely something is: beside a percentage stands a word for that, and a
 * percentage "of" something measures it and not the odds.
 */
export function chancesIn(tokens: readonly Token[]): ChanceNumber[] {
  const cued = tokens.some((token) => CUE.test(token.word))
  const inCases = (at: number) => /^случа/u.test(word(tokens, at + 1))
  const found: ChanceNumber[] = []
  for (let at = 0; at < tokens.length; at++) {
    if ((found.at(-1)?.last ?? -1) >= at) continue
    // The number in front of a range or of odds is read with what follows it.
    const number = percentAt(tokens, at) ?? (isFirstOfRange(tokens, at) ? null : oddsAt(tokens, at))
    if (number === null) continue
    const isOdds = ODDS.test(word(tokens, at + 1)) || word(tokens, at) === 'фифти-фифти'
    const isCued = inCases(at) || isOfClaim(tokens, number.last) || (isOdds && sumsUp(tokens, at))
    if (!isCued && !(cued && isNearCue(tokens, number))) continue
    found.push(number)
  }
  return found
}

/** "Процентов девяносто, что он победит". */
const isOfClaim = (tokens: readonly Token[], last: number): boolean =>
  word(tokens, last + 1) === 'что' || (word(tokens, last + 1) === ',' && word(tokens, last + 2) === 'что')

const isFirstOfRange = (tokens: readonly Token[], at: number): boolean =>
  (word(tokens, at + 1) === '-' || word(tokens, at + 1) === 'до' || word(tokens, at + 1) === 'и') &&
  valueAt(tokens, at + 2) !== undefined &&
  PERCENT.test(word(tokens, at + 3))

/** "50 на 50" and "три к одному, что" are odds by themselves. */
const sumsUp = (tokens: readonly Token[], at: number): boolean =>
  word(tokens, at) === 'фифти-фифти' ||
  word(tokens, at + 1) === 'на' ||
  tokens.slice(at + 3, at + 6).some((token) => token.word === 'что')

const FAR = 14
const MEASURES =
  /^(?:голос\p{L}*|избирател\p{L}*|населени\p{L}*|ввп|рост\p{L}*|жител\p{L}*|граждан\p{L}*|мест|экономик\p{L}*|бюджет\p{L}*|годовых|респондент\p{L}*|опрошенн\p{L}*|россиян\p{L}*|людей|акций|доход\p{L}*|цен)$/u
const CHANGES =
  /^(?:вырас|возрас|увелич|сниз|упад|сократ|подорож|подешев|повыс|подним|состав|достиг|превыс|прибав|потеря|набер|получ|рост|падение|снижение)/u

/** Whether the word for odds stands beside the number, and no other thing that it may measure. */
function isNearCue(tokens: readonly Token[], { first, last }: ChanceNumber): boolean {
  if (tokens.slice(last + 1, last + 3).some((token) => MEASURES.test(token.word))) return false
  const near = (at: number) => Math.min(Math.abs(first - at), Math.abs(at - last))
  let cue = FAR + 1
  let other = FAR + 1
  for (let at = Math.max(0, first - FAR); at <= Math.min(tokens.length - 1, last + FAR); at++) {
    if (CUE.test(word(tokens, at))) cue = Math.min(cue, near(at))
    else if (CHANGES.test(word(tokens, at))) other = Math.min(other, near(at))
  }
  return cue <= FAR && !(other <= 2 && other < cue)
}
