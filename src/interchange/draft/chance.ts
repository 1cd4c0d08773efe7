import { readWording } from '../../reading/wording.ts'
import type { Chance } from './claim.ts'

const NUMBER = String.raw`\d{1,3}(?:[.,]\d{1,4})?`
const PERCENT = String.raw`\s?(?:%|٪|％|per ?cent\b|pct\b\.?)`
const ABOUT = String.raw`(?:(?:~|≈|[<>]=?|≤|≥|about|around|roughly|approximately|circa|less than|more than|at least|at most)\s*)?`
const SPAN = String.raw`${ABOUT}(?:${NUMBER}(?:${PERCENT})?\s?(?:-|–|—|to)\s?)?${NUMBER}${PERCENT}`
const NAME = '(?:probability|confidence|chance|likelihood|credence|p)'
const NOUN = '(?:chance|probability|likelihood|likely|confidence|confident|certain|certainty|sure|credence)'
const DECIMAL = String.raw`${NAME}\s?[:=]?\s?(?:0?\.\d{1,4}|0|1|1\.0)`
const CHANCE = String.raw`(?:(?:(?:my )?${NAME}\s?[:=]?\s?)?${SPAN}(?:\s${NOUN})?|${DECIMAL})`

const of = (pattern: string) => new RegExp(`^${pattern}$`, 'isu')
const ALONE = of(CHANCE)
const SPLIT = String.raw`(?:\s?[:：=→|]|\s[-–—]{1,3}|[–—]|\s?…+|\s?\.{3,}|(?<!\d),)`
const FORMS: readonly (readonly [RegExp, words: number, chance: number])[] = [
  [of(String.raw`(.*?\S)${SPLIT}\s*(${CHANCE})[.;!]?`), 1, 2],
  [of(String.raw`(.*?\S)\s*[([{]\s?(${CHANCE})\s?[)\]}][.;!]?`), 1, 2],
  [of(String.raw`[([{]\s?(${CHANCE})\s?[)\]}]\s?[:–—-]?\s*(\S.*)`), 2, 1],
  [of(String.raw`(${CHANCE})\s?(?:[:：|→]|[-–—]{1,3}\s)\s*(\S.*)`), 2, 1],
  [of(String.raw`(?:an? )?(${SPAN} (?:chance|probability|likelihood)) (?:that|of) (\S.*)`), 2, 1],
]
const HAS_PERCENT = new RegExp(NUMBER + PERCENT, 'isu')
const LONGEST = 1_000

// "Inflation in 2025: 3 %" forecasts the number itself.
const QUANTITY =
  /\b(?:rate|growth|inflation|unemployment|share|turnout|returns?|yield|margin|gdp|cpi|approval|deficit|votes?)(?: (?:in|for|of|at|by|on) [^<>]*)?$/iu
const COMPARED =
  /\b(?:above|below|over|under|exceeds?|than|least|most|rises?|falls?|will|is|are|wins?|gets?|reaches|hits|between|stays?)\b|[<>≤≥]/iu

/** Signs in words, and a comma as a point, so that the reader of texts reads it. */
const spelled = (text: string): string =>
  text
    .replace(/[٪％]|per ?cent\b|pct\b\.?/giu, '%')
    .replace(/(?:>=|≥)\s*/u, 'at least ')
    .replace(/(?:<=|≤)\s*/u, 'at most ')
    .replace(/>\s*/u, 'more than ')
    .replace(/<\s*/u, 'less than ')
    .replace(/[~≈]\s*|circa\s+/u, 'about ')
    .replace(/(\d),(\d)/gu, '$1.$2')

/** The probability that a text is, and nothing else: a number or a range; null where it is none. */
export function chanceIn(text: string): Chance | null {
  const trimmed = text.trim().replace(/^\*+|[.:;*]+$/gu, '')
  if (trimmed.length > 100 || !ALONE.test(trimmed)) return null
  const decimal = of(DECIMAL).test(trimmed) ? /[\d.]+$/u.exec(trimmed) : null
  if (decimal !== null) return rounded(Number(decimal[0]))
  const { kind, low = 0, high = 0 } = readWording(spelled(trimmed))
  if (kind === 'number') return rounded(low)
  return kind === 'range' ? { low: rounded(low), high: rounded(high) } : null
}

const rounded = (share: number): number => Number(share.toPrecision(12))

/** "Claim: 85 %" in its parts; null where no number of per cent stands in it, `why` where one does that is not clear. */
export function claimIn(text: string): { words: string; probability: Chance } | { why: string } | null {
  if (text.length > LONGEST) return HAS_PERCENT.test(text) ? { why: 'it is too long for a claim' } : null
  const found = FORMS.flatMap(([form, words, chance]) => {
    const match = form.exec(text)
    const probability = chanceIn(match?.[chance] ?? '')
    return match === null || probability === null ? [] : [{ words: match[words] as string, probability }]
  })
  const [first] = found
  if (first === undefined)
    return HAS_PERCENT.test(text)
      ? { why: 'the number in it does not stand apart as the probability of a claim' }
      : null
  const isOne =
    found.every(({ words }) => words === first.words) &&
    FORMS.every(([form]) => !form.test(first.words)) &&
    /\p{L}/u.test(first.words)
  if (!isOne) return { why: 'more than one number in it can be the probability' }
  if (QUANTITY.test(first.words) && !COMPARED.test(first.words))
    return { why: 'the number may be what is forecast, and not how likely it is' }
  return first
}

/** Whether every number is a share of 1, or every one per cent; null where that cannot be told. */
export function scaleOf(numbers: readonly number[]): 1 | 100 | null {
  if (numbers.some((n) => n < 0 || n > 100)) return null
  const isShare = numbers.some((n) => n > 0 && n < 1)
  const isPercent = numbers.some((n) => n > 1)
  return isShare === isPercent ? null : isShare ? 1 : 100
}
