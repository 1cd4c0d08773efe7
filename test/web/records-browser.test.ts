import { AxeBuilder } from '@axe-core/playwright'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser, serveApp } from '../support/browser.ts'
import { INVENTED, importWorkedExample, inventedLedger } from '../support/invented.ts'
import { recordRare } from '../support/rare.ts'

const KALACHEV = '2024-04-alphanews-kalachev'
const PATHS: Record<string, (rare: Awaited<ReturnType<typeof recordRare>>) => string> = {
  'who states numbers': () => `/analysts/${INVENTED.overconfident}`,
  'who only uses words': () => `/analysts/${INVENTED.words}`,
  'with nothing decided': () => `/analysts/${INVENTED.new}`,
  'of the worked example': () => '/analysts/konstantin-kalachev',
  'of everybody': () => '/analysts',
  'of two who gave numbers': () => `/compare?analysts=${INVENTED.overconfident},${INVENTED.calibrated}`,
  'of two, one in words': () => `/compare?analysts=${INVENTED.calibrated},${INVENTED.words}`,
  'of all sources': () => '/sources',
  'of a source': () => `/sources/${KALACHEV}`,
  'of a forecast in words': () => `/forecasts/${KALACHEV}_serious-escalation`,
  'of a forecast that was withdrawn': (rare) => `/forecasts/${rare.third.id}`,
  'of a forecast with options': (rare) => `/forecasts/${rare.options.id}`,
  'of a question in a ladder': () => `/questions/${KALACHEV}_new-war`,
  'of a question that was amended and disputed': (rare) => `/questions/${rare.first.question}`,
  'of methods': () => '/methods',
  'of the log': () => '/log',
}

let browser: Browser
let origin: string
let rare: Awaited<ReturnType<typeof recordRare>>
const closing: (() => Promise<void>)[] = []
beforeAll(async () => {
  const held = await inventedLedger()
  closing.push(held.close)
  rare = await recordRare(held)
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

test.each(Object.entries(PATHS))(
  'the page %s is accessible in light and dark with everything opened, and fits a telephone',
  async (_, path) => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
    const page = await context.newPage()
    const complaints: string[] = []
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
    await page.goto(origin + path(rare))
    await page.evaluate(() => {
      for (const details of document.querySelectorAll('details')) details.open = true
    })
    const violations = async (builder: AxeBuilder) =>
      (await builder.analyze()).violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`)
    expect(await violations(new AxeBuilder({ page }))).toEqual([])
    await page.emulateMedia({ colorScheme: 'dark' })
    expect(
      await violations(new AxeBuilder({ page }).withRules(['color-contrast', 'link-in-text-block'])),
    ).toEqual([])

    await page.setViewportSize({ width: 360, height: 800 })
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
    expect(
      await violations(new AxeBuilder({ page }).withRules(['target-size', 'scrollable-region-focusable'])),
    ).toEqual([])
    const letters = await page.evaluate(() =>
      [...document.querySelectorAll('svg.drawing text')].map((text) => {
        const { width, height } = text.getBoundingClientRect()
        return Math.min(width, height)
      }),
    )
    // A single digit is narrower than it is high; nothing is drawn in letters under about 11 px.
    expect(letters.filter((size) => size > 0 && size < 5.5)).toEqual([])
    expect(complaints).toEqual([])
    await context.close()
  },
)

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
