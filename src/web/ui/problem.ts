import type * as z from 'zod'
import { type Existing, LedgerError, type Problem } from '../../core/error.ts'
import { problemsOf } from '../../core/problems.ts'
import type { Typed } from '../../http/form.ts'

/** A form as it comes back: what was typed, what is wrong with it, and why nothing was written. */
export type Draft = {
  typed: Typed
  problems: readonly Problem[]
  message: string | null
  /** What is recorded already, where that is why. */
  existing?: Existing | undefined
}

export const emptyDraft = (values: Readonly<Record<string, string | undefined>> = {}): Draft => ({
  typed: new Map(
    Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, [value]]])),
  ),
  problems: [],
  message: null,
})

export const typedIn = ({ typed }: Pick<Draft, 'typed'>, name: string): string => typed.get(name)?.[0] ?? ''

const UNWRITTEN = 'Nothing was written yet: something is missing or cannot be.'

/** Checks what a form made by the schema of the API; the refusal points at its fields. */
export function parsed<T>(schema: z.ZodType<T>, request: unknown): T {
  const read = schema.safeParse(request)
  if (read.success) return read.data
  throw new LedgerError('invalid', UNWRITTEN, problemsOf(read.error, request))
}

/** What a verb refused, as a form that comes back; anything but a refusal goes on. */
export function draftOf(typed: Typed, error: unknown): Draft & { error: LedgerError } {
  if (!(error instanceof LedgerError) || error.code === 'internal') throw error
  // What is wrong with one field is said at that field.
  const isOfField = error.problems.some(({ message }) => message === error.message)
  const message = isOfField ? UNWRITTEN : error.message
  return { typed, problems: error.problems, message, existing: error.telling.existing, error }
}

/** Where a problem is shown: its own field, the first one within it, or the nearest one around it. */
export function fieldOf(problem: Problem, names: readonly string[]): string | null {
  const { pointer: at } = problem
  if (at === '') return null
  return (
    names.find((name) => name === at) ??
    names.find((name) => name.startsWith(`${at}/`)) ??
    [...names].sort((a, b) => b.length - a.length).find((name) => at.startsWith(`${name}/`)) ??
    null
  )
}
