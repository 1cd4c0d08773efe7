import type { Hono } from 'hono'
import { endOf, readAsOf } from '../core/as-of.ts'
import { dayText, quarterHour } from '../core/calendar.ts'
import { LedgerError } from '../core/error.ts'
import { bearerOfToken } from '../ledger/members/secret.ts'
import type { Database } from '../store/database.ts'
import { lastBy, stampedAt } from '../store/past.ts'
import { ask } from '../store/query.ts'
import { etagOf, PRIVATE_CACHING, SETTLED_CACHING } from './freshness.ts'
import type { Host, PastMoment } from './host.ts'
import * as paths from './paths.ts'
import { isAlwaysTheSame, WATCHED } from './read-weight.ts'
import { originOf, viewerOf } from './session.ts'
import { urlencoded } from './urlencoded.ts'

type Fetch = Hono['fetch']
type Refuse = (error: unknown, request: Request) => Response | Promise<Response>

/** A request for another moment than now: what it asks, and the same without it. */
type Asked = { as_of: string | null; url: URL }

/**
 * Answers `?as_of=` from the record as it stood then: the same faces run on a ledger made from the log up to that
 * entry, at that time, for nobody in particular. Whatever else is asked goes to the faces of today.
 */
export function withPast(host: Host, faces: (host: Host) => Fetch, refuse: Refuse): Fetch {
  const today = faces(host)
  const made = new WeakMap<object, { now: number; fetch: Fetch }>()

  async function answer(as_of: string, url: URL, request: Request, env: unknown): Promise<Response> {
    if (request.method !== 'GET' && request.method !== 'HEAD')
      throw new LedgerError('method_not_allowed', 'Nothing is written into the past: leave out as_of.')
    if (host.past === undefined) throw impossible()
    await requireReader(host, request, url)
    const { moment, now } = await momentOf(host, as_of)
    const { db, release } = await host.past.hold(moment.seq)
    try {
      let own = made.get(db)
      if (own?.now !== now.getTime()) {
        own = { now: now.getTime(), fetch: faces(hostOf(host, db, moment, now)) }
        made.set(db, own)
      }
      const accept = request.headers.get('accept')
      const asked = new Request(url, {
        method: request.method,
        ...(accept === null ? {} : { headers: { accept } }),
      })
      const given = await own.fetch(asked, env as object)
      return released(await told(host, given, moment, now, request.url), release)
    } catch (error) {
      release()
      throw error
    }
  }

  return async (request, env, context) => {
    if (!/[?&]as_of=/u.test(request.url)) return today(request, env, context)
    try {
      const { as_of, url } = askedOf(request)
      if (as_of !== null) return await answer(as_of, url, request, env)
      return await today(new Request(url, request), env, context)
    } catch (error) {
      return refuse(error, request)
    }
  }
}

function askedOf(request: Request): Asked {
  const url = new URL(request.url)
  const said = urlencoded(url.search.slice(1))
  const values = said.flatMap(([name, value]) =>
    name === 'as_of' && value.trim() !== '' ? [value.trim()] : [],
  )
  if (values.length > 1)
    throw new LedgerError('malformed', 'The address cannot be read: as_of is given twice.')
  url.search = new URLSearchParams(said.filter(([name]) => name !== 'as_of')).toString()
  // What does not depend on the record has no past.
  const isSame = WATCHED.has(url.pathname) || isAlwaysTheSame(url.pathname)
  return { as_of: isSame ? null : (values[0] ?? null), url }
}

const impossible = () =>
  new LedgerError(
    'not_found',
    'This ledger is served where its past cannot be made from the log (a Worker has no room for it). The page of today is at the same address without as_of; `reckon serve` on a machine with Node shows the past.',
  )

/** Where the ledger is not public, whoever may read it today may read its past. */
async function requireReader(host: Host, request: Request, url: URL): Promise<void> {
  if (host.settings.public) return
  const token = /^bearer (\S+)$/iu.exec(request.headers.get('authorization') ?? '')?.[1]
  const { db } = host.ledger
  const reader =
    token === undefined
      ? await ask(db, viewerOf(host, request.headers, originOf(host, url)))
      : await bearerOfToken(db, token, host.now())
  if (reader === null)
    throw new LedgerError('unauthenticated', 'This ledger is not public: sign in to read it.')
}

/** The entry and the time that are meant; throws where the record has no such moment. */
async function momentOf(host: Host, text: string, name?: string): Promise<{ moment: PastMoment; now: Date }> {
  const { db } = host.ledger
  const asked = readAsOf(text, name)
  if ('entry' in asked) {
    const at = await stampedAt(db, asked.entry)
    if (at === null) {
      const { seq } = await host.head()
      throw new LedgerError('not_found', `There is no entry ${asked.entry} yet: the last one is ${seq}.`)
    }
    return { moment: { as_of: text, seq: asked.entry, at, day: null, isSettled: true }, now: new Date(at) }
  }
  const { day } = asked
  const end = endOf(day, host.now())
  if (end === null) throw tooLate(day, host, name)
  const { seq, first } = await lastBy(db, end.instant)
  const at = seq < 0 ? null : await stampedAt(db, seq)
  if (at === null)
    throw new LedgerError(
      'not_found',
      first === null
        ? 'Nothing is recorded yet, so there is nothing that could have been read then.'
        : `The record begins on ${dayText(first.slice(0, 10))}: on ${dayText(day)} there was nothing to read.`,
    )
  return { moment: { as_of: text, seq, at, day, isSettled: end.isOver }, now: end.instant }
}

const tooLate = (day: string, { asOf }: Host, name = 'as_of') =>
  new LedgerError(
    'not_found',
    asOf === undefined
      ? `${dayText(day)} is still to come: ${name} takes a day until today, or the number of an entry.`
      : `${dayText(day)} is later than the moment that is shown: ${name} takes an earlier day, or the number of an entry until ${asOf.seq}.`,
  )

/** An earlier record beside the one that is shown, for as long as the work takes. */
export async function besideEarlier<T>(
  host: Host,
  since: string,
  work: (then: { db: Database; now: Date; moment: PastMoment }) => Promise<T>,
): Promise<T> {
  if (host.past === undefined) throw impossible()
  const { moment, now } = await momentOf(host, since.trim(), 'since')
  const { db, release } = await host.past.hold(moment.seq)
  try {
    return await work({ db, now: quarterHour(now), moment })
  } finally {
    release()
  }
}

/** The ledger of that moment, as its faces know it: nobody is signed in, and who may read it was asked before. */
const hostOf = (host: Host, db: Host['ledger']['db'], moment: PastMoment, now: Date): Host => ({
  ...host,
  ledger: { ...host.ledger, db },
  now: () => now,
  head: async () => ({ seq: moment.seq, at: moment.at }),
  asOf: moment,
  settings: { ...host.settings, public: true },
})

/** An answer of the past, whose links stay in it. */
async function told(
  host: Host,
  given: Response,
  moment: PastMoment,
  now: Date,
  url: string,
): Promise<Response> {
  const { headers, status } = given
  const caching = headers.get('cache-control') ?? ''
  // For members, or private: it is not of the record.
  if (status === 401 || (status === 200 && caching.includes('no-store')))
    throw new LedgerError(
      'not_found',
      'What members keep has no past: only the record itself is shown as it stood.',
    )
  const answer =
    headers.get('content-type')?.startsWith('text/html') === true
      ? new Response(withinMoment(await given.text(), moment.as_of), given)
      : new Response(given.body, given)
  const location = headers.get('location')
  if (location?.startsWith('/') === true) answer.headers.set('location', paths.asOf(location, moment.as_of))
  if (status !== 200) return answer
  answer.headers.set('x-robots-tag', 'noindex')
  if (!host.settings.public) answer.headers.set('cache-control', PRIVATE_CACHING)
  else if (moment.isSettled) {
    answer.headers.set('cache-control', SETTLED_CACHING)
    const { redacted = -1 } = await host.head()
    answer.headers.set('etag', etagOf(host, moment, now, `past${redacted < 0 ? '' : redacted}`, url))
  }
  return answer
}

const TAG = /<(?:a|link|img|image|iframe|form)\b[^>]*>/gu
/** What the browser is given beside the pages, whenever it was recorded. */
const ASSET = /^\/(?:style|icon|script|check)\.\w+\.(?:css|svg|js)$/u
const ADDRESS = / (href|src)="(\/(?!\/)[^"]*)"/u

/** A page whose links and searches lead to other pages of the same moment; what is marked `data-now` leads to today. */
function withinMoment(page: string, as_of: string): string {
  const isSame = (address: string) => ASSET.test(address) || isAlwaysTheSame(address.replace(/[?#].*$/u, ''))
  return page.replace(TAG, (tag) => {
    if (tag.includes(' data-now')) return tag
    if (tag.startsWith('<form'))
      return tag.includes('method="post"')
        ? tag
        : `${tag}<input type="hidden" name="as_of" value="${encodeURIComponent(as_of)}"/>`
    return tag.replace(ADDRESS, (whole, name: string, address: string) =>
      isSame(address) ? whole : ` ${name}="${paths.asOf(address, as_of, '&amp;')}"`,
    )
  })
}

/** The answer, which says when its last piece was taken. */
function released(answer: Response, release: () => void): Response {
  const reader = answer.body?.getReader()
  if (reader === undefined) {
    release()
    return answer
  }
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await reader.read()
        if (!done) return controller.enqueue(value)
        release()
        controller.close()
      } catch (error) {
        release()
        throw error
      }
    },
    cancel(reason) {
      release()
      return reader.cancel(reason)
    },
  })
  return new Response(body, answer)
}
