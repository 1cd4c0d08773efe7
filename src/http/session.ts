import { parse, serialize } from 'hono/utils/cookie'
import { isLoopbackName } from '../core/address.ts'
import { browserNamed } from '../core/browser.ts'
import { LedgerError } from '../core/error.ts'
import { parsedUrl } from '../core/url.ts'
import { openSecret, SESSION_MS } from '../ledger/members/membership.ts'
import { bearerBySecret } from '../ledger/members/secret.ts'
import { Refused, type Statement } from '../store/database.ts'
import { type Bearer, dropSecret, seeSession, useUp } from '../store/members.ts'
import { ask, known, type Query, together } from '../store/query.ts'
import type { Host } from './host.ts'
import * as paths from './paths.ts'

/** Whose session came with the request. */
export type Viewer = Bearer

/** Scheme and host that links and form posts must name: the setting, or the host that the gate of the app let in. */
export const originOf = (host: Host, url: URL): string =>
  host.settings.origin === null ? url.origin : new URL(host.settings.origin).origin

const isSecure = (origin: string) => origin.startsWith('https:')

/** `__Host-` binds the cookie to https and this host; plain http is for one's own machine only. */
const cookieName = (origin: string, name: string) => (isSecure(origin) ? `__Host-${name}` : name)

/** What a cookie of ours holds. */
export const kept = (headers: Headers, origin: string, name: string): string | undefined => {
  const whole = cookieName(origin, name)
  return parse(headers.get('cookie') ?? '', whole)[whole]
}

/** A cookie of ours, for so many seconds. */
export const cookieNamed = (origin: string, name: string, value: string, maxAge: number): string =>
  serialize(cookieName(origin, name), value, {
    path: '/',
    httpOnly: true,
    sameSite: 'Lax',
    secure: isSecure(origin),
    maxAge,
  })

const SESSION = 'sid'
const cookie = (origin: string, value: string, maxAge: number) => cookieNamed(origin, SESSION, value, maxAge)

/** Who is signed in, asked of the database every time; null for nobody and for a session that ended. */
export function viewerOf(host: Host, headers: Headers, origin: string): Query<Viewer | null> {
  const value = kept(headers, origin, SESSION)
  return value === undefined ? known(null) : bearerBySecret('session', value, host.now())
}

/** Refuses to sign anybody in over plain http, except on one's own machine. */
export function requireSafeOrigin(origin: string): void {
  if (!isSecure(origin) && !isLoopbackName(new URL(origin).hostname))
    throw new LedgerError(
      'forbidden',
      'Signing in needs https, except on your own machine. Behind a proxy, set RECKONING_ORIGIN to the public address, such as https://ledger.example.',
    )
}

/** Where a request comes from that signs somebody in: its headers, and the address of this ledger. */
export type Arrival = { headers: Headers; origin: string }

/**
 * Opens a session for a member, and ends the one that came along: all of it, with what is spent for it, or nothing.
 * Answers the cookie to set.
 */
export async function beginSession(
  host: Host,
  { headers, origin }: Arrival,
  member: string,
  spent: readonly Statement[],
  ended?: Viewer | null,
): Promise<string> {
  const { ledger, settings } = host
  const before = ended === undefined ? await ask(ledger.db, viewerOf(host, headers, origin)) : ended
  const beside = [...spent, ...(before === null ? [] : [dropSecret(before.id)])]
  const browser = browserNamed(headers.get('user-agent'))
  const session = await openSecret(ledger, host.now(), member, 'session', settings.quotas, beside, browser)
  return cookie(origin, session, SESSION_MS / 1000)
}

/**
 * Uses up the one-time link, ends the session that came along and opens a new one: all of it or nothing. Answers the
 * cookie to set.
 */
export async function signIn(host: Host, headers: Headers, origin: string, link: string): Promise<string> {
  requireSafeOrigin(origin)
  const { bearer, ended } = await ask(
    host.ledger.db,
    together({ bearer: bearerBySecret('link', link, host.now()), ended: viewerOf(host, headers, origin) }),
  )
  if (bearer === null) throw linkUsed()
  return beginSession(host, { headers, origin }, bearer.member, useUp(bearer.id), ended).catch(
    (error: unknown) => {
      throw error instanceof Refused ? linkUsed() : error
    },
  )
}

const linkUsed = () =>
  new LedgerError('unauthenticated', 'This link was used already, or its 15 minutes are over.')

/** With this an answer says whose session was not seen yet today: whoever made it may be a thread that only reads. */
const SEEN = 'x-session-seen'

export function markSeen(host: Host, viewer: Viewer, answer: Response): void {
  if (viewer.seen_on !== host.now().toISOString().slice(0, 10)) answer.headers.set(SEEN, viewer.id)
}

/** Takes the mark away again and notes the day, where it can be: nothing that is read fails for it. */
export async function noteSeen(host: Host, answer: Response): Promise<void> {
  const id = answer.headers.get(SEEN)
  if (id === null) return
  answer.headers.delete(SEEN)
  const { db } = host.ledger
  if (db.trouble() === null) await db.write([seeSession(id, host.now())]).catch(() => undefined)
}

/** Ends the session that came with the request; answers the cookie that forgets it. */
export async function signOut(host: Host, headers: Headers, origin: string): Promise<string> {
  const ended = await ask(host.ledger.db, viewerOf(host, headers, origin))
  if (ended !== null) await host.ledger.db.write([dropSecret(ended.id)])
  return cookie(origin, '', 0)
}

/**
 * Whether a form post comes from a page of ours: an Origin that is ours, or none and a browser that vouches with
 * Sec-Fetch-Site. A request with neither header is refused.
 */
export function isOurs(headers: Headers, origin: string): boolean {
  const from = headers.get('origin')
  const site = headers.get('sec-fetch-site')
  if (site !== null && site !== 'same-origin') return false
  if (from !== null && from !== 'null') return from === origin
  return site === 'same-origin'
}

/** A path of this ledger to go on to; anything that could lead elsewhere is refused. */
export function localPath(next: string | null): string {
  if (next === null || next === '') return paths.front()
  const local = /^\/[\u0021-\u005b\u005d-\u007e]*$/u.test(next)
  if (!local || parsedUrl(next, 'http://local')?.host !== 'local')
    throw new LedgerError('malformed', 'After signing in one can only go on to a page of this ledger.')
  return next
}

/**
 * Why such a form is refused. A browser that calls it one of the same origin sent it to the public address of this
 * ledger, and a proxy in between changed that: then it is known what the setting has to be.
 */
export function foreignForm(headers: Headers, configured: string | null): LedgerError {
  const from = headers.get('origin')
  const sent = parsedUrl(from ?? '')?.origin ?? null
  const isThrough = sent !== null && sent !== 'null' && headers.get('sec-fetch-site') === 'same-origin'
  const mend = isThrough
    ? `The browser reaches this ledger at ${sent}: set RECKONING_ORIGIN=${sent}, and let the proxy pass on the Host that the browser sent.`
    : configured === null
      ? 'If this ledger is behind a proxy, RECKONING_ORIGIN must be set to the address that the browser shows, such as https://ledger.example.'
      : `This ledger is at ${configured} (RECKONING_ORIGIN): open it there.`
  return new LedgerError(
    'forbidden',
    `This form was not sent from a page of this ledger. Open the page again and send it from there. ${mend}`,
  )
}
