import { type Context, Hono } from 'hono'
import { methodNotAllowed } from 'hono/method-not-allowed'
import { quarterHour } from '../core/calendar.ts'
import { LedgerError } from '../core/error.ts'
import { type Role, requireMay } from '../core/member.ts'
import { readForm } from '../http/form.ts'
import type { Host } from '../http/host.ts'
import * as paths from '../http/paths.ts'
import { logDefect, problems } from '../http/problem.ts'
import { attemptAt, attemptToReport, type Connection } from '../http/rate-limit.ts'
import type { ReferenceRoute } from '../http/reference.ts'
import type { Viewer } from '../http/session.ts'
import { foreignForm, isOurs, markSeen, originOf, signOut, viewerOf } from '../http/session.ts'
import { readFrame } from '../store/documents/frame.ts'
import { known } from '../store/query.ts'
import { analystPage } from './analyst/analyst.tsx'
import { analystsPage } from './analyst/analysts.tsx'
import { comparePage } from './analyst/compare.tsx'
import { checkFields, checkPage, logChecked } from './capture/check.tsx'
import { beginCapture, beginFields, captureListPage } from './capture/list.tsx'
import { captureOnePage, checkForecast, logForecast, logStatement, oneFields } from './capture/one.tsx'
import { captureReceipt, oneReceipt } from './capture/receipt.tsx'
import { captureTextPage, saveText, textFields } from './capture/text.tsx'
import { changesPage } from './changes/changes.tsx'
import { codebookForm, codebookPage } from './coding/codebook.tsx'
import { codingsPage, openForm } from './coding/list.tsx'
import { ownForms, ownPage } from './coding/own.tsx'
import { roundForms, roundPage } from './coding/round.tsx'
import { correctionsPage } from './corrections/corrections.tsx'
import { correctionFeed } from './corrections/feed.ts'
import { correctionPolicyForm, correctionPolicyPage } from './corrections/policy.tsx'
import { reportPage, takeReport } from './corrections/report.tsx'
import { reportForms, reportsPage } from './corrections/reports.tsx'
import { decisionForms } from './due/decide.tsx'
import { duePage } from './due/due.tsx'
import { newsroomForms } from './due/newsroom.ts'
import { resolvePage } from './due/resolve.tsx'
import { ErrorPage } from './error.tsx'
import { forecastPage } from './forecast/forecast.tsx'
import { replyForms } from './forecast/reply.tsx'
import { replyLinkPage, takeLinkedReply } from './forecast/reply-link.tsx'
import { replyLinkForms } from './forecast/reply-links.tsx'
import { verifyForm } from './forecast/verify.tsx'
import { frontPage } from './front/front.tsx'
import { importForm, importPage } from './import/import.tsx'
import { ledgerPage } from './ledger/ledger.tsx'
import { movedToLedger } from './ledger/query.ts'
import { lookupEmbed, lookupPage } from './lookup/lookup.tsx'
import { answerFromProvider, towardsProvider } from './members/account.ts'
import { auditPage } from './members/audit.tsx'
import { clockForms, clockPage } from './members/clock.tsx'
import { challengePasskey, passkeyFields, signInByPasskey } from './members/passkey.ts'
import { redactionForms, redactionsPage } from './members/redactions.tsx'
import { confirmationPage, remindersOffPage, takeReminderLink } from './members/reminder-link.tsx'
import { reminderForms, remindersPage } from './members/reminders.tsx'
import { settingsForms, settingsPage } from './members/settings.tsx'
import { askForLink, linkFields, signInByLink, signInFields, signInPage } from './members/sign-in.tsx'
import { signInForms, signInsPage } from './members/sign-ins.tsx'
import { webhookForms, webhooksPage } from './members/webhooks.tsx'
import { amendForm, amendPage } from './question/amend.tsx'
import { questionForms, questionPage } from './question/question.tsx'
import { problemsPage, routesPage } from './reference/api-reference.tsx'
import { documentPage, documentsPage } from './reference/documents.tsx'
import { helpPage } from './reference/help.tsx'
import { logPage } from './reference/log.tsx'
import { methodsPage } from './reference/methods.tsx'
import { analystEmbed, forecastEmbed } from './share/embed.tsx'
import { cardOf, sharing } from './share/sharing.ts'
import { sourcePage, sourcesPage } from './source/source.tsx'
import { icon } from './style/icon.ts'
import { BUTTON, refusalOf } from './ui/fields.ts'
import {
  type ArrivalRoute,
  type FormRoute,
  html,
  type PageAnswer,
  type PageContext,
  type PageHandler,
  seeOther,
} from './ui/page.ts'
import { wordsPage } from './words/words.tsx'

type Frame = Awaited<ReturnType<typeof readFrame<Viewer | null>>>
const NOBODY = known<Viewer | null>(null)

type Gate = { role?: Role }
type PageRoute = Gate & { path: string; page: PageHandler; open?: true; fresh?: true; attempt?: true }

/**
 * Every page there is. With a role it is for members; `open` ones are shown where the
 * ledger is not public too, `fresh` ones are kept by nobody, and an `attempt` counts as one to sign in.
 */
const pages: readonly PageRoute[] = [
  { path: '/', page: (context) => movedToLedger(context.url) ?? frontPage(context) },
  { path: '/ledger', page: ledgerPage },
  { path: '/due', page: duePage },
  { path: '/capture', page: captureListPage, role: 'recorder', fresh: true },
  { path: '/capture/one', page: captureOnePage, role: 'recorder', fresh: true },
  // A form leads there; whoever comes by its address begins with the words.
  { path: '/capture/one/check', page: () => seeOther(paths.captureOne()), role: 'recorder', fresh: true },
  { path: '/capture/one/logged/:id', page: oneReceipt, role: 'recorder', fresh: true },
  { path: '/captures/:id', page: captureTextPage, role: 'recorder', fresh: true },
  { path: '/captures/:id/check', page: checkPage, role: 'recorder', fresh: true },
  { path: '/captures/:id/logged', page: captureReceipt, role: 'recorder', fresh: true },
  { path: '/import', page: (context) => importPage(context), role: 'recorder', fresh: true },
  { path: '/forecasts/:id', page: forecastPage },
  { path: '/questions/:id', page: (context) => questionPage(context) },
  { path: '/questions/:id/resolve', page: resolvePage, role: 'resolver' },
  { path: '/questions/:id/amend', page: amendPage, role: 'recorder' },
  { path: '/sources', page: sourcesPage },
  { path: '/sources/:id', page: sourcePage },
  { path: '/analysts', page: analystsPage },
  { path: '/analysts/:id', page: analystPage },
  { path: '/words', page: wordsPage },
  { path: '/compare', page: comparePage },
  { path: '/changes', page: changesPage },
  { path: '/corrections', page: correctionsPage },
  { path: '/corrections.atom', page: correctionFeed },
  { path: '/corrections/policy', page: (context) => correctionPolicyPage(context) },
  { path: '/report', page: (context) => reportPage(context), fresh: true },
  { path: '/reports', page: (context) => reportsPage(context), role: 'recorder', fresh: true },
  { path: '/lookup', page: lookupPage },
  { path: '/methods', page: methodsPage },
  { path: '/codings', page: (context) => codingsPage(context) },
  { path: '/codings/:id', page: (context) => roundPage(context) },
  { path: '/codings/:id/own', page: (context) => ownPage(context), role: 'recorder', fresh: true },
  { path: '/codebook', page: (context) => codebookPage(context) },
  // A checkpoint is signed after the entry that made the page another one.
  { path: '/log', page: logPage, fresh: true },
  { path: '/embed/lookup', page: lookupEmbed },
  { path: '/embed/forecasts/:id', page: forecastEmbed },
  { path: '/embed/analysts/:id', page: analystEmbed },
  { path: '/help', page: helpPage, open: true },
  { path: '/docs', page: documentsPage, open: true },
  { path: '/docs/routes', page: routesPage, open: true },
  { path: '/docs/problems', page: problemsPage, open: true },
  { path: '/docs/:name', page: documentPage, open: true },
  { path: '/settings', page: settingsPage, role: 'reader', fresh: true },
  { path: '/settings/audit', page: auditPage, role: 'admin', fresh: true },
  { path: '/settings/sign-ins', page: (context) => signInsPage(context), role: 'reader', fresh: true },
  { path: '/settings/reminders', page: (context) => remindersPage(context), role: 'reader', fresh: true },
  { path: '/settings/webhooks', page: (context) => webhooksPage(context), role: 'admin', fresh: true },
  { path: '/settings/clock', page: (context) => clockPage(context), role: 'admin', fresh: true },
  {
    path: '/settings/redactions',
    page: (context) => redactionsPage(context),
    role: 'admin',
    fresh: true,
  },
  { path: '/sign-in', page: signInPage, open: true, fresh: true },
  { path: '/sign-in/account', page: towardsProvider, open: true, fresh: true, attempt: true },
  { path: '/sign-in/account/answer', page: answerFromProvider, open: true, fresh: true, attempt: true },
  { path: '/reply', page: replyLinkPage, open: true, fresh: true },
  { path: '/reminders/confirmation', page: confirmationPage, open: true, fresh: true },
  { path: '/reminders/off', page: remindersOffPage, open: true, fresh: true },
]

/** Whoever is signed in stays so where there is nothing. */
const nowhere: PageRoute = {
  path: '*',
  open: true,
  page: () => {
    throw new LedgerError('not_found', 'There is no page at this address.')
  },
}

/** Every form that changes something; each is a sub-resource of what it changes. */
export const forms: readonly FormRoute[] = [
  { path: '/capture', act: beginCapture, fields: beginFields, role: 'recorder' },
  { path: '/capture/one', act: logForecast, fields: oneFields, role: 'recorder' },
  { path: '/capture/one/statements', act: logStatement, fields: oneFields, role: 'recorder' },
  { path: '/capture/one/check', act: checkForecast, fields: oneFields, role: 'recorder' },
  { path: '/captures/:id', act: saveText, fields: textFields, role: 'recorder' },
  { path: '/captures/:id/check', act: logChecked, fields: checkFields, role: 'recorder' },
  importForm,
  ...decisionForms,
  ...newsroomForms,
  amendForm,
  ...questionForms,
  openForm,
  ...ownForms,
  ...roundForms,
  codebookForm,
  ...replyForms,
  ...replyLinkForms,
  verifyForm,
  correctionPolicyForm,
  ...reportForms,
  ...settingsForms,
  ...clockForms,
  ...signInForms,
  ...redactionForms,
  ...reminderForms,
  ...webhookForms,
]

/** How somebody signs in who is nobody yet; each time counts as an attempt. */
export const arrivals: readonly ArrivalRoute[] = [
  { path: '/sign-in', fields: signInFields, act: signInByLink },
  { path: '/sign-in/link', fields: linkFields, act: askForLink },
  { path: '/sign-in/passkey', fields: passkeyFields, act: signInByPasskey },
  { path: '/sign-in/passkey/challenge', fields: BUTTON, act: challengePasskey },
]

/** How pages and forms are answered: within what frame, behind which gates, and what becomes of an error. */
function answering(host: Host, reference: readonly ReferenceRoute[]) {
  const frameOf = (c: Context): Promise<Frame> => {
    const { headers, url } = c.req.raw
    const viewer = viewerOf(host, headers, originOf(host, new URL(url)))
    return readFrame(host.ledger.db, viewer, quarterHour(host.now()))
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
      ErrorPage({ context, build: host.build, code, message: expected?.message ?? null }),
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
export function webRoutes(host: Host, reference: readonly ReferenceRoute[]): Hono {
  const app = new Hono()
  const { frameOf, contextOf, refusal, show, take } = answering(host, reference)

  const asset = (name: string, type: string, text: string) =>
    app.get(
      paths.asset(name, host.build),
      () =>
        new Response(text, {
          headers: { 'content-type': type, 'cache-control': 'public, max-age=31536000, immutable' },
        }),
    )
  asset('style.css', 'text/css; charset=utf-8', host.assets?.style ?? '')
  asset('icon.svg', 'image/svg+xml', icon)
  asset('script.js', 'text/javascript; charset=utf-8', host.assets?.script ?? '')
  asset('check.js', 'text/javascript; charset=utf-8', host.assets?.check ?? '')

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
  for (const { path, act, fields, role, keepsFiles = false } of forms)
    app.post(path, (c) =>
      take(c, async ({ frame }) => {
        const { viewer } = frame
        requireViewer(viewer, role)
        const form = await readForm(c.req.raw, { keepsFiles })
        const context = await contextOf(c, frame)
        const { quotas } = host.settings
        const unit = { now: host.now(), by: viewer, quotas }
        return answerOf(act({ ...context, viewer, unit, form, refused: refusalOf(fields, form) }))
      }),
    )

  for (const { path, fields, act } of arrivals)
    app.post(path, (c) =>
      take(c, async ({ origin }) => {
        requireAttempt(host, c)
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
