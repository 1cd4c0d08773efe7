import * as z from 'zod'
import { AnalystRequest } from './analyst.ts'
import type { ProbabilityRequest } from './forecast.ts'
import { jsonSchema } from './json-schema.ts'
import { QuestionFields, type QuestionRequest } from './question.ts'
import { ReferenceRequest } from './reference.ts'
import { SourceFields, type SourceRequest } from './source.ts'
import { LONGEST_QUOTE, statementKinds, type Translation, untestableReasons, voices } from './statement.ts'
import { evenLines, prose, TYPED_PATTERN } from './text.ts'

/** A page as it was fetched: its final address, its media type and its text, markup and all. */
export type FetchedPage = { url: string; media: string; text: string }

/** What a page says, as a capture begins with it. Nothing of its markup is left. */
export type Article = {
  url: string
  title: string
  byline: string | null
  site: string | null
  /** A day, a month or a year as the page gives it, and where it stands there, in words. */
  published: { date: string; basis: string } | null
  language: string | null
  /** Paragraphs with an empty line between them; the headline first. */
  text: string
  /** The rest of what the page shows, in its order. */
  left_out: LeftOut[]
  /** Of a transcript, when its words are said and whether a program wrote them down. */
  transcript: Heard | null
}

export const MAX_CAPTURE_TEXT = 1_000_000
export const MOST_MARKS = 1_000
/** A capture that nobody saves for so many days is listed as old, and after so many thrown away. */
export const OLD_AFTER_DAYS = 90
export const KEPT_DAYS = 180
const MOST_NAMES = 200
const DEEPEST = 5

/** What was typed so far: it may be empty or half a date, but nothing that no text may hold. */
const typed = (maxLength: number) =>
  z
    .string()
    .superRefine((text, context) => {
      if (text.trim() === '') return
      for (const { message } of prose(maxLength).safeParse(text).error?.issues ?? [])
        context.addIssue({ code: 'custom', message })
    })
    .overwrite(evenLines)
    .register(jsonSchema, { maxLength, pattern: TYPED_PATTERN })

const Typed = typed(10_000)

/** Where in a text words begin, and the second of the recording in which they are said. */
const CueTime = z.tuple([z.int().min(0).max(1_000_000), z.int().min(0).max(1_000_000)])
export type CueTime = z.infer<typeof CueTime>

/** Of a recording of a day and a night, one every four seconds. */
export const MOST_CUES = 20_000

/** What is known of a text because it is a transcript. */
export const Heard = z.strictObject({
  /** Where the words of each cue begin, in order. */
  cues: z.array(CueTime).max(MOST_CUES, `must be at most ${MOST_CUES} cues`),
  /** Why it is taken for the work of a machine; null where nothing says so. */
  machine: typed(300).nullable(),
  /** Whether sentences can be told apart; where they cannot, nothing of it is read. */
  has_sentences: z.boolean(),
  /** What of the file is none of the words, in words. */
  taken_out: z.array(typed(100)).max(10),
})
export type Heard = z.infer<typeof Heard>

export const leftOutOf = ['menu', 'beside', 'links'] as const
/** What a page shows and its article leaves out: where in the text it would stand, and why it does not. */
export const LeftOut = z.strictObject({
  at: z.int().min(0).max(1_000_000),
  why: z.enum(leftOutOf),
  text: typed(MAX_CAPTURE_TEXT),
})
export type LeftOut = z.infer<typeof LeftOut>

function unfit(value: unknown, depth: number): { path: PropertyKey[]; message: string } | null {
  if (value === null || typeof value === 'boolean' || typeof value === 'number') return null
  if (typeof value === 'string') {
    const message = Typed.safeParse(value).error?.issues[0]?.message
    return message === undefined ? null : { path: [], message }
  }
  if (typeof value !== 'object') return { path: [], message: 'is not a value of JSON' }
  const entries = Object.entries(value)
  if (depth === DEEPEST) return { path: [], message: 'is nested too deep' }
  if (entries.length > MOST_NAMES) return { path: [], message: `must hold at most ${MOST_NAMES} values` }
  for (const [name, inner] of entries) {
    const found = Typed.safeParse(name).success
      ? unfit(inner, depth + 1)
      : { path: [], message: 'has a name that no text may hold' }
    if (found !== null) return { path: [name, ...found.path], message: found.message }
  }
  return null
}

/** A value of which only the texts are checked: the schema it must fit in the end waits until it is logged. */
const loose = z.unknown().superRefine((value, context) => {
  const found = unfit(value, 0)
  if (found !== null) context.addIssue({ code: 'custom', path: found.path, message: found.message })
})
jsonSchema.add(loose, { $ref: '#/components/schemas/Unfinished' })

/** A value that is not finished, as JSON Schema says it; it is nested five levels deep at most. */
export function unfinishedSchema(depth = DEEPEST): Record<string, unknown> {
  const text = { type: 'string', maxLength: 10_000, pattern: TYPED_PATTERN }
  const flat = [{ type: ['null', 'boolean', 'number'] }, text]
  if (depth === 0) return { anyOf: flat }
  const inner = unfinishedSchema(depth - 1)
  return {
    anyOf: [
      ...flat,
      { type: 'array', maxItems: MOST_NAMES, items: inner },
      { type: 'object', maxProperties: MOST_NAMES, propertyNames: text, additionalProperties: inner },
    ],
  }
}

/** Of each part what was typed so far, as text where it is no value yet. */
export type Unfinished<T> = T extends readonly (infer Item)[]
  ? Unfinished<Item>[]
  : T extends object
    ? { [K in keyof T]?: Unfinished<T[K]> | undefined }
    : T | string

const unfinished = <T>(names: readonly string[]): z.ZodType<Unfinished<T>> =>
  z.strictObject(Object.fromEntries(names.map((name) => [name, loose.optional()]))) as unknown as z.ZodType<
    Unfinished<T>
  >

const { id: _source, text_sha256: _hash, ...sourceFields } = SourceFields.shape
const { id: _question, ...questionFields } = QuestionFields.shape

/** The id of an analyst, or what is known of a new one. */
const Speaker = z.union([typed(200), unfinished<AnalystRequest>(Object.keys(AnalystRequest.shape))])

const Offset = z.int().min(0).max(MAX_CAPTURE_TEXT)

/** Offsets are into the normalised text of the capture (`core/normalised-text.ts`), where statements have theirs too. */
const Mark = z.strictObject({
  id: z.string().regex(/^[a-z0-9]{1,20}$/u, 'must be 1 to 20 of a–z and 0–9'),
  start: Offset,
  end: Offset,
  /** The words as quoted: those of the passage, or with `[…]` for what is left out of it. */
  exact: typed(LONGEST_QUOTE).optional(),
  kind: z.enum(statementKinds),
  /** Where it is not the analyst of the whole capture. */
  analyst: Speaker.optional(),
  voice: z.enum(voices).optional(),
  translation: unfinished<Translation>(['text', 'by', 'language', 'machine']).optional(),
  /** Said by the editor: they listened to the passage. */
  verified_by_ear: z.boolean().optional(),
  timecode: typed(20).optional(),
  reason: z.enum(untestableReasons).optional(),
  because: typed(2000).optional(),
  /** A mark of this capture, or a recorded statement of its source. */
  duplicate_of: typed(200).optional(),
  said_on: loose.optional(),
  /** A new question, the id of a recorded one, or `#` and the mark whose question it shares. */
  question: z.union([typed(200), unfinished<QuestionRequest>(Object.keys(questionFields))]).optional(),
  probability: loose.optional() as z.ZodType<Unfinished<z.input<typeof ProbabilityRequest>> | undefined>,
  /** What the question is compared with, where it is asked here. */
  reference: unfinished<ReferenceRequest>(Object.keys(ReferenceRequest.shape)).optional(),
  /** Said by the editor: the words stay, although they are too vague to score. */
  accept_vague: z.boolean().optional(),
})
export type Mark = z.infer<typeof Mark>

/** A text on its way into the ledger: its source, its speaker and what was marked in it. Nothing of it is logged yet. */
export const CaptureDraft = z
  .strictObject({
    /** The id of a recorded source, or what is known of a new one. */
    source: z.union([typed(100), unfinished<Omit<SourceRequest, 'text'>>(Object.keys(sourceFields))]),
    text: typed(MAX_CAPTURE_TEXT),
    /** What is known of a text because it is a transcript. */
    transcript: Heard.optional(),
    /** What its page shows beside the article, and nobody took in; in the order of the text. */
    left_out: z.array(LeftOut).max(MOST_MARKS).optional(),
    analyst: Speaker.optional(),
    marks: z.array(Mark).max(MOST_MARKS, `must be at most ${MOST_MARKS} marks`),
    /** Suggested passages that were looked at and left. */
    ignored: z
      .array(z.strictObject({ start: Offset, end: Offset }))
      .max(MOST_MARKS)
      .optional(),
  })
  .superRefine(({ marks }, context) => {
    const seen = new Set<string>()
    for (const [i, { id }] of marks.entries()) {
      if (seen.has(id))
        context.addIssue({
          code: 'custom',
          path: ['marks', i, 'id'],
          message: 'is the id of another mark too',
        })
      seen.add(id)
    }
  })
jsonSchema.add(CaptureDraft, { 'x-rules': [{ distinct: '/marks/*/id' }] })
export type CaptureDraft = z.infer<typeof CaptureDraft>

/** What a capture became, and what it answers when it is logged again. */
export const LoggedCapture = z.strictObject({
  id: z.string(),
  source: z.string(),
  statements: z.array(z.string()),
  forecasts: z.int().min(0),
  duplicates: z.int().min(0),
  untestable: z.int().min(0),
})
export type LoggedCapture = z.infer<typeof LoggedCapture>

/** What a capture is called in a list: the title of its source, or how its text begins. */
export function titleOf({ source, text }: Pick<CaptureDraft, 'source' | 'text'>): string {
  const title = typeof source === 'string' ? source : source.title
  const first =
    typeof title === 'string' && title.trim() !== '' ? title : (text.trim().split('\n', 1)[0] ?? '')
  return first.trim().slice(0, 200)
}
