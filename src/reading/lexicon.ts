import { type Band, FLATLY } from '../core/probability.ts'
import lexicon from './lexicon.json' with { type: 'json' }
import { type Mark, marksIn, negative } from './lexicon-mark.ts'
import { type Token, tokensOf } from './token.ts'

/** A band is q10, median and q90 of what readers understand, of the event, 0 to 1. */
export type WordsReading = Readonly<Band> & {
  /** The lexicon row the band was read from. */
  readonly key: string
  /** The lexicon's version, kept with the forecast. */
  readonly lexicon: string
  /** Whether a survey measured the row; `false` means assumed. */
  readonly measured: boolean
  /** Set when the event is flatly asserted or denied: then the band is `FLATLY[categorical]`. */
  readonly categorical?: 'yes' | 'no'
  /** The words of the phrase the reading rests on. */
  readonly matched: string
  /** How a rule changed or assumed the reading, in words for the editor. */
  readonly note?: string
}

export type WordsMatch = WordsReading & {
  /** Where `matched` stands in the phrase, as UTF-16 offsets. */
  readonly start: number
  readonly end: number
}

export type LexiconRow = Readonly<Band> & {
  readonly key: string
  readonly measured: boolean
  readonly basis: string
  readonly categorical?: string
}

/** The lexicon as shipped: default bands, the survey quantiles behind them, rules and sources, for a methods page. */
export const LEXICON = lexicon
export const LEXICON_VERSION: string = lexicon.version

const ROWS: ReadonlyMap<string, LexiconRow> = new Map(
  lexicon.defaults.map((row) => [row.key, row as LexiconRow] as const),
)

/** The lexicon row with this key, or null. */
export function lexiconRow(key: string): LexiconRow | null {
  return ROWS.get(key) ?? null
}

/**
 * Reads the probability words of a phrase: longest match first, negation looked up and never mirrored, outer negation
 * ("not certain", "cannot rule out") read as "possibly", hedges stacked. Null when no words of the lexicon are there.
 */
export function readWords(phrase: string): WordsReading | null {
  const match = matchWords(phrase)
  if (!match) return null
  const { start: _start, end: _end, ...reading } = match
  return reading
}

/** The reading of words of probability; null where the event is flatly asserted or denied, and for unknown words. */
export function readHedged(phrase: string): WordsReading | null {
  const reading = readWords(phrase)
  return reading?.categorical === undefined ? reading : null
}

/** As `readWords`, with the place of the words in the phrase. */
export function matchWords(phrase: string): WordsMatch | null {
  const tokens = tokensOf(phrase)
  const marks = marksIn(tokens)
  const strongest = (found: readonly Mark[]): Mark | undefined =>
    found.reduce<Mark | undefined>(
      (top, mark) => (top && distance(top) >= distance(mark) ? top : mark),
      undefined,
    )
  const hedge = marks.find((mark) => mark.key === 'we_believe')
  const doubt = marks.find((mark) => mark.key === 'doubt')
  const isPlain = ({ key }: Mark): boolean => key === 'will' || key === 'will_not'
  const plain = marks.filter(isPlain)
  const marked = strongest(marks.filter((mark) => mark.key !== 'we_believe' && !isPlain(mark)))
  // A doubt governs what it doubts: "I do not think it is very likely".
  const other = doubt && marked && (ROWS.get(marked.key)?.mid ?? 0) > 0.3 ? doubt : marked
  // "No" outranks "yes" among flat words: "there will be no war, and it will stay so".
  const flat = plain.find((mark) => mark.key === 'will_not') ?? plain[0]
  const chosen = other ?? stacked(hedge, flat)
  if (!chosen) return null
  const row = ROWS.get(chosen.key)
  if (!row) return null
  const widen = other !== undefined && hedge !== undefined && other !== doubt
  const band = widen ? widened(row) : row
  const categorical = widen ? undefined : asCategorical(row.categorical)
  const start = tokens[chosen.first]?.start ?? 0
  const end = tokens[chosen.last]?.end ?? 0
  const notes = [
    chosen.note,
    ...(widen ? [`hedged by "${wording(tokens, hedge)}": the end nearer 50 % is moved towards it`] : []),
    ...(row.key === 'likely' && /should/i.test(phrase.slice(start, end))
      ? ['"should" is often advice and then no forecast']
      : []),
    ...(categorical && row.key === 'never'
      ? ['a flat no: read as every other flat no, which is assumed']
      : []),
    ...(row.measured ? [] : [`assumed: ${row.basis}`]),
  ].filter((note) => note !== undefined)
  return {
    key: row.key,
    ...(categorical ? FLATLY[categorical] : { low: band.low, mid: band.mid, high: band.high }),
    lexicon: LEXICON_VERSION,
    measured: row.measured && !chosen.assumed && !(categorical === 'no'),
    ...(categorical ? { categorical } : {}),
    matched: phrase.slice(start, end),
    ...(notes.length > 0 ? { note: [...new Set(notes)].join('; ') } : {}),
    start,
    end,
  }
}

/** A hedge over a plain "will" or "will not": the hedge is the stronger statement about the odds. */
function stacked(hedge: Mark | undefined, flat: Mark | undefined): Mark | undefined {
  if (!hedge) return flat
  if (hedge.key === 'we_believe' && flat?.key === 'will_not')
    return negative(hedge, 'doubt', hedge.first, flat.last)
  return hedge
}

/** Hedge and strong marker: a quarter of the way to one half, at the end nearer to it. The fraction is ours. */
function widened(band: Band): Band {
  const towards = (end: number): number => Math.round((end + (0.5 - end) / 4) * 1e4) / 1e4
  if (band.mid < 0.5) return { low: band.low, mid: band.mid, high: Math.max(band.high, towards(band.high)) }
  return { low: Math.min(band.low, towards(band.low)), mid: band.mid, high: band.high }
}

function distance(mark: Mark): number {
  return Math.abs((ROWS.get(mark.key)?.mid ?? 0.5) - 0.5)
}

function asCategorical(value: string | undefined): 'yes' | 'no' | undefined {
  return value === 'yes' || value === 'no' ? value : undefined
}

function wording(tokens: readonly Token[], mark: Mark): string {
  return tokens
    .slice(mark.first, mark.last + 1)
    .map((token) => token.raw)
    .join(' ')
}
