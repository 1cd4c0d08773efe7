import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSecret } from '../../src/ledger/membership.ts'
import { readTotals } from '../../src/store/nouns.ts'
import { launchBrowser, serveApp } from '../support/browser.ts'
import { type TestLedger, testLedger } from '../support/ledger.ts'
import { TEXT } from './capture-page.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser.close()
})

type Visit = {
  page: Page
  held: TestLedger
  origin: string
  complaints: string[]
  close: () => Promise<void>
}

async function visit(width = 1280): Promise<Visit> {
  const held = await testLedger()
  const { origin, close } = await serveApp(held.host)
  const context = await browser.newContext({ viewport: { width, height: 900 } })
  context.setDefaultTimeout(10_000)
  const complaints: string[] = []
  context.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) complaints.push(message.text())
  })
  context.on('weberror', (error) => complaints.push(error.error().message))
  const page = await context.newPage()
  const link = await openSecret(held.ledger, held.host.now(), held.unit.by.member, 'link')
  await page.goto(`${origin}/sign-in?token=${link}`)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL(`${origin}/`)
  return {
    page,
    held,
    origin,
    complaints,
    close: async () => {
      await context.close()
      await close()
    },
  }
}

async function begin({ page, origin }: Visit) {
  await page.goto(`${origin}/capture`)
  await page.getByLabel('The text').fill(TEXT)
  await page.getByLabel('Published').fill('2026-11-20')
  await page.getByRole('button', { name: 'Begin' }).click()
  await page.waitForURL(/\/captures\//u)
}

const suggestion = (page: Page, words: string) =>
  page.locator('.suggested').filter({ has: page.locator('q', { hasText: words }) })

/** Selects words of the article as a pointer does. */
const select = (page: Page, words: string) =>
  page.evaluate((sought) => {
    const walker = document.createTreeWalker(document.getElementById('article') as Node, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const at = node.textContent?.indexOf(sought) ?? -1
      if (at !== -1) getSelection()?.setBaseAndExtent(node, at, node, at + sought.length)
    }
  }, words)

test('by mouse: paste, mark, type one sentence, log', async () => {
  const on = await visit()
  const { page, held, complaints } = on
  await begin(on)
  await suggestion(page, 'However, the pressure').getByRole('button', { name: 'Forecast' }).click()
  const event = page.getByLabel('Event, worded positively')
  await event.waitFor()
  expect(await event.evaluate((field) => field === document.activeElement)).toBe(true)
  await page.keyboard.type('Karsk keeps pressing')
  await page.getByLabel('Every forecast in it').check()
  await page.getByRole('button', { name: 'Log 1 forecast' }).click()
  await page.waitForURL(/\/sources\//u)
  expect((await readTotals(held.ledger.db)).forecasts).toBe(1)
  expect(complaints).toEqual([])
  await on.close()
})

test('selected words are marked with the pointer and with a key, and what is typed is saved on the way', async () => {
  const on = await visit()
  const { page, complaints } = on
  await begin(on)
  await select(page, 'its duty begins nowhere')
  await page
    .getByRole('toolbar', { name: 'Mark the selected words' })
    .getByRole('button', { name: 'Untestable' })
    .click()
  await page.locator('.capture-card.untestable', { hasText: 'its duty begins nowhere' }).waitFor()
  await select(page, 'The border is not settled')
  await page.keyboard.press('u')
  await page.locator('.capture-card.untestable', { hasText: 'The border is not settled' }).waitFor()
  await page.getByLabel('Analyst', { exact: true }).fill('Nora Vale, the analyst')
  await page.getByText('Saved. Nothing is logged yet.').waitFor()
  await page.reload()
  expect(await page.getByLabel('Analyst', { exact: true }).inputValue()).toBe('Nora Vale, the analyst')
  expect(await page.locator('.capture-card').count()).toBe(2)
  expect(complaints).toEqual([])
  await on.close()
})

test('by keyboard alone: next, forecast, untestable, duplicate, and log', async () => {
  const on = await visit()
  const { page, held, complaints } = on
  await begin(on)
  const focused = (words: string) =>
    page.waitForFunction(
      (sought) => document.activeElement?.closest('.card')?.textContent?.includes(sought),
      words,
    )
  await page.keyboard.press('n')
  await focused('not ready to open')
  await page.keyboard.press('n')
  await focused('Accordingly')
  await page.keyboard.press('f')
  await page.waitForFunction(() => document.activeElement?.getAttribute('name') === 'm1:/question/title')
  await page.keyboard.type('The League intervenes')
  await page.keyboard.press('Escape')
  for (const words of ['According to the expert', 'But for all that']) {
    await page.keyboard.press('n')
    await focused(words)
  }
  await page.keyboard.press('f')
  await page.waitForFunction(() => document.activeElement?.getAttribute('name') === 'm2:/question/title')
  await page.keyboard.type('Karsk opens a second front')
  await page.keyboard.press('Escape')
  await page.keyboard.press('n')
  await focused('definitely does not need')
  await page.keyboard.press('u')
  await page.locator('#m3.untestable').waitFor()
  await page.keyboard.press('n')
  await page.keyboard.press('n')
  await focused('the pressure will continue')
  await page.keyboard.press('d')
  await page.waitForFunction(() => document.activeElement?.getAttribute('name') === 'm4:/duplicate_of')
  await page.keyboard.press('ArrowDown')
  await page.getByLabel('Every forecast in it').focus()
  await page.keyboard.press('Space')
  await page.getByRole('button', { name: 'Log 2 forecasts and 2 remarks' }).focus()
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/sources\//u)
  expect((await readTotals(held.ledger.db)).forecasts).toBe(2)
  expect(complaints).toEqual([])
  await on.close()
})

test('a lost connection and another editor are told, and what was typed stays', async () => {
  const on = await visit()
  const { page, held } = on
  await begin(on)
  const analyst = page.getByLabel('Analyst', { exact: true })
  await page.context().setOffline(true)
  await analyst.fill('Typed without a line')
  await page.getByText('there is no connection').waitFor()
  await page.context().setOffline(false)
  await page.getByText('Saved. Nothing is logged yet.').waitFor()
  const other = await page.context().newPage()
  await other.goto(page.url())
  expect(await other.getByLabel('Analyst', { exact: true }).inputValue()).toBe('Typed without a line')
  await other.getByLabel('Analyst', { exact: true }).fill('Theirs')
  await other.getByText('Saved. Nothing is logged yet.').waitFor()
  await analyst.fill('Ours')
  await page.getByText(/Not saved: .* saved this capture/u).waitFor()
  expect(await analyst.inputValue()).toBe('Ours')
  expect((await readTotals(held.ledger.db)).forecasts).toBe(0)
  await on.close()
})

test('the pages of captures break no rule of accessibility, in light or dark, nor scroll sideways at 360 px', async () => {
  const on = await visit()
  const { page, origin, complaints } = on
  await begin(on)
  await suggestion(page, 'However, the pressure').getByRole('button', { name: 'Forecast' }).click()
  await page.locator('#m1').waitFor()
  await page.getByRole('button', { name: /^Accept/u }).click()
  await page.locator('.capture-card.untestable').first().waitFor()
  await page.getByRole('button', { name: /^Log/u }).click()
  await page.locator('#problems').waitFor()
  const broken: unknown[] = []
  for (const address of [null, `${origin}/capture`]) {
    if (address !== null) await page.goto(address)
    await page.evaluate(() => {
      for (const fold of document.querySelectorAll('details')) fold.open = true
    })
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      const { violations } = await new AxeBuilder({ page }).analyze()
      broken.push(
        ...violations.map(({ id, nodes }) => [colorScheme, id, nodes[0]?.html, nodes[0]?.failureSummary]),
      )
    }
    await page.setViewportSize({ width: 360, height: 800 })
    const beyond = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    if (beyond > 0) broken.push(['scrolls sideways', beyond])
    await page.setViewportSize({ width: 1280, height: 900 })
  }
  expect(broken).toEqual([])
  expect(complaints).toEqual([])
  await on.close()
})
