import { parse, serialize } from 'hono/utils/cookie'
import { isLoopbackName } from '../core/address.ts'
import { LedgerError } from '../core/error.ts'
import { openSecret, SESSION_MS } from '../ledger/members/membership.ts'
import { bearerBySecret } from '../ledger/members/secret.ts'
import { Refused } from '../store/database.ts'
import { type Bearer, dropSecret, useUp } from '../store/members.ts'
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
const cookieName = (origin: string) => (isSecure(origin) ? '__Host-sid' : 'sid')

const sessionOf = (headers: Headers, origin: string): string | undefined => {
  const name = cookieName(origin)
  return parse(headers.get('cookie') ?? '', name)[name]
}

const cookie = (origin: string, value: string, maxAge: number): string =>
  serialize(cookieName(origin), value, {
    path: '/',
    httpOnly: true,
    sameSite: 'Lax',
    secure: isSecure(origin),
    maxAge,
  })

/** Who is signed in, asked of the database every time; null for nobody and for a session that ended. */
export function viewerOf(host: Host, headers: Headers, origin: string): Query<Viewer | null> {
  const value = sessionOf(headers, origin)
  return value === undefined ? known(null) : bearerBySecret('session', value, host.now())
}

/**
 * Uses up the one-time link, ends the session that came along and opens a new one: all of it or nothing. Answers the
 * cookie to set.
 */
export async function signIn(host: Host, headers: Headers, origin: string, link: string): Promise<string> {
  if (!isSecure(origin) && !isLoopbackName(new URL(origin).hostname))
    throw new LedgerError(
      'forbidden',
      'Signing in needs https, except on your own machine. Behind a proxy, set RECKONING_ORIGIN to the public address, such as https://ledger.example.',
    )
  const { ledger, settings } = host
  const now = host.now()
  const { bearer, ended } = await ask(
    ledger.db,
    together({ bearer: bearerBySecret('link', link, now), ended: viewerOf(host, headers, origin) }),
  )
  if (bearer === null) throw linkUsed()
  const spent = [...useUp(bearer.id), ...(ended === null ? [] : [dropSecret(ended.id)])]
  const session = await openSecret(ledger, now, bearer.member, 'session', settings.quotas, spent).catch(
    (error: unknown) => {
      throw error instanceof Refused ? linkUsed() : error
    },
  )
  return cookie(origin, session, SESSION_MS / 1000)
}

const linkUsed = () =>
  new LedgerError('unauthenticated', 'This link was used already, or its 15 minutes are over.')

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
  if (!local || !URL.canParse(next, 'http://local') || new URL(next, 'http://local').host !== 'local')
    throw new LedgerError('malformed', 'After signing in one can only go on to a page of this ledger.')
  return next
}

/**
 * Why such a form is refused. A browser that calls it one of the same origin sent it to the public address of this
 * ledger, and a proxy in between changed that: then it is known what the setting has to be.
 */
export function foreignForm(headers: Headers, configured: string | null): LedgerError {
  const from = headers.get('origin')
  const sent = from !== null && URL.canParse(from) ? new URL(from).origin : null
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
