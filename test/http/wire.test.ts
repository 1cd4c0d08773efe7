import { afterAll, beforeAll, expect, test } from 'vitest'
// @ts-expect-error: what builds the assets is plain JavaScript.
import { clientAssets } from '../../scripts/assets.js'
import { createApp } from '../../src/app.ts'
import { compress } from '../../src/node/compression.ts'
import { refreshPairs } from '../../src/store/pairs.ts'
import { refreshSummaries } from '../../src/store/summaries.ts'
import { INVENTED, inventedLedger } from '../support/invented.ts'
import { ORIGIN } from '../support/site.ts'

const BROWSER = 'gzip, deflate, br, zstd'
type Got = { bytes: number; text: string; headers: Headers }
let get: (path: string, accepts?: string) => Promise<Got>
let close: () => Promise<void>

/** The ledger of `reckon demo` with its crowd, served as Node serves it. */
beforeAll(async () => {
  const held = await inventedLedger(undefined, { crowd: true })
  close = held.close
  await refreshSummaries(held.ledger.db, held.unit.now, 1000)
  await refreshPairs(held.ledger.db, held.unit.now)
  const app = createApp({ ...held.host, compress, assets: await clientAssets() })
  get = async (path, accepts = BROWSER) => {
    const answer = await app.request(`${ORIGIN}${path}`, {
      headers: { host: 'localhost', 'accept-encoding': accepts },
    })
    expect([path, answer.status]).toEqual([path, 200])
    const bytes = (await answer.clone().arrayBuffer()).byteLength
    return { bytes, text: accepts === '' ? await answer.text() : '', headers: answer.headers }
  }
})
afterAll(() => close?.())

/** What a page may take on its way to a browser, packed; the sheet and the script come once. */
const BUDGETS: [path: string, most: number][] = [
  ['/', 10_000],
  ['/ledger', 8_500],
  ['/analysts', 7_500],
  [`/analysts/${INVENTED.overconfident}`, 18_500],
  ['/sources', 5_500],
  ['/due', 6_500],
  ['/words', 5_000],
  ['/methods', 18_500],
  ['/help', 2_000],
  ['/api/record', 4_000],
  ['/api/forecasts', 5_500],
]

test.each(BUDGETS)('%s takes at most %i bytes over the wire', async (path, most) => {
  const { bytes, headers } = await get(path)
  expect(headers.get('content-encoding')).toBe('br')
  expect(bytes).toBeLessThanOrEqual(most)
})

test('a first visit of the front page takes at most 35 kB with all that it brings, and a second nothing of it again', async () => {
  const { text } = await get('/', '')
  const brought = [
    ...text.matchAll(/<(?:link rel="(?:stylesheet|icon)"|script)[^>]* (?:href|src)="([^"]+)"/gu),
  ]
  const addresses = brought.map(([, address = '']) => address)
  expect(addresses.map((address) => address.replace(/\.\w+\./u, '.'))).toEqual([
    '/style.css',
    '/icon.svg',
    '/script.js',
  ])
  let all = (await get('/')).bytes
  for (const address of addresses) {
    const { bytes, headers } = await get(address)
    expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    all += bytes
  }
  expect(all).toBeLessThanOrEqual(35_000)
})
