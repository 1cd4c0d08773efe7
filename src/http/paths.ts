/**
 * Every address that the product writes, by function: pages, forms, their twins. The tables of routes are checked
 * against these. Plain functions, so that the script of the pages takes in only those that it uses.
 */

type Word = string | number
/** What an address says after its path: each name once, or as a list; what is undefined says nothing. */
export type Search = Readonly<Record<string, Word | readonly Word[] | undefined>>

/** `?` and what an address says; empty where it says nothing. */
export function query(search: Search): string {
  const said = new URLSearchParams()
  for (const [name, value] of Object.entries(search))
    for (const word of [value ?? []].flat()) said.append(name, String(word))
  return said.toString() === '' ? '' : `?${said}`
}

/** An address: ids are encoded, and what it says comes last. */
const at = (parts: TemplateStringsArray, ...values: (string | Search)[]): string =>
  String.raw(
    { raw: parts },
    ...values.map((value) => (typeof value === 'string' ? encodeURIComponent(value) : query(value))),
  )

const ending = (address: string, end: string) => address.replace(/(?=\?|$)/u, end)
/** The front page has no name of its own. */
const named = (page: string) => page.replace(/^\/(?=\?|$)/u, '/front')

// What belongs to a page: the same as JSON, a list as a table, a frame for other pages, a picture.
export const mcp = () => '/mcp'
export const apiOf = (page: string) => `/api${page}`
export const csvOf = (list: string) => ending(list, '.csv')
export const frameOf = (page: string) => `/embed${page}`
export const pictureOf = (page: string) => ending(`/cards${named(page)}`, '.png')

// What belongs to a chart of a page, by its id there and with what the address of the page says: a place on the page,
// a frame for other pages, a picture, its numbers.
const chartOf = (page: string, id: string) => ending(`/charts${named(page)}`, `/${encodeURIComponent(id)}`)
export const chartLink = (page: string, id: string) => `${page}#${id}`
export const chartFrame = (page: string, id: string) => chartOf(page, id)
export const chartPicture = (page: string, id: string) => ending(chartOf(page, id), '.png')
export const chartData = (page: string, id: string) => csvOf(chartOf(page, id))

/** The same address as it stood at another moment; `and` is `&amp;` within HTML. What says a moment already keeps it. */
export function asOf(address: string, as_of: string, and = '&'): string {
  if (/[?&;]as_of=/u.test(address)) return address
  const [before = '', ...fragment] = address.split('#')
  const said = `${before}${before.includes('?') ? and : '?'}as_of=${encodeURIComponent(as_of)}`
  return [said, ...fragment].join('#')
}

// Pages.
export const front = () => '/'
export const ledger = (search: Search = {}) => at`/ledger${search}`
export const due = (search: Search = {}) => at`/due${search}`
export const captures = (search: Search = {}) => at`/capture${search}`
export const captureOne = (search: Search = {}) => at`/capture/one${search}`
export const capture = (id: string, search: Search = {}) => at`/captures/${id}${search}`
export const captureCheck = (id: string) => at`/captures/${id}/check`
export const captureLogged = (id: string) => at`/captures/${id}/logged`
export const oneLogged = (id: string, search: Search = {}) => at`/capture/one/logged/${id}${search}`
export const imports = () => '/import'
export const forecast = (id: string) => at`/forecasts/${id}`
export const question = (id: string) => at`/questions/${id}`
export const resolve = (id: string, search: Search = {}) => at`/questions/${id}/resolve${search}`
export const amend = (id: string) => at`/questions/${id}/amend`
export const sources = (search: Search = {}) => at`/sources${search}`
export const source = (id: string) => at`/sources/${id}`
/** Where a member says that an archive keeps it. */
export const archiveLink = (id: string) => at`/sources/${id}/archive`
export const statement = (of: string, id: string) => at`/sources/${of}#${id}`
export const analysts = (search: Search = {}) => at`/analysts${search}`
export const analyst = (id: string) => at`/analysts/${id}`
export const words = () => '/words'
export const compare = () => '/compare'
export const comparison = (a: string, b: string) => at`/compare?analysts=${a},${b}`
/** What changed since a moment, of somebody, of a question or of all. */
export const changes = (search: Search = {}) => at`/changes${search}`
export const corrections = (search: Search = {}) => at`/corrections${search}`
/** One of them, on the page of the list that begins with it. */
export const correction = (seq: number) => `${corrections({ after: seq + 1 })}#entry-${seq}`
export const correctionPolicy = () => '/corrections/policy'
export const correctionFeed = () => '/corrections.atom'
/** What is new, of all or of what the same address of the ledger is narrowed to. */
export const newFeed = (search: Search = {}) => at`/feeds/new.atom${search}`
export const dueFeed = (search: Search = {}) => at`/feeds/due.atom${search}`
export const decidedFeed = (search: Search = {}) => at`/feeds/decided.atom${search}`
export const deadlines = (search: Search = {}) => at`/feeds/due.ics${search}`
export const logFeed = () => '/feeds/log.atom'
/** Where a reader says what is wrong with a record, such as `question:a-new-war`. */
export const report = (search: Search = {}) => at`/report${search}`
export const reports = () => '/reports'
/** What to know before somebody is quoted. */
export const lookup = (search: Search = {}) => at`/lookup${search}`
export const log = () => '/log'
export const methods = () => '/methods'
export const help = () => '/help'
export const docs = () => '/docs'
export const document = (name: string) => at`/docs/${name}`
export const apiReference = () => '/docs/routes'
export const problems = () => '/docs/problems'
export const problem = (code: string) => at`/docs/problems#${code}`
export const settings = (search: Search = {}) => at`/settings${search}`
export const audit = (search: Search = {}) => at`/settings/audit${search}`
export const signIns = (search: Search = {}) => at`/settings/sign-ins${search}`
export const clock = () => '/settings/clock'
/** What can be taken out, and what was. */
export const redactions = (search: Search = {}) => at`/settings/redactions${search}`
export const signIn = (search: Search = {}) => at`/sign-in${search}`
export const account = (search: Search = {}) => at`/sign-in/account${search}`
export const accountAnswer = () => '/sign-in/account/answer'
export const passkey = () => '/sign-in/passkey'
export const passkeyChallenge = () => '/sign-in/passkey/challenge'
export const signInLink = () => '/sign-in/link'
export const signOut = () => '/sign-out'
/** When a member is reminded, and where links in letters lead, which need no account. */
export const reminders = () => '/settings/reminders'
export const remindersConfirmation = (search: Search = {}) => at`/reminders/confirmation${search}`
export const remindersOff = (search: Search = {}) => at`/reminders/off${search}`
export const webhooks = () => '/settings/webhooks'
/** `style.css` with the hash of what is in it: where that changes it has another address. */
export const asset = (name: string, hash: string) => `/${name.replace('.', `.${hash}.`)}`

// For machines that show a page elsewhere, or find it.
export const oembed = (search: Search = {}) => at`/oembed${search}`
export const robots = () => '/robots.txt'
export const sitemap = () => '/sitemap.xml'
export const sitemapPart = (part: string) => at`/sitemap/${part}.xml`

export const codings = (search: Search = {}) => at`/codings${search}`
export const coding = (id: string) => at`/codings/${id}`
export const ownCoding = (id: string, search: Search = {}) => at`/codings/${id}/own${search}`
export const codebook = (search: Search = {}) => at`/codebook${search}`

// Forms.
export const codingPassages = (id: string) => at`/codings/${id}/passages`
export const codingSubmission = (id: string) => at`/codings/${id}/submission`
export const codingAdjudication = (id: string) => at`/codings/${id}/adjudication`
export const codingClosure = (id: string) => at`/codings/${id}/closure`
export const captureOneCheck = () => '/capture/one/check'
export const captureOneStatement = () => '/capture/one/statements'
export const resolutions = (question: string) => at`/questions/${question}/resolutions`
export const outcomes = (question: string) => at`/questions/${question}/outcomes`
export const confirm = (question: string, id: string) => at`/questions/${question}/resolutions/${id}/confirm`
export const dispute = (question: string, id: string) => at`/questions/${question}/resolutions/${id}/dispute`
export const takeBack = (question: string, id: string) =>
  at`/questions/${question}/resolutions/${id}/withdrawal`
export const amendments = (question: string) => at`/questions/${question}/amendments`
export const references = (question: string) => at`/questions/${question}/references`
export const primaryReference = (question: string, id: string) =>
  at`/questions/${question}/references/${id}/primary`
export const referenceWithdrawal = (question: string, id: string) =>
  at`/questions/${question}/references/${id}/withdrawal`
export const condition = (question: string) => at`/questions/${question}/condition`
export const assignment = (question: string) => at`/questions/${question}/assignment`
export const snooze = (question: string) => at`/questions/${question}/snooze`
export const wake = (question: string) => at`/questions/${question}/snooze/end`
export const note = (question: string) => at`/questions/${question}/note`
export const replies = (forecast: string) => at`/forecasts/${forecast}/replies`
export const verification = (statement: string) => at`/statements/${statement}/verification`
export const heard = (forecast: string) => at`/forecasts/${forecast}/heard`
export const reply = (search: Search = {}) => at`/reply${search}`
export const replyLinks = (forecast: string) => at`/forecasts/${forecast}/reply-links`
export const replyPublication = (forecast: string, id: string) =>
  at`/forecasts/${forecast}/reply-links/${id}/publication`
export const replyRefusal = (forecast: string, id: string) =>
  at`/forecasts/${forecast}/reply-links/${id}/refusal`
export const asked = (forecast: string) => at`/forecasts/${forecast}/asked`
export const members = () => '/settings/members'
export const memberChanges = () => '/settings/members/changes'
export const memberSignOut = (id: string) => at`/settings/members/${id}/sign-out`
export const links = () => '/settings/links'
export const tokens = () => '/settings/tokens'
export const tokenRevocation = (id: string) => at`/settings/tokens/${id}/revocation`
export const accounts = () => '/settings/accounts'
export const passkeys = () => '/settings/passkeys'
export const newPasskeyChallenge = () => '/settings/passkeys/challenge'
export const signInRemoval = (id: string) => at`/settings/sign-ins/${id}/removal`
export const sessionEnd = (id: string) => at`/settings/sessions/${id}/end`
export const otherSessions = () => '/settings/sessions/others/end'
export const policy = () => '/settings/policy'
export const redactionPlan = () => '/settings/redactions/plan'
export const redactionMade = () => '/settings/redactions/made'
export const decisionTimes = () => at`/settings/decision-times`
export const reportClosing = (id: string) => at`/reports/${id}/closing`
export const reportDiscarding = (id: string) => at`/reports/${id}/discarding`
export const clockAcceptance = () => '/settings/clock/acceptance'
export const clockCorrections = () => '/settings/clock/corrections'
export const reminderLetter = () => '/settings/reminders/letter'
export const webhookTest = (id: string) => at`/settings/webhooks/${id}/test`
export const webhookSecret = (id: string) => at`/settings/webhooks/${id}/secret`
export const webhookResumption = (id: string) => at`/settings/webhooks/${id}/resumption`
export const webhookRemoval = (id: string) => at`/settings/webhooks/${id}/removal`

/** Of the API, where it is the twin of a page and where it has more. */
export const api = {
  forecasts: (search: Search = {}) => apiOf(at`/forecasts${search}`),
  forecast: (id: string) => apiOf(forecast(id)),
  questions: (search: Search = {}) => apiOf(at`/questions${search}`),
  question: (id: string) => apiOf(question(id)),
  history: (question: string) => apiOf(at`/questions/${question}/history`),
  due: () => apiOf(due()),
  record: () => apiOf('/record'),
  words: () => apiOf(words()),
  sources: () => apiOf(sources()),
  source: (id: string) => apiOf(source(id)),
  statements: (search: Search = {}) => apiOf(at`/statements${search}`),
  statement: (id: string) => apiOf(at`/statements/${id}`),
  analysts: (search: Search = {}) => apiOf(analysts(search)),
  analyst: (id: string) => apiOf(analyst(id)),
  trackRecord: (analyst: string, search: Search = {}) =>
    apiOf(at`/analysts/${analyst}/track-record${search}`),
  receipt: (analyst: string, search: Search = {}) =>
    apiOf(at`/analysts/${analyst}/track-record/receipt${search}`),
  changes: (search: Search = {}) => apiOf(changes(search)),
  lookup: (search: Search = {}) => apiOf(lookup(search)),
  corrections: (search: Search = {}) => apiOf(corrections(search)),
  correctionPolicy: () => apiOf(correctionPolicy()),
  entryReceipt: (seq: number) => apiOf(at`/log/entries/${String(seq)}/receipt`),
  comparison: (a: string, b: string) => apiOf(comparison(a, b)),
  capture: (id: string) => apiOf(capture(id)),
  coding: (id: string) => apiOf(coding(id)),
  codings: () => apiOf(codings()),
  codebooks: () => apiOf('/codebooks'),
  agreement: (search: Search = {}) => apiOf(at`/agreement${search}`),
  outcomes: () => apiOf('/outcomes'),
  search: (search: Search = {}) => apiOf(at`/search${search}`),
  members: () => apiOf('/members'),
  tokens: () => apiOf('/tokens'),
  signIns: () => apiOf('/sign-ins'),
  webhooks: () => apiOf('/webhooks'),
  clock: () => apiOf('/clock'),
  redactions: () => apiOf('/redactions'),
  anchor: (seq: number) => apiOf(at`/anchors/${String(seq)}`),
  anchors: () => apiOf('/anchors'),
  health: () => apiOf('/health'),
  ready: () => apiOf('/ready'),
  entry: (seq: number) => apiOf(at`/log/entries/${String(seq)}`),
  checkpoint: () => apiOf('/log/checkpoint'),
  logKey: () => apiOf('/log/key'),
  openapi: () => apiOf('/openapi.json'),
}
