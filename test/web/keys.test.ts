import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runFlagDue } from '../../src/jobs/flag-due.ts'
import { openSecret } from '../../src/ledger/members/membership.ts'
import { launchBrowser, serveApp } from '../support/browser.ts'
import { keptLedger } from '../support/ledger.ts'
import { aQuestion, log } from '../support/steps.ts'

let browser: Browser
let origin: string
let context: BrowserContext
let page: Page
const closing: (() => Promise<void>)[] = []
beforeAll(async () => {
  const held = await keptLedger()
  closing.push(held.close)
  for (const title of ['First event', 'Second event'])
    await log(held, {
      source: { title, type: 'speech', url: `https://example.com/${title.at(0)}`, published: '2026-11-01' },
      quote: `I foresee the ${title.toLowerCase()}`,
      question: aQuestion({ title, deadline: { date: '2026-11-10', time_zone: 'UTC' } }),
    })
  await runFlagDue(held.ledger, held.unit.now)
  const served = await serveApp(held.host)
  closing.unshift(served.close)
  origin = served.origin
  browser = await launchBrowser()
  closing.unshift(() => browser.close())
  context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
  context.setDefaultTimeout(10_000)
  page = await context.newPage()
  const link = await openSecret(held.ledger, held.host.now(), held.unit.by.member, 'link')
  await page.goto(`${origin}/sign-in?token=${link}`)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL(`${origin}/`)
})
afterAll(async () => {
  for (const close of closing) await close()
})

const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim() ?? '')
const press = async (...keys: string[]) => {
  for (const key of keys) await page.keyboard.press(key)
}

test('j and k walk through the list, Enter opens, and g with a letter goes from room to room', async () => {
  await page.goto(`${origin}/ledger`)
  await press('j')
  expect(await focused()).toBe('I foresee the second event')
  await press('j', 'j')
  expect(await focused()).toBe('I foresee the first event')
  await press('k')
  expect(await focused()).toBe('I foresee the second event')
  await press('Enter')
  await page.waitForURL(/\/forecasts\//u)
  await press('g', 'd')
  await page.waitForURL(`${origin}/due`)
  await press('g', 'c')
  await page.waitForURL(/\/capture/u)
  await press('g', 'l')
  await page.waitForURL(`${origin}/ledger`)
})

test('the slash goes to the search, and in a field every key types', async () => {
  await page.goto(`${origin}/due`)
  await press('/', 'g', 'd', 'j', '?', '/')
  const field = page.getByRole('searchbox', { name: 'Search the ledger' })
  expect(await field.inputValue()).toBe('gdj?/')
  expect(await page.locator('dialog').count()).toBe(0)
  await field.fill('second')
  await press('Enter')
  await page.getByText('1–1 of 1').waitFor()
  expect(page.url()).toBe(`${origin}/ledger?q=second`)
})

test('in the inbox y n a x choose the outcome of the question one is at', async () => {
  await page.goto(`${origin}/due`)
  await press('n')
  expect(await page.locator('input[name="/outcome"]:checked').count()).toBe(0)
  await press('j', 'j', 'n')
  const task = page.locator('.task').nth(1)
  const chosen = () => task.locator('input[name="/outcome"]:checked').getAttribute('value')
  expect([await chosen(), await task.getByLabel('Known on').isVisible()]).toEqual(['no', true])
  for (const [key, outcome] of [
    ['y', 'yes'],
    ['a', 'annulled'],
    ['x', 'ambiguous'],
  ] as const) {
    await press(key)
    expect(await chosen()).toBe(outcome)
  }
  expect(await page.locator('.task').nth(0).locator('input[name="/outcome"]:checked').count()).toBe(0)
})

test('the list of keys opens with a question mark or the link, and switches them off for good', async () => {
  await page.goto(`${origin}/ledger`)
  await press('?')
  const dialog = page.getByRole('dialog', { name: 'Keys' })
  await dialog.waitFor()
  expect(await dialog.textContent()).toContain('next entry of a list')
  await press('j')
  expect(await page.evaluate(() => document.activeElement?.closest('main') === null)).toBe(true)
  await dialog.getByLabel('Use these keys').uncheck()
  await dialog.getByRole('button', { name: 'Close' }).click()

  await page.reload()
  await press('?', 'j', 'g', 'd')
  expect([page.url(), await page.locator('dialog[open]').count()]).toEqual([`${origin}/ledger`, 0])
  expect(await page.evaluate(() => document.activeElement === document.body)).toBe(true)

  await page.getByRole('link', { name: 'Keys' }).click()
  expect(await dialog.getByLabel('Use these keys').isChecked()).toBe(false)
  await dialog.getByLabel('Use these keys').check()
  await press('Escape', 'j')
  expect(await focused()).toBe('I foresee the second event')
})

test('with the browser’s own modifiers a key is the browser’s', async () => {
  await page.goto(`${origin}/`)
  await press('Control+j', 'Alt+j', 'Control+/')
  expect(await page.evaluate(() => document.activeElement?.closest('main, search') ?? null)).toBeNull()
})

test('without script the link leads to a page that says the same', async () => {
  const plain = await browser.newContext({ javaScriptEnabled: false })
  const other = await plain.newPage()
  await other.goto(origin)
  await other.getByRole('link', { name: 'Keys' }).click()
  await other.getByRole('heading', { name: 'Keys' }).waitFor()
  expect(await other.locator('dl.keys').count()).toBe(5)
  await plain.close()
})
