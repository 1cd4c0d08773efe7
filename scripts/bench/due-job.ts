import { join } from 'node:path'
import { machineMember, SCHEDULER } from '../../src/ledger/members/membership.ts'
import { flagDue } from '../../src/ledger/resolution/flag-due.ts'
import { ledgerOn, openDatabase } from '../../src/node/runtime.ts'
import { afterwards } from './afterwards.ts'
import { copiedLedger } from './ledger.ts'
import { type Extent, interleaved, type Result, round, timed } from './measure.ts'

const ROUNDS = 9
const DUE = 100
const LITTLE = 10_000

/** A ledger in which so many more questions become due whenever time is moved on. */
async function waiting(forecasts: number, due: number) {
  const db = await openDatabase({
    RECKONING_DATABASE_URL: `file:${join(await copiedLedger({ forecasts }), 'reckoning.db')}`,
  })
  afterwards(() => db.close())
  const ledger = ledgerOn(db)
  const deadlines = (
    await db.read({ sql: 'SELECT due_at FROM question WHERE outcome IS NULL ORDER BY due_at, id' })
  ).map((row) => String(row.due_at))
  let passed = 0
  const moveOn = (): Date => {
    // Of what ends at the same instant all are due, or none: as near to as many as are wanted as that allows.
    const isEnd = (at: number) => at > passed && deadlines[at] !== deadlines[at - 1]
    let off = 0
    while (!isEnd(passed + due + off) && off < deadlines.length) off = off > 0 ? -off : 1 - off
    passed += due + off
    return new Date(deadlines[passed - 1] as string)
  }
  const scheduler = await machineMember(ledger, SCHEDULER)
  await flagDue(ledger, { now: moveOn(), by: scheduler })
  return {
    open: deadlines.length,
    flag: async () => {
      const now = moveOn()
      let flagged = 0
      const ms = await timed(async () => {
        flagged = (await flagDue(ledger, { now, by: scheduler })).flagged.length
      })
      if (flagged < due / 2 || flagged > due * 2)
        throw new Error(`${flagged} questions were flagged, and not ${due}`)
      return ms
    },
  }
}

/** B5: the job that flags what is due, with about 100 due, over many open questions against few. */
export async function dueJob({ forecasts, few }: Extent): Promise<Result[]> {
  const rounds = few(ROUNDS)
  const small = Math.min(LITTLE, Math.round(forecasts / 2))
  // Of five questions one is open.
  const due = Math.min(DUE, Math.floor(small / 5 / (rounds + 2)))
  const [large, little] = [await waiting(forecasts, due), await waiting(small, due)]
  const [measured, yardstick] = await interleaved(rounds, large.flag, little.flag)
  const ratio = round(measured / yardstick)
  return [
    {
      id: 'B5',
      work: `flagging ${due} questions that became due among ${large.open} open ones`,
      measured: `${round(measured)} ms`,
      yardstick: `${round(yardstick)} ms the same among ${little.open}`,
      ratio,
      goal: '≤ 1.5',
      reached: ratio <= 1.5,
    },
  ]
}
