import type * as z from 'zod'
import { type Problem, pointer } from '../core/error.ts'

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

/** Notes what is wrong with a draft, each at its place below `at`; answers the value when nothing is. */
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
  problems.push(...read.error.issues.flatMap((issue) => found(issue, at)))
  return null
}

type Issue = z.core.$ZodIssue

function found(issue: Issue, at: string): Problem[] {
  const place = at + pointer(issue.path)
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({ pointer: place + pointer([key]), message: 'is not a known name' }))
  if (issue.code === 'invalid_union') {
    const meant = issue.errors.find(
      (branch) => !branch.some(({ code, path }) => code === 'invalid_type' && path.length === 0),
    )
    if (meant !== undefined && meant.length > 0) return meant.flatMap((inner) => found(inner, place))
  }
  const isMissing = issue.code === 'invalid_type' && issue.message.endsWith('received undefined')
  return [{ pointer: place, message: isMissing ? 'is required' : issue.message }]
}
