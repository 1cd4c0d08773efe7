import * as z from 'zod'
import { Dated, Day, spanOf } from './calendar.ts'
import { exactlyFor, jsonSchema } from './json-schema.ts'
import { LanguageTag } from './language.ts'
import { Slug } from './slug.ts'
import { line, prose, sourceText, textKey, webAddress } from './text.ts'

export const sourceTypes = [
  'interview',
  'article',
  'broadcast',
  'post',
  'speech',
  'report',
  'dataset',
  'other',
] as const

/** Who wrote down what was spoken: a person, or a program that nobody listens after. */
export const transcripts = ['human', 'machine'] as const

export const SourceFields = z.strictObject({
  id: Slug,
  type: z.enum(sourceTypes),
  title: line(),
  publisher: line(200).optional(),
  url: webAddress().optional(),
  archive_url: webAddress().optional(),
  language: LanguageTag.optional(),
  translated_from: LanguageTag.optional(),
  translated_by: line(200).optional(),
  transcript: z.enum(transcripts).optional(),
  published: Dated,
  accessed: Day.optional(),
  coverage: z.enum(['complete', 'selected', 'unstated']).optional(),
  selected_because: prose(2000).optional(),
  text_sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/u, 'must be 64 hexadecimal digits')
    .optional(),
})

type Selection = { coverage?: string | undefined; selected_because?: string | undefined }
export const explainsSelection = (source: Selection) =>
  (source.coverage === 'selected') === (source.selected_because !== undefined)
export const SELECTION = {
  message: 'is given exactly when coverage is "selected"',
  path: ['selected_because'],
}

const SELECTED = { allOf: [exactlyFor('coverage', ['selected'], 'selected_because')] }

/** A document in which somebody said something. */
export const Source = SourceFields.refine(explainsSelection, SELECTION)
export type Source = z.infer<typeof Source>

/** The text is kept privately, to check quotes; the ledger holds its hash. */
const MAX_TEXT = 1_000_000
export const SourceRequest = SourceFields.omit({ id: true, text_sha256: true })
  .extend({ text: sourceText(MAX_TEXT).optional() })
  .refine(explainsSelection, SELECTION)
  .register(jsonSchema, SELECTED)
export type SourceRequest = z.infer<typeof SourceRequest>

/** `unstated` counts as selected. */
export const coverageOf = (source: Pick<Source, 'coverage'>) => source.coverage ?? 'unstated'

/** What tells a source without an address from others; one with an address is told by that. */
export const sourceKey = (
  source: Pick<Source, 'url' | 'type' | 'title' | 'publisher' | 'published'>,
): string | null => {
  if (source.url !== undefined) return null
  const { from, to } = spanOf(source.published)
  return JSON.stringify([source.type, textKey(source.title), textKey(source.publisher ?? ''), from, to])
}
