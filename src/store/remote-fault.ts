import { LedgerError } from '../core/error.ts'
import { codeOf, messageOf } from './disk-fault.ts'

export const statusOf = (error: unknown): number | undefined =>
  (error as { cause?: { status?: number } } | null)?.cause?.status

/** Whether the line broke: what was asked may have been done. Whoever only reads asks again. */
export const isLineBroken = (error: unknown): boolean =>
  (error instanceof TypeError && /fetch failed|network|terminated/iu.test(messageOf(error))) ||
  /^Network connection lost/u.test(messageOf(error))

/** Something in between answered in the place of the database, or its answer is cut off. */
const isNoAnswer = (error: unknown): boolean =>
  error instanceof SyntaxError || /^(?:HRANA_PROTO_ERROR|PROXY_ERROR|STREAM_EXPIRED)$/u.test(codeOf(error))

const isTimeout = (error: unknown): boolean =>
  error instanceof Error && (error.name === 'TimeoutError' || error.name === 'AbortError')

/** What a remote database, or the way to it, is to blame for; null for anything else. */
export function remoteFault(error: unknown): LedgerError | null {
  const said = saidOf(error)
  return said === null ? null : new LedgerError('unavailable', said)
}

function saidOf(error: unknown): string | null {
  if (isLineBroken(error)) return 'The database cannot be reached; try again in a moment.'
  if (isTimeout(error)) return 'The database did not answer in time; try again in a moment.'
  if (isNoAnswer(error))
    return 'What came back is no answer of the database, or not the whole of one; try again in a moment.'
  const code = codeOf(error)
  // Its words say whether a plan is used up or somebody closed it.
  if (code === 'BLOCKED') return `The database is closed where it is hosted: ${messageOf(error)}.`
  if (/^TRANSACTION_(?:TIMEOUT|BUSY)$/u.test(code)) return 'The database is busy; try again in a moment.'
  if (code !== 'SERVER_ERROR') return null
  const status = statusOf(error)
  if (status === 401 || status === 403)
    return `The database refuses the token of this program (status ${status}): see to RECKONING_DATABASE_TOKEN.`
  return `The database answered${status === undefined ? ' with an error' : ` with status ${status}`}; try again in a moment.`
}
