import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bandOf } from '../../src/core/probability.ts'
import { VERDICTS, verdictOn } from '../../src/core/verdict.ts'
import { readLedger } from '../../src/store/documents/ledger.ts'
import { countForecasts, FACETS } from '../../src/store/forecast-counts.ts'
import { type ForecastFilter, ORDERS, SORTS, type Sorting } from '../../src/store/forecast-filter.ts'
import { type ForecastItem, type ForecastPlace, listForecasts } from '../../src/store/forecasts.ts'
import { ask } from '../../src/store/query.ts'
import { patient } from '../support/by-files.ts'
import { inventedLedger } from '../support/invented.ts'
import type { TestLedger } from '../support/ledger.ts'

let held: TestLedger & { close: () => Promise<void> }
let all: ForecastItem[]
let now: Date
beforeAll(async () => {
  held = await inventedLedger()
  now = held.host.now()
  all = await whole({})
}, patient(120_000))
afterAll(() => held.close())

const idOf = ({ forecast }: ForecastItem) => forecast.record.id
const verdictIn = ({ forecast, question }: ForecastItem) => verdictOn(forecast, question).kind

/** A list page by page. */
async function whole(filter: ForecastFilter, sorting?: Sorting, limit = 200): Promise<ForecastItem[]> {
  const found: ForecastItem[] = []
  let after: ForecastPlace | undefined
  for (;;) {
    const page = await listForecasts(held.ledger.db, filter, now, {
      limit,
      ...(after === undefined ? {} : { after }),
      ...(sorting === undefined ? {} : { sorting }),
    })
    found.push(...page.items)
    if (page.next === null) return found
    after = page.next
  }
}

/** What the order goes by, told anew; null comes last. */
const KEYS: Record<Sorting['sort'], (item: ForecastItem) => string | number | null> = {
  logged: ({ forecast }) => forecast.seq,
  said: ({ forecast }) => forecast.record.said_on.to,
  deadline: ({ question }) => question.due_at.toISOString(),
  decided: ({ question }) => question.known_on,
  surprise: (item) => {
    const mid = bandOf(item.forecast.record.probability)?.mid
    const { outcome } = item.question
    if (mid === undefined || !['came_true', 'did_not', 'said'].includes(verdictIn(item))) return null
    return outcome === 'yes' ? 1 - mid : outcome === 'no' ? mid : null
  },
}

describe('the list of forecasts', () => {
  it('is narrowed by the verdict that stands on its rows, each kind by itself and together all', async () => {
    expect(all.length).toBeGreaterThan(150)
    const kinds = new Set<string>()
    for (const verdict of VERDICTS) {
      const found = await whole({ verdict })
      for (const item of found) expect([idOf(item), verdictIn(item)]).toEqual([idOf(item), verdict])
      expect([verdict, found.length]).toEqual([
        verdict,
        all.filter((item) => verdictIn(item) === verdict).length,
      ])
      if (found.length > 0) kinds.add(verdict)
    }
    expect([...kinds]).toEqual([...VERDICTS])
  })

  it('shows each forecast once in every order, whatever the size of its pages, what has no key last', async () => {
    for (const sort of SORTS)
      for (const order of ORDERS) {
        const sorting = { sort, order }
        const found = await whole({}, sorting, 37)
        expect([sort, order, new Set(found.map(idOf)).size, found.length]).toEqual([
          sort,
          order,
          all.length,
          all.length,
        ])
        const keys = found.map(KEYS[sort])
        const known = keys.filter((key) => key !== null)
        expect([sort, order, keys.slice(0, known.length)]).toEqual([sort, order, known])
        const falls = order === 'desc' ? 1 : -1
        for (let i = 1; i < known.length; i++) {
          const [a, b] = [known[i - 1] as string | number, known[i] as string | number]
          expect([sort, order, i, (a > b ? 1 : a < b ? -1 : 0) * falls >= 0]).toEqual([sort, order, i, true])
        }
        if (sort !== 'logged' && sort !== 'said')
          expect((await whole({}, sorting)).map(idOf)).toEqual(found.map(idOf))
      }
  })

  it('counts for every choice of every facet what choosing it gives', async () => {
    const filters: ForecastFilter[] = [
      {},
      { verdict: 'did_not' },
      { analyst: 'ada-overton-invented', state: 'resolved' },
      { q: 'valdora', logged: 'before', said_from: '2022-01-01' },
      { tag: 'economy', deadline: 'theirs', deadline_to: '2025-01-31' },
    ]
    for (const filter of filters) {
      const counts = await ask(held.ledger.db, countForecasts(filter, now))
      expect([filter, counts.all]).toEqual([filter, (await whole(filter)).length])
      for (const facet of FACETS)
        for (const { value, n } of counts[facet].slice(0, 3))
          expect([filter, facet, value, n]).toEqual([
            filter,
            facet,
            value,
            (await whole({ ...filter, [facet]: value })).length,
          ])
    }
  })

  it('is narrowed by outlet and by days, both ends included', async () => {
    const [outlet = ''] = all.flatMap(({ source }) => source.publisher ?? [])
    expect((await whole({ outlet })).map(idOf)).toEqual(
      all.filter(({ source }) => source.publisher === outlet).map(idOf),
    )
    const days = all.map(({ forecast }) => forecast.record.said_on.to).sort()
    const [from, to] = [days[20] as string, days[60] as string]
    const within = (day: string) => from <= day && day <= to
    expect((await whole({ said_from: from, said_to: to })).map(idOf)).toEqual(
      all.filter(({ forecast }) => within(forecast.record.said_on.to)).map(idOf),
    )
    expect((await whole({ deadline_from: from, deadline_to: to })).map(idOf)).toEqual(
      all.filter(({ question }) => within(question.record.deadline.date)).map(idOf),
    )
  })

  it('has pages by number that are those of the whole list, also where questions stay together', async () => {
    const sorting = { sort: 'surprise', order: 'desc' } as const
    const pages = async (grouped: boolean) => {
      const found: string[] = []
      for (let page = 1; ; page++) {
        const asked = { filter: {}, sorting, page, grouped }
        const { page: read } = await readLedger(held.ledger.db, asked, { now, seq: page })
        if (read.items.length === 0) return found
        found.push(...read.items.map(idOf))
      }
    }
    expect(await pages(false)).toEqual((await whole({}, sorting)).map(idOf))
    const grouped = await pages(true)
    expect([...grouped].sort()).toEqual(all.map(idOf).sort())
    const questions = grouped.map((id) => all.find((item) => idOf(item) === id)?.question.record.id as string)
    // A question that ended does not come again.
    const starts = questions.filter((question, i) => question !== questions[i - 1])
    expect(new Set(starts).size).toBe(starts.length)
  })
})
