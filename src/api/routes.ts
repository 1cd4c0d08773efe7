import { administrationRoutes, operationRoutes } from './administration-routes.ts'
import { anchorRoutes } from './anchor-routes.ts'
import { captureRoutes } from './capture-routes.ts'
import { clockRoutes } from './clock-routes.ts'
import { codingRoutes } from './coding-routes.ts'
import { correctionRoutes, reportRoutes } from './correction-routes.ts'
import { forecastRoutes, readingRoutes } from './forecast-routes.ts'
import { importRoutes } from './import-routes.ts'
import { logRoutes } from './log-routes.ts'
import { lookupRoutes } from './lookup-routes.ts'
import { newsroomRoutes } from './newsroom-routes.ts'
import { pastRoutes } from './past-routes.ts'
import { questionRoutes } from './question-routes.ts'
import { analystRoutes, sourceRoutes, statementRoutes } from './record-routes.ts'
import { redactionRoutes } from './redaction-routes.ts'
import { reminderRoutes } from './reminder-routes.ts'
import { replyRoutes } from './reply-routes.ts'
import type { Route } from './route.ts'
import { searchRoutes } from './search-routes.ts'
import { signInRoutes } from './sign-in-routes.ts'
import { textRoutes } from './text-routes.ts'
import { wholeRecordRoutes } from './whole-record-routes.ts'

/** Every route of the API, by group: what is not here does not exist. */
export const routeGroups: readonly { name: string; about: string; routes: readonly Route[] }[] = [
  { name: 'Forecasts', about: 'What an analyst said would happen.', routes: forecastRoutes },
  {
    name: 'Questions',
    about: 'Events with criteria, a deadline and, in the end, an outcome.',
    routes: questionRoutes,
  },
  {
    name: 'Due and scores',
    about: 'What needs a decision, and what follows from the decisions.',
    routes: readingRoutes,
  },
  { name: 'Sources', about: 'Documents in which somebody said something.', routes: sourceRoutes },
  { name: 'Statements', about: 'Passages of a source, forecasts and others.', routes: statementRoutes },
  { name: 'Analysts', about: 'The people whose forecasts are tracked.', routes: analystRoutes },
  {
    name: 'Proof',
    about: 'What somebody outside attests of the log, so that nobody has to believe its clock.',
    routes: anchorRoutes,
  },
  {
    name: 'Lookup',
    about: 'What to know before somebody is quoted.',
    routes: lookupRoutes,
  },
  {
    name: 'Import',
    about: 'Forecasts that come as a file: predictions files, or a table.',
    routes: importRoutes,
  },
  { name: 'Search', about: 'Whatever is called so.', routes: searchRoutes },
  { name: 'Record', about: 'What is known of all analysts together.', routes: wholeRecordRoutes },
  {
    name: 'Past',
    about:
      'What has changed; every read takes `as_of`, a day or the number of an entry, and answers as it stood.',
    routes: pastRoutes,
  },
  {
    name: 'Reading',
    about: 'What a text says, before anybody logs anything of it.',
    routes: textRoutes,
  },
  {
    name: 'Capture',
    about: 'From a text to what is logged of it: captures that are not finished yet.',
    routes: captureRoutes,
  },
  {
    name: 'Corrections',
    about: 'What was amended, of which class and why; by which policy; and what readers report.',
    routes: [...correctionRoutes, ...reportRoutes],
  },
  {
    name: 'Coding',
    about: 'One text, two members who code it blind to each other, and how far they agree.',
    routes: codingRoutes,
  },
  {
    name: 'Newsroom',
    about: 'What members keep about a question among themselves: no part of the ledger.',
    routes: newsroomRoutes,
  },
  {
    name: 'Replies and times',
    about: 'What persons concerned send, and how long objections and answers may take.',
    routes: replyRoutes,
  },
  { name: 'Administration', about: 'Members and their tokens.', routes: administrationRoutes },
  {
    name: 'Signing in',
    about: 'What a token is, who is signed in where, and with what.',
    routes: signInRoutes,
  },
  {
    name: 'Reminders and webhooks',
    about: 'Who is told what happens, by letter or by a post to an address. Needs RECKONING_ORIGIN.',
    routes: reminderRoutes,
  },
  {
    name: 'Clock',
    about: 'Whether the clock is right by which everything is stamped, and who said so.',
    routes: clockRoutes,
  },
  {
    name: 'Published log',
    about: 'The log as anybody can verify it: c2sp.org/tlog-tiles, with openings and receipts.',
    routes: logRoutes,
  },
  {
    name: 'Redaction',
    about: 'What was taken out of the record, and taking words out of it.',
    routes: redactionRoutes,
  },
  { name: 'Operation', about: 'The log itself, and whether all is well.', routes: operationRoutes },
]

export const routes: readonly Route[] = routeGroups.flatMap((group) => group.routes)
