import fc from 'fast-check'
import { expect, it } from 'vitest'
import { addDays, dueAt } from '../../src/core/calendar.ts'
import type { Draft } from '../../src/core/entry.ts'
import { OBJECTION_HOURS } from '../../src/core/objection.ts'
import type { Question } from '../../src/core/question.ts'
import { NOTHING, type Outcome } from '../../src/core/resolution.ts'
import { isDueSoon, needsDecisionAt, type Standing, stateOf, states } from '../../src/core/state.ts'
import { append } from '../../src/store/append.ts'
import { countDue, newlyDue, readDue, STATE_SQL } from '../../src/store/due.ts'
import { ask } from '../../src/store/query.ts'
import { keptLedger, NOW, type TestLedger } from '../support/ledger.ts'
import { evidence } from '../support/steps.ts'

/** What is done with the resolutions of a question, one after the other. */
type Act = 'propose' | 'confirm' | 'dispute' | 'take back' | 'correct'
const HISTORIES: Act[][] = [
  [],
  ['propose'],
  ['propose', 'dispute'],
  ['propose', 'dispute', 'correct'],
  ['propose', 'dispute', 'correct', 'confirm'],
  ['propose', 'take back'],
  ['propose', 'correct'],
  ['propose', 'confirm'],
  ['propose', 'confirm', 'dispute'],
  ['propose', 'confirm', 'take back'],
  ['propose', 'confirm', 'correct'],
  ['propose', 'confirm', 'correct', 'take back'],
  ['propose', 'confirm', 'correct', 'confirm'],
]
const OUTCOMES: Outcome[] = ['yes', 'no', 'annulled', 'ambiguous']
const TODAY = NOW.toISOString().slice(0, 10)

type Life = {
  zone: string
  /** Days from today to its deadline, and how many the condition comes before it. */
  deadline: number
  condition: number | null
  met: boolean
  moved: number | null
  acts: Act[]
  outcomes: Outcome[]
}
const life: fc.Arbitrary<Life> = fc.record({
  zone: fc.constantFrom('UTC', 'Asia/Yerevan', 'America/New_York', 'Pacific/Kiritimati'),
  deadline: fc.integer({ min: -4, max: 18 }),
  condition: fc.option(fc.integer({ min: 0, max: 6 })),
  met: fc.boolean(),
  moved: fc.option(fc.integer({ min: 1, max: 9 })),
  acts: fc.constantFrom(...HISTORIES),
  outcomes: fc.array(fc.constantFrom(...OUTCOMES), { minLength: 2, maxLength: 2 }),
})

type Told = { id: string; standing: Standing; entries: Draft[] }

/** The entries of such a life, and what the question is by the rules alone. */
function told({ ledger, unit }: TestLedger, n: number, life: Life): Told {
  const id = `question-${n}`
  const stream = Buffer.from(ledger.random(16)).toString('base64url')
  const entries: Draft[] = []
  const enter = (type: Draft['type'], payload: unknown) => {
    entries.push({ type, stream, rev: entries.length, by: unit.by.member, refs: [], payload } as Draft)
  }
  const asked = (days: number): Question => ({
    id,
    title: `Event ${n}`,
    criteria: 'It is reported.',
    deadline: { date: addDays(TODAY, days), time_zone: life.zone },
    ...(life.condition === null
      ? {}
      : {
          condition: {
            text: 'Something else happens.',
            deadline: { date: addDays(TODAY, days - life.condition), time_zone: life.zone },
          },
        }),
  })
  let question = asked(life.deadline)
  enter('question.recorded', question)
  if (life.moved !== null && dueAt(question.deadline) > NOW) {
    question = asked(life.deadline + life.moved)
    enter('question.amended', { record: question, because: 'It was misheard.' })
  }
  if (life.met && question.condition !== undefined)
    enter('condition.met', { question: id, met_on: question.condition.deadline.date, evidence })

  let made = 0
  let inForce: { id: string; outcome: Outcome } | null = null
  let pending: { id: string; outcome: Outcome } | null = null
  const supersede = (old: string, by: string) =>
    enter('resolution.superseded', { question: id, id: old, superseded_by: by })
  for (const act of life.acts) {
    if (act === 'propose' || act === 'correct') {
      const outcome = life.outcomes[made % 2] as Outcome
      const standing = pending ?? inForce
      const next = { id: `r${++made}`, outcome }
      enter('resolution.proposed', {
        id: next.id,
        question: id,
        outcome,
        ...(outcome === 'annulled' ? { annulled_because: 'moot' } : {}),
        known_on: TODAY,
        time_zone: life.zone,
        evidence,
        rationale: 'As reported.',
        ...(standing === null ? {} : { supersedes: standing.id }),
      })
      if (pending !== null) supersede(pending.id, next.id)
      pending = next
    } else if (act === 'confirm') {
      const confirmed = pending as NonNullable<typeof pending>
      enter('resolution.confirmed', { question: id, id: confirmed.id, objection_hours: OBJECTION_HOURS })
      if (inForce !== null) supersede(inForce.id, confirmed.id)
      inForce = confirmed
      pending = null
    } else if (act === 'dispute') {
      enter('resolution.disputed', { question: id, id: (pending ?? inForce)?.id, because: 'It is false.' })
    } else {
      supersede((pending ?? inForce)?.id as string, NOTHING)
      if (pending === null) inForce = null
      else pending = null
    }
  }
  const standing: Standing = {
    due_at: dueAt(question.deadline),
    condition_due_at: question.condition === undefined ? null : dueAt(question.condition.deadline),
    condition_met: life.met,
    outcome: inForce?.outcome ?? null,
    pending: pending !== null,
  }
  return { id, standing, entries }
}

const DAY_MS = 86_400_000

/** The instants at which something may change, each with the moments around it. */
function instantsOf(questions: readonly Told[]): Date[] {
  const turning = questions.flatMap(({ standing }) => [
    standing.due_at,
    ...(standing.condition_due_at === null ? [] : [standing.condition_due_at]),
    new Date(needsDecisionAt(standing).getTime() - 14 * DAY_MS),
  ])
  const around = turning.flatMap((at) => [-1, 0, 1].map((ms) => at.getTime() + ms))
  return [...new Set([NOW.getTime(), ...around])].sort((a, b) => a - b).map((ms) => new Date(ms))
}

/** What the rules say of the questions at an instant, in the form of what the store says. */
function byRule(questions: readonly Told[], now: Date) {
  const having = (test: (standing: Standing) => boolean) =>
    questions
      .filter(({ standing }) => test(standing))
      .map(({ id }) => id)
      .sort()
  const due = having((standing) => stateOf(standing, now) === 'due')
  const passed = new Set(having(({ due_at }) => due_at <= now))
  return {
    states: Object.fromEntries(
      states.map((state) => [state, having((standing) => stateOf(standing, now) === state)]),
    ),
    due,
    due_soon: having((standing) => isDueSoon(standing, now)),
    to_flag: due.map((id) => `${id} ${passed.has(id) ? 'deadline' : 'condition'}`),
    count: due.length,
  }
}

/** What the store says, each query by itself. */
async function byStore({ db }: TestLedger['ledger'], now: Date) {
  const rows = await db.readAll(
    states.map((state) => ({
      sql: `SELECT id FROM question WHERE (${STATE_SQL[state]}) AND :now IS NOT NULL ORDER BY id`,
      args: { now: now.toISOString() },
    })),
  )
  const inbox = await readDue(db, now)
  const ids = (items: { question: string }[]) => items.map(({ question }) => question).sort()
  return {
    states: Object.fromEntries(
      states.map((state, i) => [state, rows[i]?.map((row) => String(row.id)).sort()]),
    ),
    due: ids(inbox.due),
    due_soon: ids(inbox.due_soon),
    to_flag: (await newlyDue(db, now, 1_000)).map(({ id, what }) => `${id} ${what}`).sort(),
    count: await ask(db, countDue(now)),
  }
}

it('the state of a question in SQL is that of the rule, in every ledger and at every moment', async () => {
  const seen = new Set<string>()
  await fc.assert(
    fc.asyncProperty(fc.array(life, { minLength: 6, maxLength: 12 }), async (lives) => {
      const held = await keptLedger()
      try {
        const { db, random, pause } = held.ledger
        const questions = lives.map((each, n) => told(held, n, each))
        const entries = questions.flatMap((question) => question.entries)
        await append(db, [{ entries }], NOW, random, pause)
        for (const now of instantsOf(questions)) {
          const said = byRule(questions, now)
          expect(await byStore(held.ledger, now), now.toISOString()).toEqual(said)
          for (const state of states) if (said.states[state]?.length) seen.add(state)
        }
      } finally {
        await held.close()
      }
    }),
    { numRuns: 12 },
  )
  expect([...seen].sort()).toEqual([...states].sort())
})
