import { type ErrorCode, type Existing, LedgerError, type Named, type Problem } from '../core/error.ts'
import * as paths from './paths.ts'

/** What each refusal is called and which status it has; `/docs/problems` shows this table. */
export const problems: Record<ErrorCode, { status: number; title: string; means: string }> = {
  malformed: {
    status: 400,
    title: 'Malformed request',
    means: 'The address, a header or the body is not well formed.',
  },
  misdirected: {
    status: 421,
    title: 'Misdirected request',
    means: '`Host` names another host than that of this ledger (`RECKONING_ORIGIN`, or where it listens).',
  },
  timeout: {
    status: 408,
    title: 'Request timeout',
    means: 'The request did not arrive whole in time: headers within 15 s, all of it within 60 s.',
  },
  headers_too_large: {
    status: 431,
    title: 'Headers too large',
    means: 'The request line and the headers hold at most 16 KiB.',
  },
  invalid: {
    status: 422,
    title: 'Invalid content',
    means: 'The body is well formed, but what it says is not allowed; `errors` points at each place.',
  },
  unauthenticated: {
    status: 401,
    title: 'Not signed in',
    means: 'This needs a valid token: `Authorization: Bearer rk_pat_…`.',
  },
  forbidden: { status: 403, title: 'Not allowed', means: 'Your role does not allow this.' },
  four_eyes: {
    status: 403,
    title: 'Another person must do this',
    means: 'With four eyes in force, nobody confirms their own proposal or retracts their own entry.',
  },
  not_found: { status: 404, title: 'Not found', means: 'There is nothing at this address.' },
  method_not_allowed: {
    status: 405,
    title: 'Method not allowed',
    means: 'The address exists, but not for this method; `Allow` names those that are.',
  },
  not_acceptable: {
    status: 406,
    title: 'Not acceptable',
    means: 'The `Accept` header admits nothing that we have.',
  },
  unsupported_media_type: {
    status: 415,
    title: 'Unsupported media type',
    means: 'A body is `application/json` in UTF-8, without a content encoding.',
  },
  too_large: {
    status: 413,
    title: 'Too large',
    means: 'A body holds at most 1 MiB, files to import 16 MiB, an entry 65,535 bytes.',
  },
  range_not_satisfiable: {
    status: 416,
    title: 'Range not satisfiable',
    means: 'Answers are given whole: several ranges at once are refused.',
  },
  duplicate: {
    status: 409,
    title: 'Recorded already',
    means: 'There is such a record already; `detail` names it, and `existing` holds its ids.',
  },
  similar: {
    status: 409,
    title: 'Perhaps the same person',
    means:
      'A recorded analyst has a name like this one; `similar` holds ids and names. Use such an id, or say with `distinct_from` that this is another person.',
  },
  conflict: {
    status: 409,
    title: 'Conflict',
    means: 'The request contradicts the present state of the ledger, or somebody else was first.',
  },
  frozen: {
    status: 409,
    title: 'Frozen',
    means: 'The deadline has passed or an outcome was proposed: this no longer changes.',
  },
  already_decided: {
    status: 409,
    title: 'Decided already',
    means: 'This was decided; a correction is a new resolution that supersedes the old one.',
  },
  not_decidable_yet: {
    status: 409,
    title: 'Not decidable yet',
    means: 'This outcome cannot be known before the deadline; if it can, `because_early` says why.',
  },
  stale: {
    status: 412,
    title: 'Stale',
    means: 'The record has changed since you read it, or `If-Match` is not of the form "rev-<n>".',
  },
  idempotency_mismatch: {
    status: 422,
    title: 'Key used for another request',
    means: 'This `Idempotency-Key` was used with another address or body.',
  },
  quote_not_found: {
    status: 422,
    title: 'Quote not found',
    means: 'The words do not stand in the text of the source.',
  },
  quote_ambiguous: {
    status: 422,
    title: 'Quote found more than once',
    means: 'The words stand in the text several times: give a prefix or a suffix.',
  },
  rate_limited: {
    status: 429,
    title: 'Too many requests',
    means:
      'Wait as many seconds as `Retry-After` says: requests are counted by the minute, what a member writes by the day.',
  },
  over_quota: {
    status: 409,
    title: 'Limit of a member',
    means: 'You hold as many of these as a member may; `detail` names the limit, its setting and what to do.',
  },
  busy: {
    status: 429,
    title: 'Busy',
    means:
      'Too many long answers are asked for at once, or this one takes too long; try again in a moment, for less.',
  },
  rebuilding: {
    status: 503,
    title: 'Rebuilding',
    means: 'The ledger is being rebuilt from its log; try again soon.',
  },
  behind: {
    status: 503,
    title: 'Schema is behind',
    means: 'The database needs `reckon migrate` before this program may serve it.',
  },
  clock: {
    status: 503,
    title: 'The clock is in doubt',
    means: 'Nothing is written while the clock of the server may be wrong; `detail` says what is to be done.',
  },
  log_rolled_back: {
    status: 503,
    title: 'The log was rolled back',
    means:
      'The database does not hold what was published of it: it is only read until it does again, or the loss is accepted; `detail` says more.',
  },
  damaged: {
    status: 503,
    title: 'The ledger is damaged',
    means: 'The log or its file is not whole; `detail` says what is wrong and which way is open.',
  },
  unavailable: {
    status: 503,
    title: 'Unavailable',
    means: 'The database cannot be reached or cannot record: `detail` says why. Try again soon.',
  },
  provider: {
    status: 503,
    title: 'Provider does not answer',
    means:
      'The provider of accounts (`RECKONING_OIDC_ISSUER`) cannot be reached, or does not know this ledger.',
  },
  internal: { status: 500, title: 'Internal error', means: 'A defect of ours: it was logged.' },
}

/** RFC 9457. */
export type ProblemDocument = {
  type: string
  title: string
  status: number
  code: ErrorCode
  detail: string
  errors?: readonly Problem[]
  /** Ids of what is there already. */
  existing?: Existing
  /** Analysts whom the name may mean. */
  similar?: readonly Named[]
}

/** Any thrown thing as a problem; what was not expected is "internal" and tells nothing of itself. */
export function problemOf(error: unknown): ProblemDocument {
  const expected = error instanceof LedgerError && error.code !== 'internal' ? error : null
  const code = expected?.code ?? 'internal'
  const { status, title } = problems[code]
  const similar = expected?.telling.similar ?? []
  return {
    type: paths.problem(code),
    title,
    status,
    code,
    detail: expected?.message ?? 'Something went wrong on our side. It was logged.',
    ...(expected === null || expected.problems.length === 0 ? {} : { errors: expected.problems }),
    ...(expected?.telling.existing === undefined ? {} : { existing: expected.telling.existing }),
    ...(similar.length === 0 ? {} : { similar }),
  }
}

/** The headers of a problem. */
export const problemHeaders = ({ status, code }: ProblemDocument): Record<string, string> => ({
  'content-type': 'application/problem+json',
  'cache-control': 'no-store',
  ...(status === 401 ? { 'www-authenticate': 'Bearer realm="reckoning"' } : {}),
  ...(status === 503 || code === 'busy' ? { 'retry-after': '5' } : {}),
})

/** A problem as an answer. */
export const problemAnswer = (problem: ProblemDocument): Response =>
  new Response(JSON.stringify(problem), { status: problem.status, headers: problemHeaders(problem) })

const UNPRINTABLE = /[\u007f-\u009f\u2028\u2029]/gu
const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`

/** One line of JSON for the server log, in which no text can begin a line of its own or steer a terminal. */
export const logLine = (event: Record<string, unknown>): string =>
  JSON.stringify(event).replace(UNPRINTABLE, escaped)

/** Writes a defect to the log, whole. */
export function logDefect(error: unknown, at: Date, request: { method: string; path: string }): void {
  const { message, stack } = error instanceof Error ? error : { message: String(error), stack: undefined }
  console.error(logLine({ level: 'error', at: at.toISOString(), ...request, message, stack }))
}
