import * as z from 'zod'
import { Day } from './calendar.ts'
import { jsonSchema } from './json-schema.ts'
import { LanguageTag } from './language.ts'
import { line, normalForm } from './text.ts'
import { latinOf } from './transliteration.ts'

/** Fewer readers say too little of what a language understands. */
export const LEAST_READERS = 20
export const MOST_PHRASES = 100
export const LONGEST_PHRASE = 100

/** What readers understand by one phrase: the 10th percentile, the median and the 90th of their answers, 0 to 1. */
const MeasuredPhrase = z
  .strictObject({
    words: line(LONGEST_PHRASE),
    low: z.number().min(0).max(1),
    mid: z.number().min(0).max(1),
    high: z.number().min(0).max(1),
    /** How many readers answered it, after answers far from the others were left out. */
    n: z.int().min(1),
  })
  .refine(({ low, mid, high }) => low <= mid && mid <= high, 'low, mid and high must not decrease')
export type MeasuredPhrase = z.infer<typeof MeasuredPhrase>

/** A lexicon that a newsroom measured with its own readers; a later one of the language takes its place whole. */
export const MeasuredLexicon = z
  .strictObject({
    language: LanguageTag,
    /** Its version, such as own-2026-11: kept with every forecast that is read through it. */
    version: z.string().regex(/^own-\d{4}-\d{2}(-\d{1,3})?$/u, 'must be a version such as own-2026-11'),
    measured_on: Day,
    readers: z.int().min(LEAST_READERS, `must be at least ${LEAST_READERS}: fewer say too little`),
    rows: z.array(MeasuredPhrase).min(1).max(MOST_PHRASES),
    note: line(500).optional(),
  })
  .superRefine(({ rows, readers }, context) => {
    const seen = new Set<string>()
    for (const [i, { words, n }] of rows.entries()) {
      const key = phraseKey(words)
      if (seen.has(key))
        context.addIssue({ code: 'custom', path: ['rows', i, 'words'], message: 'stands here twice' })
      seen.add(key)
      if (n < LEAST_READERS || n > readers)
        context.addIssue({
          code: 'custom',
          path: ['rows', i, 'n'],
          message: `must be from ${LEAST_READERS} to the number of readers`,
        })
    }
  })
jsonSchema.add(MeasuredLexicon, { 'x-rules': [{ distinct: '/rows/*/words' }] })
export type MeasuredLexicon = z.infer<typeof MeasuredLexicon>

/** Two phrases are one when these are equal: small letters, е for ё, single blanks. */
export const phraseKey = (words: string): string =>
  normalForm(words, 'NFC').toLowerCase().replaceAll('ё', 'е').replace(/\s+/gu, ' ').trim()

/** The key of a row as forecasts keep it: its words in plain letters, or its place where these have none. */
export function rowKey({ rows }: Pick<MeasuredLexicon, 'rows'>, at: number): string {
  const keys = rows.map(({ words }) => latinOf(words).words.join('_'))
  const key = keys[at] ?? ''
  return !/^[a-z0-9_]+$/u.test(key) || keys.indexOf(key) !== at ? `own_${at + 1}` : `own_${key}`
}
