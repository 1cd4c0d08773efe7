import { expect, test } from 'vitest'
import { CaptureDraft } from '../../src/core/capture.ts'
import { normalisedText } from '../../src/core/normalised-text.ts'
import { recordForecast } from '../../src/ledger/forecast/record-forecast.ts'
import { findSourceText, findStatement } from '../../src/store/lookups.ts'
import { aCapture, mark, TEXT, withMark } from '../support/capture.ts'
import { aForecast, testLedger } from '../support/ledger.ts'

import { log, SOURCE, wrongWith } from './logging.ts'

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
