import fc from 'fast-check'
import { expect, it } from 'vitest'
import { addDays } from '../../src/core/calendar.ts'
import { LedgerError } from '../../src/core/error.ts'
import { ForecastRequest } from '../../src/core/forecast.ts'
import { commandOf } from '../../src/core/member.ts'
import { runFlagDue } from '../../src/jobs/flag-due.ts'
import { recordForecast } from '../../src/ledger/forecast/record-forecast.ts'
import { retractForecast, withdrawForecast } from '../../src/ledger/forecast/withdraw-forecast.ts'
import type { Unit } from '../../src/ledger/ledger.ts'
import { foundLedger } from '../../src/ledger/members/membership.ts'
import { recordQuestion } from '../../src/ledger/question/record-question.ts'
import { confirmResolution } from '../../src/ledger/resolution/confirm-resolution.ts'
import { proposeResolution } from '../../src/ledger/resolution/propose-resolution.ts'
import { ledgerOn } from '../../src/node/runtime.ts'
import { answersOf } from '../../src/scoring/answer.ts'
import type { Comparison } from '../../src/scoring/comparison.ts'
import { liveOnly } from '../../src/scoring/eligibility.ts'
import { pairsOf, rulingOn, rulingsOf } from '../../src/scoring/pair-rulings.ts'
import { rowsOf } from '../../src/scoring/scored-row.ts'
import type { Database } from '../../src/store/database.ts'
import { readAnalysts } from '../../src/store/documents/analysts.ts'
import { readComparison } from '../../src/store/documents/comparison.ts'
import { migrate, rebuild } from '../../src/store/migrate.ts'
import { arePairsTrue, refreshPairs } from '../../src/store/pairs.ts'
import { toUnits, unitRows } from '../../src/store/units.ts'
import { memoryDatabase } from '../support/check-ledger.ts'

const FIRST = '2026-01-01'
const ANALYSTS = ['Ann', 'Bob', 'Cid', 'Dee']
const QUESTIONS = 14
const DEADLINE = addDays(FIRST, 60)
/** As somebody may say of a question: some are bold, some are not, some use words. */
const SAYINGS = [
  0.05,
  0.3,
  0.5,
  0.7,
  0.95,
  { low: 0.6, high: 0.9 },
  { words: 'likely' },
  { words: 'unlikely' },
]

const [NEVER, SURE] = [0, 4]

const one = (most: number) => fc.nat({ max: most - 1 })
const command = fc.oneof(
  fc.record({ do: fc.constant('say again' as const), who: one(4), question: one(QUESTIONS), saying: one(8) }),
  fc.record({ do: fc.constant('decide' as const), question: one(QUESTIONS), outcome: one(2), ago: one(3) }),
  fc.record({ do: fc.constant('withdraw' as const), forecast: one(4 * QUESTIONS) }),
  fc.record({ do: fc.constant('retract' as const), forecast: one(4 * QUESTIONS) }),
  fc.record({ do: fc.constant('wait' as const), days: fc.integer({ min: 1, max: 40 }) }),
  fc.record({ do: fc.constant('refresh' as const) }),
)
type Command = typeof command extends fc.Arbitrary<infer T> ? T : never
/** Who says what of every question at first, and what becomes of it. */
const world = fc.record({
  sayings: fc.array(fc.array(one(8), { minLength: QUESTIONS, maxLength: QUESTIONS }), {
    minLength: 4,
    maxLength: 4,
  }),
  outcomes: fc.array(fc.boolean(), { minLength: QUESTIONS, maxLength: QUESTIONS }),
  /** Of so many of the questions Ann knows what will be, and Bob the contrary. */
  known: fc.integer({ min: 10, max: QUESTIONS }),
  commands: fc.array(command, { minLength: 5, maxLength: 8 }),
})

type World = typeof world extends fc.Arbitrary<infer T> ? T : never

async function begun(db: Database, { sayings, outcomes, known }: Omit<World, 'commands'>) {
  await migrate(db, new Date(`${FIRST}T08:00:00.000Z`))
  await rebuild(db, { afresh: false })
  const ledger = ledgerOn(db)
  let today = FIRST
  const present = () => new Date(`${today}T09:00:00.000Z`)
  const { id } = await foundLedger(ledger, present())
  const unit = (): Unit => ({ now: present(), by: commandOf({ id, role: 'admin' }) })
  const questions: string[] = []
  const forecasts: string[] = []
  const say = async (who: number, question: number, saying: number) => {
    const request = ForecastRequest.parse({
      analyst: { name: ANALYSTS[who] },
      source: {
        title: `Talk ${forecasts.length}`,
        type: 'interview',
        published: today,
        coverage: 'complete',
      },
      quote: `Saying number ${forecasts.length}`,
      question: questions[question],
      probability: SAYINGS[saying],
    })
    const { event } = await recordForecast(ledger, unit(), request)
    forecasts.push((event.payload as { id: string }).id)
  }
  const decide = async (question: number, outcome: boolean, ago: number) => {
    const id = questions[question] as string
    const { event } = await proposeResolution(ledger, unit(), id, {
      outcome: outcome ? 'yes' : 'no',
      known_on: addDays(today, -ago),
      evidence: [{ url: 'https://example.com/', says: 'It is so.', accessed: today }],
      rationale: 'As reported.',
      because_early: 'It was plain.',
    })
    await confirmResolution(ledger, unit(), id, (event.payload as { id: string }).id)
  }
  for (let n = 0; n < QUESTIONS; n++) {
    const { event } = await recordQuestion(ledger, unit(), {
      title: `Event ${n}`,
      criteria: 'It is reported.',
      // Some are due later than others, so that what was decided early begins to count by and by.
      deadline: { date: addDays(DEADLINE, n % 3 === 0 ? 30 : 0), time_zone: 'UTC' },
      early: ['yes', 'no'],
      ...(n < 2 ? { family: 'a-development' } : {}),
    })
    questions.push((event.payload as { id: string }).id)
  }
  for (const [who, said] of sayings.entries())
    for (const [question, saying] of said.entries()) {
      const isRight = who < 2 && question < known ? outcomes[question] === (who === 0) : null
      await say(who, question, isRight === null ? saying : isRight ? SURE : NEVER)
    }
  today = addDays(DEADLINE, 1)
  for (const [question, outcome] of outcomes.entries())
    if (question % 7 !== 6) await decide(question, outcome, 0)

  async function carryOut(given: Command): Promise<unknown> {
    if (given.do === 'wait') today = addDays(today, given.days)
    if (given.do === 'say again') return say(given.who, given.question, given.saying)
    if (given.do === 'decide') return decide(given.question, given.outcome === 1, given.ago)
    if (given.do === 'refresh') return runFlagDue(ledger, present())
    const because = 'It was so.'
    if (given.do === 'withdraw')
      return withdrawForecast(ledger, unit(), forecasts[given.forecast] as string, {
        withdrawn_on: today,
        because,
      })
    if (given.do === 'retract')
      return retractForecast(ledger, unit(), forecasts[given.forecast] as string, { because })
    return
  }
  return { present, carryOut }
}

/** Every pair of the ledger from nothing: what the kept ones must come to. */
async function fromNothing(db: Database, ids: readonly string[], now: Date) {
  const people = []
  for (const id of [...ids].sort()) {
    const rows = await db.read(unitRows('forecast.analyst = :analyst', { analyst: id }))
    const units = toUnits(rows, now).map(({ unit }) => unit)
    people.push({ id, answers: answersOf(rowsOf(liveOnly(units), now)) })
  }
  return JSON.parse(JSON.stringify(rulingsOf(pairsOf(people))))
}

it('the list and the comparison say the same of every pair, and what is kept of them is what the forecasts give', async () => {
  const seen = { tested: 0, apart: 0, pointing: 0, untested: 0, refreshed: 0 }
  await fc.assert(
    fc.asyncProperty(world, async ({ commands, ...start }) => {
      const db = memoryDatabase()
      const { present, carryOut } = await begun(db, start)
      const agree = async (now: Date) => {
        const { people, pairs } = await readAnalysts(db, now)
        const ids = people.map(({ id }) => id)
        const rulings = await fromNothing(db, ids, now)
        expect(pairs.tested).toBe(rulings.tested)
        expect(await arePairsTrue(db)).toBe(true)
        const listed = new Map(
          [...pairs.told_apart, ...pairs.points_to].map((line) => [`${line.a} ${line.b}`, line.sentence]),
        )
        for (const [i, a] of ids.entries())
          for (const b of ids.slice(i + 1)) {
            const compared = (await readComparison(db, a, b, now)) as Comparison
            const ruling = rulingOn(rulings, a, b)
            const { told_apart, points_to } = compared.ruling
            expect([told_apart, points_to, compared.ruling.p_holm]).toEqual([
              ruling?.told_apart ?? false,
              ruling?.points_to ?? false,
              ruling?.p_holm ?? null,
            ])
            // Whoever the list names, the page says in the same words; and nobody else.
            expect(listed.get([a, b].sort().join(' '))).toBe(
              told_apart || points_to ? compared.verdict : undefined,
            )
            if (!told_apart && !points_to)
              expect(compared.verdict).toMatch(/cannot be told apart|no decided question/u)
            if (ruling === null) seen.untested++
            else seen.tested++
            if (told_apart) seen.apart++
            if (points_to) seen.pointing++
          }
      }
      await agree(present())
      for (const given of commands) {
        await carryOut(given).catch((error: unknown) => {
          if (!(error instanceof LedgerError)) throw error
        })
        await agree(present())
      }
      for (const days of [30, 400]) await agree(new Date(present().getTime() + days * 86_400_000))
      if (await refreshPairs(db, present())) seen.refreshed++
      await agree(present())
      await db.close()
    }),
    { numRuns: 6, seed: 20261127, endOnFailure: true },
  )
  // The law must have had something to hold for.
  for (const [what, n] of Object.entries(seen)) expect(n, what).toBeGreaterThan(0)
})
