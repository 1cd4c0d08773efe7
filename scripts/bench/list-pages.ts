import { copiedLedger } from './ledger.ts'
import { type Extent, interleaved, type Result, round } from './measure.ts'
import { startReckoning } from './server.ts'

const ROUNDS = 5
const EVERY_ENTRY = 999_999_999

/** B16: the last pages of the list of forecasts against the first ones, in the usual order and in another; none was kept. */
export async function listPages({ forecasts, few }: Extent): Promise<Result[]> {
  const server = await startReckoning(await copiedLedger({ forecasts }))
  const last = Math.ceil(forecasts / 50)
  let turn = 0
  const pages = async (search: string, page: number): Promise<number> => {
    const began = performance.now()
    const answer = await fetch(`${server.url}/ledger?${search}page=${page}&upto=${EVERY_ENTRY}`)
    await answer.text()
    if (answer.status !== 200) throw new Error(`page ${page}: ${answer.status}`)
    return performance.now() - began
  }
  const results: Result[] = []
  for (const [order, search] of [
    ['latest entry first', ''],
    ['biggest surprise first', 'sort=surprise&'],
  ] as const) {
    // What all pages of a list have in common is counted for the first of them.
    await pages(search, 1)
    turn = 0
    const [deep, first] = await interleaved(
      few(ROUNDS),
      () => pages(search, Math.max(1, last - turn)),
      () => pages(search, Math.min(last, 2 + turn++)),
    )
    const ratio = round(first / deep)
    results.push({
      id: 'B16',
      work: `page ${last.toLocaleString('en')} of the ledger, ${order}`,
      measured: `${round(deep)} ms`,
      yardstick: `${round(first)} ms its first pages`,
      ratio,
      goal: '≥ 0.4',
      reached: ratio >= 0.4,
    })
  }
  return results
}
