import type * as z from 'zod'
import { worded } from '../core/problems.ts'
import { keysOf, type Schema, unwrapped, within } from '../core/schema-shape.ts'
import { about, nearest, shown } from './finding.ts'
import type { Path, What, YamlDocument } from './yaml-document.ts'

/** One thing a schema refuses: where, and what to say. */
type Refusal = { at: Path; on: 'key' | 'value'; what: What }

type Issue = z.core.$ZodIssue

/**
 * What files may write more loosely than records: `outcome: false` for "no", `published: 2024` for "2024".
 * Everything else stays as it was read.
 */
export function tolerated(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) return value.map((item) => tolerated(item, key))
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, tolerated(field, name)]))
  }
  if (typeof value === 'boolean' && YES_NO.has(key)) return value ? 'yes' : 'no'
  if (typeof value === 'number' && YEARS.has(key) && Number.isInteger(value)) return String(value)
  return value
}
const YES_NO = new Set(['outcome', 'categorical', 'leans', 'early'])
const YEARS = new Set(['published', 'said_on'])

/** What the schema refuses in a document, in words for the author of the file. */
export function refusals(
  document: YamlDocument,
  schema: Schema,
  value: unknown,
  issues: readonly Issue[],
): Refusal[] {
  const refused = new Set<string>()
  return issues
    .flatMap((issue) => flattened(issue, [], value))
    .flatMap((issue) => explained(document, schema, value, issue))
    .filter(({ at }) => {
      // The first thing wrong with a value is enough.
      const place = JSON.stringify(at)
      const isFirst = !refused.has(place)
      refused.add(place)
      return isFirst
    })
}

/** Of a union only what the branch says that the author meant. */
function flattened(issue: Issue, parent: PropertyKey[], root: unknown): Issue[] {
  const path = [...parent, ...issue.path]
  if (
    issue.code === 'invalid_union' &&
    issue.message === 'Invalid input' &&
    valueAt(root, path) !== undefined
  ) {
    const meant = issue.errors
      .filter((branch) => !branch.some(isOfAnotherKind))
      .toSorted((a, b) => a.length - b.length)[0]
    if (meant !== undefined) return meant.flatMap((inner) => flattened(inner, path, root))
  }
  return [{ ...issue, path }]
}

/** A branch of a union that wants a text where a mapping is, and so on. */
const isOfAnotherKind = (issue: Issue): boolean =>
  issue.path.length === 0 &&
  (issue.code === 'invalid_type' ||
    (issue.code === 'invalid_union' && issue.errors.every((branch) => branch.some(isOfAnotherKind))))

function explained(document: YamlDocument, schema: Schema, root: unknown, issue: Issue): Refusal[] {
  const at = issue.path.map((part) => (typeof part === 'number' ? part : String(part)))
  const key = at.findLast((part) => typeof part === 'string') ?? 'the file'
  const value = valueAt(root, at)
  // Inside a probability only the message of zod is left, so the keys are looked up.
  if (issue.code === 'unrecognized_keys' || issue.message.startsWith('Unrecognized key')) {
    const known = issue.code === 'unrecognized_keys' ? keysAt(schema, at) : wordKeys(value)
    const keys = issue.code === 'unrecognized_keys' ? issue.keys : Object.keys(value as object)
    const unknown = keys.filter((name) => !known.includes(name))
    return (unknown.length === 0 ? keys : unknown).map((name) => ({
      at: [...at, name],
      on: 'key',
      what: unknownKey(name, key, known),
    }))
  }
  if (at.length > 0 && !document.has(at) && issue.code !== 'custom') {
    const what: What = {
      code: 'missing_key',
      message: `${shown(key)} is required`,
      remedy: `Add "${key}: …" here.`,
    }
    return [{ at, on: 'key', what }]
  }
  const subject =
    at.length === 0 ? 'the file' : typeof at.at(-1) === 'number' ? `an item of ${shown(key)}` : shown(key)
  const message = said(issue.message, value)
  return [
    {
      at,
      on: 'value',
      what: { message: about(subject, message), ...remedied(key, value, issue) },
    },
  ]
}

function unknownKey(name: string, parent: string, known: string[]): What {
  const meant = nearest(name, known)
  return {
    code: 'unknown_key',
    message: `${shown(name)} is no key of ${parent === 'the file' ? parent : shown(parent)}`,
    remedy:
      meant === null ? `Take it out, or use one of: ${known.join(', ')}.` : `Did you mean ${shown(meant)}?`,
  }
}

function remedied(key: string, value: unknown, { message }: Issue): Pick<What, 'code' | 'remedy'> {
  if (value === null) {
    return { code: 'invalid', remedy: 'Give the key a value, or take the key out.' }
  }
  if (typeof value === 'string' && key === 'time_zone') {
    const meant = nearest(value, Intl.supportedValuesOf('timeZone'))
    const remedy =
      meant === null ? 'Write an IANA zone such as Asia/Yerevan, or UTC.' : `Did you mean ${meant}?`
    return { code: 'unknown_zone', remedy }
  }
  if (typeof value === 'string' && /^\d{4}-\d{2}(-\d{2})?$/u.test(value) && message.includes('calendar')) {
    const leap = value.slice(5) === '02-29' ? ' That February has 28 days.' : ''
    return { code: 'no_such_day', remedy: `Write a day that exists.${leap}` }
  }
  if ((typeof value === 'number' || typeof value === 'boolean') && /expected string/u.test(message)) {
    return { code: 'invalid', remedy: `Put it in quotes: "${String(value)}".` }
  }
  return { code: 'invalid', remedy: REMEDIES.get(key) ?? 'Write it as docs/schemas describes it.' }
}

const REMEDIES = new Map(
  Object.entries({
    probability:
      'Write 0.7 for 70 %, {low: 0.6, high: 0.8} for a range, {words: likely} for words, {words: …, categorical: "yes"} for "X will happen".',
    outcome: 'Write "yes", "no", an option, a number, a date, annulled or ambiguous.',
    evidence: 'Name at least one page: {url: …, says: …, accessed: 2025-04-09}.',
    id: 'Use lower-case letters, digits and single hyphens, such as no-new-war.',
    url: 'Copy the full address from the browser, beginning with https://.',
    annulled_because:
      'Write annulled_because: condition_not_met or moot beside outcome: annulled, and only there.',
    selected_because: 'Give the reason for the selection with coverage: selected, and only there.',
  }),
)

/** The same as everywhere, and what stands there instead: a file is read from the outside. */
function said(message: string, value: unknown): string {
  if (value === null) return 'has no value'
  if (message === 'Invalid input') return `cannot be ${described(value)}`
  const isOfKind = /^Invalid input: expected (?!")/u.test(message)
  return worded(message, 'a mapping of keys') + (isOfKind ? `, not ${described(value)}` : '')
}

const described = (value: unknown): string =>
  Array.isArray(value)
    ? 'a list'
    : typeof value === 'object'
      ? 'a mapping'
      : typeof value === 'string'
        ? `the text ${shown(value)}`
        : shown(value)

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  let value = root
  for (const part of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined
    value = (value as Record<PropertyKey, unknown>)[part]
  }
  return value
}

/** The keys of a probability in words, flat ones or others. */
const wordKeys = (value: unknown): string[] =>
  typeof value === 'object' && value !== null && 'categorical' in value
    ? ['words', 'categorical']
    : typeof value === 'object' && value !== null && 'leans' in value
      ? ['words', 'leans']
      : ['words', 'low', 'mid', 'high', 'lexicon', 'key', 'because']

/** The keys that the schema knows at a path. */
const keysAt = (schema: Schema, path: Path): string[] => keysOf(path.reduce(within, unwrapped(schema)))
