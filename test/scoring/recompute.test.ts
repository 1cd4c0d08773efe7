import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApp } from '../../src/app.ts'
import { receiptOf } from '../../src/scoring/receipt.ts'
import { generatedAnalysts } from '../support/generated-analysts.ts'
import { INVENTED, inventedLedger } from '../support/invented.ts'
import { ORIGIN } from '../support/site.ts'
import { AS_OF, recordOf } from './a-unit.ts'
import { gamesOf } from './games.ts'

const PROGRAM = fileURLToPath(new URL('../../docs/recompute.py', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'reckoning-'))
let held: Awaited<ReturnType<typeof inventedLedger>>
let get: (
  path: string,
) => Promise<{ next_cursor: string | null; figures: { figure: string; value: unknown }[] }>

beforeAll(async () => {
  held = await inventedLedger()
  const app = createApp(held.host)
  get = async (path) => (await app.request(`${ORIGIN}${path}`)).json()
}, 120_000)
afterAll(async () => {
  await held.close()
  rmSync(folder, { recursive: true, force: true })
})

/** What docs/recompute.py says of these pages of a receipt. */
function recomputed(pages: object[]): { status: number | null; stdout: string } {
  const files = pages.map((page, i) => {
    const path = join(folder, `page-${i}.json`)
    writeFileSync(path, JSON.stringify(page))
    return path
  })
  const { status, stdout, stderr, error } = spawnSync('python3', [PROGRAM, ...files], { encoding: 'utf8' })
  if (error !== undefined)
    throw new Error(
      `python3 is needed to hold docs/recompute.py against our figures, and is not on this machine: ${error.message}`,
    )
  return { status, stdout: stdout + stderr }
}

async function pagesOf(analyst: string, search = ''): Promise<object[]> {
  const pages = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const path = `/api/analysts/${analyst}/track-record/receipt?limit=50${search}${cursor === '' ? '' : `&cursor=${cursor}`}`
    const page = await get(path)
    pages.push(page)
    cursor = page.next_cursor
  }
  return pages
}

const ALIKE = /^\d+ figures, 0 differ by more than 1e-12\.$/mu

test.each(Object.entries(INVENTED))(
  'the figures of the %s analyst come out of their units without our code',
  async (_, analyst) => {
    for (const view of ['live', 'all']) {
      const { status, stdout } = recomputed(await pagesOf(analyst, `&logged=${view}`))
      expect(stdout).toMatch(ALIKE)
      expect(status).toBe(0)
    }
  },
)

test('and so do those of seven seasons of the NFL', () => {
  const units = gamesOf(readFileSync(new URL('../fixtures/fivethirtyeight/nfl_games.csv', import.meta.url)))
  const receipt = receiptOf(units, recordOf(units, { as_of: AS_OF, simulate: null }))
  const { status, stdout } = recomputed([{ ...receipt, of_units: receipt.units.length, next_cursor: null }])
  expect(stdout).toMatch(ALIKE)
  expect(status).toBe(0)
})

test('a figure that is off by a billionth, and a page that is missing, are told', async () => {
  const pages = (await pagesOf(INVENTED.calibrated)) as { figures: { figure: string; value: unknown }[] }[]
  for (const page of pages)
    for (const one of page.figures)
      if (one.figure === 'headline.brier') one.value = (one.value as number) + 1e-9
  expect(recomputed(pages).stdout).toMatch(/headline\.brier .* DIFFERS/u)
  expect(recomputed(pages).status).toBe(1)
  expect(recomputed(pages.slice(1)).stdout).toMatch(/of \d+ units: give the address/u)
})

test('the values of a receipt are those of the track record', async () => {
  const record = await get(`/api/analysts/${INVENTED.overconfident}/track-record`)
  const [{ figures }] = (await pagesOf(INVENTED.overconfident)) as [Awaited<ReturnType<typeof get>>]
  for (const { figure, value } of figures) {
    const [part = '', name = ''] = figure.split('.')
    const held = (record as unknown as Record<string, Record<string, unknown> | null>)[part]
    expect([figure, value]).toEqual([figure, held?.[name] ?? null])
  }
})

test('of every kind of analyst', () => {
  const wrong = generatedAnalysts().flatMap(({ name, units }) => {
    // Thousands of units take Python seconds and show nothing that hundreds do not.
    if (units.length > 1000) return []
    const receipt = receiptOf(units, recordOf(units, { as_of: AS_OF, simulate: null }))
    const { stdout } = recomputed([{ ...receipt, of_units: receipt.units.length, next_cursor: null }])
    return ALIKE.test(stdout) ? [] : [`${name}: ${stdout}`]
  })
  expect(wrong).toEqual([])
}, 120_000)
