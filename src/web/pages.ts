import type { Role } from '../core/member.ts'
import { later } from '../http/later.ts'
import * as paths from '../http/paths.ts'
import { movedToLedger } from './ledger/query.ts'
import { type ArrivalRoute, type FormRoute, type PageHandler, seeOther } from './ui/page.ts'

/** The subjects of the pages: each is loaded with the first of its addresses that is asked for. */
export const subjects = {
  analyst: () => import('./analyst/pages.ts'),
  capture: () => import('./capture/pages.ts'),
  changes: () => import('./changes/changes.tsx'),
  coding: () => import('./coding/pages.ts'),
  corrections: () => import('./corrections/pages.ts'),
  due: () => import('./due/pages.ts'),
  feeds: () => import('./feeds/pages.ts'),
  forecast: () => import('./forecast/forecast.tsx'),
  forecastForms: () => import('./forecast/forms.ts'),
  front: () => import('./front/front.tsx'),
  imports: () => import('./import/pages.ts'),
  ledger: () => import('./ledger/ledger.tsx'),
  lookup: () => import('./lookup/lookup.tsx'),
  members: () => import('./members/pages.ts'),
  methods: () => import('./reference/methods.tsx'),
  question: () => import('./question/pages.ts'),
  reference: () => import('./reference/pages.ts'),
  share: () => import('./share/pages.ts'),
  signIn: () => import('./members/arrivals.ts'),
  source: () => import('./source/pages.ts'),
  words: () => import('./words/words.tsx'),
}
const {
  analyst,
  capture,
  changes,
  coding,
  corrections,
  due,
  feeds,
  forecast,
  forecastForms,
  front,
  imports,
  ledger,
  lookup,
  members,
  methods,
  question,
  reference,
  share,
  signIn,
  source,
  words,
} = subjects

const frontOf = later(front, (of) => of.frontPage)

type Gate = { role?: Role }
export type PageRoute = Gate & { path: string; page: PageHandler; open?: true; fresh?: true; attempt?: true }

/**
 * Every page there is. With a role it is for members; `open` ones are shown where the
 * ledger is not public too, `fresh` ones are kept by nobody, and an `attempt` counts as one to sign in.
 */
export const pages: readonly PageRoute[] = [
  { path: '/', page: (context) => movedToLedger(context.url) ?? frontOf(context) },
  { path: '/ledger', page: later(ledger, (of) => of.ledgerPage) },
  { path: '/due', page: later(due, (of) => of.duePage) },
  { path: '/import', page: later(imports, (of) => of.importPage), role: 'recorder', fresh: true },
  { path: '/capture', page: later(capture, (of) => of.captureListPage), role: 'recorder', fresh: true },
  { path: '/capture/one', page: later(capture, (of) => of.captureOnePage), role: 'recorder', fresh: true },
  // A form leads there; whoever comes by its address begins with the words.
  { path: '/capture/one/check', page: () => seeOther(paths.captureOne()), role: 'recorder', fresh: true },
  {
    path: '/capture/one/logged/:id',
    page: later(capture, (of) => of.oneReceipt),
    role: 'recorder',
    fresh: true,
  },
  { path: '/captures/:id', page: later(capture, (of) => of.captureTextPage), role: 'recorder', fresh: true },
  { path: '/captures/:id/check', page: later(capture, (of) => of.checkPage), role: 'recorder', fresh: true },
  {
    path: '/captures/:id/logged',
    page: later(capture, (of) => of.captureReceipt),
    role: 'recorder',
    fresh: true,
  },
  { path: '/forecasts/:id', page: later(forecast, (of) => of.forecastPage) },
  { path: '/questions/:id', page: later(question, (of) => of.questionPage) },
  { path: '/questions/:id/resolve', page: later(due, (of) => of.resolvePage), role: 'resolver' },
  { path: '/questions/:id/amend', page: later(question, (of) => of.amendPage), role: 'recorder' },
  { path: '/sources', page: later(source, (of) => of.sourcesPage) },
  { path: '/sources/:id', page: later(source, (of) => of.sourcePage) },
  { path: '/analysts', page: later(analyst, (of) => of.analystsPage) },
  { path: '/analysts/:id', page: later(analyst, (of) => of.analystPage) },
  { path: '/words', page: later(words, (of) => of.wordsPage) },
  { path: '/compare', page: later(analyst, (of) => of.comparePage) },
  { path: '/changes', page: later(changes, (of) => of.changesPage) },
  { path: '/corrections', page: later(corrections, (of) => of.correctionsPage) },
  { path: '/corrections.atom', page: later(corrections, (of) => of.correctionFeed) },
  { path: '/feeds/new.atom', page: later(feeds, (of) => of.newFeed) },
  { path: '/feeds/due.atom', page: later(feeds, (of) => of.dueFeed) },
  { path: '/feeds/decided.atom', page: later(feeds, (of) => of.decidedFeed) },
  { path: '/feeds/log.atom', page: later(feeds, (of) => of.logFeed) },
  { path: '/feeds/due.ics', page: later(feeds, (of) => of.deadlineCalendar) },
  { path: '/corrections/policy', page: later(corrections, (of) => of.correctionPolicyPage) },
  { path: '/report', page: later(corrections, (of) => of.reportPage), fresh: true },
  { path: '/reports', page: later(corrections, (of) => of.reportsPage), role: 'recorder', fresh: true },
  { path: '/lookup', page: later(lookup, (of) => of.lookupPage) },
  { path: '/methods', page: later(methods, (of) => of.methodsPage) },
  { path: '/codings', page: later(coding, (of) => of.codingsPage) },
  { path: '/codings/:id', page: later(coding, (of) => of.roundPage) },
  { path: '/codings/:id/own', page: later(coding, (of) => of.ownPage), role: 'recorder', fresh: true },
  { path: '/codebook', page: later(coding, (of) => of.codebookPage) },
  // A checkpoint is signed after the entry that made the page another one.
  { path: '/log', page: later(reference, (of) => of.logPage), fresh: true },
  { path: '/embed/lookup', page: later(lookup, (of) => of.lookupEmbed) },
  { path: '/embed/forecasts/:id', page: later(share, (of) => of.forecastEmbed) },
  { path: '/embed/analysts/:id', page: later(share, (of) => of.analystEmbed) },
  { path: '/help', page: later(reference, (of) => of.helpPage), open: true },
  { path: '/docs', page: later(reference, (of) => of.documentsPage), open: true },
  { path: '/docs/routes', page: later(reference, (of) => of.routesPage), open: true },
  { path: '/docs/problems', page: later(reference, (of) => of.problemsPage), open: true },
  { path: '/docs/:name', page: later(reference, (of) => of.documentPage), open: true },
  { path: '/settings', page: later(members, (of) => of.settingsPage), role: 'reader', fresh: true },
  { path: '/settings/audit', page: later(members, (of) => of.auditPage), role: 'admin', fresh: true },
  { path: '/settings/sign-ins', page: later(members, (of) => of.signInsPage), role: 'reader', fresh: true },
  {
    path: '/settings/reminders',
    page: later(members, (of) => of.remindersPage),
    role: 'reader',
    fresh: true,
  },
  { path: '/settings/webhooks', page: later(members, (of) => of.webhooksPage), role: 'admin', fresh: true },
  { path: '/settings/clock', page: later(members, (of) => of.clockPage), role: 'admin', fresh: true },
  {
    path: '/settings/redactions',
    page: later(members, (of) => of.redactionsPage),
    role: 'admin',
    fresh: true,
  },
  { path: '/sign-in', page: later(signIn, (of) => of.signInPage), open: true, fresh: true },
  {
    path: '/sign-in/account',
    page: later(signIn, (of) => of.towardsProvider),
    open: true,
    fresh: true,
    attempt: true,
  },
  {
    path: '/sign-in/account/answer',
    page: later(signIn, (of) => of.answerFromProvider),
    open: true,
    fresh: true,
    attempt: true,
  },
  { path: '/reply', page: later(forecastForms, (of) => of.replyLinkPage), open: true, fresh: true },
  {
    path: '/reminders/confirmation',
    page: later(members, (of) => of.confirmationPage),
    open: true,
    fresh: true,
  },
  { path: '/reminders/off', page: later(members, (of) => of.remindersOffPage), open: true, fresh: true },
]

/** The forms of a subject: where they are sent, and what holds them. */
type FormsOf<F> = { at: readonly string[]; load: () => Promise<{ forms: readonly F[] }> }

const RESOLUTION = '/questions/:id/resolutions/:rid'
const REFERENCES = '/questions/:id/references'
const REPLY_LINKS = '/forecasts/:id/reply-links'

/** Every form that changes something; each is a sub-resource of what it changes. */
export const forms: readonly FormsOf<FormRoute>[] = [
  {
    load: capture,
    at: [
      '/capture',
      '/capture/one',
      '/capture/one/statements',
      '/capture/one/check',
      '/captures/:id',
      '/captures/:id/check',
    ],
  },
  {
    load: due,
    at: [
      '/questions/:id/resolutions',
      '/questions/:id/outcomes',
      `${RESOLUTION}/confirm`,
      `${RESOLUTION}/dispute`,
      `${RESOLUTION}/withdrawal`,
      '/questions/:id/condition',
      '/questions/:id/assignment',
      '/questions/:id/snooze',
      '/questions/:id/snooze/end',
      '/questions/:id/note',
    ],
  },
  {
    load: question,
    at: [
      '/questions/:id/amendments',
      REFERENCES,
      `${REFERENCES}/:rid/primary`,
      `${REFERENCES}/:rid/withdrawal`,
    ],
  },
  {
    load: coding,
    at: [
      '/codings',
      '/codings/:id/passages',
      '/codings/:id/submission',
      '/codings/:id/adjudication',
      '/codings/:id/closure',
      '/codebook',
    ],
  },
  {
    load: forecastForms,
    at: [
      '/forecasts/:id/replies',
      '/forecasts/:id/heard',
      '/forecasts/:id/asked',
      REPLY_LINKS,
      `${REPLY_LINKS}/:rid/publication`,
      `${REPLY_LINKS}/:rid/refusal`,
      '/statements/:id/verification',
    ],
  },
  { load: source, at: ['/sources/:id/archive'] },
  { load: corrections, at: ['/corrections/policy', '/reports/:id/closing', '/reports/:id/discarding'] },
  {
    load: members,
    at: [
      '/settings/members',
      '/settings/members/changes',
      '/settings/members/:id/sign-out',
      '/settings/links',
      '/settings/tokens',
      '/settings/tokens/:id/revocation',
      '/settings/policy',
      '/settings/decision-times',
      '/settings/clock/acceptance',
      '/settings/clock/corrections',
      '/settings/sessions/others/end',
      '/settings/sessions/:id/end',
      '/settings/sign-ins/:id/removal',
      '/settings/passkeys/challenge',
      '/settings/passkeys',
      '/settings/accounts',
      '/settings/redactions/plan',
      '/settings/redactions/made',
      '/settings/reminders',
      '/settings/reminders/letter',
      '/settings/webhooks',
      '/settings/webhooks/:id/test',
      '/settings/webhooks/:id/secret',
      '/settings/webhooks/:id/resumption',
      '/settings/webhooks/:id/removal',
    ],
  },
  { load: imports, at: ['/import'] },
]

/** How somebody signs in who is nobody yet; each time counts as an attempt. */
export const arrivals: FormsOf<ArrivalRoute> = {
  load: signIn,
  at: ['/sign-in', '/sign-in/link', '/sign-in/passkey', '/sign-in/passkey/challenge'],
}

/** What a form is that is sent to one of these addresses. */
export async function formAt<F extends { path: string }>({ load }: FormsOf<F>, path: string): Promise<F> {
  const form = (await load()).forms.find((one) => one.path === path)
  if (form === undefined) throw new Error(`No form is sent to ${path}`)
  return form
}

/** All of them, for whoever looks at every one. */
export const allForms = async (): Promise<readonly FormRoute[]> =>
  (await Promise.all(forms.map(({ load }) => load()))).flatMap((of) => of.forms)
