import fc from 'fast-check'
import { expect, it } from 'vitest'
import { addDays } from '../../src/core/calendar.ts'
import { LedgerError } from '../../src/core/error.ts'
import { ForecastRequest, StatementRequest } from '../../src/core/forecast.ts'
import { commandOf } from '../../src/core/member.ts'
import { recordForecast } from '../../src/ledger/forecast/record-forecast.ts'
import { recordStatement } from '../../src/ledger/forecast/record-statement.ts'
import { retractForecast, withdrawForecast } from '../../src/ledger/forecast/withdraw-forecast.ts'
import type { Unit } from '../../src/ledger/ledger.ts'
import { foundLedger } from '../../src/ledger/members/membership.ts'
import { amendQuestion } from '../../src/ledger/question/amend-question.ts'
import { recordQuestion } from '../../src/ledger/question/record-question.ts'
import { confirmResolution } from '../../src/ledger/resolution/confirm-resolution.ts'
import { disputeResolution } from '../../src/ledger/resolution/dispute-resolution.ts'
import { proposeResolution } from '../../src/ledger/resolution/propose-resolution.ts'
import { ledgerOn } from '../../src/node/runtime.ts'
import { type Summarised, summarised } from '../../src/scoring/analysts.ts'
import { wholeRecord } from '../../src/scoring/whole-record.ts'
import type { Database } from '../../src/store/database.ts'
import { readAnalysts } from '../../src/store/documents/analysts.ts'
import { LOGGED, toLogged } from '../../src/store/logged-statements.ts'
import { resolutionsOf } from '../../src/store/lookups.ts'
import { migrate, rebuild } from '../../src/store/migrate.ts'
import { falseSummaries, refreshSummaries } from '../../src/store/summaries.ts'
import { toUnits, unitRows } from '../../src/store/units.ts'
import { memoryDatabase } from '../support/check-ledger.ts'

const FIRST = '2026-01-01'
const ANALYSTS = ['Ann', 'Bob', 'Cid']
const QUESTIONS = 4
const SAYINGS = [
  0.1,
  0.5,
  0.8,
  { low: 0.6, high: 0.9 },
  { words: 'likely' },
  { words: 'it might happen' },
  { words: 'no', categorical: 'no' },
]
const OUTCOMES = ['yes', 'no', 'ambiguous', 'annulled'] as const
const OUTLETS = ['Radio', 'Gazette', undefined]

const one = (most: number) => fc.nat({ max: most - 1 })
const command = fc.oneof(
  {
    weight: 7,
    arbitrary: fc.record({
      do: fc.constant('forecast' as const),
      who: one(3),
      question: one(QUESTIONS),
      saying: one(SAYINGS.length),
      ago: one(60),
    }),
  },
  {
    weight: 7,
    arbitrary: fc.record({
      do: fc.constant('decide' as const),
      question: one(QUESTIONS),
      outcome: one(4),
      ago: one(30),
      confirms: fc.boolean(),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('wait' as const), days: fc.integer({ min: 1, max: 90 }) }),
  },
  fc.record({ do: fc.constant('remark' as const), who: one(3), kind: one(2), forecast: one(8) }),
  fc.record({ do: fc.constant('confirm' as const), question: one(QUESTIONS) }),
  fc.record({ do: fc.constant('dispute' as const), question: one(QUESTIONS) }),
  fc.record({ do: fc.constant('withdraw' as const), forecast: one(8) }),
  fc.record({ do: fc.constant('retract' as const), forecast: one(8) }),
  fc.record({
    do: fc.constant('amend' as const),
    question: one(QUESTIONS),
    days: fc.integer({ min: 1, max: 200 }),
  }),
  fc.record({ do: fc.constant('refresh' as const) }),
)
type Command = typeof command extends fc.Arbitrary<infer T> ? T : never

/** What is done at once: verbs that arrive together share a batch. */
const group = fc.array(command, { minLength: 1, maxLength: 3 })

/** A ledger with some open questions, and the verbs on it with a present of their own. */
async function world(db: Database) {
  await migrate(db, new Date(`${FIRST}T08:00:00.000Z`))
  await rebuild(db, { afresh: false })
  const ledger = ledgerOn(db)
  let today = FIRST
  const present = () => new Date(`${today}T09:00:00.000Z`)
  const { id } = await foundLedger(ledger, present())
  const unit = (): Unit => ({ now: present(), by: commandOf({ id, role: 'admin' }) })
  const questions: string[] = []
  for (let n = 0; n < QUESTIONS; n++) {
    const deadline = { date: addDays(FIRST, 40 + 60 * n), time_zone: 'Asia/Yerevan' }
    const family = n < 2 ? { family: 'pair' } : {}
    const { event } = await recordQuestion(ledger, unit(), {
      title: `Event ${n}`,
      criteria: 'It is reported.',
      deadline,
      early: ['yes', 'no'],
      ...family,
      ...(n === 2
        ? { condition: { text: 'If it is held.', deadline: { date: addDays(FIRST, 70), time_zone: 'UTC' } } }
        : {}),
    })
    questions.push((event.payload as { id: string }).id)
  }
  const forecasts: string[] = []
  let remarks = 0
  const standing = async (question: string) =>
    (await resolutionsOf(db, question)).findLast((row) => row.superseded_by === null)

  async function carryOut(given: Command): Promise<unknown> {
    if (given.do === 'wait') today = addDays(today, given.days)
    if (given.do === 'wait') return
    if (given.do === 'refresh') return refreshSummaries(db, present(), 2)
    if (given.do === 'remark')
      return recordStatement(
        ledger,
        unit(),
        StatementRequest.parse({
          analyst: { name: ANALYSTS[given.who] },
          source: { title: `Talk ${given.who}`, type: 'interview', published: FIRST, coverage: 'complete' },
          quote: `Remark ${remarks++}`,
          ...(given.kind === 0 || forecasts[given.forecast] === undefined
            ? { kind: 'untestable', reason: 'motive' }
            : { kind: 'duplicate', duplicate_of: forecasts[given.forecast] }),
        }),
      )
    if (given.do === 'withdraw' || given.do === 'retract') {
      const forecast = forecasts[given.forecast]
      if (forecast === undefined) return
      const because = 'It was so.'
      return given.do === 'retract'
        ? retractForecast(ledger, unit(), forecast, { because })
        : withdrawForecast(ledger, unit(), forecast, { withdrawn_on: today, because })
    }
    const question = questions[given.question] as string
    if (given.do === 'forecast') {
      const said = addDays(today, -given.ago)
      const request = ForecastRequest.parse({
        analyst: { name: ANALYSTS[given.who] },
        source: {
          title: `Talk ${forecasts.length}`,
          type: 'interview',
          published: said,
          coverage: given.ago % 2 === 0 ? 'complete' : 'unstated',
          publisher: OUTLETS[given.ago % 3],
        },
        quote: `Saying number ${forecasts.length}`,
        question,
        probability: SAYINGS[given.saying],
      })
      const { event } = await recordForecast(ledger, unit(), request)
      return forecasts.push((event.payload as { id: string }).id)
    }
    if (given.do === 'amend')
      return amendQuestion(ledger, unit(), question, {
        deadline: { date: addDays(today, given.days), time_zone: 'UTC' },
        because: 'Clearer.',
      })
    const held = await standing(question)
    if (given.do === 'confirm') return held && confirmResolution(ledger, unit(), question, held.record.id)
    if (given.do === 'dispute')
      return held && disputeResolution(ledger, unit(), question, held.record.id, { because: 'Not so.' })
    const outcome = OUTCOMES[given.outcome] as string
    const { event } = await proposeResolution(ledger, unit(), question, {
      outcome,
      ...(outcome === 'annulled' ? { annulled_because: 'moot' as const } : {}),
      known_on: addDays(today, -given.ago),
      evidence: [{ url: 'https://example.com/', says: 'It is so.', accessed: today }],
      rationale: 'As reported.',
      because_early: 'It was plain.',
      ...(held === undefined ? {} : { supersedes: held.record.id }),
    })
    return given.confirms
      ? confirmResolution(ledger, unit(), question, (event.payload as { id: string }).id)
      : undefined
  }
  return { present, carryOut }
}

async function recomputed(db: Database, id: string, name: string, now: Date): Promise<Summarised> {
  const args = { analyst: id }
  const [rows = [], logged = []] = await db.readAll([
    unitRows('forecast.analyst = :analyst', args),
    { sql: `SELECT ${LOGGED} FROM statement WHERE analyst = :analyst`, args },
  ])
  const units = toUnits(rows, now).map(({ unit }) => unit)
  return JSON.parse(JSON.stringify(summarised({ id, name, units, ...toLogged(logged[0]) }, now)))
}

it('a kept summary of an analyst that still counts, and the record of all, equal their recomputation, whatever was done, in whatever order and at once', async () => {
  let kept = 0
  let scored = 0
  await fc.assert(
    fc.asyncProperty(fc.array(group, { minLength: 10, maxLength: 30 }), async (groups) => {
      const db = memoryDatabase()
      const { present, carryOut } = await world(db)
      const compare = async (now: Date) => {
        const rows = await db.read({
          sql: `SELECT summary.summary, summary.answers FROM analyst_summary AS summary JOIN analyst ON analyst.id = summary.analyst
            WHERE summary.seq = analyst.changed AND (summary.valid_until IS NULL OR summary.valid_until > :now)`,
          args: { now: now.toISOString() },
        })
        for (const row of rows) {
          const [summary, answers] = [row.summary, row.answers].map((text) => JSON.parse(String(text)))
          expect({ summary, answers }).toEqual(await recomputed(db, summary.id, summary.name, now))
          kept++
          scored += summary.scored
        }
        expect(await falseSummaries(db)).toEqual([])
        const { people, whole } = await readAnalysts(db, now)
        const afresh = []
        for (const { id, name, scored, claims } of people) {
          const { summary } = await recomputed(db, id, name, now)
          expect({ scored, claims }).toMatchObject({ scored: summary.scored, claims: summary.claims })
          afresh.push(summary)
        }
        expect(whole).toEqual(wholeRecord(afresh))
      }
      for (const together of groups) {
        const outcomes = await Promise.allSettled(together.map(carryOut))
        for (const outcome of outcomes)
          if (outcome.status === 'rejected' && !(outcome.reason instanceof LedgerError)) throw outcome.reason
        await compare(present())
      }
      for (const days of [30, 120, 500]) await compare(new Date(present().getTime() + days * 86_400_000))
      await db.close()
    }),
    { numRuns: 40, seed: 20261122, endOnFailure: true },
  )
  // The law must have had something to hold for.
  expect(kept).toBeGreaterThan(300)
  expect(scored).toBeGreaterThan(60)
})
