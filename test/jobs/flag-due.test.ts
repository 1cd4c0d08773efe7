import { readFileSync } from 'node:fs'
import { validate } from 'node-cron'
import { describe, expect, it } from 'vitest'
import { runFlagDue } from '../../src/jobs/flag-due.ts'
import { clock, timetable } from '../../src/jobs/timetable.ts'
import { recordForecast } from '../../src/ledger/forecast/record-forecast.ts'
import { amendQuestion } from '../../src/ledger/question/amend-question.ts'
import { recordQuestion } from '../../src/ledger/question/record-question.ts'
import { confirmResolution } from '../../src/ledger/resolution/confirm-resolution.ts'
import { proposeResolution } from '../../src/ledger/resolution/propose-resolution.ts'
import { readDue } from '../../src/store/due.ts'
import { readEvents } from '../../src/store/events.ts'
import { aForecast, type TestLedger, testLedger } from '../support/ledger.ts'
import { openAnother } from './another.ts'

const flagEntries = async ({ ledger }: TestLedger) =>
  (await readEvents(ledger.db, 0, 10_000)).filter((event) => event.type === 'questions.flagged')
const outbox = async ({ ledger }: TestLedger) =>
  ledger.db.read({ sql: 'SELECT question, deadline_rev, period FROM outbox ORDER BY period' })

const rain = {
  title: 'It rains',
  criteria: 'At least 1 mm is measured.',
  deadline: { date: '2026-12-31', time_zone: 'Asia/Yerevan' },
}
const AFTER = '2026-12-31T20:00:00.000Z' // midnight in Yerevan
const weeksAfter = (weeks: number) => new Date(Date.parse(AFTER) + weeks * 7 * 86_400_000)

async function withQuestion() {
  const t = await testLedger()
  const { event } = await recordForecast(t.ledger, t.unit, aForecast({ question: rain }))
  return { t, id: (event.payload as { question: string }).question }
}

describe('the job', () => {
  it('flags a question from the end of its deadline day in its own zone, and not a millisecond before', async () => {
    const { t, id } = await withQuestion()
    expect(await runFlagDue(t.ledger, new Date(Date.parse(AFTER) - 1))).toEqual({ flagged: [], reminders: 0 })
    expect(await runFlagDue(t.ledger, new Date(AFTER))).toEqual({
      flagged: [{ id, what: 'deadline' }],
      reminders: 1,
    })
    expect((await readDue(t.ledger.db, new Date(AFTER))).due).toMatchObject([
      { question: id, flagged_at: AFTER, times_notified: 1 },
    ])
  })

  it('flags once for a deadline, however often it runs', async () => {
    const { t } = await withQuestion()
    for (const minutes of [0, 5, 10])
      await runFlagDue(t.ledger, new Date(Date.parse(AFTER) + minutes * 60_000))
    expect(await flagEntries(t)).toHaveLength(1)
    expect(await outbox(t)).toHaveLength(1)
  })

  it('flags an amended deadline at its new end only', async () => {
    const { t, id } = await withQuestion()
    await amendQuestion(t.ledger, t.unit, id, {
      because: 'The speaker named January.',
      deadline: { ...rain.deadline, date: '2027-01-31' },
    })
    expect((await runFlagDue(t.ledger, new Date(AFTER))).flagged).toEqual([])
    expect((await runFlagDue(t.ledger, new Date('2027-01-31T20:00:00.000Z'))).flagged).toEqual([
      { id, what: 'deadline' },
    ])
    const [entry] = await flagEntries(t)
    expect(entry?.payload).toEqual({ questions: [{ id, deadline_rev: 1, what: 'deadline' }] })
  })

  it('flags a condition at its own deadline, and the question later', async () => {
    const t = await testLedger()
    const condition = {
      text: 'An attack with a confirmed death happens.',
      deadline: { date: '2026-12-01', time_zone: 'Asia/Yerevan' },
    }
    const { event } = await recordForecast(t.ledger, t.unit, aForecast({ question: { ...rain, condition } }))
    const id = (event.payload as { question: string }).question
    expect((await runFlagDue(t.ledger, new Date('2026-12-01T20:00:00.000Z'))).flagged).toEqual([
      { id, what: 'condition' },
    ])
    expect((await runFlagDue(t.ledger, new Date(AFTER))).flagged).toEqual([{ id, what: 'deadline' }])
  })

  it('catches up after downtime, in one entry', async () => {
    const t = await testLedger()
    for (const day of ['01', '10', '20'])
      await recordQuestion(t.ledger, t.unit, {
        ...rain,
        title: `Rain on ${day}`,
        deadline: { date: `2026-12-${day}`, time_zone: 'UTC' },
      })
    const { flagged } = await runFlagDue(t.ledger, new Date('2027-03-01T00:00:00.000Z'))
    expect(flagged).toHaveLength(3)
    expect(await flagEntries(t)).toHaveLength(1)
  })

  it('flags once when two programs run it at the same moment', async () => {
    const { t, id } = await withQuestion()
    const other = await openAnother(t)
    const results = await Promise.all(
      [t.ledger, other, t.ledger, other].map((ledger) => runFlagDue(ledger, new Date(AFTER))),
    )
    expect(results.flatMap(({ flagged }) => flagged)).toEqual([{ id, what: 'deadline' }])
    expect(results.reduce((sum, { reminders }) => sum + reminders, 0)).toBe(1)
    expect(await flagEntries(t)).toHaveLength(1)
  })

  it('splits more than a thousand into several entries', async () => {
    const t = await testLedger()
    const questions = Array.from({ length: 1_003 }, (_, i) => ({ ...rain, title: `Event ${i}` }))
    await Promise.all(questions.map((question) => recordQuestion(t.ledger, t.unit, question)))
    const { flagged, reminders } = await runFlagDue(t.ledger, new Date(AFTER))
    expect(new Set(flagged.map(({ id }) => id)).size).toBe(1_003)
    expect(reminders).toBe(1_003)
    expect((await flagEntries(t)).map(({ refs }) => refs.length)).toEqual([1_000, 3])
  })

  it('reminds once a week until somebody decides', async () => {
    const { t, id } = await withQuestion()
    await runFlagDue(t.ledger, new Date(AFTER))
    const reminders = []
    for (const weeks of [0.5, 1, 1.5, 2, 2, 5])
      reminders.push((await runFlagDue(t.ledger, weeksAfter(weeks))).reminders)
    expect(reminders).toEqual([0, 1, 0, 1, 0, 1])
    t.at(weeksAfter(5).toISOString())
    await proposeResolution(t.ledger, t.unit, id, {
      outcome: 'no',
      known_on: '2027-01-01',
      evidence: [{ url: 'https://example.com/rain', says: 'It stayed dry.', accessed: '2027-01-02' }],
      rationale: 'Nothing was measured.',
    })
    expect((await runFlagDue(t.ledger, weeksAfter(6))).reminders).toBe(0)
    await confirmResolution(t.ledger, t.unit, id, 'r1')
    expect((await runFlagDue(t.ledger, weeksAfter(9))).reminders).toBe(0)
  })

  it('reminds again when seven days have passed, and on no day before', async () => {
    const { t } = await withQuestion()
    const runAt = async (days: number, seconds = 0) =>
      (await runFlagDue(t.ledger, new Date(Date.parse(AFTER) + days * 86_400_000 + seconds * 1_000)))
        .reminders
    expect(await runAt(0)).toBe(1)
    for (const day of [1, 2, 3, 4, 5, 6, 6.5]) expect([day, await runAt(day)]).toEqual([day, 0])
    expect(await runAt(7, -1)).toBe(0)
    expect(await runAt(7)).toBe(1)
    expect(await runAt(14, -1)).toBe(0)
    expect(await runAt(14)).toBe(1)
  })

  it('never resolves anything', async () => {
    const { t, id } = await withQuestion()
    await runFlagDue(t.ledger, weeksAfter(200))
    const [row] = await t.ledger.db.read({
      sql: 'SELECT outcome, pending FROM question WHERE id = :id',
      args: { id },
    })
    expect(row).toMatchObject({ outcome: null, pending: null })
    const types = new Set((await readEvents(t.ledger.db, 0, 10_000)).map(({ type }) => type))
    expect([...types].filter((type) => type.startsWith('resolution'))).toEqual([])
  })
})

describe('the timetable', () => {
  it('is of expressions that node-cron understands, and that mean the same everywhere', () => {
    for (const { cron } of timetable) {
      expect(validate(cron)).toBe(true)
      const [, , dayOfMonth, , dayOfWeek] = cron.split(' ')
      expect([dayOfMonth, dayOfWeek]).toContain('*')
    }
  })

  it('is what wrangler.toml asks of Cloudflare, whose clock is UTC', () => {
    const crons =
      /^crons = (\[.*\])$/mu.exec(
        readFileSync(new URL('../../wrangler.toml', import.meta.url), 'utf8'),
      )?.[1] ?? '[]'
    expect(JSON.parse(crons)).toEqual([...new Set(timetable.map(({ cron }) => cron))])
  })

  it('is kept in UTC and without overlap', () => {
    expect(clock).toEqual({ timezone: 'UTC', noOverlap: true })
  })
})
