import * as z from 'zod'
import { Instant } from '../core/calendar.ts'
import { CaptureDraft, LoggedCapture } from '../core/capture.ts'
import { invalid, LedgerError } from '../core/error.ts'
import { RandomId } from '../core/member.ts'
import { webAddress } from '../core/text.ts'
import * as paths from '../http/paths.ts'
import { logCapture } from '../ledger/capture/log-capture.ts'
import { deleteCapture, saveCapture, unfinishedCapture } from '../ledger/capture/save-capture.ts'
import { type CaptureRow, listCaptures } from '../store/captures.ts'
import { NamePlace } from './cursor.ts'
import { act, fields, list, type Route, read, write } from './route.ts'

const ArticleAnswer = z.strictObject({
  url: z.string().describe('Where the redirects led.'),
  title: z.string(),
  byline: z.string().nullable(),
  site: z.string().nullable(),
  published: z.strictObject({ date: z.string(), basis: z.string() }).nullable(),
  language: z.string().nullable(),
  text: z.string(),
})

const Version = {
  id: z.string(),
  rev: z.int().min(0),
  updated_at: Instant,
  updated_by: RandomId,
  title: z.string(),
}
const CaptureAnswer = z.strictObject({ ...Version, if_match: z.string(), capture: z.looseObject({}) })
const CaptureItem = z.strictObject({ ...Version, characters: z.int().min(0), marks: z.int().min(0) })

const versionOf = ({ id, rev, updated_at, member, title }: Omit<CaptureRow, 'draft'>) => ({
  id,
  rev,
  updated_at,
  updated_by: member,
  title,
})
const captureAnswer = (row: CaptureRow) => ({
  ...versionOf(row),
  if_match: `"rev-${row.rev}"`,
  capture: row.draft,
})

export const captureRoutes: Route[] = [
  act({
    path: '/pages',
    summary:
      'Fetches a page of the public web and answers the article on it, to begin a capture with. Keeps nothing.',
    role: 'recorder',
    body: z.strictObject({ url: webAddress() }),
    answer: ArticleAnswer,
    run: async ({ host, body: { url } }) => {
      if (host.fetchPage === undefined)
        throw invalid('/url', 'cannot be fetched by this server: paste the text instead')
      return { body: await host.fetchPage(url) }
    },
  }),
  ...list({
    path: '/captures',
    summary: 'Captures that are not logged yet, the latest first; of one `member`, or of all.',
    role: 'recorder',
    fresh: true,
    query: { member: RandomId.optional().describe('Only what this member saved last.') },
    item: CaptureItem,
    place: NamePlace,
    list: ({ db, query: { member } }, page) => listCaptures(db, { member }, page),
    read: (row) => ({ ...versionOf(row), characters: row.characters, marks: row.marks }),
    columns: fields('id', 'title', 'updated_at', 'updated_by', 'characters', 'marks'),
  }),
  act({
    path: '/captures',
    summary: 'Keeps a new capture. It is private, and nothing of it is logged.',
    role: 'recorder',
    body: CaptureDraft,
    status: 201,
    answer: CaptureAnswer,
    run: async ({ ledger, unit, body }) => {
      const row = await saveCapture(ledger, unit, body)
      return { body: captureAnswer(row), headers: { Location: paths.api.capture(row.id) } }
    },
  }),
  read({
    path: '/captures/:id',
    summary: 'One capture as it was saved last.',
    role: 'recorder',
    fresh: true,
    answer: CaptureAnswer,
    run: async ({ ledger, id }) => ({
      body: captureAnswer(await unfinishedCapture(ledger, id)),
    }),
  }),
  act({
    method: 'PUT',
    path: '/captures/:id',
    summary:
      'Keeps the next version of a capture. `If-Match` names the version that it was made from; any other stays.',
    role: 'recorder',
    body: CaptureDraft,
    matches: true,
    needsMatch: true,
    answer: CaptureAnswer,
    run: async ({ ledger, unit, rev, body, id }) => {
      if (rev === undefined)
        throw new LedgerError('stale', 'If-Match must name the version that you changed: "rev-<n>".')
      return { body: captureAnswer(await saveCapture(ledger, unit, body, { id, rev })) }
    },
  }),
  act({
    method: 'DELETE',
    path: '/captures/:id',
    summary: 'Throws away a capture that is not logged.',
    role: 'recorder',
    matches: true,
    answer: z.strictObject(Version),
    run: async ({ ledger, unit, rev, id }) => ({
      body: versionOf(await deleteCapture(ledger, unit, id, rev)),
    }),
  }),
  write({
    path: '/captures/:id/log',
    summary:
      'Logs a capture at once: source, analysts, statements, questions and forecasts, or nothing. Of a source that is `complete`, every passage that `/api/suggestions` finds is marked or `ignored`. A second time answers the same.',
    role: 'recorder',
    matches: true,
    replays: false,
    record: LoggedCapture,
    location: ({ source }) => paths.api.source(source),
    run: async ({ ledger, unit, rev, id }) => {
      const { logged, seq } = await logCapture(ledger, unit, id, rev)
      return { record: logged, seq }
    },
  }),
]
