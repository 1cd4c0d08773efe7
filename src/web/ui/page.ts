import type { JSX } from 'hono/jsx/jsx-runtime'
import type { Doubt } from '../../core/clock.ts'
import type { LedgerError } from '../../core/error.ts'
import type { Role } from '../../core/member.ts'
import type { Typed } from '../../http/form.ts'
import type { Head, Host } from '../../http/host.ts'
import type { ReferenceRoute } from '../../http/reference.ts'
import type { Arrival, Viewer } from '../../http/session.ts'
import type { Unit } from '../../ledger/ledger.ts'
import type { Fields } from './fields.ts'

/** Everything a page is made from, besides what it reads of the ledger. */
export type PageContext = {
  host: Host
  /** The last quarter-hour: pages depend on time through nothing else. */
  now: Date
  head: Head
  /** Of the request: for signing in, which nothing else looks at. */
  headers: Headers
  url: URL
  /** The named parts of the address, decoded. */
  params: Readonly<Record<string, string>>
  viewer: Viewer | null
  /** Scheme and host of links and of the CSRF check. */
  origin: string
  /** How many questions need a decision now. */
  due: number
  /** Why nothing can be written now; null also for whoever could write nothing anyway. */
  doubt: Doubt | null
  /** The address of the picture that stands for the page where it is shared; null where there is none. */
  card: string | null
  /** The API as `/docs/routes` shows it; no face imports another. */
  reference: () => Promise<readonly ReferenceRoute[]>
}

/** What a form post adds: what was typed, and the unit of work of the member who posted it. */
export type FormContext = PageContext & {
  viewer: Viewer
  unit: Unit
  form: Typed
  /** Why the form cannot be taken: thrown where it can be shown again as it was typed. */
  refused: LedgerError | null
}

export type PageAnswer = JSX.Element | Response
export type PageHandler = (context: PageContext) => PageAnswer | Promise<PageAnswer>
export type FormHandler = (context: FormContext) => PageAnswer | Promise<PageAnswer>
/** A form that changes something: where it is sent, who may send it, what it can hold, and what it does. */
export type FormRoute = {
  path: string
  role: Role
  fields: Fields
  act: FormHandler
  /** Takes files on as they are. */
  keepsFiles?: true
}

/** A form that signs in whoever posts it. */
export type ArrivalRoute = {
  path: string
  fields: Fields
  act: (arriving: { host: Host; form: Typed; arrival: Arrival }) => Promise<Response>
}

/** A page as an answer, with a status of its own where it needs one. */
export async function html(page: JSX.Element | Promise<JSX.Element>, status = 200): Promise<Response> {
  const text = await (await page).toString()
  return new Response(`<!doctype html>${text}`, {
    status,
    headers: { 'content-type': 'text/html; charset=utf-8' },
  })
}

/** After signing in: another page, and the cookies that the browser keeps. */
export function seeWith(path: string, cookies: readonly string[]): Response {
  const answer = seeOther(path)
  for (const cookie of cookies) answer.headers.append('set-cookie', cookie)
  return answer
}

/** After a form was taken: another page, read anew. */
export const seeOther = (path: string): Response =>
  new Response(null, { status: 303, headers: { location: path } })
