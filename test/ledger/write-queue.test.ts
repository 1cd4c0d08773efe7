import { describe, expect, it } from 'vitest'
import type { Event } from '../../src/core/entry.ts'
import { recordForecast } from '../../src/ledger/forecast/record-forecast.ts'
import type { Ledger } from '../../src/ledger/ledger.ts'
import { foundLedger } from '../../src/ledger/members/membership.ts'
import { amendQuestion } from '../../src/ledger/question/amend-question.ts'
import { ledgerOn } from '../../src/node/runtime.ts'
import { readHead } from '../../src/store/append.ts'
import type { Database } from '../../src/store/database.ts'
import { openAnother } from '../jobs/another.ts'
import { aForecast, type TestLedger, testLedger } from '../support/ledger.ts'
import { aQuestion, log, refusal, theLog } from '../support/steps.ts'

/** Counts the batches that a ledger writes. */
function counting(test: TestLedger): { ledger: Ledger; batches: () => number } {
  let batches = 0
  const db: Database = {
    ...test.ledger.db,
    write: (statements) => {
      batches++
      return test.ledger.db.write(statements)
    },
  }
  return { ledger: ledgerOn(db), batches: () => batches }
}

const distinct = (n: number) =>
  aForecast({
    analyst: { name: `Analyst ${n}` },
    source: { title: `Talk ${n}`, type: 'post', published: '2026-11-01' },
    question: aQuestion({ title: `Event ${n}` }),
  })
const seqsOf = (events: Pick<Event, 'seq'>[]) => events.map(({ seq }) => seq)
const gapless = (events: Event[]) =>
  seqsOf(events).every((seq, i) => i === 0 || seq === (events[i - 1]?.seq ?? 0) + 1)

describe('commands that come at once', () => {
  it('share durable batches when they touch nothing in common, and each is answered with its own entry', async () => {
    const test = await testLedger()
    const { ledger, batches } = counting(test)
    const answers = await Promise.all(
      Array.from({ length: 400 }, (_, n) => recordForecast(ledger, test.unit, distinct(n))),
    )
    expect(batches()).toBeLessThan(40)
    const events = await theLog(test)
    expect(events).toHaveLength(2000)
    expect(gapless(events)).toBe(true)
    expect(new Set(seqsOf(answers.map(({ event }) => event))).size).toBe(400)
    for (const [n, { event }] of answers.entries()) {
      expect(event).toEqual(events.find(({ seq }) => seq === event.seq))
      expect(event.payload).toMatchObject({
        analyst: `analyst-${n}`,
        statement: `2026-11-talk-${n}_event-${n}`,
      })
    }
  })

  it('that clash on every name are all answered once, under ids of their own', async () => {
    const test = await testLedger()
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, n) =>
        recordForecast(test.ledger, test.unit, aForecast({ quote: `no war, no. ${n}` })),
      ),
    )
    const ids = answers.map(({ event }) => (event.payload as { id: string }).id)
    expect(new Set(ids).size).toBe(100)
    const events = await theLog(test)
    expect(events).toHaveLength(2 + 3 * 100)
    expect(gapless(events)).toBe(true)
  })

  it('and of which some are refused cost their neighbours nothing', async () => {
    const test = await testLedger()
    const outcomes = await Promise.all(
      Array.from({ length: 60 }, (_, n) =>
        refusal(() =>
          recordForecast(
            test.ledger,
            test.unit,
            n % 3 === 0 ? aForecast({ analyst: 'nobody' }) : distinct(n),
          ),
        ),
      ),
    )
    expect(outcomes.map((refused) => refused?.code ?? 'recorded')).toEqual(
      Array.from({ length: 60 }, (_, n) => (n % 3 === 0 ? 'invalid' : 'recorded')),
    )
    expect(await theLog(test)).toHaveLength(40 * 5)
  })

  it('and change one question follow each other, none lost', async () => {
    const test = await testLedger()
    const { question } = await log(test)
    const titles = Array.from({ length: 5 }, (_, n) => `Title ${n}`)
    await Promise.all(
      titles.map((title) => amendQuestion(test.ledger, test.unit, question, { title, because: 'x' })),
    )
    const amended = (await theLog(test)).filter(({ type }) => type === 'question.amended')
    expect(amended.map(({ rev }) => rev)).toEqual([1, 2, 3, 4, 5])
  })

  it('and cannot agree after five tries are told so', async () => {
    const test = await testLedger()
    const { question } = await log(test)
    const many = await Promise.all(
      Array.from({ length: 30 }, (_, n) =>
        refusal(() => amendQuestion(test.ledger, test.unit, question, { title: `Title ${n}`, because: 'x' })),
      ),
    )
    const recorded = many.filter((refused) => refused === null).length
    expect(many.every((refused) => refused === null || refused.code === 'conflict')).toBe(true)
    expect(await theLog(test)).toHaveLength(5 + recorded)
    expect(recorded).toBeGreaterThanOrEqual(5)
  })
})

describe('the time of an entry', () => {
  it('never runs backwards, even when the clock does', async () => {
    const test = await testLedger()
    await log(test)
    test.at('2026-11-21T00:00:00.000Z')
    await log(test, { quote: 'never a war' })
    const head = await readHead(test.ledger.db)
    expect(head.at).toBe('2026-11-22T10:00:00.000Z')
  })
})

describe('an amendment that was decided before the deadline', () => {
  const amendAt = (ledger: Ledger, test: TestLedger, question: string, instant: string) =>
    refusal(() =>
      amendQuestion(ledger, { ...test.unit, now: new Date(instant) }, question, {
        title: 'A war',
        because: 'x',
      }),
    )
  const deadline = { date: '2026-11-30', time_zone: 'UTC' }

  it('is written before it, although its neighbours in the queue came after', async () => {
    const test = await testLedger()
    const { question } = await log(test, { question: aQuestion({ deadline }) })
    const later = { ...test.unit, now: new Date('2026-12-01T00:00:00.000Z') }
    const [amended] = await Promise.all([
      amendAt(test.ledger, test, question, '2026-11-30T23:59:59.999Z'),
      recordForecast(test.ledger, later, distinct(1)),
    ])
    expect(amended).toBeNull()
    expect((await theLog(test)).find(({ type }) => type === 'question.amended')?.at).toBe(
      '2026-11-30T23:59:59.999Z',
    )
  })

  it('is refused when the clock of another program has passed it', async () => {
    const test = await testLedger()
    const { question } = await log(test, { question: aQuestion({ deadline }) })
    const other = await openAnother(test)
    await recordForecast(other, { ...test.unit, now: new Date('2026-12-01T00:00:00.000Z') }, distinct(1))
    expect(await amendAt(test.ledger, test, question, '2026-11-30T23:59:00.000Z')).toMatchObject({
      code: 'frozen',
    })
  })
})

describe('two programs on one file', () => {
  it('lose nothing and repeat nothing, whoever is first', async () => {
    const test = await testLedger()
    const other = await openAnother(test)
    const answers = await Promise.all(
      Array.from({ length: 120 }, (_, n) =>
        recordForecast(n % 2 === 0 ? test.ledger : other, test.unit, distinct(n)),
      ),
    )
    expect(new Set(seqsOf(answers.map(({ event }) => event))).size).toBe(120)
    const events = await theLog(test)
    expect(events).toHaveLength(600)
    expect(gapless(events)).toBe(true)
    for (const { event } of answers) expect(event).toEqual(events.find(({ seq }) => seq === event.seq))
  })

  it('agree on one analyst, one source and one id each', async () => {
    const test = await testLedger()
    const other = await openAnother(test)
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        recordForecast(
          n % 2 === 0 ? test.ledger : other,
          test.unit,
          aForecast({ quote: `no war, no. ${n}` }),
        ),
      ),
    )
    expect(new Set(answers.map(({ event }) => (event.payload as { id: string }).id)).size).toBe(20)
    expect(await theLog(test)).toHaveLength(2 + 3 * 20)
  })

  it('found one ledger between them', async () => {
    const test = await testLedger()
    const other = await openAnother(test)
    const founders = await Promise.all([
      foundLedger(test.ledger, test.unit.now),
      foundLedger(other, test.unit.now),
    ])
    expect(founders[0]).toEqual(founders[1])
    expect(await theLog(test)).toEqual([])
  })

  it('whose clocks differ agree on an order in which time never runs backwards', async () => {
    const test = await testLedger()
    const other = await openAnother(test)
    const early = { ...test.unit, now: new Date('2026-11-22T09:00:00Z') }
    const late = { ...test.unit, now: new Date('2026-11-22T11:00:00Z') }
    await Promise.all(
      Array.from({ length: 30 }, (_, n) =>
        n % 2 === 0
          ? recordForecast(test.ledger, early, distinct(n))
          : recordForecast(other, late, distinct(n)),
      ),
    )
    const times = (await theLog(test)).map(({ at }) => at)
    expect(times).toHaveLength(150)
    expect(times).toEqual(times.toSorted())
  })
})
