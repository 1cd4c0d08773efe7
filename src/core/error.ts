/** Every way in which the ledger refuses. One table in `api/` maps a code to its HTTP status and title. */
export const errorCodes = [
  'malformed',
  'misdirected',
  'timeout',
  'headers_too_large',
  'invalid',
  'unauthenticated',
  'forbidden',
  'four_eyes',
  'not_found',
  'method_not_allowed',
  'not_acceptable',
  'unsupported_media_type',
  'too_large',
  'range_not_satisfiable',
  'duplicate',
  'similar',
  'conflict',
  'frozen',
  'already_decided',
  'not_decidable_yet',
  'stale',
  'idempotency_mismatch',
  'quote_not_found',
  'quote_ambiguous',
  'rate_limited',
  'over_quota',
  'busy',
  'rebuilding',
  'behind',
  'clock',
  'log_rolled_back',
  'damaged',
  'unavailable',
  'internal',
] as const
export type ErrorCode = (typeof errorCodes)[number]

/** One thing that is wrong, and where: an RFC 6901 pointer into what was sent. */
export type Problem = { pointer: string; message: string }

export const existingNouns = [
  'forecast',
  'statement',
  'question',
  'source',
  'analyst',
  'resolution',
  'reply',
  'member',
] as const
export type ExistingNoun = (typeof existingNouns)[number]
/** Ids of what stands in the ledger already, by what they are of; of a reply the number of its entry. */
export type Existing = { readonly [noun in ExistingNoun]?: string }

/** Somebody recorded. */
export type Named = { id: string; name: string }
/**
 * What a refusal tells besides words: what is there already, whom a name may mean, and after how many seconds it may go
 * otherwise.
 */
export type Telling = { existing?: Existing; similar?: readonly Named[]; retryAfterS?: number }

/** The one expected error. Anything else that is thrown is a defect and shown as "Internal error". */
export class LedgerError extends Error {
  readonly code: ErrorCode
  readonly problems: readonly Problem[]
  readonly telling: Telling

  constructor(code: ErrorCode, message: string, problems: readonly Problem[] = [], telling: Telling = {}) {
    super(message)
    this.name = 'LedgerError'
    this.code = code
    this.problems = problems
    this.telling = telling
  }
}

/** A refusal of one field: `invalid('/probability', 'must lie between 0 and 1')`. */
export const invalid = (pointer: string, message: string, code: ErrorCode = 'invalid'): LedgerError =>
  new LedgerError(code, message, [{ pointer, message }])

/** Refuses a field of which a rule found something wrong. */
export function refuseIf(pointer: string, problem: string | null, code?: ErrorCode): void {
  if (problem !== null) throw invalid(pointer, problem, code)
}

export const notFound = (noun: string, id: string): LedgerError =>
  new LedgerError('not_found', `There is no ${noun} ${JSON.stringify(id.slice(0, 100))}.`)

/** `['a', 0, 'b/c']` as an RFC 6901 pointer: `/a/0/b~1c`. */
export const pointer = (path: readonly PropertyKey[]): string =>
  path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
