import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser, serveApp } from '../support/browser.ts'
import { INVENTED, importWorkedExample, inventedLedger } from '../support/invented.ts'

let browser: Browser
let origin: string
const closing: (() => Promise<void>)[] = []
beforeAll(async () => {
  const held = await inventedLedger()
  closing.push(held.close)
  await importWorkedExample(held)
  const served = await serveApp(held.host)
  closing.unshift(served.close)
  origin = served.origin
  browser = await launchBrowser()
  closing.unshift(() => browser.close())
})
afterAll(async () => {
  for (const close of closing) await close()
})

test('a chart is one stop of the tab key; the arrows go from claim to claim and row to row, Enter opens one', async () => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
  const page = await context.newPage()
  await page.goto(`${origin}/analysts/${INVENTED.words}`)
  const rows = await page
    .locator('#words > .counted-row svg.squares')
    .evaluateAll((all) => all.map((row) => [...row.querySelectorAll('a')].map((a) => a.getAttribute('href'))))
  const [first = [], second = []] = rows
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('href'))
  await page.locator('#words svg.squares a').first().focus()
  for (const [key, href] of [
    ['ArrowRight', first[1]],
    ['ArrowRight', first[2]],
    ['ArrowLeft', first[1]],
    ['ArrowDown', second[1]],
    ['ArrowUp', first[1]],
    ['End', rows.at(-1)?.at(-1)],
    ['ArrowRight', rows.at(-1)?.at(-1)],
    ['Home', first[0]],
  ] as const) {
    await page.keyboard.press(key)
    expect([key, await focused()]).toEqual([key, href])
  }
  await page.keyboard.press('Tab')
  const inside = await page.evaluate(() => document.activeElement?.closest('#words svg') !== null)
  expect(inside).toBe(false)
  await page.keyboard.press('Shift+Tab')
  await page.keyboard.press('Enter')
  await page.waitForURL(`${origin}${first[0]}`)
  await context.close()
})

test('a mark says its value on hover and focus; a finger is told first and opens it with a second touch', async () => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, hasTouch: true })
  const page = await context.newPage()
  await page.goto(`${origin}/analysts/${INVENTED.words}`)
  const marks = page.locator('#words svg.squares a')
  const says = await marks.evaluateAll((all) => all.map((a) => a.querySelector('title')?.textContent))
  expect(says[0]).toMatch(/^(?:Happened|Did not happen): .+ \(said .+\)$/u)
  const tip = page.locator('.tip')
  await marks.nth(1).hover()
  expect(await tip.textContent()).toBe(says[1])
  await page.keyboard.press('Escape')
  expect(await tip.isVisible()).toBe(false)
  await marks.first().focus()
  expect([await tip.isVisible(), await tip.textContent()]).toEqual([true, says[0]])
  // A bar of the hills leads nowhere, and says its value all the same.
  const bars = page.locator('#records .kindest rect')
  await bars.nth(Math.floor((await bars.count()) / 2)).hover()
  expect(await tip.textContent()).toMatch(/^\d+ of \d+: .+ such records/u)

  const here = page.url()
  const href = await marks.nth(2).getAttribute('href')
  await marks.nth(2).tap()
  expect([page.url(), await tip.textContent()]).toEqual([here, `${says[2]} · touch again to open`])
  await marks.nth(2).tap()
  await page.waitForURL(`${origin}${href}`)
  await context.close()
})

test('at 1280 px no table of numbers is cut: what stands to its right is seen without scrolling inside it', async () => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
  const page = await context.newPage()
  for (const who of [INVENTED.overconfident, INVENTED.calibrated, INVENTED.words]) {
    await page.goto(`${origin}/analysts/${who}`)
    const tables = await page.evaluate(() => {
      for (const fold of document.querySelectorAll('details')) fold.open = true
      return [...document.querySelectorAll<HTMLElement>('.scroll:has(table)')].map((held) => ({
        name: held.getAttribute('aria-label'),
        beyond: held.scrollWidth - held.clientWidth,
        room: held.clientWidth,
      }))
    })
    expect(tables.map(({ name }) => name)).toContain('By topic: the numbers')
    expect(tables.filter(({ beyond }) => beyond > 0)).toEqual([])
  }
  await context.close()
})
