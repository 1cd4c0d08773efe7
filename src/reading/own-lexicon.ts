import { type MeasuredLexicon, phraseKey, rowKey } from '../core/lexicon.ts'
import type { Reading } from './grammar/language.ts'
import { mirrored, widened } from './grammar/mirrored.ts'

/** What is known of a text besides its words: the language that the editor told, and what the ledger measured itself. */
export type ReadingContext = {
  readonly language?: string | undefined
  readonly own?: readonly MeasuredLexicon[] | undefined
}

const primary = (tag: string): string => tag.toLowerCase().split('-', 1)[0] ?? ''

/** The ledger's own lexicon of a language. */
export const ownLexicon = (tag: string, { own = [] }: ReadingContext): MeasuredLexicon | null =>
  own.find(({ language }) => primary(language) === primary(tag)) ?? null

/** A reading that asks because nobody measured its words, read through the ledger's own lexicon where that has them. */
export function throughOwn(reading: Reading, lexicon: MeasuredLexicon | null): Reading {
  const { kind, unmeasured, denied, words, start, end } = reading
  if (kind !== 'asks' || unmeasured === undefined || lexicon === null) return reading
  const at = lexicon.rows.findIndex((row) => phraseKey(row.words) === phraseKey(unmeasured))
  const row = lexicon.rows[at]
  if (row === undefined) return reading
  const band = denied ? widened(mirrored(row)) : row
  const key = rowKey(lexicon, at)
  const measured = `measured by this ledger with ${row.n} readers (${lexicon.version})`
  return {
    kind: 'words',
    key: denied ? `not_${key}` : key,
    lexicon: lexicon.version,
    low: band.low,
    mid: band.mid,
    high: band.high,
    measured: !denied,
    why: denied
      ? `assumed: the mirror of what was ${measured}, widened by a quarter towards one half`
      : measured,
    words,
    start,
    end,
  }
}
