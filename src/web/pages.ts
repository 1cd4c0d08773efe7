import type { Role } from '../core/member.ts'
import * as paths from '../http/paths.ts'
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
import { reportPage } from './corrections/report.tsx'
import { reportForms, reportsPage } from './corrections/reports.tsx'
import { decisionForms } from './due/decide.tsx'
import { duePage } from './due/due.tsx'
import { newsroomForms } from './due/newsroom.ts'
import { resolvePage } from './due/resolve.tsx'
import { deadlineCalendar } from './feeds/deadlines.ts'
import { decidedFeed, dueFeed, newFeed } from './feeds/forecasts.tsx'
import { logFeed } from './feeds/log.tsx'
import { forecastPage } from './forecast/forecast.tsx'
import { replyForms } from './forecast/reply.tsx'
import { replyLinkPage } from './forecast/reply-link.tsx'
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
import { confirmationPage, remindersOffPage } from './members/reminder-link.tsx'
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
import { archiveForm, sourcePage, sourcesPage } from './source/source.tsx'
import { BUTTON } from './ui/fields.ts'
import { type ArrivalRoute, type FormRoute, type PageHandler, seeOther } from './ui/page.ts'
import { wordsPage } from './words/words.tsx'

type Gate = { role?: Role }
export type PageRoute = Gate & { path: string; page: PageHandler; open?: true; fresh?: true; attempt?: true }

/**
 * Every page there is. With a role it is for members; `open` ones are shown where the
 * ledger is not public too, `fresh` ones are kept by nobody, and an `attempt` counts as one to sign in.
 */
export const pages: readonly PageRoute[] = [
  { path: '/', page: (context) => movedToLedger(context.url) ?? frontPage(context) },
  { path: '/ledger', page: ledgerPage },
  { path: '/due', page: duePage },
  { path: '/import', page: (context) => importPage(context), role: 'recorder', fresh: true },
  { path: '/capture', page: captureListPage, role: 'recorder', fresh: true },
  { path: '/capture/one', page: captureOnePage, role: 'recorder', fresh: true },
  // A form leads there; whoever comes by its address begins with the words.
  { path: '/capture/one/check', page: () => seeOther(paths.captureOne()), role: 'recorder', fresh: true },
  { path: '/capture/one/logged/:id', page: oneReceipt, role: 'recorder', fresh: true },
  { path: '/captures/:id', page: captureTextPage, role: 'recorder', fresh: true },
  { path: '/captures/:id/check', page: checkPage, role: 'recorder', fresh: true },
  { path: '/captures/:id/logged', page: captureReceipt, role: 'recorder', fresh: true },
  { path: '/forecasts/:id', page: forecastPage },
  { path: '/questions/:id', page: (context) => questionPage(context) },
  { path: '/questions/:id/resolve', page: resolvePage, role: 'resolver' },
  { path: '/questions/:id/amend', page: amendPage, role: 'recorder' },
  { path: '/sources', page: sourcesPage },
  { path: '/sources/:id', page: (context) => sourcePage(context) },
  { path: '/analysts', page: analystsPage },
  { path: '/analysts/:id', page: analystPage },
  { path: '/words', page: wordsPage },
  { path: '/compare', page: comparePage },
  { path: '/changes', page: changesPage },
  { path: '/corrections', page: correctionsPage },
  { path: '/corrections.atom', page: correctionFeed },
  { path: '/feeds/new.atom', page: newFeed },
  { path: '/feeds/due.atom', page: dueFeed },
  { path: '/feeds/decided.atom', page: decidedFeed },
  { path: '/feeds/log.atom', page: logFeed },
  { path: '/feeds/due.ics', page: deadlineCalendar },
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

/** Every form that changes something; each is a sub-resource of what it changes. */
export const forms: readonly FormRoute[] = [
  { path: '/capture', act: beginCapture, fields: beginFields, role: 'recorder' },
  { path: '/capture/one', act: logForecast, fields: oneFields, role: 'recorder' },
  { path: '/capture/one/statements', act: logStatement, fields: oneFields, role: 'recorder' },
  { path: '/capture/one/check', act: checkForecast, fields: oneFields, role: 'recorder' },
  { path: '/captures/:id', act: saveText, fields: textFields, role: 'recorder' },
  { path: '/captures/:id/check', act: logChecked, fields: checkFields, role: 'recorder' },
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
  archiveForm,
  correctionPolicyForm,
  ...reportForms,
  ...settingsForms,
  ...clockForms,
  ...signInForms,
  ...redactionForms,
  ...reminderForms,
  ...webhookForms,
  importForm,
]

/** How somebody signs in who is nobody yet; each time counts as an attempt. */
export const arrivals: readonly ArrivalRoute[] = [
  { path: '/sign-in', fields: signInFields, act: signInByLink },
  { path: '/sign-in/link', fields: linkFields, act: askForLink },
  { path: '/sign-in/passkey', fields: passkeyFields, act: signInByPasskey },
  { path: '/sign-in/passkey/challenge', fields: BUTTON, act: challengePasskey },
]
