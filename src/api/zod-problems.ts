import type * as z from 'zod'
import { type Problem, pointer } from '../core/error.ts'

type Issue = z.core.$ZodIssue

/** What zod found, each with a pointer; of a union, what the branch found that was meant. */
export const problemsOf = (error: z.ZodError): Problem[] =>
  error.issues.flatMap((issue) => flattened(issue, [])).slice(0, 100)

function flattened(issue: Issue, base: PropertyKey[]): Problem[] {
  const path = [...base, ...issue.path]
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({ pointer: pointer([...path, key]), message: 'is not a known name' }))
  if (issue.code === 'invalid_union') {
    const branch = meantBranch(issue.errors)
    if (branch !== null) return branch.flatMap((inner) => flattened(inner, path))
  }
  return [{ pointer: pointer(path), message: messageOf(issue) }]
}

const rootMismatch = (issues: Issue[]): boolean =>
  issues.some(
    (issue) =>
      issue.path.length === 0 &&
      (issue.code === 'invalid_type' || (issue.code === 'invalid_union' && issue.errors.every(rootMismatch))),
  )

/** Branches of another type were not meant; among those left, the one that lacks and refuses least. */
function meantBranch(branches: Issue[][]): Issue[] | null {
  const meant = branches.filter((issues) => issues.length > 0 && !rootMismatch(issues))
  if (meant.length === 0) return null
  return meant.reduce((best, issues) => (distance(issues) < distance(best) ? issues : best))
}

const distance = (issues: Issue[]): number =>
  issues.reduce(
    (sum, issue) => sum + (issue.code === 'unrecognized_keys' || issue.code === 'invalid_type' ? 10 : 1),
    0,
  )

const messageOf = (issue: Issue): string =>
  issue.code === 'invalid_type' && issue.message.endsWith('received undefined')
    ? 'is required'
    : issue.message
