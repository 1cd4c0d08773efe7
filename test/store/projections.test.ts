import fc from 'fast-check'
import { expect, it } from 'vitest'
import { LedgerError } from '../../src/core/error.ts'
import type { Role } from '../../src/core/member.ts'
import { runFlagDue } from '../../src/jobs/flag-due.ts'
import { publishReply } from '../../src/ledger/forecast/publish-reply.ts'
import { recordStatement } from '../../src/ledger/forecast/record-statement.ts'
import { retractForecast, withdrawForecast } from '../../src/ledger/forecast/withdraw-forecast.ts'
import type { Unit } from '../../src/ledger/ledger.ts'
import { addMember, changePolicy, issueToken, revokeToken } from '../../src/ledger/members/membership.ts'
import { amendQuestion } from '../../src/ledger/question/amend-question.ts'
import { recordCondition } from '../../src/ledger/question/record-condition.ts'
import { disputeResolution } from '../../src/ledger/resolution/dispute-resolution.ts'
import { takeBackResolution } from '../../src/ledger/resolution/take-back-resolution.ts'
import type { Database } from '../../src/store/database.ts'
import { readEvents } from '../../src/store/events.ts'
import { migrate, projectionNames, rebuild } from '../../src/store/migrate.ts'
import { project } from '../../src/store/projections.ts'
import { patient } from '../support/by-files.ts'
import { checkLedger, memoryDatabase } from '../support/check-ledger.ts'
import { aForecast, type TestLedger, testLedger } from '../support/ledger.ts'
import { aQuestion, confirm, evidence, log, propose } from '../support/steps.ts'

const DAY_MS = 86_400_000
const dump = async (db: Database) => {
  const tables: Record<string, unknown> = {}
  for (const name of projectionNames) {
    const rows = await db.read({ sql: `SELECT * FROM ${name}` })
    tables[name] = rows.map((row) => JSON.stringify({ ...row })).toSorted()
  }
  return tables
}

/** What a newsroom may do next; `n` picks the record, the person and the wording. */
type Step = { verb: (test: TestLedger, unit: Unit, n: number) => Promise<unknown> }
const one = async (test: TestLedger, table: string, n: number): Promise<string> => {
  const rows = await test.ledger.db.read({ sql: `SELECT id FROM ${table} ORDER BY seq` })
  return String(rows[n % Math.max(1, rows.length)]?.id ?? 'nothing_here')
}
const day = (test: TestLedger, days: number) =>
  new Date(test.unit.now.getTime() + days * DAY_MS).toISOString().slice(0, 10)
const question = (test: TestLedger, n: number) =>
  aQuestion({
    title: `Event ${n % 4}`,
    deadline: { date: day(test, 1 + (n % 60)), time_zone: 'Asia/Yerevan' },
    tags: [`tag-${n % 3}`],
    ...(n % 3 === 0
      ? { condition: { text: 'x', deadline: { date: day(test, n % 2), time_zone: 'UTC' } } }
      : {}),
  })
const source = (test: TestLedger, n: number) => ({
  title: `Talk ${n % 3}`,
  type: 'post',
  published: day(test, -(n % 40)),
})
const name = (n: number) => ({ name: `Analyst ${'ABC'[n % 3]}`, aliases: [`A${n % 3} other`] })

const verbs: Record<string, Step['verb']> = {
  record: (test, unit, n) =>
    log(
      test,
      { analyst: name(n), source: source(test, n), question: question(test, n), probability: (n % 9) / 8 },
      unit,
    ),
  again: async (test, unit, n) =>
    log(
      test,
      {
        analyst: name(n),
        source: source(test, n + 1),
        question: await one(test, 'question', n),
        probability: { words: 'likely' },
      },
      unit,
    ),
  remark: (test, unit, n) =>
    recordStatement(test.ledger, unit, {
      ...aForecast({ analyst: name(n), source: source(test, n) }),
      quote: `remark ${n}`,
      kind: 'untestable',
      reason: 'motive',
    }),
  amend: async (test, unit, n) =>
    amendQuestion(test.ledger, unit, await one(test, 'question', n), {
      because: 'x',
      title: `Event ${n}`,
      tags: [`new-${n % 3}`],
      ...(n % 2 === 0 ? { deadline: { date: day(test, n % 90), time_zone: 'UTC' } } : {}),
    }),
  meet: async (test, unit, n) =>
    recordCondition(test.ledger, unit, await one(test, 'question', n), { met_on: day(test, -1), evidence }),
  propose: async (test, unit, n) => {
    const id = await one(test, 'question', n)
    const known = await test.ledger.db.read({
      sql: 'SELECT id FROM resolution WHERE question = :id ORDER BY seq DESC LIMIT 1',
      args: { id },
    })
    const supersedes = known[0] === undefined ? {} : { supersedes: String(known[0].id) }
    const outcome = ['yes', 'no', 'ambiguous'][n % 3]
    return propose(
      test,
      id,
      {
        outcome,
        known_on: day(test, 0),
        because_early: 'x',
        evidence: [{ ...evidence[0], accessed: day(test, 0) }],
        ...supersedes,
      },
      unit,
    )
  },
  confirm: async (test, unit, n) => {
    const pending = await test.ledger.db.read({
      sql: 'SELECT id, pending FROM question WHERE pending IS NOT NULL ORDER BY seq',
    })
    const row = pending[n % Math.max(1, pending.length)]
    return row === undefined ? null : confirm(test, String(row.id), String(row.pending), unit)
  },
  dispute: async (test, unit, n) =>
    disputeResolution(test.ledger, unit, await one(test, 'question', n), `r${1 + (n % 2)}`, { because: 'x' }),
  takeBack: async (test, unit, n) => {
    const standing = await test.ledger.db.read({
      sql: 'SELECT question, id FROM resolution WHERE superseded_by IS NULL ORDER BY seq DESC',
    })
    const row = standing[n % Math.max(1, standing.length)]
    return row === undefined
      ? null
      : takeBackResolution(test.ledger, unit, String(row.question), String(row.id))
  },
  reply: async (test, unit, n) =>
    publishReply(test.ledger, unit, await one(test, 'forecast', n), {
      text: `reply ${n}`,
      replied_on: day(test, 0),
    }),
  withdraw: async (test, unit, n) =>
    withdrawForecast(test.ledger, unit, await one(test, 'forecast', n), {
      withdrawn_on: day(test, 0),
      because: 'x',
    }),
  retract: async (test, unit, n) =>
    retractForecast(test.ledger, unit, await one(test, 'forecast', n), { because: 'x' }),
  join: (test, unit, n) =>
    addMember(test.ledger, unit, {
      name: `Member ${n % 5}`,
      role: (['reader', 'recorder', 'resolver'] as Role[])[n % 3] as Role,
    }),
  policy: (test, unit, n) => changePolicy(test.ledger, unit, n % 2 === 0 ? 'auto' : 'off'),
  token: (test, unit) => issueToken(test.ledger, unit, { member: unit.by.member, name: 'x', role: 'reader' }),
  revoke: async (test, unit, n) => {
    const [row] = await test.ledger.db.read({
      sql: `SELECT id FROM token ORDER BY rowid LIMIT 1 OFFSET ${n % 3}`,
    })
    return revokeToken(test.ledger, unit, String(row?.id))
  },
  flag: (test, unit) => runFlagDue(test.ledger, unit.now),
  wait: async (test, _, n) => test.at(new Date(test.unit.now.getTime() + (n % 12) * DAY_MS).toISOString()),
}

const step = fc.tuple(fc.constantFrom(...Object.keys(verbs)), fc.nat(1000))
/** Groups of steps that are taken at the same moment. */
const history = fc.array(fc.array(step, { minLength: 1, maxLength: 6 }), { minLength: 6, maxLength: 14 })

const take = async (test: TestLedger, [verb, n]: [string, number]): Promise<number> => {
  try {
    await verbs[verb]?.(test, test.unit, n)
    return 1
  } catch (error) {
    if (error instanceof LedgerError) return 0
    throw error
  }
}

it('the projections are what the log says, however its entries were grouped when they were written or replayed', async () => {
  let taken = 0
  await fc.assert(
    fc.asyncProperty(
      history,
      fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 }),
      async (groups, sizes) => {
        const test = await testLedger()
        for (const group of [[['record', 3]], [['record', 7]], ...groups] as [string, number][][])
          taken += (await Promise.all(group.map((each) => take(test, each)))).reduce((sum, n) => sum + n)
        const written = await dump(test.ledger.db)

        const scratch = memoryDatabase()
        await migrate(scratch, test.unit.now)
        await rebuild(scratch, { afresh: true })
        const events = await readEvents(test.ledger.db, 0, 10_000)
        for (let at = 0, i = 0; at < events.length; i++) {
          const size = sizes[i % sizes.length] ?? 1
          await scratch.write(project(events.slice(at, at + size)))
          at += size
        }
        expect(await dump(scratch)).toEqual(written)
        await scratch.close()

        await rebuild(test.ledger.db, { afresh: true })
        expect(await dump(test.ledger.db)).toEqual(written)
        await checkLedger(test)
      },
    ),
    { numRuns: 12, interruptAfterTimeLimit: patient(20_000) },
  )
  expect(taken).toBeGreaterThan(100)
})
