import * as z from 'zod'
import { LedgerError, type Problem } from '../../core/error.ts'
import type { Typed } from '../../http/form.ts'

/** How often a field may stand in a form, and what it may hold. */
type Field = z.ZodType<unknown>
type Named = Readonly<Record<string, Field>>

/** Everything that a form can hold; `part` are the fields of each of its marks, behind the id of the mark. */
export type Fields = { own: Named; part?: Named }

const TWICE = 'is given more than once'

/** A field of text: what it means is for the schema of the request to say. */
export const text = (longest = 10_000) => z.string().max(longest, `must be at most ${longest} characters`)
/** It may be missing or empty, and stands there once. */
export const once = (value: z.ZodType<string> = text()): Field =>
  z.array(z.union([z.literal(''), value])).max(1, TWICE)
/** It has to be there. */
export const needed = (value: z.ZodType<string>): Field => z.array(value).min(1, 'is required').max(1, TWICE)
export const many = (value: z.ZodType<string>, most: number): Field =>
  z.array(value).max(most, `is given more than ${most} times`)

export const onceEach = (names: readonly string[]): Named =>
  Object.fromEntries(names.map((name) => [name, once()]))

/** A form that is a button. */
export const BUTTON: Fields = { own: {} }

/** Everything that the form of a table can hold, each once. */
export const fieldsOf = (table: Readonly<Record<string, unknown>>): Fields => ({
  own: onceEach(Object.keys(table)),
})

/** The version that a form was made from. */
export const Rev = z.string().regex(/^\d{1,9}$/u, 'is not the number of a version: open the page again')

/** Why a form is not one of ours, as a refusal that brings it back; null for one that may be read. */
export function refusalOf(fields: Fields, typed: Typed): LedgerError | null {
  const problems = [
    ...problemsIn(fields.own, typed),
    ...[...typed.keys()].flatMap((name) => problemOfOther(fields, typed, name)),
  ]
  const [first] = problems
  if (first === undefined) return null
  // Not every page has a place for what is wrong with a field that it does not have.
  return new LedgerError(
    'invalid',
    `Nothing was written: ${first.pointer} ${first.message}.`,
    problems.slice(0, MOST),
  )
}

const MOST = 100

const problemsIn = (named: Named, typed: Typed): Problem[] =>
  Object.entries(named).flatMap(([name, field]) => problemsOf(field, name, typed.get(name) ?? []))

function problemsOf(field: Field, name: string, values: readonly string[]): Problem[] {
  const [issue] = field.safeParse(values).error?.issues ?? []
  return issue === undefined ? [] : [{ pointer: name, message: messageOf(issue) }]
}

const messageOf = (issue: z.core.$ZodIssue): string =>
  issue.code === 'invalid_union' ? (issue.errors.flat().at(-1)?.message ?? issue.message) : issue.message

/** A field that the form does not have, or one of a mark. */
function problemOfOther({ own, part }: Fields, typed: Typed, name: string): Problem[] {
  if (Object.hasOwn(own, name)) return []
  const [, mark = '', rest = ''] = /^([a-z0-9]{1,20}):(.*)$/su.exec(name) ?? []
  const field = part !== undefined && Object.hasOwn(part, rest) ? part[rest] : undefined
  if (field === undefined || typed.get('mark')?.includes(mark) !== true)
    return [{ pointer: name.slice(0, 100), message: 'is not a field of this form' }]
  return problemsOf(field, name, typed.get(name) ?? [])
}
