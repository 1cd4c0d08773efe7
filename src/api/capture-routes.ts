import * as z from 'zod'
import { joinedDraft } from '../capture/beginning.ts'
import { Instant } from '../core/calendar.ts'
import { CaptureDraft, Heard, LoggedCapture, leftOutOf, MAX_CAPTURE_TEXT } from '../core/capture.ts'
import { invalid, LedgerError } from '../core/error.ts'
import { RandomId } from '../core/member.ts'
import { Dropped, SecondItem } from '../core/second-reading.ts'
import { readable, webAddress, wordsIn } from '../core/text.ts'
import * as paths from '../http/paths.ts'
import { logCapture } from '../ledger/capture/log-capture.ts'
import { deleteCapture, saveCapture, unfinishedCapture } from '../ledger/capture/save-capture.ts'
import { askSecondReader } from '../ledger/capture/second-reading.ts'
import { heardOf, transcriptIn } from '../reading/transcript.ts'
import { type CaptureRow, listCaptures } from '../store/captures.ts'
import { ask } from '../store/query.ts'
import { secondReadings } from '../store/second-readings.ts'
import { NamePlace } from './cursor.ts'
import { act, fields, list, type Route, read, write } from './route.ts'
import { Transcript } from './text-routes.ts'

const ArticleAnswer = z.strictObject({
  url: z.string().describe('Where the redirects led.'),
  title: z.string(),
  byline: z.string().nullable(),
  site: z.string().nullable(),
  published: z.strictObject({ date: z.string(), basis: z.string() }).nullable(),
  language: z.string().nullable(),
  text: z.string(),
  left_out: z
    .array(
      z.strictObject({ at: z.int().min(0), why: z.enum(leftOutOf), text: z.string(), words: z.int().min(0) }),
    )
    .describe('What else the page shows: where in the text it would stand, why it does not, and its size.'),
  transcript: Heard.nullable(),
})

const Version = {
  id: z.string(),
  rev: z.int().min(0),
  updated_at: Instant,
  updated_by: RandomId,
  title: z.string(),
}
const CaptureAnswer = z.strictObject({ ...Version, if_match: z.string(), capture: CaptureDraft })
const CaptureItem = z.strictObject({ ...Version, characters: z.int().min(0), marks: z.int().min(0) })

const SecondReadingAnswer = z.strictObject({
  n: z.int().min(1).describe('The how-manieth of this capture.'),
  model: z.string(),
  sent_to: z.string().describe('The host to which the text went.'),
  asked_at: Instant,
  problem: z.string().nullable().describe('Why nothing is proposed; null where the model answered.'),
  items: z
    .array(SecondItem)
    .describe('Each stands in the text, character by character, from `start` to `end`.'),
  dropped: Dropped.describe('What it proposed and is not here.'),
})

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
      const article = await host.fetchPage(url)
      const left_out = article.left_out.map((part) => ({ ...part, words: wordsIn(part.text) }))
      return { body: { ...article, left_out } }
    },
  }),
  act({
    path: '/transcripts',
    summary:
      'Captions (WebVTT, SubRip, JSON with segments) or a text with times as one text: turns, sentences, and the second of each place. Keeps nothing.',
    role: 'recorder',
    body: z.strictObject({
      text: z
        .string()
        .min(1)
        .max(4 * MAX_CAPTURE_TEXT),
    }),
    answer: Transcript,
    run: async ({ body }) => {
      const found = transcriptIn(readable(body.text))
      if (found === null || found.text.trim() === '')
        throw invalid(
          '/text',
          'is no transcript: neither WebVTT, SubRip or JSON with segments, nor lines with times',
        )
      if (found.text.length > MAX_CAPTURE_TEXT)
        throw invalid(
          '/text',
          `holds more than ${MAX_CAPTURE_TEXT} characters of speech: send the part that matters`,
        )
      return { body: { text: found.text, ...heardOf(found, found.text.length) } }
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
      const row = await saveCapture(ledger, unit, joinedDraft(body))
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
      return { body: captureAnswer(await saveCapture(ledger, unit, joinedDraft(body), { id, rev })) }
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
  act({
    path: '/captures/:id/second-readings',
    summary:
      'Sends the text of a capture, with its language and day of publication, to the language model that the settings name (RECKONING_MODEL_URL), and keeps what it proposes beside the capture. Marks nothing, and logs nothing.',
    role: 'recorder',
    status: 201,
    answer: SecondReadingAnswer,
    run: async ({ host, ledger, unit, id }) => ({
      body: await askSecondReader(ledger, unit, host.secondReader, await unfinishedCapture(ledger, id)),
    }),
  }),
  read({
    path: '/captures/:id/second-readings',
    summary: 'What a language model proposed of a capture that is not logged yet, the first time first.',
    role: 'recorder',
    fresh: true,
    answer: z.strictObject({ items: z.array(SecondReadingAnswer) }),
    run: async ({ ledger, db, id }) => {
      await unfinishedCapture(ledger, id)
      return { body: { items: await ask(db, secondReadings(id)) } }
    },
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
