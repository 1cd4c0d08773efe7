import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { axeFaults } from '../support/axe.ts'
import { launchBrowser, serveApp } from '../support/browser.ts'
import { keptLedger } from '../support/ledger.ts'
import { aQuestion, log } from '../support/steps.ts'

let browser: Browser
let origin: string
const closing: (() => Promise<void>)[] = []
const LONG = 'a word and another, '.repeat(100).slice(0, 1990)
const QUOTES = [
  'the price of bread falls',
  LONG,
  `${'x'.repeat(1900)}`,
  'لن تكون هناك حرب، قال الوزير، وسيكون هناك اتفاق قبل نهاية العام في كل الأحوال وبدون شك',
  'שלום: it rises, <script>alert(1)</script> &amp; "so" 🎈🎈🎈',
  '戦争は起こらない'.repeat(40),
]
beforeAll(async () => {
  const kept = await keptLedger()
  closing.push(kept.close)
  for (const [n, quote] of QUOTES.entries())
    await log(kept, {
      analyst: { name: n === 1 ? 'N'.repeat(80) : `Speaker ${n % 3}` },
      source: {
        title: `Talk ${n} ${'very '.repeat(n * 8)}long`,
        type: 'speech',
        url: `https://example.com/${n}`,
        published: '2026-11-01',
        ...(n === 3 ? { language: 'ar' } : {}),
      },
      quote,
      question: aQuestion({
        title: `Event ${n} ${n === 2 ? 'y'.repeat(150) : 'happens'}`,
        tags: [`t-${n}`, 'all'],
      }),
      probability:
        n % 2 === 0
          ? 0.7
          : {
              words: 'that is rather likely, I should say',
              low: 0.55,
              mid: 0.7,
              high: 0.85,
              lexicon: 'editor',
              because: 'x',
            },
    })
  const served = await serveApp(kept.host)
  closing.unshift(served.close)
  origin = served.origin
  browser = await launchBrowser()
  closing.unshift(() => browser.close())
}, 60_000)
afterAll(async () => {
  for (const close of closing) await close()
})

const opened = async (width: number, path = '/ledger') => {
  const context = await browser.newContext({ viewport: { width, height: 900 } })
  context.setDefaultTimeout(10_000)
  const page = await context.newPage()
  await page.goto(origin + path)
  return page
}

test('whatever was said, a row is two or three lines high, and no page is wider than its window', async () => {
  for (const path of ['/ledger', '/ledger?rows=comfortable', '/ledger?group=question', '/ledger?q=rises'])
    for (const width of [360, 768, 1280]) {
      const page = await opened(width, path)
      const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      expect([path, width, beyond <= 0]).toEqual([path, width, true])
      if (width === 1280 && path === '/ledger') {
        const heights = await page
          .locator('table.list tbody tr')
          .evaluateAll((rows) => rows.map((row) => row.getBoundingClientRect().height))
        expect(heights).toHaveLength(QUOTES.length)
        for (const height of heights) expect(height).toBeLessThanOrEqual(82)
        // 100 % stands at one place.
        const bands = await page
          .locator('svg.band')
          .evaluateAll((all) =>
            all.map((band) => [band.getBoundingClientRect().left, band.getBoundingClientRect().width]),
          )
        expect(new Set(bands.map(String)).size).toBe(1)
      }
      await page.context().close()
    }
})

test('a row is one link, wherever it is clicked, and the filters come before the list', async () => {
  const page = await opened(1280)
  expect(await page.locator('table.list tbody tr').first().locator('a, button, input').count()).toBe(1)
  const order = await page.evaluate(() => {
    const stops = [...document.querySelectorAll<HTMLElement>('main a, main input, main button')]
    const first = (area: string) => stops.findIndex((stop) => stop.closest(area) !== null)
    return first('.facets') < first('.results')
  })
  expect(order).toBe(true)
  await page.keyboard.press('Tab')
  const seen: string[] = []
  for (let n = 0; n < 14; n++) {
    await page.keyboard.press('Tab')
    seen.push(
      await page.evaluate(
        () => document.activeElement?.closest('.facets, .results, header')?.className ?? '',
      ),
    )
  }
  expect(seen.indexOf('facets')).toBeGreaterThan(-1)
  const { x = 0, y = 0 } =
    (await page.locator('table.list tbody tr').nth(2).locator('td.when').boundingBox()) ?? {}
  await page.mouse.click(x + 5, y + 5)
  await page.waitForURL(/\/forecasts\//u)
  await page.context().close()
})

test('nothing moves while the page loads: ten times cold, at 1280 and at 360', async () => {
  for (const width of [1280, 360])
    for (let n = 0; n < 5; n++) {
      const context = await browser.newContext({ viewport: { width, height: 900 } })
      const page = await context.newPage()
      await page.addInitScript(() => {
        const held = window as unknown as { moved: number }
        held.moved = 0
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) held.moved += (entry as unknown as { value: number }).value
        }).observe({ type: 'layout-shift', buffered: true })
      })
      await page.goto(`${origin}/ledger`, { waitUntil: 'networkidle' })
      const moved = await page.evaluate(() => (window as unknown as { moved: number }).moved)
      expect([width, n, moved <= 0.02]).toEqual([width, n, true])
      await context.close()
    }
})

test('the head of the list stays in sight, and on a narrow screen the filters are folded', async () => {
  const page = await opened(1280)
  await page.evaluate(() => scrollTo(0, 400))
  const top = await page
    .locator('table.list thead th')
    .first()
    .evaluate((th) => th.getBoundingClientRect().top)
  expect(Math.round(top)).toBe(0)
  expect(await page.locator('.facets a[href*="tag=t-1"]').isVisible()).toBe(true)
  await page.context().close()
  const narrow = await opened(360)
  expect(await narrow.locator('.facets a[href*="tag=t-1"]').isVisible()).toBe(false)
  await narrow.getByText('Filters', { exact: true }).click()
  await narrow.locator('.facets a[href*="tag=t-1"]').click()
  await narrow.getByText('1–1 of 1').waitFor()
  await narrow.context().close()
})

test('the days are typed as people write them, without script too', async () => {
  const context = await browser.newContext({
    javaScriptEnabled: false,
    viewport: { width: 1280, height: 900 },
  })
  const page = await context.newPage()
  await page.goto(`${origin}/ledger?tag=all`)
  await page.getByLabel('from (day on which it was said)').fill('2 Nov 2026')
  await page.getByRole('button', { name: 'Show these days' }).click()
  expect(page.url()).toContain('tag=all')
  await page.getByText('No forecast fits all of this.').waitFor()
  expect(await page.locator('.chips').textContent()).toContain('said from 2 Nov 2026')
  await context.close()
})

test('axe finds nothing, in the light and in the dark, in every way of showing the list', async () => {
  for (const colorScheme of ['light', 'dark'] as const)
    for (const path of [
      '/ledger?q=rises',
      '/ledger?group=question&sort=said',
      '/ledger?rows=comfortable',
      '/ledger?tag=none',
    ]) {
      const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, colorScheme })
      const page = await context.newPage()
      await page.goto(origin + path)
      expect([path, await axeFaults(page)]).toEqual([path, []])
      await context.close()
    }
})
