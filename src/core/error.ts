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
  'conflict',
  'frozen',
  'already_decided',
  'not_decidable_yet',
  'stale',
  'idempotency_mismatch',
  'quote_not_found',
  'quote_ambiguous',
  'rate_limited',
  'rebuilding',
  'behind',
  'unavailable',
  'internal',
] as const
export type ErrorCode = (typeof errorCodes)[number]

/** One thing that is wrong, and where: an RFC 6901 pointer into what was sent. */
export type Problem = { pointer: string; message: string }

/** The one expected error. Anything else that is thrown is a defect and shown as "Internal error". */
export class LedgerError extends Error {
  readonly code: ErrorCode
  readonly problems: readonly Problem[]

  constructor(code: ErrorCode, message: string, problems: readonly Problem[] = []) {
    super(message)
    this.name = 'LedgerError'
    this.code = code
    this.problems = problems
  }
}

/** A refusal of one field: `invalid('/probability', 'must lie between 0 and 1')`. */
export const invalid = (pointer: string, message: string, code: ErrorCode = 'invalid'): LedgerError =>
  new LedgerError(code, message, [{ pointer, message }])

export const notFound = (noun: string, id: string): LedgerError =>
  new LedgerError('not_found', `There is no ${noun} ${JSON.stringify(id.slice(0, 100))}.`)

/** `['a', 0, 'b/c']` as an RFC 6901 pointer: `/a/0/b~1c`. */
export const pointer = (path: readonly PropertyKey[]): string =>
  path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
