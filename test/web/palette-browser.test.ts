import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { axeFaults } from '../support/axe.ts'
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
  for (const [n, name] of ['Константин Калачёв', 'Ana Müller'].entries())
    await log(held, {
      analyst: { name },
      source: {
        title: `Talk ${n}`,
        type: 'speech',
        url: `https://example.com/${n}`,
        published: '2026-11-01',
      },
      quote: `I foresee it, number ${n}`,
      question: aQuestion({ title: `Snow falls in Ürümqi, ${n} times <b>` }),
    })
  const served = await serveApp(held.host)
  closing.unshift(served.close)
  origin = served.origin
  browser = await launchBrowser()
  closing.unshift(() => browser.close())
  context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
  context.setDefaultTimeout(10_000)
})
beforeEach(async () => {
  page = await context.newPage()
  await page.goto(`${origin}/due`)
})
afterAll(async () => {
  for (const close of closing) await close()
})

const dialog = () => page.getByRole('dialog', { name: 'Go to' })
const options = () => page.getByRole('option')
const active = () =>
  page.evaluate(() => {
    const id = document.activeElement?.getAttribute('aria-activedescendant') ?? ''
    return document.getElementById(id)?.textContent ?? ''
  })

test('Ctrl K leads to a person, a question, a source or a page, typed in other letters too', async () => {
  for (const [typed, address] of [
    ['kalachev', /\/analysts\/konstantin-kalachyov|\/analysts\/.*kalach/u],
    ['muller', /\/analysts\/ana-m/u],
    ['urumqi 1', /\/questions\//u],
    ['talk 1', /\/sources\//u],
    ['methods', /\/methods$/u],
  ] as const) {
    await page.goto(`${origin}/due`)
    await page.keyboard.press('Control+k')
    await dialog().waitFor()
    await page.keyboard.type(typed)
    const kind = typed === 'methods' ? 'page' : /person|question|source/u
    await options().filter({ hasText: kind }).first().waitFor()
    await page.keyboard.press('Enter')
    await page.waitForURL(address)
  }
})

test('the arrows walk round, what is typed can be searched in the ledger, and Escape gives the focus back', async () => {
  await page.getByRole('searchbox').focus()
  await page.keyboard.press('Control+k')
  expect(await page.getByRole('combobox').evaluate((field) => field === document.activeElement)).toBe(true)
  const first = await active()
  await page.keyboard.press('ArrowUp')
  expect(await active()).toBe(await options().last().textContent())
  await page.keyboard.press('ArrowDown')
  expect(await active()).toBe(first)
  await page.keyboard.press('Escape')
  expect(await page.getByRole('searchbox').evaluate((field) => field === document.activeElement)).toBe(true)
  await page.keyboard.press('Control+k')
  await page.keyboard.type('nothing is called so <b>')
  expect(await options().allTextContents()).toEqual([
    'Search the ledger for “nothing is called so <b>” forecasts',
  ])
  await options().first().click()
  await page.waitForURL(/\/ledger\?q=nothing/u)
})

test('it has no violations that axe knows, in the light and in the dark', async () => {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await page.goto(`${origin}/due`)
    await page.keyboard.press('Control+k')
    await page.keyboard.type('snow')
    await options().filter({ hasText: 'question' }).first().waitFor()
    expect(await axeFaults(page, { within: 'dialog' })).toEqual([])
  }
})

test('without an answer the pages and the search of the ledger stay', async () => {
  await page.route('**/api/search**', (route) => route.abort())
  await page.keyboard.press('Control+k')
  await page.keyboard.type('ledger')
  await page.waitForTimeout(300)
  expect(await options().allTextContents()).toEqual([
    'Ledger page',
    'Search the ledger for “ledger” forecasts',
  ])
})
