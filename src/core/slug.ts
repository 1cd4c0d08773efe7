import * as z from 'zod'
import { jsonSchema } from './json-schema.ts'
import { latinOf } from './transliteration.ts'

/** Words that stand in addresses and can therefore name no record. */
const RESERVED = new Set(
  'new due log api capture analysts sources questions forecasts statements compare methods settings docs embed feeds export import search sign-in sign-out health ready'.split(
    ' ',
  ),
)

const MAX_LENGTH = 80

/** The id people see: one segment of an address, never changed. */
export const Slug = z
  .string()
  .max(MAX_LENGTH, `must be at most ${MAX_LENGTH} characters`)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/u, 'must be lower-case words joined by single hyphens')
  .refine((slug) => !RESERVED.has(slug), 'is a reserved word')
  .register(jsonSchema, { not: { enum: [...RESERVED] } })

export const MOST_TAGS = 20
/** What a question is filed under. */
export const Tags = z
  .array(Slug)
  .max(MOST_TAGS, `must be at most ${MOST_TAGS} tags`)
  .register(jsonSchema, { uniqueItems: true })

/** `<source>_<local slug>`: the id of a statement, its forecast and a question written inside it. */
export const StatementId = z
  .string()
  .max(2 * MAX_LENGTH + 1)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*_[a-z0-9]+(-[a-z0-9]+)*$/u, 'must be <source>_<local id>')

/** A question has a slug of its own or shares the id of the statement it was written in. */
export const QuestionId = z.union([Slug, StatementId], 'must be an id such as no-new-war or source_statement')

export const statementId = (source: string, local: string): string => `${source}_${local}`
/** The source in which a statement stands. */
export const sourceOf = (id: string): string => id.slice(0, id.indexOf('_'))
export const localId = (id: string): string => id.slice(id.indexOf('_') + 1)

/** Titles are shorter; of what is no title nobody wants to read it all. */
const LONGEST_TITLE = 1_000
const LONGEST_BASE = 60

/**
 * The first candidates for an id made from a title, best first: the slug, then `-2` to `-9`, then one with a
 * random end. `random` is 8 characters of [a-z0-9]. Of letters that nobody knows how to write in Latin nothing stays.
 */
export function slugCandidates(noun: string, title: string, random: string): string[] {
  const words = latinOf(title.slice(0, LONGEST_TITLE)).words.join('-')
  const base = words.slice(0, LONGEST_BASE).replace(/-+$/u, '')
  if (base === '' || RESERVED.has(base)) return [`${noun}-${random}`]
  const numbered = [2, 3, 4, 5, 6, 7, 8, 9].map((n) => `${base}-${n}`)
  return [base, ...numbered, `${base}-${random}`]
}

/** Why no id can be made of a name, or null: an id is for people to read, and none is invented. */
export function unwritable(name: string): string | null {
  const { unknown } = latinOf(name)
  return unknown.length === 0
    ? null
    : `is needed: how “${unknown.slice(0, 5).join('')}” is written in Latin letters is not known here. Choose one such as ada-lovelace; it stays for good`
}
