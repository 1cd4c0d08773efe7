import * as z from 'zod'
import { jsonSchema } from './json-schema.ts'
import { Slug } from './slug.ts'
import { line, prose } from './text.ts'

/** What stands where words were taken out: a text, a name, a clause alike. */
export const TAKEN_OUT = '[taken out]'
/** The same of an address that a record cannot do without. */
export const NO_ADDRESS = 'https://taken-out.invalid/'
/** The beginning of an id that told what was taken out, before eight random letters. */
export const NAMELESS = 'taken-out-'

export const redactionClasses = ['correction', 'clarification', 'update'] as const

const Because = prose(2000)
const Class = z.enum(redactionClasses)

/**
 * What was recorded by an entry is taken out: its opening goes, and `replaced_by` is read in its place. With `text` the
 * entry records a source, whose privately kept text goes instead; the record stays, and with it the hash of the text.
 */
export const Redacted = z
  .strictObject({
    entry: z.int().min(0),
    replaced_by: z.record(z.string(), z.unknown()).optional(),
    text: z.literal(true).optional(),
    because: Because,
    class: Class.optional(),
  })
  .refine(({ replaced_by, text }) => (replaced_by === undefined) !== (text === undefined), {
    message: 'is given exactly where no text of a source goes',
    path: ['replaced_by'],
  })
export type Redacted = z.infer<typeof Redacted>

/** The second is of entries about members: both are told alike, and what it holds is read by administrators alone. */
export const isRedaction = (type: string): type is 'redacted' | 'member.redacted' =>
  type === 'redacted' || type === 'member.redacted'

/** Whose texts may be taken out as a whole; of anything else by the number of its entry. */
export const redactionKinds = [
  'analyst',
  'source',
  'statement',
  'forecast',
  'question',
  'entry',
  'member',
] as const
export type RedactionKind = (typeof redactionKinds)[number]

const MOST_WORDS = 20

/**
 * What is to be taken out: the texts of a record (all, or those of some `fields`), further `words` wherever they stand,
 * the privately kept `text` of a source. A record is named by its id, an entry by its number. A member goes whole: the
 * name, what their tokens and passkeys are called, why they were changed, and what they sign in with.
 */
export const RedactionRequest = z
  .strictObject({
    kind: z.enum(redactionKinds).optional(),
    id: line(200).optional(),
    fields: z.array(line(40)).min(1).max(MOST_WORDS).optional(),
    words: z.array(prose(5000)).min(1).max(MOST_WORDS).optional(),
    text: Slug.optional(),
    because: Because,
    class: Class.describe(
      'correction: it was wrong; clarification: it could be misread; update: it was right when it was written, and something came to pass since, such as that somebody asked for it. Nothing is assumed.',
    ),
  })
  .refine(({ kind, id }) => (kind === undefined) === (id === undefined), {
    message: 'is given together with kind',
    path: ['id'],
  })
  .refine(({ fields, kind }) => fields === undefined || kind !== undefined, {
    message: 'are those of a record: name it by kind and id',
    path: ['fields'],
  })
  .refine(({ fields, kind }) => fields === undefined || kind !== 'member', {
    message: 'are those of a record: what is kept of a member goes whole',
    path: ['fields'],
  })
  .refine(({ kind, words, text }) => kind !== undefined || words !== undefined || text !== undefined, {
    message: 'takes nothing out: name a record, words, or the text of a source',
    path: ['kind'],
  })
  .register(jsonSchema, {
    dependentRequired: { kind: ['id'], id: ['kind'], fields: ['kind'] },
    anyOf: [{ required: ['kind'] }, { required: ['words'] }, { required: ['text'] }],
  })
export type RedactionRequest = z.infer<typeof RedactionRequest>
