import { expect, test } from 'vitest'
import { CaptureDraft } from '../../src/core/capture.ts'
import { normalisedText } from '../../src/core/normalised-text.ts'
import { logCapture } from '../../src/ledger/capture/log-capture.ts'
import { saveCapture } from '../../src/ledger/capture/save-capture.ts'
import { recordForecast } from '../../src/ledger/forecast/record-forecast.ts'
import { textHash } from '../../src/log/entry.ts'
import { readHead } from '../../src/store/append.ts'
import { readEvents } from '../../src/store/events.ts'
import { listForecasts } from '../../src/store/forecasts.ts'
import {
  findAnalyst,
  findForecast,
  findQuestion,
  findSource,
  findSourceText,
  findStatement,
} from '../../src/store/lookups.ts'
import { patient } from '../support/by-files.ts'
import { aCapture, mark, question, TEXT, withMark } from '../support/capture.ts'
import { aForecast, NOW, testLedger } from '../support/ledger.ts'
import { log, SOURCE, wrongWith } from './logging.ts'

test('a capture becomes its source, analysts, statements, questions and forecasts, in one batch', async () => {
  const { ledger, unit } = await testLedger()
  const before = await readHead(ledger.db)
  const { logged, seq, replayed } = await log(ledger, unit, aCapture())
  expect({ ...logged, id: '' }).toEqual({
    id: '',
    source: SOURCE,
    statements: [
      `${SOURCE}_the-talks-will-fail`,
      `${SOURCE}_the-talks-fail`,
      `${SOURCE}_nobody-wants-to-pay-for-peace`,
      `${SOURCE}_the-border-is-closed`,
    ],
    forecasts: 2,
    duplicates: 1,
    untestable: 1,
  })
  const events = await readEvents(ledger.db, before.seq + 1, 100)
  expect(events.map(({ type }) => type)).toEqual([
    'analyst.recorded',
    'analyst.recorded',
    'source.recorded',
    'statement.recorded',
    'statement.recorded',
    'statement.recorded',
    'statement.recorded',
    'question.recorded',
    'question.recorded',
    'forecast.recorded',
    'forecast.recorded',
  ])
  expect([seq, replayed]).toEqual([events.at(-1)?.seq, false])
  expect((await findSource(ledger.db, SOURCE))?.record).toEqual({
    id: SOURCE,
    type: 'interview',
    title: 'The talks will fail',
    publisher: 'The News',
    url: 'https://news.example/talks',
    published: '2026-11-20',
    coverage: 'complete',
    text_sha256: textHash(normalisedText(TEXT)),
  })
  expect(await findSourceText(ledger.db, SOURCE)).toBe(TEXT)
  expect((await findAnalyst(ledger.db, 'lena-orlova'))?.record).toEqual({
    id: 'lena-orlova',
    name: 'Lena Orlova',
  })
  const within = normalisedText(TEXT)
  const start = within.indexOf('The talks will probably')
  expect((await findStatement(ledger.db, `${SOURCE}_the-talks-fail`))?.record).toMatchObject({
    analyst: 'lena-orlova',
    quote: { exact: 'The talks will probably fail before the end of the year,', start, end: start + 56 },
    voice: 'quote',
    kind: 'forecast',
    checked: 'found',
  })
  expect((await findStatement(ledger.db, `${SOURCE}_the-talks-will-fail`))?.record).toMatchObject({
    kind: 'duplicate',
    voice: 'headline',
    duplicate_of: `${SOURCE}_the-talks-fail`,
    quote: { suffix: expect.stringContaining(', says Lena Orlova') },
  })
  expect((await findStatement(ledger.db, `${SOURCE}_the-border-is-closed`))?.record).toMatchObject({
    analyst: 'tomas-reis',
    timecode: '12:34',
  })
  expect((await findForecast(ledger.db, `${SOURCE}_the-talks-fail`))?.record).toMatchObject({
    question: `${SOURCE}_the-talks-fail`,
    said_on: { from: '2026-11-20', to: '2026-11-20' },
    probability: { words: 'probably', key: 'probable', lexicon: expect.any(String) },
  })
})

test('logging a capture again answers the same and writes nothing, whoever asks', async () => {
  const { ledger, unit, as, join } = await testLedger()
  const { id } = await saveCapture(ledger, unit, aCapture())
  const first = await logCapture(ledger, unit, id)
  const maria = as(await join('Maria', 'recorder'))
  const after = await readHead(ledger.db)
  expect(await logCapture(ledger, maria, id)).toEqual({ ...first, replayed: true })
  expect(await readHead(ledger.db)).toEqual(after)
})

test('of two who log one capture at once, both are answered the same and it is logged once', async () => {
  const { ledger, unit } = await testLedger()
  const { id } = await saveCapture(ledger, unit, aCapture())
  const [first, second] = await Promise.all([logCapture(ledger, unit, id), logCapture(ledger, unit, id)])
  expect(second.logged).toEqual(first.logged)
  expect(second.seq).toBe(first.seq)
  expect([first.replayed, second.replayed].sort()).toEqual([false, true])
  expect((await listForecasts(ledger.db, {}, NOW, { limit: 50 })).items).toHaveLength(2)
})

test('of a save and a log of one version at once, either the new version is logged or it is told', async () => {
  const { ledger, unit } = await testLedger()
  const { id } = await saveCapture(ledger, unit, aCapture())
  const renamed = withMark(aCapture(), 'm2', { question: question('The talks end without a result') })
  const [saving, logging] = await Promise.allSettled([
    saveCapture(ledger, unit, renamed, { id, rev: 0 }),
    logCapture(ledger, unit, id),
  ])
  expect(logging.status).toBe('fulfilled')
  const held = await findQuestion(ledger.db, `${SOURCE}_the-talks-end-without-a-result`)
  expect(held !== null).toBe(saving.status === 'fulfilled')
})

test('captures that would make the same ids at once get ids of their own', async () => {
  const { ledger, unit } = await testLedger()
  const another = (n: number) =>
    aCapture({
      source: {
        type: 'article',
        title: 'The talks will fail',
        published: '2026-11-20',
        coverage: 'complete',
        url: `https://news.example/${n}`,
      },
    })
  const answers = await Promise.all([1, 2, 3].map((n) => log(ledger, unit, another(n))))
  expect(new Set(answers.map(({ logged }) => logged.source)).size).toBe(3)
  expect((await listForecasts(ledger.db, { analyst: 'lena-orlova' }, NOW, { limit: 50 })).items).toHaveLength(
    3,
  )
})

test('everything that is wrong is told at once, each at its place, and nothing is written', async () => {
  const draft = CaptureDraft.parse({
    source: { type: 'interview', title: 'T', published: '2027-03', url: 'nowhere' },
    text: TEXT,
    marks: [
      mark('a', 'The talks will fail', {
        kind: 'forecast',
        voice: 'headline',
        question: { title: 'T', deadline: { date: '2026-13-01', time_zone: 'UTC' } },
      }),
      mark('b', 'Nobody wants', { kind: 'untestable' }),
      mark('c', 'The talks will fail', { kind: 'duplicate', duplicate_of: 'd' }, 1),
      mark('d', 'the border', { kind: 'duplicate', duplicate_of: 'zz', timecode: 'noon' }),
      {
        id: 'e',
        start: 5,
        end: 99_999,
        kind: 'forecast',
        analyst: 'nobody-known',
        question: 'no-such-question',
        probability: 2,
      },
    ],
  })
  const pointers = (await wrongWith(draft)).map(({ pointer }) => pointer).sort()
  expect(pointers).toEqual([
    '/analyst',
    '/marks/0/probability',
    '/marks/0/question/criteria',
    '/marks/0/question/deadline/date',
    '/marks/0/voice',
    '/marks/1/reason',
    '/marks/2/duplicate_of',
    '/marks/3/duplicate_of',
    '/marks/4/analyst',
    '/marks/4/end',
    '/marks/4/probability',
    '/marks/4/question',
    '/source/coverage',
    '/source/url',
  ])
})

test('an empty capture says what it lacks', async () => {
  const problems = await wrongWith(CaptureDraft.parse({ source: {}, text: ' \n ', marks: [] }))
  expect(problems.map(({ pointer }) => pointer).sort()).toEqual([
    '/marks',
    '/source',
    '/source/coverage',
    '/text',
  ])
})

test('words that can mean almost anything are logged only when the editor accepts that', async () => {
  const vague = withMark(aCapture(), 'm2', { probability: { words: 'possibly' } })
  expect(await wrongWith(vague)).toEqual([
    { pointer: '/marks/0/accept_vague', message: expect.stringContaining('never scored') },
  ])
  const { ledger, unit } = await testLedger()
  const { logged } = await log(ledger, unit, withMark(vague, 'm2', { accept_vague: true }))
  expect((await findForecast(ledger.db, logged.statements[1] ?? ''))?.record.probability).toMatchObject({
    words: 'possibly',
  })
})

test('a band of the editor needs its reason', async () => {
  const own = { words: 'probably', low: 0.5, mid: 0.6, high: 0.7 }
  expect(
    (await wrongWith(withMark(aCapture(), 'm2', { probability: own }))).map(({ pointer }) => pointer),
  ).toEqual(['/marks/0/probability/because'])
  const { ledger, unit } = await testLedger()
  await log(
    ledger,
    unit,
    withMark(aCapture(), 'm2', { probability: { ...own, because: 'She said so before.' } }),
  )
})

test('a forecast looks forward', async () => {
  const held = await testLedger()
  const past = question('The talks fail', { deadline: { date: '2026-11-19', time_zone: 'UTC' } })
  expect(
    (await wrongWith(withMark(aCapture(), 'm2', { question: past }), held)).map(({ pointer }) => pointer),
  ).toEqual(['/marks/0/question/deadline/date'])
  await recordForecast(
    held.ledger,
    held.unit,
    aForecast({
      source: { title: 'Old', type: 'article', published: '2020' },
      question: { ...past, deadline: { date: '2026-11-01', time_zone: 'UTC' } },
    }),
  )
  const old = withMark(aCapture(), 'm2', { question: '2020-01-old_the-talks-fail' })
  expect((await wrongWith(old, held)).map(({ pointer }) => pointer)).toEqual(['/marks/0/question'])
  expect(
    (await wrongWith(withMark(aCapture(), 'm2', { said_on: '2026-12-01' }), held)).map(
      ({ pointer }) => pointer,
    ),
  ).toEqual(['/marks/0/said_on'])
})

test('what a mark was before it was changed is not logged', async () => {
  const { ledger, unit } = await testLedger()
  const { logged } = await log(
    ledger,
    unit,
    withMark(aCapture(), 'm4', { kind: 'untestable', reason: 'no_event', duplicate_of: 'm2' }),
  )
  expect((await findStatement(ledger.db, logged.statements[3] ?? ''))?.record).not.toHaveProperty(
    'duplicate_of',
  )
  expect((await listForecasts(ledger.db, {}, NOW, { limit: 50 })).items).toHaveLength(1)
})

test(
  'a thousand marks are one batch',
  async () => {
    const { ledger, unit } = await testLedger()
    const lines = Array.from({ length: 1000 }, (_, i) => `Remark number ${i} says nothing.`)
    const text = lines.join('\n')
    const marks = lines.map((line, i) =>
      mark(`m${i}`, line, { kind: 'untestable', reason: 'no_event' }, 0, text),
    )
    const { logged, seq } = await log(ledger, unit, aCapture({ text, marks }))
    expect(logged.untestable).toBe(1000)
    expect((await readHead(ledger.db)).seq).toBe(seq)
  },
  patient(20_000),
)
