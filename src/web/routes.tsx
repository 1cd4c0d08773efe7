import { type Context, Hono } from 'hono'
import { methodNotAllowed } from 'hono/method-not-allowed'
import { quarterHour } from '../core/calendar.ts'
import { LedgerError } from '../core/error.ts'
import { type Role, requireMay } from '../core/member.ts'
import { readForm } from '../http/form.ts'
import type { Assets, AssetText, Host } from '../http/host.ts'
import { later } from '../http/later.ts'
import * as paths from '../http/paths.ts'
import { logDefect, problems } from '../http/problem.ts'
import { attemptAt, attemptToReport, type Connection } from '../http/rate-limit.ts'
import type { Viewer } from '../http/session.ts'
import { foreignForm, isOurs, markSeen, originOf, signOut, viewerOf } from '../http/session.ts'
import { readFrame } from '../store/documents/frame.ts'
import { known } from '../store/query.ts'
import { ErrorPage } from './error.tsx'
import { arrivals, formAt, forms, type PageRoute, pages, subjects } from './pages.ts'
import { cardOf, sharing } from './share/sharing.ts'
import { icon } from './style/icon.ts'
import { assetOf } from './ui/asset.ts'
import { refusalOf } from './ui/fields.ts'
import { html, type PageAnswer, type PageContext } from './ui/page.ts'

type Frame = Awaited<ReturnType<typeof readFrame<Viewer | null>>>
const takeReport = later(subjects.corrections, (of) => of.takeReport)
const takeLinkedReply = later(subjects.forecastForms, (of) => of.takeLinkedReply)
const takeReminderLink = later(subjects.members, (of) => of.takeReminderLink)
const NOBODY = known<Viewer | null>(null)

/** Whoever is signed in stays so where there is nothing. */
const nowhere: PageRoute = {
  path: '*',
  open: true,
  page: () => {
    throw new LedgerError('not_found', 'There is no page at this address.')
  },
}

/** How pages and forms are answered: within what frame, behind which gates, and what becomes of an error. */
function answering(host: Host, reference: PageContext['reference']) {
  const frameOf = async (c: Context): Promise<Frame> => {
    const { headers, url } = c.req.raw
    const viewer = viewerOf(host, headers, originOf(host, new URL(url)))
    const at = quarterHour(host.now())
    const { head } = (c.env ?? {}) as NonNullable<Connection>
    // Whoever is not signed in needs nothing that was not told with the head; in the past another one holds.
    const isTold = host.asOf === undefined && head?.due?.at === at.toISOString()
    if (isTold && viewer.statements.length === 0) return { viewer: null, head, due: head.due?.questions ?? 0 }
    return readFrame(host.ledger.db, viewer, at)
  }

  async function contextOf(c: Context, { viewer, head, due }: Frame): Promise<PageContext> {
    const url = new URL(c.req.url)
    return {
      host,
      now: quarterHour(host.now()),
      headers: c.req.raw.headers,
      head,
      url,
      params: c.req.param() as Record<string, string>,
      viewer,
      origin: originOf(host, url),
      due,
      // Kept answers depend on nothing but the head and the time: whoever only reads is not told.
      doubt: viewer === null ? null : await host.ledger.clock.doubt(head),
      card: null,
      reference,
    }
  }

  /** What went wrong, as a page; a defect is logged whole and shown as nothing but that. */
  async function refusal(c: Context, error: unknown, known: Frame | null): Promise<Response> {
    const expected = error instanceof LedgerError && error.code !== 'internal' ? error : null
    if (expected === null) logDefect(error, host.now(), { method: c.req.method, path: c.req.path })
    const code = expected?.code ?? 'internal'
    const { status } = problems[code]
    // Where not even the head can be read, the page does without everything that comes from the ledger.
    const context = await Promise.resolve(known ?? readFrame(host.ledger.db, NOBODY, quarterHour(host.now())))
      .then((frame) => contextOf(c, frame))
      .catch(() => null)
    const answer = await html(
      ErrorPage({ context, style: assetOf(host, 'style.css'), code, message: expected?.message ?? null }),
      status,
    )
    answer.headers.set('cache-control', 'no-store')
    if (expected?.telling.retryAfterS !== undefined)
      answer.headers.set('retry-after', String(expected.telling.retryAfterS))
    return answer
  }

  async function show(c: Context, route: PageRoute): Promise<Response> {
    const { page, role, open, fresh, attempt } = route
    let frame: Frame | null = null
    try {
      if (attempt === true) requireAttempt(host, c)
      frame = await frameOf(c)
      const { viewer } = frame
      if (viewer === null && !host.settings.public && open !== true)
        throw new LedgerError('unauthenticated', 'This ledger is not public: sign in to read it.')
      requireViewer(viewer, role)
      const context = await contextOf(c, frame)
      const answer = await answerOf(page({ ...context, card: cardOf(context, route) }))
      if (viewer !== null) markSeen(host, viewer, answer)
      if (fresh === true) answer.headers.set('cache-control', 'no-store')
      else if (viewer !== null || !host.settings.public)
        answer.headers.set('cache-control', 'private, no-cache')
      return answer
    } catch (error) {
      return refusal(c, error, frame)
    }
  }

  /** The gates of every form: it comes from a page of ours, from somebody signed in, with the role it needs. */
  async function take(
    c: Context,
    act: (gate: { frame: Frame; origin: string }) => Promise<Response>,
    from: 'ours' | 'anywhere' = 'ours',
  ): Promise<Response> {
    let frame: Frame | null = null
    try {
      // What was said of the clock meanwhile is heard before it is read.
      await host.ledger.clock.doubt()
      const origin = originOf(host, new URL(c.req.url))
      if (from === 'ours' && !isOurs(c.req.raw.headers, origin))
        throw foreignForm(c.req.raw.headers, host.settings.origin)
      frame = await frameOf(c)
      // Nobody is called unknown by a file that is not the ledger any more.
      const trouble = frame.viewer === null ? host.ledger.db.trouble() : null
      if (trouble !== null) throw trouble
      const answer = await act({ frame, origin })
      answer.headers.set('cache-control', 'no-store')
      return answer
    } catch (error) {
      return refusal(c, error, frame)
    }
  }

  return { frameOf, contextOf, refusal, show, take }
}

/** The pages of a ledger. Mounted last: it answers whatever no other face took. */
export function webRoutes(host: Host, reference: PageContext['reference']): Hono {
  const app = new Hono()
  const { frameOf, contextOf, refusal, show, take } = answering(host, reference)

  const asset = (name: keyof Assets['hashes'], type: string, text: () => Promise<string>) =>
    app.get(
      assetOf(host, name),
      async () =>
        new Response(await text(), {
          headers: { 'content-type': type, 'cache-control': 'public, max-age=31536000, immutable' },
        }),
    )
  const textOf = (name: AssetText) => async () => (await host.assets?.texts())?.[name] ?? ''
  asset('style.css', 'text/css; charset=utf-8', textOf('style.css'))
  asset('icon.svg', 'image/svg+xml', async () => icon)
  asset('script.js', 'text/javascript; charset=utf-8', textOf('script.js'))
  asset('check.js', 'text/javascript; charset=utf-8', textOf('check.js'))

  app.use(
    methodNotAllowed({
      app,
      onMethodNotAllowed: async (c, methods) => {
        const allow = methods.join(', ')
        const frame = await frameOf(c).catch(() => null)
        const error = new LedgerError('method_not_allowed', `This address takes ${allow}.`)
        const answer = await refusal(c, error, frame)
        answer.headers.set('allow', allow)
        return answer
      },
    }),
  )
  for (const route of [...pages, ...sharing(pages)]) app.get(route.path, (c) => show(c, route))
  for (const group of forms)
    for (const path of group.at)
      app.post(path, (c) =>
        take(c, async ({ frame }) => {
          const { act, fields, role, keepsFiles = false } = await formAt(group, path)
          const { viewer } = frame
          requireViewer(viewer, role)
          const form = await readForm(c.req.raw, { keepsFiles })
          const context = await contextOf(c, frame)
          const { quotas } = host.settings
          const unit = { now: host.now(), by: viewer, quotas }
          return answerOf(act({ ...context, viewer, unit, form, refused: refusalOf(fields, form) }))
        }),
      )

  for (const path of arrivals.at)
    app.post(path, (c) =>
      take(c, async ({ origin }) => {
        requireAttempt(host, c)
        const { act, fields } = await formAt(arrivals, path)
        const form = await readForm(c.req.raw)
        const refused = refusalOf(fields, form)
        if (refused !== null) throw refused
        return act({ host, form, arrival: { headers: c.req.raw.headers, origin } })
      }),
    )
  // Programs for e-mail post here without a page of ours: the signed link is what lets them in.
  for (const path of [paths.remindersConfirmation(), paths.remindersOff()])
    app.post(path, (c) =>
      take(c, async ({ frame }) => takeReminderLink(await contextOf(c, frame)), 'anywhere'),
    )
  app.post('/reply', (c) =>
    take(c, async ({ frame }) => {
      requireAttempt(host, c, 'reply')
      return takeLinkedReply(await contextOf(c, frame), await readForm(c.req.raw))
    }),
  )
  app.post('/report', (c) =>
    take(c, async ({ frame }) => {
      const { viewer } = frame
      if (viewer === null && !host.settings.public)
        throw new LedgerError('unauthenticated', 'This ledger is not public: sign in to report something.')
      const wait = attemptToReport(host, c.env as Connection, host.now())
      if (wait > 0)
        throw new LedgerError('rate_limited', 'Too many reports from your address.', [], {
          retryAfterS: wait,
        })
      return takeReport(await contextOf(c, frame), await readForm(c.req.raw), host.now())
    }),
  )
  app.post('/sign-out', (c) =>
    take(c, async ({ origin }) => {
      const cookie = await signOut(host, c.req.raw.headers, origin)
      return new Response(null, { status: 303, headers: { location: paths.front(), 'set-cookie': cookie } })
    }),
  )

  app.all('*', (c) => show(c, nowhere))
  return app
}

function requireAttempt(host: Host, c: Context, what: 'sign-in' | 'reply' = 'sign-in'): void {
  const wait = attemptAt(what, host, c.env as Connection, host.now())
  if (wait > 0) throw new LedgerError('rate_limited', 'Too many attempts.', [], { retryAfterS: wait })
}

function requireViewer(viewer: Viewer | null, role: Role): asserts viewer is Viewer
function requireViewer(viewer: Viewer | null, role: Role | undefined): void
function requireViewer(viewer: Viewer | null, role: Role | undefined): void {
  if (role === undefined) return
  if (viewer === null) throw new LedgerError('unauthenticated', 'This page is for members: sign in first.')
  requireMay(viewer, role)
}

async function answerOf(answer: PageAnswer | Promise<PageAnswer>): Promise<Response> {
  const made = await answer
  return made instanceof Response ? made : html(made)
}
