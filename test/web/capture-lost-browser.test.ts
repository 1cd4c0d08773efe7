import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { readTotals } from '../../src/store/nouns.ts'
import { TEXT } from './capture-page.ts'
import {
  allDecided,
  begin,
  sealButton,
  select,
  suggestion,
  toolbar,
  useBrowser,
  type Visit,
  visit,
} from './capture-visit.ts'

useBrowser()

const forecasts = async ({ held }: Visit) => (await readTotals(held.ledger.db)).forecasts

/** Every form arrives, and none is answered. */
const loseAnswers = (page: Page) =>
  page.route('**/captures/**', async (route) => {
    if (route.request().method() === 'POST') await route.fetch({ maxRedirects: 0 })
    await route.abort()
  })

const check = (page: Page) => page.getByRole('button', { name: /^Check/u })
const unanswered = (page: Page) => page.getByText('No answer came. What you typed is kept').waitFor()

/** What is marked, on the page that says how it will count. */
async function checked(page: Page) {
  await check(page).click()
  await page.waitForURL(/\/check$/u)
}

/** A capture with one forecast that lacks nothing. */
async function ready(on: Visit, page = on.page) {
  await begin(on)
  await suggestion(page, 'the pressure will').getByRole('button', { name: 'Forecast' }).click()
  await page.getByLabel('Event, worded positively').fill('Karsk keeps pressing')
  await allDecided(page)
}

test('without a connection a pressed button says so, keeps what was typed and the focus, and is pressed again', async () => {
  const on = await visit()
  const { page } = on
  await begin(on)
  await page.getByLabel('Analyst', { exact: true }).fill('Nora Vale, the analyst')
  const button = suggestion(page, 'the pressure will').getByRole('button', { name: 'Forecast' })
  await page.context().setOffline(true)
  await button.click()
  await unanswered(page)
  expect(await button.evaluate((one) => one === document.activeElement)).toBe(true)
  expect(await page.getByLabel('Analyst', { exact: true }).inputValue()).toBe('Nora Vale, the analyst')
  await page.context().setOffline(false)
  await page.keyboard.press('Enter')
  await page.locator('#m1').waitFor()
  expect(await page.getByLabel('Analyst', { exact: true }).inputValue()).toBe('Nora Vale, the analyst')
})

test('a mark whose answer was lost is made once, however often it is pressed', async () => {
  const on = await visit()
  const { page } = on
  await begin(on)
  await loseAnswers(page)
  for (let times = 0; times < 2; times++) {
    await select(page, 'The border is not settled')
    await toolbar(page).getByRole('button', { name: 'Untestable' }).click()
    await unanswered(page)
  }
  await page.unroute('**/captures/**')
  await select(page, 'The border is not settled')
  await toolbar(page).getByRole('button', { name: 'Untestable' }).click()
  await page.locator('#m1').waitFor()
  expect(await page.locator('.capture-card').count()).toBe(1)
})

test('a capture whose logging was not answered is logged once, and pressing again leads to its receipt', async () => {
  const on = await visit()
  const { page } = on
  await ready(on)
  await checked(page)
  await loseAnswers(page)
  await sealButton(page).click()
  await page.getByText('nothing is logged twice').waitFor()
  const head = await on.held.host.head()
  await page.unroute('**/captures/**')
  await sealButton(page).click()
  await page.waitForURL(/\/logged$/u)
  expect([await forecasts(on), await on.held.host.head()]).toEqual([1, head])
  expect(on.complaints).toEqual([])
})

test('what is typed after an unanswered logging does not pass for logged: it is told, and stays', async () => {
  const on = await visit()
  const { page } = on
  await ready(on)
  const other = await page.context().newPage()
  await checked(page)
  await other.goto(page.url().replace(/\/check$/u, ''))
  await loseAnswers(page)
  await sealButton(page).click()
  await page.getByText('nothing is logged twice').waitFor()
  await other.locator('#m1 summary').first().click()
  const event = other.getByLabel('Event, worded positively')
  await event.fill('Karsk presses harder')
  await check(other).click()
  await other.getByText('Not done: This capture was logged already').waitFor()
  expect([await event.inputValue(), await forecasts(on)]).toEqual(['Karsk presses harder', 1])
})

test('where the check never arrived, what was typed since is saved, and logged when it is pressed again', async () => {
  const on = await visit()
  const { page } = on
  await ready(on)
  await page.context().setOffline(true)
  await check(page).click()
  await unanswered(page)
  await page.getByLabel('Event, worded positively').fill('Karsk presses harder')
  await page.context().setOffline(false)
  await page.getByText(/^Saved\. Nothing is logged yet/u).waitFor()
  await checked(page)
  await sealButton(page).click()
  await page.waitForURL(/\/logged$/u)
  expect(await page.locator('main').innerText()).toContain('Karsk presses harder')
  expect(await forecasts(on)).toBe(1)
})

test('a server that never answers is given up on, and the page can be used again', async () => {
  const on = await visit()
  const { page } = on
  await page.clock.install()
  await ready(on)
  await page.route('**/captures/**', () => {})
  await check(page).click()
  await page.getByText('Saving …').waitFor()
  await page.clock.fastForward(31_000)
  await unanswered(page)
  await page.unroute('**/captures/**')
  await checked(page)
  await sealButton(page).click()
  await page.waitForURL(/\/logged$/u)
  expect(await forecasts(on)).toBe(1)
})

test('a text that could not be sent stays in its field, and begins one capture when it can', async () => {
  const on = await visit()
  const { page, origin } = on
  await page.goto(`${origin}/capture`)
  await page.getByLabel('The text').fill(TEXT)
  await page.getByLabel('Published').fill('2026-11-20')
  await page.context().setOffline(true)
  await page.getByRole('button', { name: 'Begin' }).click()
  await page.getByText('No answer came. What you typed is still here').waitFor()
  expect(await page.getByLabel('The text').inputValue()).toBe(TEXT)
  await page.context().setOffline(false)
  await page.getByRole('button', { name: 'Begin' }).click()
  await page.waitForURL(/\/captures\//u)
  await page.goto(`${origin}/capture`)
  expect(await page.locator('.unfinished > li').count()).toBe(1)
  expect(on.complaints).toEqual([])
})

test('a capture whose throwing away was not answered is gone, and pressing again leads to the others', async () => {
  const on = await visit()
  const { page, origin } = on
  await begin(on)
  await loseAnswers(page)
  await page.getByText('Throw this capture away').click()
  const away = page.getByRole('button', { name: 'Throw it away' })
  await away.click()
  await unanswered(page)
  await page.unroute('**/captures/**')
  await away.click()
  await page.waitForURL(`${origin}/capture`)
  expect(await page.locator('.unfinished').count()).toBe(0)
})

test('of two editors who log one capture one does; the other is told, and what they typed stays', async () => {
  const on = await visit()
  const { page } = on
  await ready(on)
  await page.getByText(/^Saved.* Nothing is logged yet/u).waitFor()
  const bela = await on.enter((await on.held.join('Bela', 'recorder')).member)
  await bela.goto(page.url())
  await checked(bela)
  await sealButton(bela).click()
  await bela.waitForURL(/\/logged$/u)
  const event = page.getByLabel('Event, worded positively')
  await event.fill('Karsk presses harder')
  await page.getByText('Not saved: This capture was logged already').waitFor()
  await check(page).click()
  await page.getByText('Not done: This capture was logged already').waitFor()
  expect([await event.inputValue(), await forecasts(on)]).toEqual(['Karsk presses harder', 1])
})

test('two editors who press at the same moment log it once', async () => {
  const on = await visit()
  const { page } = on
  await ready(on)
  await checked(page)
  const bela = await on.enter((await on.held.join('Bela', 'recorder')).member)
  await bela.goto(page.url())
  await Promise.all([sealButton(page).click(), sealButton(bela).click()])
  const told = (one: Page) =>
    Promise.race([
      one.waitForURL(/\/logged$/u).then(() => 'logged'),
      one
        .locator('#problems, #status.bad')
        .first()
        .waitFor()
        .then(() => 'told'),
    ])
  // Who comes after the other has logged it is led to the receipt as well; who comes meanwhile is told.
  expect(await Promise.all([told(page), told(bela)])).toContain('logged')
  expect(await forecasts(on)).toBe(1)
  expect(on.complaints).toEqual([])
})
