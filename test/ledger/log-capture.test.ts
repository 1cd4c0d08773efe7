import { expect, test } from 'vitest'
import { CaptureDraft } from '../../src/core/capture.ts'
import type { Problem } from '../../src/core/error.ts'
import { normalisedText } from '../../src/core/normalised-text.ts'
import { logCapture } from '../../src/ledger/capture/log-capture.ts'
import { saveCapture, unfinishedCapture } from '../../src/ledger/capture/save-capture.ts'
import { recordForecast } from '../../src/ledger/forecast/record-forecast.ts'
import type { Ledger, Unit } from '../../src/ledger/ledger.ts'
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
import { aCapture, mark, question, TEXT, withMark } from '../support/capture.ts'
import { aForecast, NOW, testLedger } from '../support/ledger.ts'

const SOURCE = '2026-11-the-talks-will-fail'

const log = async (ledger: Ledger, unit: Unit, draft: CaptureDraft) =>
  logCapture(ledger, unit, (await saveCapture(ledger, unit, draft)).id)

/** What is wrong with a capture; nothing of it may have been written, and it must still be there. */
async function wrongWith(
  draft: CaptureDraft,
  held?: Awaited<ReturnType<typeof testLedger>>,
): Promise<Problem[]> {
  const { ledger, unit } = held ?? (await testLedger())
  const saved = await saveCapture(ledger, unit, draft)
  const before = await readHead(ledger.db)
  const outcome = await logCapture(ledger, unit, saved.id).catch((error: unknown) => error)
  expect(outcome).toMatchObject({ code: 'invalid' })
  expect(await readHead(ledger.db)).toEqual(before)
  expect(await unfinishedCapture(ledger, saved.id)).toEqual(saved)
  return [...(outcome as { problems: Problem[] }).problems]
}

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

test('the source must say whether it was read as a whole', async () => {
  const source = { type: 'interview', title: 'T', published: '2026-11-20' }
  for (const coverage of [undefined, '', 'unstated'])
    expect(await wrongWith(aCapture({ source: { ...source, coverage } }))).toEqual([
      { pointer: '/source/coverage', message: expect.stringContaining('complete') },
    ])
  expect(
    (await wrongWith(aCapture({ source: { ...source, coverage: 'selected' } }))).map(
      ({ pointer }) => pointer,
    ),
  ).toEqual(['/source/selected_because'])
  const { ledger, unit } = await testLedger()
  await log(
    ledger,
    unit,
    aCapture({
      source: { ...source, coverage: 'selected', selected_because: 'Only what concerns the talks.' },
    }),
  )
})

test('who says that every forecast is logged has decided on every passage that looks like one', async () => {
  const undecided = aCapture({ ignored: [], marks: aCapture().marks.filter(({ id }) => id !== 'm4') })
  expect(await wrongWith(undecided)).toEqual([
    {
      pointer: '/source/coverage',
      message: expect.stringMatching(
        /^3 passages .* neither marked nor left, from “The talks will fail, she says.” on: .*ignored.*selected/u,
      ),
    },
  ])
  const left = ['The talks will fail, she', 'the border will be closed', 'the mediators may'].map((words) => {
    const start = normalisedText(TEXT).indexOf(words)
    return { start, end: start + words.length }
  })
  expect(await wrongWith({ ...undecided, ignored: left.slice(1) })).toMatchObject([
    { message: expect.stringMatching(/^one passage /u) },
  ])
  const chosen = {
    ...(undecided.source as object),
    coverage: 'selected',
    selected_because: 'The talks only.',
  }
  for (const decided of [
    { ...undecided, ignored: left },
    { ...undecided, source: chosen },
  ]) {
    const { ledger, unit } = await testLedger()
    expect((await log(ledger, unit, decided)).logged.forecasts).toBe(1)
  }
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

test('a quote must be what stands at its place, but for what […] leaves out', async () => {
  const { ledger, unit } = await testLedger()
  const around = mark(
    'm2',
    'The talks will probably fail before the end of the year,” she told us. “Nobody wants to pay for peace.',
    { kind: 'untestable' },
  )
  const quoted = (exact: string) =>
    withMark(aCapture(), 'm2', { start: around.start, end: around.end, exact })
  for (const exact of [
    'The talks will surely fail',
    'The talks […] succeed',
    '[…]',
    'Nobody wants […] The talks will probably fail',
  ])
    expect((await wrongWith(quoted(exact))).map(({ pointer }) => pointer)).toEqual(['/marks/0/exact'])
  const { logged } = await log(ledger, unit, quoted('The talks will probably fail […] Nobody wants to pay'))
  expect((await findStatement(ledger.db, logged.statements[1] ?? ''))?.record).toMatchObject({
    quote: { exact: 'The talks will probably fail […] Nobody wants to pay' },
    checked: 'found',
  })
})

test('a text that was changed under its marks is found out', async () => {
  const draft = withMark(aCapture(), 'm3', { exact: 'Nobody wants to pay for peace.' })
  expect(await wrongWith({ ...draft, text: `An editor’s note. ${TEXT}` })).toContainEqual({
    pointer: '/marks/2/exact',
    message: expect.stringContaining('is not what stands here'),
  })
})

test('words that stand twice keep enough around them to be told apart', async () => {
  const { ledger, unit } = await testLedger()
  const draft = aCapture()
  const second = mark(
    'm5',
    'The talks will fail',
    { kind: 'duplicate', voice: 'paraphrase', duplicate_of: 'm2' },
    1,
  )
  const { logged } = await log(ledger, unit, { ...draft, marks: [...draft.marks, second] })
  const records = await Promise.all(logged.statements.slice(0, 2).map((id) => findStatement(ledger.db, id)))
  expect(
    records.map((held) => [held?.record.quote.exact, held?.record.quote.start, held?.record.checked]),
  ).toEqual([
    ['The talks will fail', 0, 'found'],
    ['The talks will fail', second.start, 'found'],
  ])
})

test('an analyst is matched by name, in the ledger and within the capture, and nobody is recorded twice', async () => {
  const { ledger, unit } = await testLedger()
  await recordForecast(ledger, unit, aForecast({ analyst: { name: 'Lena Orlova', aliases: ['L. Orlova'] } }))
  const draft = withMark(aCapture({ analyst: { name: 'l. ORLOVA' } }), 'm3', {
    analyst: { name: 'TOMAS REIS' },
  })
  await log(ledger, unit, draft)
  const events = await readEvents(ledger.db, 0, 100)
  expect(events.filter(({ type }) => type === 'analyst.recorded')).toHaveLength(2)
  expect((await findStatement(ledger.db, `${SOURCE}_nobody-wants-to-pay-for-peace`))?.record.analyst).toBe(
    'tomas-reis',
  )
})

test('two speakers can share one question, and a recorded question can be answered', async () => {
  const { ledger, unit } = await testLedger()
  await recordForecast(ledger, unit, aForecast())
  const asked = '2026-11-an-interview_a-new-war-begins'
  const draft = withMark(withMark(aCapture(), 'm4', { question: '#m2' }), 'm3', {
    kind: 'forecast',
    reason: undefined,
    question: asked,
    probability: 0.1,
  })
  const { logged } = await log(ledger, unit, draft)
  expect(logged.forecasts).toBe(3)
  const questions = await Promise.all(logged.statements.slice(1).map((id) => findForecast(ledger.db, id)))
  expect(questions.map((held) => held?.record.question)).toEqual([
    `${SOURCE}_the-talks-fail`,
    asked,
    `${SOURCE}_the-talks-fail`,
  ])
  expect(
    (await wrongWith(withMark(aCapture(), 'm4', { question: '#m3' }))).map(({ pointer }) => pointer),
  ).toEqual(['/marks/3/question'])
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

test('a recorded source takes more passages of the same text, and none of another', async () => {
  const held = await testLedger()
  const { ledger, unit } = held
  await log(ledger, unit, aCapture())
  const more = (changes: Record<string, unknown> = {}) =>
    CaptureDraft.parse({
      source: SOURCE,
      text: TEXT,
      analyst: 'tomas-reis',
      marks: [
        mark('a', 'the mediators may come back', { kind: 'untestable', reason: 'no_event' }),
        mark('b', 'If they fail', { kind: 'duplicate', duplicate_of: `${SOURCE}_the-border-is-closed` }),
      ],
      ...changes,
    })
  const { logged } = await log(ledger, unit, more({ text: TEXT.replaceAll(' ', '  ') }))
  expect(logged).toMatchObject({ source: SOURCE, untestable: 1, duplicates: 1 })
  const another = await wrongWith(more({ text: `${TEXT} And more.` }), held)
  expect(another.map(({ pointer }) => pointer)).toContain('/text')
  expect((await wrongWith(more({ source: 'no-such-source' }), held)).map(({ pointer }) => pointer)).toContain(
    '/source',
  )
  const sameAddress = await wrongWith(aCapture(), held)
  expect(sameAddress).toEqual([{ pointer: '/source/url', message: expect.stringContaining(SOURCE) }])
})

test('a recorded source without a text takes passages unchecked', async () => {
  const { ledger, unit } = await testLedger()
  await recordForecast(ledger, unit, aForecast())
  const draft = CaptureDraft.parse({
    source: '2026-11-an-interview',
    text: TEXT,
    analyst: 'konstantin-kalachev',
    marks: [mark('a', 'Nobody wants to pay for peace.', { kind: 'untestable', reason: 'motive' })],
  })
  const { logged } = await log(ledger, unit, draft)
  expect((await findStatement(ledger.db, logged.statements[0] ?? ''))?.record.checked).toBe('unchecked')
  expect(await findSourceText(ledger.db, '2026-11-an-interview')).toBeNull()
})

test('a thousand marks are one batch', async () => {
  const { ledger, unit } = await testLedger()
  const lines = Array.from({ length: 1000 }, (_, i) => `Remark number ${i} says nothing.`)
  const text = lines.join('\n')
  const marks = lines.map((line, i) =>
    mark(`m${i}`, line, { kind: 'untestable', reason: 'no_event' }, 0, text),
  )
  const { logged, seq } = await log(ledger, unit, aCapture({ text, marks }))
  expect(logged.untestable).toBe(1000)
  expect((await readHead(ledger.db)).seq).toBe(seq)
}, 20_000)

test('passages of one capture become a ladder, whose family is one', async () => {
  const { ledger, unit } = await testLedger()
  const failing = question('The talks fail')
  const lower = withMark(aCapture(), 'm2', { question: { ...failing, implies: '' } })
  const closed = question('The border is closed', { implies: '#m2' })
  await log(ledger, unit, withMark(lower, 'm4', { question: closed }))
  const [fails, closes] = await Promise.all(
    ['the-talks-fail', 'the-border-is-closed'].map((id) => findQuestion(ledger.db, `${SOURCE}_${id}`)),
  )
  expect(fails?.record).toMatchObject({ family: 'the-talks-fail' })
  expect(closes?.record).toMatchObject({ family: 'the-talks-fail', implies: fails?.record.id })
})

test('a rung implies what the passage it names answers, also where that shares the question of another', async () => {
  const { ledger, unit } = await testLedger()
  const sharing = aCapture({
    marks: [
      ...aCapture().marks,
      mark('m5', 'But the mediators may come back.', {
        kind: 'forecast',
        question: '#m2',
        analyst: { name: 'Tomas Reis' },
        probability: { words: 'probably' },
      }),
    ],
  })
  const closed = question('The border is closed', { implies: '#m5' })
  await log(ledger, unit, withMark(sharing, 'm4', { question: closed }))
  const closes = await findQuestion(ledger.db, `${SOURCE}_the-border-is-closed`)
  expect(closes?.record).toMatchObject({ family: 'the-talks-fail', implies: `${SOURCE}_the-talks-fail` })
})

test('a ladder joins the family that a recorded question or another passage names', async () => {
  const held = await testLedger()
  const { ledger, unit } = held
  const asked = question('Peace is signed', { family: 'peace' })
  const { event } = await recordForecast(ledger, unit, aForecast({ question: asked }))
  const { question: recorded } = event.payload as { question: string }
  const onRecord = withMark(aCapture(), 'm4', {
    question: question('The border is closed', { implies: recorded }),
  })
  await log(ledger, unit, onRecord)
  expect((await findQuestion(ledger.db, `${SOURCE}_the-border-is-closed`))?.record).toMatchObject({
    implies: recorded,
    family: 'peace',
  })
  const unfit = withMark(aCapture({ source: SOURCE }), 'm4', {
    question: question('The border is shut', { implies: '#m9' }),
  })
  expect(await wrongWith(unfit, held)).toContainEqual(
    expect.objectContaining({ pointer: '/marks/3/question/implies' }),
  )
})

test('a capture says of one question by one speaker one thing; again is a duplicate, here and beside what is logged', async () => {
  const twice = aCapture({
    marks: [
      ...aCapture().marks,
      mark('m5', 'The talks will fail, she says', {
        kind: 'forecast',
        question: '#m2',
        probability: { words: 'will fail' },
      }),
    ],
  })
  expect(await wrongWith(twice)).toEqual([
    {
      pointer: '/marks/0/question',
      message:
        'is answered by the same analyst in “The talks will fail, she says” already: mark this passage as a duplicate of that one',
    },
  ])

  const held = await testLedger()
  await log(held.ledger, held.unit, aCapture())
  const again = aCapture({
    source: SOURCE,
    analyst: 'lena-orlova',
    marks: [
      mark('m1', 'The talks will fail, she says', {
        kind: 'forecast',
        question: `${SOURCE}_the-talks-fail`,
        probability: { words: 'will fail' },
      }),
    ],
  })
  const [problem] = await wrongWith(again, held)
  expect(problem?.pointer).toBe('/marks/0/question')
  expect(problem?.message).toContain(`duplicate_of "${SOURCE}_the-talks-fail"`)
})

test('passages that the source holds already are not logged a second time, and others of it are', async () => {
  const held = await testLedger()
  const { ledger, unit } = held
  await log(ledger, unit, aCapture())
  const again = aCapture({ source: SOURCE })
  const problems = await wrongWith(again, held)
  expect(problems.map(({ pointer }) => pointer)).toEqual(
    expect.arrayContaining(['/marks/0', '/marks/2', '/marks/3']),
  )
  for (const { message } of problems) expect(message).toContain(`is recorded already, as ${SOURCE}_`)
  const marks = [mark('m9', 'the mediators may come back.', { kind: 'untestable', reason: 'no_event' })]
  const { logged } = await log(ledger, unit, aCapture({ source: SOURCE, marks }))
  expect(logged).toMatchObject({ source: SOURCE, untestable: 1 })
})
