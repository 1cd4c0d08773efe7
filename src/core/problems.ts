import type * as z from 'zod'
import { type Problem, pointer } from './error.ts'

type Issue = z.core.$ZodIssue

const MOST = 100

/**
 * What zod found in `sent`, each with a pointer; of a union, what the branch found that was meant. Where nothing was
 * sent at all, that is what is said.
 */
export const problemsOf = (error: z.ZodError, sent: unknown): Problem[] =>
  error.issues.flatMap((issue) => flattened(issue, [], sent)).slice(0, MOST)

function flattened(issue: Issue, base: PropertyKey[], sent: unknown): Problem[] {
  const path = [...base, ...issue.path]
  // A rule between fields is `custom` and says itself what it wants of an empty one.
  if (issue.code !== 'custom' && path.length > 0 && at(sent, path) === undefined)
    return [{ pointer: pointer(path), message: 'is required' }]
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({ pointer: pointer([...path, key]), message: 'is not a known name' }))
  if (issue.code === 'invalid_union') {
    const branch = meantBranch(issue.errors)
    if (branch !== null) return branch.flatMap((inner) => flattened(inner, path, sent))
  }
  return [{ pointer: pointer(path), message: worded(issue.message, 'an object') }]
}

/** What a value must be, by the name that zod has for it. */
const KINDS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  tuple: 'a list',
}

/** A message of a schema; where zod itself words it, in words for people. */
export function worded(message: string, object: string): string {
  const type = /^Invalid input: expected (\w+)/u.exec(message)?.[1]
  if (type !== undefined)
    return `must be ${KINDS[type] ?? (type === 'object' || type === 'record' ? object : type)}`
  const options = /^Invalid (?:option: expected one of|input: expected) (".*)$/su.exec(message)?.[1]
  if (options !== undefined) return `must be one of ${options.replaceAll('|', ', ')}`
  const size = /^Too (big|small): expected (\w+) to have [<>]=?(\d+)/u.exec(message)
  if (size === null) return message
  return `must have at ${size[1] === 'big' ? 'most' : 'least'} ${size[3]} ${size[2] === 'string' ? 'characters' : 'items'}`
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

const at = (value: unknown, [step, ...rest]: PropertyKey[]): unknown =>
  step === undefined || value === undefined
    ? value
    : at((value as Record<PropertyKey, unknown> | null)?.[step], rest)
