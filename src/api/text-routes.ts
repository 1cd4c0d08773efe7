import * as z from 'zod'
import { Dated, Instant, spanOf, TimeZone } from '../core/calendar.ts'
import { Heard, MAX_CAPTURE_TEXT } from '../core/capture.ts'
import { LedgerError } from '../core/error.ts'
import { LanguageTag } from '../core/language.ts'
import { MeasuredLexicon } from '../core/lexicon.ts'
import { voices } from '../core/statement.ts'
import { inTurns } from '../core/steps.ts'
import { prose } from '../core/text.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { ownLexicons } from '../ledger/lexicon/own-lexicons.ts'
import { languageOf, unreadNote } from '../reading/languages.ts'
import { passageSteps } from '../reading/passage.ts'
import { readingAnswerSteps } from '../reading/reading-answer.ts'
import { captionsIn, heardOf } from '../reading/transcript.ts'
import { listLexicons } from '../store/lexicons.ts'
import { findSource, findSourceText } from '../store/lookups.ts'
import { act, found, type Route, read } from './route.ts'

const Place = { start: z.int().min(0), end: z.int().min(0) }
const Range = z.strictObject(Place)
const Reason = z.strictObject({ rule: z.string(), weight: z.number(), words: z.string(), says: z.string() })
const Share = z.number().min(0).max(1).optional()
const Reading = z
  .strictObject({
    kind: z.enum(['number', 'range', 'words', 'flat', 'asks', 'none']),
    low: Share,
    mid: Share,
    high: Share,
    key: z.string().optional().describe('The row of the lexicon; `not_` before it where it was mirrored.'),
    measured: z.boolean().optional().describe('Whether a survey measured the row; false means assumed.'),
    lexicon: z.string().optional().describe('The version of a lexicon that this ledger measured itself.'),
    says: z
      .enum(['yes', 'no'])
      .optional()
      .describe('Of what is said flatly; of what is asked, the side on which its denials leave the event.'),
    denied: z
      .literal(true)
      .optional()
      .describe('The event is denied in its clause: a band is of its happening.'),
    unmeasured: z.string().optional().describe('Words of probability that nobody measured in this language.'),
    words: z
      .string()
      .optional()
      .describe('The words it rests on; start and end are their place in the item.'),
    start: z.int().min(0).optional(),
    end: z.int().min(0).optional(),
    why: z.string().optional().describe('Why it is asked, or how a rule changed or assumed the reading.'),
    open: z
      .enum(['condition', 'aside'])
      .optional()
      .describe('What alone is open: a condition, or whose remark it is.'),
  })
  .describe(
    'How likely the words make the event, named positively; `asks` where they are not wholly understood.',
  )
const Quantity = z
  .strictObject({
    what: z.string(),
    value: z.number().optional(),
    interval: z.tuple([z.number().nullable(), z.number().nullable()]).optional(),
    unit: z.string(),
  })
  .nullable()
  .describe('A forecast of a number: one value, or an interval, whose end is null where it is open.')
const Dates = z
  .strictObject({ from: z.string().optional(), to: z.string().optional() })
  .nullable()
  .describe(
    'A forecast of when: the days between which the event falls. An end that was not named is not there.',
  )
const Event = z
  .string()
  .nullable()
  .describe('The event as a sentence: positive, without hedge and attitude. A proposal.')
const Quote = Range.nullable().describe('The own words of the speaker; null in the words of a reporter.')
const Speaker = z.string().nullable().describe('In a transcript, who speaks.')

const PassageAnswer = z.strictObject({
  ...Place,
  raw: Range.describe('The place in the text as it was sent; start and end are in the normalised one.'),
  text: z.string(),
  paragraph: z.int().min(0),
  score: z.number(),
  reasons: z.array(Reason),
  voice: z.enum(voices),
  speaker: Speaker,
  quote: Quote,
  reading: Reading,
  event: Event,
  quantity: Quantity,
  date: Dates,
  words: z
    .strictObject({
      ...{ low: z.number(), mid: z.number(), high: z.number() },
      key: z.string().describe('The row of the lexicon.'),
      lexicon: z.string(),
      measured: z.boolean().describe('Whether a survey measured the row; false means assumed.'),
      categorical: z.enum(['yes', 'no']).optional().describe('Of what is said flatly.'),
      matched: z.string().describe('The words it rests on; start and end are their place in the item.'),
      ...Place,
      note: z.string().optional(),
    })
    .nullable()
    .describe('The words of probability, and the band that readers understand by them.'),
  too_vague: z.boolean(),
  horizon: z
    .strictObject({
      phrase: z.string().nullable(),
      from: z.string().nullable().optional(),
      to: z.string().nullable(),
      rule: z.string(),
      asks: z.string().optional().describe('Why the words name no day that is sure.'),
      vague: z.literal(true).optional(),
    })
    .nullable()
    .describe('The deadline that the words or the house rule propose.'),
  repeats: z
    .int()
    .min(0)
    .optional()
    .describe('The place in this list of the passage that it seems to repeat.'),
  heard: z
    .strictObject({
      speaker: z.string().nullable(),
      timecode: z.string().nullable(),
      unsure: z.boolean().describe('Nothing says whose words these are: ask.'),
      answers: z.string().nullable().describe('The words of somebody else that are answered.'),
    })
    .nullable()
    .describe('Of a transcript: whose turn it is.'),
})
const TextLanguageAnswer = z
  .strictObject({
    tag: z.string(),
    name: z.string(),
    read: z.boolean().describe('Whether there are rules for it; else nothing is suggested.'),
    unsure: z.literal(true).optional().describe('The text is too short or mixed to tell.'),
  })
  .describe('The language of the text: as it was told, or as it was found.')
const Note = z.string().optional().describe('Why the list is empty.')
export const Transcript = z.strictObject({ text: z.string(), ...Heard.shape })
const transcript = Transcript.optional().describe(
  'Where captions were sent: their text, joined into sentences, in which the places are.',
)
const Passages = z.strictObject({
  language: TextLanguageAnswer,
  note: Note,
  items: z.array(PassageAnswer),
  transcript,
})

const Horizon = z
  .strictObject({
    kind: z.enum(['date', 'asks', 'none']),
    date: z.string().optional().describe('The last day on which the claim can still come true or fail.'),
    from: z.string().nullable().optional(),
    phrase: z.string().optional(),
    rule: z.string().optional(),
    vague: z.boolean().optional().describe('Whether the span is the house’s.'),
    why: z.string().optional().describe('What the editor is asked.'),
  })
  .nullable()
  .describe('By when; null without a date of publication.')
const Item = z.strictObject({
  text: z.string(),
  ...Place,
  suggested: z.boolean(),
  reasons: z.array(Reason),
  speaker: Speaker,
  voice: z.enum(voices),
  quote: Quote,
  reading: Reading,
  event: Event,
  quantity: Quantity,
  date: Dates,
  horizon: Horizon,
})
const Readings = z.strictObject({
  language: TextLanguageAnswer,
  note: Note,
  items: z.array(Item),
  transcript,
})

const joined = (heard: ReturnType<typeof captionsIn>) =>
  heard === null ? {} : { transcript: { text: heard.text, ...heardOf(heard, heard.text.length) } }

const Text = {
  text: prose(MAX_CAPTURE_TEXT),
  published: Dated.optional(),
  language: LanguageTag.optional().describe('Of the text, where it is known; else it is found.'),
}

/** The passages of a text with the language it is read in, and why there are none where it is not read. */
async function passagesOf({ db, pause }: Ledger, text: string, to: string | undefined, told?: string) {
  const language = languageOf(text, told)
  const note = unreadNote(language)
  const context = { language: told, own: await ownLexicons(db, text, told) }
  const items = await inTurns(passageSteps(text, to, context), pause)
  return { body: { language, ...(note === null ? {} : { note }), items } }
}

const LexiconAnswer = MeasuredLexicon.extend({ seq: z.int().min(0), recorded_at: Instant })

/** What a text says: nothing of it is kept. */
export const textRoutes: Route[] = [
  read({
    path: '/lexicons',
    summary:
      'Words of probability that this ledger measured with its own readers, the newest first: of a language the first one is in use.',
    answer: z.strictObject({ items: z.array(LexiconAnswer) }),
    run: async ({ db }) => ({
      body: {
        items: (await listLexicons(db)).map(({ record, seq, at }) => ({ ...record, seq, recorded_at: at })),
      },
    }),
  }),
  act({
    path: '/readings',
    summary:
      'Every sentence of a text, suggested or not: how likely it makes which event, by when, and why. Creates nothing.',
    role: 'recorder',
    body: z.strictObject({
      ...Text,
      time_zone: TimeZone.optional().describe(
        'Of the day of publication; days are reckoned from it as it stands.',
      ),
    }),
    answer: Readings,
    run: async ({ ledger, body: { text, published, language } }) => {
      const { db, pause } = ledger
      const to = published === undefined ? undefined : spanOf(published).to
      const context = { language, own: await ownLexicons(db, text, language) }
      return { body: await inTurns(readingAnswerSteps(text, to, context), pause) }
    },
  }),
  act({
    path: '/suggestions',
    summary:
      'Passages of a text that look like forecasts, with reasons, words of probability and horizon. Creates nothing.',
    role: 'recorder',
    body: z.strictObject(Text),
    answer: Passages,
    run: async ({ ledger, body: { text, published, language } }) => {
      const to = published === undefined ? undefined : spanOf(published).to
      const heard = captionsIn(text)
      const { body } = await passagesOf(ledger, heard?.text ?? text, to, language)
      return { body: { ...body, ...joined(heard) } }
    },
  }),
  act({
    path: '/sources/:id/suggestions',
    summary: 'The same for the text of a source that is kept privately. Creates nothing.',
    role: 'recorder',
    answer: Passages,
    run: async ({ db, ledger, id }) => {
      const source = found(await findSource(db, id), 'source', id)
      const text = await findSourceText(db, id)
      if (text === null)
        throw new LedgerError(
          'conflict',
          'The text of this source is not kept here: send it to /api/suggestions.',
        )
      const { published, language } = source.record
      return passagesOf(ledger, text, spanOf(published).to, language)
    },
  }),
]
