import type { HonoRequest } from 'hono'
import type * as z from 'zod'
import { LedgerError } from '../core/error.ts'
import { problemsOf } from '../core/problems.ts'
import { isAcceptable } from '../http/accept.ts'
import { bodyBytes } from '../http/body.ts'
import type { Host } from '../http/host.ts'
import { urlencoded } from '../http/urlencoded.ts'
import { bearerOfToken } from '../ledger/members/secret.ts'
import type { Bearer } from '../store/members.ts'
import type { Route } from './route.ts'
import { parseStrictJson } from './strict-json.ts'

const MAX_BODY_BYTES = 1024 * 1024
const TOO_LARGE = 'A body holds at most 1 MiB.'

const malformed = (message: string, pointer?: string) =>
  new LedgerError('malformed', message, pointer === undefined ? [] : [{ pointer, message }])

/** The parameters of a query as they were sent, each at most once, and nothing that is not UTF-8. */
function readParameters(url: string): Record<string, string> {
  const start = url.indexOf('?')
  const parameters: Record<string, string> = Object.create(null)
  if (start === -1) return parameters
  for (const [name, value] of urlencoded(url.slice(start + 1).replace(/#.*$/su, ''))) {
    if (name in parameters)
      throw malformed(`The parameter ${JSON.stringify(name.slice(0, 100))} is given twice.`)
    parameters[name] = value
  }
  return parameters
}

/** The query that a route asks for; an unknown parameter is refused rather than ignored. */
export function readQuery(url: string, schema: z.ZodObject): unknown {
  const parameters = readParameters(url)
  const read = schema.safeParse(parameters)
  if (read.success) return read.data
  throw new LedgerError(
    'malformed',
    'The query is not one that this address understands.',
    problemsOf(read.error, parameters),
  )
}

const JSON_TYPE = /^application\/json\s*(;\s*charset\s*=\s*("utf-8"|utf-8)\s*)?$/iu

/** The checked body of a write; `isCut` where a server holds bodies to their length. */
export async function readBody(
  request: HonoRequest,
  route: Pick<Route, 'body' | 'bodyOptional'>,
  isCut = false,
): Promise<unknown> {
  const type = request.header('content-type')
  if ((request.header('content-encoding') ?? 'identity').toLowerCase() !== 'identity')
    throw new LedgerError('unsupported_media_type', 'A body is sent without a content encoding.')
  if (type === undefined ? !route.bodyOptional : !JSON_TYPE.test(type))
    throw new LedgerError('unsupported_media_type', 'A body is sent as application/json, in UTF-8.')
  const bytes = await bodyBytes(request.raw, MAX_BODY_BYTES, TOO_LARGE, isCut)
  if (type === undefined && bytes.length > 0)
    throw new LedgerError('unsupported_media_type', 'A body is sent as application/json, in UTF-8.')
  const value = route.bodyOptional && bytes.length === 0 ? {} : parseStrictJson(bytes)
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new LedgerError('invalid', 'The body must be a JSON object.', [
      { pointer: '', message: 'must be an object' },
    ])
  return value
}

/** What the schema of a route makes of a body, or `invalid` with a pointer to everything that is wrong. */
export function checkBody(value: unknown, schema: z.ZodType): unknown {
  const read = schema.safeParse(value)
  if (read.success) return read.data
  const problems = problemsOf(read.error, value)
  const [first] = problems
  const detail =
    first === undefined ? 'The body is not valid.' : `${first.pointer || 'The body'} ${first.message}.`
  throw new LedgerError('invalid', detail, problems)
}

/** Who stands behind `Authorization: Bearer`; null without the header. */
export async function identify(request: HonoRequest, host: Host, now: Date): Promise<Bearer | null> {
  const header = request.header('authorization')
  if (header === undefined) return null
  const token = /^bearer ([\x21-\x7e]{1,200})$/iu.exec(header)?.[1]
  const bearer = token === undefined ? null : await bearerOfToken(host.ledger.db, token, now)
  if (bearer === null)
    throw new LedgerError(
      'unauthenticated',
      'This token is not valid: mistyped, unknown, expired or revoked, or its member is suspended.',
    )
  return bearer
}

export const IF_MATCH = /^"rev-(0|[1-9]\d{0,8})"$/u
export const IDEMPOTENCY_KEY = /^[\x21-\x7e]{1,200}$/u

/** `If-Match: "rev-<n>"`; anything else is stale, as is any value where nothing has a rev. */
export function readRev(request: HonoRequest, route: Pick<Route, 'matches'>): number | undefined {
  const header = request.header('if-match')
  if (header === undefined) return undefined
  const rev = IF_MATCH.exec(header)?.[1]
  if (rev === undefined || !route.matches)
    throw new LedgerError('stale', 'If-Match must be "rev-<n>", from a record that has a rev.')
  return Number(rev)
}

/** The key that makes a retry safe. */
export function readIdempotencyKey(request: HonoRequest): string | undefined {
  const key = request.header('idempotency-key')
  if (key !== undefined && !IDEMPOTENCY_KEY.test(key))
    throw malformed('An Idempotency-Key has 1 to 200 visible ASCII characters.')
  return key
}

/** Refuses what cannot be answered: a type that we do not have, or several ranges at once. */
export function requireAnswerable(request: HonoRequest, media: string): void {
  if (!isAcceptable(request.header('accept'), media))
    throw new LedgerError('not_acceptable', `This address answers ${media}.`)
  if (request.header('range')?.includes(',') === true)
    throw new LedgerError('range_not_satisfiable', 'Answers are given whole.')
}
