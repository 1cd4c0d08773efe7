import type { Route } from './route.ts'

export type RouteGroup = {
  name: string
  about: string
  /** What its addresses begin with, named parts as `:id`: only they load its routes. */
  at: readonly string[]
  load: () => Promise<readonly Route[]>
}

/** Every route of the API, by group: what is not here does not exist. */
export const routeGroups: readonly RouteGroup[] = [
  {
    name: 'Forecasts',
    about: 'What an analyst said would happen.',
    at: ['/forecasts'],
    load: () => import('./forecast-routes.ts').then((of) => of.forecastRoutes),
  },
  {
    name: 'Questions',
    about: 'Events with criteria, a deadline and, in the end, an outcome.',
    at: ['/questions'],
    load: () => import('./question-routes.ts').then((of) => of.questionRoutes),
  },
  {
    name: 'Due and scores',
    about: 'What needs a decision, and what follows from the decisions.',
    at: ['/due', '/calibration', '/compare'],
    load: () => import('./forecast-routes.ts').then((of) => of.readingRoutes),
  },
  {
    name: 'Sources',
    about: 'Documents in which somebody said something.',
    at: ['/sources'],
    load: () => import('./record-routes.ts').then((of) => of.sourceRoutes),
  },
  {
    name: 'Statements',
    about: 'Passages of a source, forecasts and others.',
    at: ['/statements'],
    load: () => import('./record-routes.ts').then((of) => of.statementRoutes),
  },
  {
    name: 'Analysts',
    about: 'The people whose forecasts are tracked.',
    at: ['/analysts'],
    load: () => import('./record-routes.ts').then((of) => of.analystRoutes),
  },
  {
    name: 'Proof',
    about: 'What somebody outside attests of the log, so that nobody has to believe its clock.',
    at: ['/anchors', '/witnesses'],
    load: () => import('./anchor-routes.ts').then((of) => of.anchorRoutes),
  },
  {
    name: 'Lookup',
    about: 'What to know before somebody is quoted.',
    at: ['/lookup'],
    load: () => import('./lookup-routes.ts').then((of) => of.lookupRoutes),
  },
  {
    name: 'Import',
    about: 'Forecasts that come as a file: predictions files, or a table.',
    at: ['/import'],
    load: () => import('./import-routes.ts').then((of) => of.importRoutes),
  },
  {
    name: 'Search',
    about: 'Whatever is called so.',
    at: ['/search'],
    load: () => import('./search-routes.ts').then((of) => of.searchRoutes),
  },
  {
    name: 'Record',
    about: 'What is known of all analysts together.',
    at: ['/record', '/words'],
    load: () => import('./whole-record-routes.ts').then((of) => of.wholeRecordRoutes),
  },
  {
    name: 'Past',
    about:
      'What has changed; every read takes `as_of`, a day or the number of an entry, and answers as it stood.',
    at: ['/changes'],
    load: () => import('./past-routes.ts').then((of) => of.pastRoutes),
  },
  {
    name: 'Reading',
    about: 'What a text says, before anybody logs anything of it.',
    at: ['/lexicons', '/readings', '/suggestions', '/sources/:id/suggestions'],
    load: () => import('./text-routes.ts').then((of) => of.textRoutes),
  },
  {
    name: 'Capture',
    about: 'From a text to what is logged of it: captures that are not finished yet.',
    at: ['/pages', '/transcripts', '/captures'],
    load: () => import('./capture-routes.ts').then((of) => of.captureRoutes),
  },
  {
    name: 'Corrections',
    about: 'What was amended, of which class and why; by which policy; and what readers report.',
    at: ['/corrections', '/reports'],
    load: () => import('./correction-routes.ts').then((of) => [...of.correctionRoutes, ...of.reportRoutes]),
  },
  {
    name: 'Coding',
    about: 'One text, two members who code it blind to each other, and how far they agree.',
    at: ['/codings', '/agreement', '/outcomes', '/questions/:id/outcomes', '/codebooks'],
    load: () => import('./coding-routes.ts').then((of) => of.codingRoutes),
  },
  {
    name: 'Newsroom',
    about: 'What members keep about a question among themselves: no part of the ledger.',
    at: [
      '/questions/:id/desk',
      '/questions/:id/assignment',
      '/questions/:id/snooze',
      '/questions/:id/note',
      '/forecasts/:id/asked',
      '/forecasts/:id/heard',
    ],
    load: () => import('./newsroom-routes.ts').then((of) => of.newsroomRoutes),
  },
  {
    name: 'Replies and times',
    about: 'What persons concerned send, and how long objections and answers may take.',
    at: ['/forecasts/:id/reply-links', '/replies/waiting', '/decision-times'],
    load: () => import('./reply-routes.ts').then((of) => of.replyRoutes),
  },
  {
    name: 'Administration',
    about: 'Members and their tokens.',
    at: ['/members', '/tokens', '/administration'],
    load: () => import('./administration-routes.ts').then((of) => of.administrationRoutes),
  },
  {
    name: 'Signing in',
    about: 'What a token is, who is signed in where, and with what.',
    at: ['/me', '/sessions', '/sign-ins'],
    load: () => import('./sign-in-routes.ts').then((of) => of.signInRoutes),
  },
  {
    name: 'Reminders and webhooks',
    about: 'Who is told what happens, by letter or by a post to an address. Needs RECKONING_ORIGIN.',
    at: ['/reminders', '/webhooks'],
    load: () => import('./reminder-routes.ts').then((of) => of.reminderRoutes),
  },
  {
    name: 'Clock',
    about: 'Whether the clock is right by which everything is stamped, and who said so.',
    at: ['/clock'],
    load: () => import('./clock-routes.ts').then((of) => of.clockRoutes),
  },
  {
    name: 'Published log',
    about: 'The log as anybody can verify it: c2sp.org/tlog-tiles, with openings and receipts.',
    at: ['/log/checkpoint', '/log/key', '/log/tile', '/log/openings', '/log/entries/:seq/receipt'],
    load: () => import('./log-routes.ts').then((of) => of.logRoutes),
  },
  {
    name: 'Redaction',
    about: 'What was taken out of the record, and taking words out of it.',
    at: ['/redactions'],
    load: () => import('./redaction-routes.ts').then((of) => of.redactionRoutes),
  },
  {
    name: 'Operation',
    about: 'The log itself, and whether all is well.',
    at: ['/log/entries', '/health', '/ready'],
    load: () => import('./administration-routes.ts').then((of) => of.operationRoutes),
  },
]

/** Whether an address below the API begins so; a list and its CSV stand at one place. */
const begins = (path: string, beginning: string): boolean => {
  const parts = path.replace(/\.csv$/u, '').split('/')
  return beginning.split('/').every((part, i) => part.startsWith(':') || part === parts[i])
}

/** The groups that may have a route at an address. */
export const groupsAt = <G extends Pick<RouteGroup, 'at'>>(groups: readonly G[], path: string): G[] =>
  groups.filter(({ at }) => at.some((beginning) => begins(path, beginning)))

/** All of it, for whoever describes the API. */
export const loadedGroups = (): Promise<{ name: string; about: string; routes: readonly Route[] }[]> =>
  Promise.all(routeGroups.map(async ({ name, about, load }) => ({ name, about, routes: await load() })))

export const allRoutes = async (): Promise<readonly Route[]> =>
  (await loadedGroups()).flatMap(({ routes }) => routes)
