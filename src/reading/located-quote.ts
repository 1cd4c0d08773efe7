import type { Place, TextRange } from '../core/normalised-text.ts'
import type { NearestPlace } from './nearest-place.ts'

/** A W3C TextQuoteSelector. `exact` may leave out and replace words in the usual forms: see `quote-part.ts`. */
export type QuoteSelector = {
  readonly exact: string
  readonly prefix?: string | undefined
  readonly suffix?: string | undefined
}

export type PlaceInContext = Place & { readonly prefix: string; readonly suffix: string }

/**
 * Where a quote stands. `exact` of one that is found is as the text spells it, with every omission as `[…]` and an
 * editor's brackets as they came. `missing.why`: `empty` (nothing to look for), `parts` (more than `MOST_PARTS`),
 * `text` (the words are not there; `part` is the stretch that was looked for), `word` (they are, but only inside of
 * other words, which `nearest` shows), `order` (the stretches between omissions are there, but not in this order
 * within reach; `part` is the first that is not), `context` (the words are there, but not after this prefix and before
 * this suffix).
 */
export type LocatedQuote =
  | (Place & { readonly state: 'found'; readonly exact: string; readonly parts: readonly TextRange[] })
  | {
      readonly state: 'missing'
      readonly why: 'empty' | 'parts' | 'text' | 'word' | 'order' | 'context'
      readonly part: string
      readonly nearest: NearestPlace | null
      /** Of `word`: the range of the normalised text that ends inside of a word. */
      readonly cut?: TextRange
    }
  | { readonly state: 'ambiguous'; readonly count: number; readonly places: readonly PlaceInContext[] }
/** How many parts the omissions of one quote may leave. */
export const MOST_PARTS = 16
