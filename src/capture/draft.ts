import type * as z from 'zod'
import { Dated, spanOf } from '../core/calendar.ts'
import type { CaptureDraft } from '../core/capture.ts'
import type { Problem } from '../core/error.ts'
import { LanguageTag } from '../core/language.ts'
import { problemsOf } from '../core/problems.ts'
import type { Source } from '../core/source.ts'

/** What was not filled in is not there: blank texts, and lists and objects of nothing else. */
export function filledIn(value: unknown): unknown {
  if (typeof value === 'string') return value.trim() === '' ? undefined : value
  if (typeof value !== 'object' || value === null) return value ?? undefined
  if (Array.isArray(value)) {
    const items = value.map(filledIn).filter((item) => item !== undefined)
    return items.length === 0 ? undefined : items
  }
  const entries = Object.entries(value).map(([name, inner]) => [name, filledIn(inner)] as const)
  const kept = entries.filter(([, inner]) => inner !== undefined)
  return kept.length === 0 ? undefined : Object.fromEntries(kept)
}

/** Notes what is wrong with a draft, one thing a place, below `at`; answers the value when nothing is. */
export function readDraft<T>(
  schema: z.ZodType<T>,
  draft: unknown,
  at: string,
  problems: Problem[],
): T | null {
  const filled = filledIn(draft)
  if (filled === undefined) {
    problems.push({ pointer: at, message: 'is required' })
    return null
  }
  const read = schema.safeParse(filled)
  if (read.success) return read.data
  const found = new Map(
    problemsOf(read.error, filled)
      .toReversed()
      .map(({ pointer, message }) => [at + pointer, message]),
  )
  problems.push(...[...found].map(([pointer, message]) => ({ pointer, message })).reverse())
  return null
}

/** A value as text: a draft may hold anything, and what is no single value says nothing yet. */
export const written = (value: unknown): string => (typeof value === 'object' ? '' : String(value ?? ''))

/** The language of a source as somebody told it, once it is a language tag. */
export function languageTold(
  source: CaptureDraft['source'],
  recorded: Pick<Source, 'language'> | null,
): string | undefined {
  const read = LanguageTag.safeParse(typeof source === 'string' ? recorded?.language : source.language)
  return read.success ? read.data : undefined
}

/** The latest day of publication, once it can be read. */
export function publishedOf(source: CaptureDraft['source'], recorded: Dated | null): string | undefined {
  const read = Dated.safeParse(typeof source === 'string' ? recorded : source.published)
  return read.success ? spanOf(read.data).to : undefined
}
