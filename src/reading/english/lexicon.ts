import type { Band } from '../../core/probability.ts'
import { mirrored, widened } from '../grammar/mirrored.ts'
import lexicon from './lexicon.json' with { type: 'json' }

/** A row: q10, median and q90 of what readers understand by its words, of the event, 0 to 1. */
export type LexiconRow = Readonly<Band> & {
  readonly key: string
  /** Whether a survey measured it; `false` means assumed. */
  readonly measured: boolean
  readonly basis: string
  readonly aliases: readonly string[]
  readonly categorical?: string
}

/** The lexicon as shipped: default bands, the survey quantiles behind them, rules and sources, for a methods page. */
export const LEXICON = lexicon
export const LEXICON_VERSION: string = lexicon.version

const ROWS: ReadonlyMap<string, LexiconRow> = new Map(
  lexicon.defaults.map((row) => [row.key, row as LexiconRow] as const),
)

/** The lexicon row with this key, or null. */
export const lexiconRow = (key: string): LexiconRow | null => ROWS.get(key) ?? null

/** Of a row whose event is denied ("likely … not"): the row that was measured for that, where there is one. */
const DENIED: Readonly<Record<string, string>> = {
  will: 'will_not',
  certainly: 'will_not',
  almost_certain: 'almost_no_chance',
  highly_likely: 'highly_unlikely',
  likely: 'unlikely',
  probable: 'probably_not',
  we_believe: 'doubt',
}

/** The note where what denies a row's words was measured too. */
export const lookedUp = (key: string): string =>
  `the negative of "${key.replaceAll('_', ' ')}" is looked up, not mirrored`

export type Denied = { readonly key: string; readonly band: Readonly<Band>; readonly note: string }

/** What words say of an event when they are said of its denial. The negative is looked up; else mirrored and widened. */
export function denied(row: LexiconRow): Denied {
  const looked = lexiconRow(DENIED[row.key] ?? '')
  if (looked !== null) return { key: looked.key, band: looked, note: lookedUp(row.key) }
  return {
    key: `not_${row.key}`,
    band: widened(mirrored(row)),
    note: `assumed: the mirror of "${row.key.replaceAll('_', ' ')}", which nobody measured, widened by a quarter towards one half`,
  }
}
