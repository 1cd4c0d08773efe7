import type { Quantity } from '../language.ts'
import type { Claim } from './claim.ts'
import { THRESHOLD } from './cue.ts'
import { type Token, wordsAt } from './token.ts'

/** A quantity of a clause, with the stretch of tokens it stands in. */
type Measure = {
  readonly interval?: readonly [number, number]
  readonly value?: number
  readonly unit: string
  readonly first: number
  readonly last: number
}

export type Quantified = {
  readonly quantity: Quantity
  readonly part: { readonly start: number; readonly end: number }
}

/** Before a number these make an event of it, which is yes or no: "above 3 percent". */
const THRESHOLDS = new Set(
  'above over below under exceed exceeds beyond past top tops surpass surpasses least most than breach breaches cross crosses up'.split(
    ' ',
  ),
)
const TIME = new Set(
  'day days week weeks month months year years quarter quarters decade decades hour hours minute minutes century centuries season seasons weekend times time'.split(
    ' ',
  ),
)
const NO_UNIT = new Set(
  'of to in and or per the a an is are will would by for on at from with this next last that which who as than but more less other after before between during until new big major key main percentage out'.split(
    ' ',
  ),
)
const CURRENCY: Readonly<Record<string, string>> = { $: 'dollars', '€': 'euros', '£': 'pounds', '¥': 'yen' }

/** The forecasts of a quantity in a claim; none where a threshold makes an event of the number. */
export function quantitiesIn({ frame, score }: Claim): Quantified[] {
  if (score < THRESHOLD || frame.reading.kind === 'number' || frame.reading.kind === 'range') return []
  const { tokens, elements } = frame
  const measures = measuresIn(tokens)
  const [begin, end] = [tokens[0]?.start ?? 0, tokens.at(-1)?.end ?? 0]
  const firstVerb =
    elements.find(({ layer }) => layer === 'future' || layer === 'hedge')?.first ?? measures[0]?.first ?? 0
  const above =
    elements.filter(({ layer, last }) => layer === 'attitude' && last < firstVerb).at(-1)?.last ?? -1
  const what = subjectOf(tokens, above + 1, firstVerb)
  return measures.map(({ first, last: _, ...measure }, i) => {
    const next = measures[i + 1]
    const from = i === 0 ? begin : (tokens[first]?.start ?? begin)
    const to = next === undefined ? end : (tokens[joined(tokens, next.first)]?.end ?? end)
    return { quantity: { what, ...measure }, part: { start: from, end: to } }
  })
}

/** The last token before the conjunction that leads to the next quantity. */
function joined(tokens: readonly Token[], next: number): number {
  let at = next - 1
  while (at > 0 && !/^(?:and|or|,|then)$/u.test(tokens[at]?.word ?? '')) at--
  return Math.max(0, (at > 0 ? at : next) - 1)
}

function subjectOf(tokens: readonly Token[], from: number, to: number): string {
  let begin = from
  while (/^(?:that|the|and|but|so|,|"|then|also)$/u.test(tokens[begin]?.word ?? '') && begin < to) begin++
  return wordsAt(tokens, begin, to - 1)
}

function measuresIn(tokens: readonly Token[]): Measure[] {
  const found: Measure[] = []
  for (let at = 0; at < tokens.length; at++) {
    const measure = measureAt(tokens, at)
    if (measure === null) continue
    found.push(measure)
    at = measure.last
  }
  return found
}

function measureAt(tokens: readonly Token[], at: number): Measure | null {
  const first = amount(tokens, at)
  if (first === null || THRESHOLDS.has(tokens[at - 1]?.word ?? '')) return null
  // Between 3 % and 3.5 %, 3 to 3.5 percent, 3–3.5 %.
  const link = tokens[first.next]?.word ?? ''
  const second = /^(?:and|to|-|or)$/u.test(link) ? amount(tokens, first.next + 1) : null
  const ranged =
    second !== null &&
    second.unit !== '' &&
    (first.unit === '' || first.unit === second.unit) &&
    first.value < second.value
  const before = tokens[at - 1]?.word
  if (ranged && (link !== 'and' || before === 'between') && !(link === 'to' && before === 'from'))
    return {
      interval: [first.value, second.value],
      unit: second.unit,
      first: before === 'between' ? at - 1 : at,
      last: second.next - 1,
    }
  if (before === 'from' && ranged)
    return { value: second.value, unit: second.unit, first: at, last: second.next - 1 }
  return first.unit === '' ? null : { value: first.value, unit: first.unit, first: at, last: first.next - 1 }
}

/** A number at a token with its unit, which may stand before it ("$5 million") or behind; '' where it has none. */
function amount(tokens: readonly Token[], at: number): { value: number; unit: string; next: number } | null {
  const token = tokens[at]
  if (token?.value === undefined || token.ordinal === true || (token.kind === 'word' && token.word === 'one'))
    return null
  const currency = CURRENCY[tokens[at - 1]?.word ?? '']
  const [unit, next] = currency === undefined ? unitAt(tokens, at + 1) : [currency, at + 1]
  return { value: token.value, unit, next }
}

function unitAt(tokens: readonly Token[], at: number): [string, number] {
  const word = tokens[at]?.word ?? ''
  const after = tokens[at + 1]?.word ?? ''
  if (word === '%' || word === 'percent' || word === 'pct')
    return after === 'points' || after === 'point' ? ['percentage points', at + 2] : ['percent', at + 1]
  if (word === 'per' && after === 'cent') return ['percent', at + 2]
  if (word === 'percentage' && /^points?$/u.test(after)) return ['percentage points', at + 2]
  if (word === 'basis' && /^points?$/u.test(after)) return ['basis points', at + 2]
  const isWord = tokens[at]?.kind === 'word' && /^\p{L}{2,}$/u.test(word)
  return isWord && !NO_UNIT.has(word) && !TIME.has(word) && /(?:s|people|yen|won|yuan)$/u.test(word)
    ? [word, at + 1]
    : ['', at]
}
