import { describe, expect, it } from 'vitest'
import { retractForecast } from '../../src/ledger/forecast/withdraw-forecast.ts'
import { machineMember, SCHEDULER } from '../../src/ledger/members/membership.ts'
import { recordCondition } from '../../src/ledger/question/record-condition.ts'
import { disputeResolution } from '../../src/ledger/resolution/dispute-resolution.ts'
import { flagDue } from '../../src/ledger/resolution/flag-due.ts'
import { countDue, readDue } from '../../src/store/due.ts'
import { horizonOf } from '../../src/store/horizon.ts'
import { ask } from '../../src/store/query.ts'
import { type TestLedger, testLedger } from '../support/ledger.ts'
import { AFTERWARDS, aQuestion, confirm, log, metOn, propose } from '../support/steps.ts'

const asked = async (test: TestLedger, date: string, fields: Record<string, unknown> = {}) =>
  (await log(test, { question: aQuestion({ deadline: { date, time_zone: 'UTC' }, ...fields }) })).question
const condition = (date: string) => ({ text: 'An attack happens.', deadline: { date, time_zone: 'UTC' } })
const inbox = async (test: TestLedger) => {
  const { due, due_soon, proposed, disputed, next } = await readDue(test.ledger.db, test.unit.now)
  const ids = (items: { question: string }[]) => items.map(({ question }) => question)
  return {
    due: ids(due),
    due_soon: ids(due_soon),
    proposed: ids(proposed),
    disputed: ids(disputed),
    next: next?.question ?? null,
  }
}
const weeks = (instant: string, n: number) => new Date(Date.parse(instant) + n * 7 * 86_400_000).toISOString()
const flag = async (test: TestLedger) =>
  flagDue(test.ledger, { now: test.unit.now, by: await machineMember(test.ledger, SCHEDULER) })
const run = async (test: TestLedger, instant: string) => {
  test.at(instant)
  const { flagged, reminders } = await flag(test)
  return [flagged.map(({ what }) => what).join(), reminders]
}

describe('the inbox', () => {
  it('shows what is due, what is due soon, and the next thing after that, most urgent first', async () => {
    const test = await testLedger()
    const [far, soon, near, over] = [
      await asked(test, '2027-06-30'),
      await asked(test, '2026-12-05'),
      await asked(test, '2026-11-30'),
      await asked(test, '2026-11-21'),
    ]
    expect(await inbox(test)).toEqual({
      due: [over],
      due_soon: [near, soon],
      proposed: [],
      disputed: [],
      next: near,
    })
    expect(await ask(test.ledger.db, countDue(test.unit.now))).toBe(1)
    test.at('2026-12-20T00:00:00.000Z')
    expect(await inbox(test)).toEqual({
      due: [over, near, soon],
      due_soon: [],
      proposed: [],
      disputed: [],
      next: far,
    })
    expect(await ask(test.ledger.db, countDue(test.unit.now))).toBe(3)
  })

  it('says who is concerned and for how long it has waited', async () => {
    const test = await testLedger()
    const id = await asked(test, '2026-11-19')
    await flag(test)
    const { due } = await readDue(test.ledger.db, test.unit.now)
    expect(due).toMatchObject([
      {
        question: id,
        title: 'A new war begins',
        what: 'deadline',
        due_at: '2026-11-20T00:00:00.000Z',
        days_overdue: 2,
        flagged_at: '2026-11-22T10:00:00.000Z',
        analysts: [{ id: 'konstantin-kalachev', name: 'Konstantin Kalachev' }],
      },
    ])
  })

  it('shows a question whose condition has passed unmet, until it was met', async () => {
    const test = await testLedger()
    const id = await asked(test, '2027-06-30', { condition: condition('2026-11-21') })
    expect(await inbox(test)).toMatchObject({ due: [id], due_soon: [] })
    expect((await readDue(test.ledger.db, test.unit.now)).due).toMatchObject([
      { what: 'condition', due_at: '2026-11-22T00:00:00.000Z' },
    ])
    await recordCondition(test.ledger, test.unit, id, metOn('2026-11-20'))
    expect(await inbox(test)).toMatchObject({ due: [], due_soon: [], next: id })
    expect(await ask(test.ledger.db, countDue(test.unit.now))).toBe(0)
  })

  it('shows a condition that is due soon once, also when its question is', async () => {
    const test = await testLedger()
    const id = await asked(test, '2026-12-02', { condition: condition('2026-11-25') })
    expect(await inbox(test)).toMatchObject({ due: [], due_soon: [id] })
  })

  it('moves a question on as it is proposed, disputed and decided', async () => {
    const test = await testLedger()
    const id = await asked(test, '2026-12-31')
    test.at(AFTERWARDS)
    await propose(test, id)
    expect(await inbox(test)).toMatchObject({ due: [], proposed: [id], disputed: [] })
    await disputeResolution(test.ledger, test.unit, id, 'r1', { because: 'x' })
    expect(await inbox(test)).toMatchObject({ proposed: [], disputed: [id] })
    await propose(test, id, { supersedes: 'r1' })
    expect(await inbox(test)).toMatchObject({ proposed: [id], disputed: [] })
    await confirm(test, id, 'r2')
    expect(await inbox(test)).toEqual({ due: [], due_soon: [], proposed: [], disputed: [], next: null })
    await disputeResolution(test.ledger, test.unit, id, 'r2', { because: 'x' })
    expect(await inbox(test)).toMatchObject({ due: [], proposed: [], disputed: [id] })
  })
})

describe('reminders', () => {
  it('stop while a condition was met in time, and go on every week from the question’s own deadline', async () => {
    const test = await testLedger()
    const id = await asked(test, '2027-06-30', { condition: condition('2026-11-30') })
    const [first, own] = ['2026-12-01T00:00:00.000Z', '2027-07-01T00:00:00.000Z']
    expect(await run(test, first)).toEqual(['condition', 1])
    expect(await run(test, weeks(first, 1))).toEqual(['', 1])
    expect(await run(test, weeks(first, 1))).toEqual(['', 0])
    await recordCondition(test.ledger, test.unit, id, metOn('2026-11-20'))
    expect(await run(test, weeks(first, 2))).toEqual(['', 0])
    expect(await run(test, own)).toEqual(['deadline', 1])
    for (const n of [1, 2, 3]) expect(await run(test, weeks(own, n))).toEqual(['', 1])
  })

  it('stop when an outcome is proposed', async () => {
    const test = await testLedger()
    const id = await asked(test, '2026-12-31')
    const due = '2027-01-01T00:00:00.000Z'
    expect(await run(test, due)).toEqual(['deadline', 1])
    test.at(weeks(due, 1))
    await propose(test, id)
    expect(await run(test, weeks(due, 1))).toEqual(['', 0])
  })

  it('are one for a week, however many runs were missed', async () => {
    const test = await testLedger()
    await asked(test, '2026-12-31')
    const due = '2027-01-01T00:00:00.000Z'
    expect(await run(test, due)).toEqual(['deadline', 1])
    expect(await run(test, weeks(due, 9))).toEqual(['', 1])
  })

  it('are made for a deadline that passed before its forecast was logged', async () => {
    const test = await testLedger()
    await asked(test, '2026-11-10')
    expect(await run(test, '2026-11-22T10:00:00.000Z')).toEqual(['deadline', 1])
  })
})

describe('a question on which no forecast stands any more', () => {
  const counted = (test: TestLedger) => ask(test.ledger.db, countDue(test.unit.now))
  const because = { because: 'The deadline was typed wrongly.' }

  it('is in nobody’s way: not in the inbox, not counted, not flagged, not reminded of', async () => {
    const test = await testLedger()
    const over = { date: '2026-11-21', time_zone: 'UTC' }
    const first = await log(test, { question: aQuestion({ deadline: over }) })
    const other = { name: 'Another Voice' }
    const second = await log(test, { question: first.question, analyst: other, quote: 'No war, I say' })
    const soon = await log(test, {
      quote: 'it will hold',
      question: aQuestion({ title: 'It holds', deadline: { date: '2026-11-25', time_zone: 'UTC' } }),
    })
    await retractForecast(test.ledger, test.unit, first.id, because)
    expect([(await inbox(test)).due, await counted(test)]).toEqual([[first.question], 1])
    await retractForecast(test.ledger, test.unit, second.id, because)
    await retractForecast(test.ledger, test.unit, soon.id, because)
    expect(await inbox(test)).toEqual({ due: [], due_soon: [], proposed: [], disputed: [], next: null })
    expect(await counted(test)).toBe(0)
    expect(await run(test, '2027-03-01T00:00:00.000Z')).toEqual(['', 0])
  })

  it('stays away from its condition and from what was proposed, and gets no more reminders', async () => {
    const test = await testLedger()
    const conditional = await log(test, {
      question: aQuestion({
        deadline: { date: '2027-06-30', time_zone: 'UTC' },
        condition: condition('2026-11-21'),
      }),
    })
    const proposed = await log(test, {
      quote: 'it will hold',
      question: aQuestion({ title: 'It holds', deadline: { date: '2026-11-21', time_zone: 'UTC' } }),
    })
    expect(await run(test, '2026-11-23T00:00:00.000Z')).toEqual(['condition,deadline', 2])
    await propose(test, proposed.question, { known_on: '2026-11-22' })
    expect((await inbox(test)).proposed).toEqual([proposed.question])
    for (const { id } of [conditional, proposed]) await retractForecast(test.ledger, test.unit, id, because)
    expect(await inbox(test)).toEqual({ due: [], due_soon: [], proposed: [], disputed: [], next: null })
    expect(await run(test, '2026-12-23T00:00:00.000Z')).toEqual(['', 0])
  })

  it('is counted on no horizon, and stands on none; one on which another forecast stands does', async () => {
    const test = await testLedger()
    const [gone, kept] = [
      await log(test),
      await log(test, { quote: 'it will hold', question: aQuestion({ title: 'It holds' }) }),
    ]
    const other = await log(test, { question: kept.question, analyst: { name: 'Somebody Else' } })
    for (const { id } of [gone, kept]) await retractForecast(test.ledger, test.unit, id, because)
    const horizon = async (analyst?: string) => {
      const { all, items } = await ask(test.ledger.db, horizonOf(test.unit.now, analyst))
      return [all, ...items.map(({ question }) => question)]
    }
    expect(await horizon()).toEqual([1, other.question])
    expect(await horizon('somebody-else')).toEqual([1, other.question])
    expect(await horizon('konstantin-kalachev')).toEqual([0])
  })

  it('is due again once somebody’s forecast stands on it: the same words, logged again after a mistake', async () => {
    const test = await testLedger()
    const over = { question: aQuestion({ deadline: { date: '2026-11-21', time_zone: 'UTC' } }) }
    const first = await log(test, over)
    await retractForecast(test.ledger, test.unit, first.id, because)
    const again = await log(test, { question: first.question })
    expect(again.id).not.toBe(first.id)
    expect((await inbox(test)).due).toEqual([first.question])
  })
})
