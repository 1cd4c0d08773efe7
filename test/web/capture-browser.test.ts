import { expect, test } from 'vitest'
import { readTotals } from '../../src/store/nouns.ts'
import { axeFaults } from '../support/axe.ts'
import {
  allDecided,
  begin,
  checkAndLog,
  sealButton,
  select,
  suggestion,
  toolbar,
  useBrowser,
  visit,
} from './capture-visit.ts'

useBrowser()

test('by mouse: paste, mark, type one sentence, check, log', async () => {
  const on = await visit()
  const { page, held, complaints } = on
  await begin(on)
  await suggestion(page, 'However, the pressure').getByRole('button', { name: 'Forecast' }).click()
  const event = page.getByLabel('Event, worded positively')
  await event.waitFor()
  expect(await event.evaluate((field) => field === document.activeElement)).toBe(true)
  await page.keyboard.type('Karsk keeps pressing')
  await allDecided(page)
  await checkAndLog(page, '1 forecast')
  expect((await readTotals(held.ledger.db)).forecasts).toBe(1)
  expect(complaints).toEqual([])
})

test('selected words are marked with the pointer and with a key, and what is typed is saved on the way', async () => {
  const on = await visit()
  const { page, complaints } = on
  await begin(on)
  await select(page, 'its duty begins nowhere')
  await toolbar(page).getByRole('button', { name: 'Untestable' }).click()
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
  await page.getByRole('button', { name: /^Leave/u }).focus()
  await page.keyboard.press('Enter')
  await page.locator('.suggested').first().waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Check 2 forecasts, 1 duplicate and 1 untestable remark' }).focus()
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/check$/u)
  const heading = () => page.evaluate(() => document.activeElement?.textContent)
  await expect.poll(heading).toBe('Check before it is sealed')
  await sealButton(page).focus()
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/logged$/u)
  await expect.poll(heading).toBe('Logged: 2 forecasts, 1 duplicate and 1 untestable remark')
  expect((await readTotals(held.ledger.db)).forecasts).toBe(2)
  expect(complaints).toEqual([])
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
})

test('the pages of captures break no rule of accessibility, in light or dark, nor scroll sideways at 360 px', async () => {
  const on = await visit()
  const { page, origin, complaints } = on
  await begin(on)
  await suggestion(page, 'However, the pressure').getByRole('button', { name: 'Forecast' }).click()
  await page.locator('#m1').waitFor()
  await page.getByRole('button', { name: /^Accept/u }).click()
  await page.locator('.capture-card.untestable').first().waitFor()
  await page.getByRole('button', { name: /^Check/u }).click()
  await page.locator('#problems').waitFor()
  const broken: unknown[] = []
  for (const address of [null, `${origin}/capture`]) {
    if (address !== null) await page.goto(address)
    await page.evaluate(() => {
      for (const fold of document.querySelectorAll('details')) fold.open = true
    })
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      broken.push(...(await axeFaults(page)).map((fault) => [colorScheme, fault]))
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
})
