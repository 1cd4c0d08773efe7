import { expect, test } from 'vitest'
import { recordForecast } from '../../src/ledger/forecast/record-forecast.ts'
import { readEvents } from '../../src/store/events.ts'
import { findForecast, findQuestion, findStatement } from '../../src/store/lookups.ts'
import { aCapture, mark, question, withMark } from '../support/capture.ts'
import { aForecast, testLedger } from '../support/ledger.ts'

import { log, SOURCE, wrongWith } from './logging.ts'

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
