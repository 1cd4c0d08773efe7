import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll } from 'vitest'
import type { Host } from '../../src/http/host.ts'
import { openSecret } from '../../src/ledger/members/membership.ts'
import { launchBrowser, serveApp } from '../support/browser.ts'
import { type TestLedger, testLedger } from '../support/ledger.ts'
import { TEXT } from './capture-page.ts'

export type Visit = {
  page: Page
  held: TestLedger
  origin: string
  /** Every breach of the policy, every error and every dialog of any page of this browser. */
  complaints: string[]
  /** Every answer to a form: its status and where it went. */
  answers: [status: number, path: string][]
  /** Another page with a session: the administrator's, or that of another member. */
  enter: (member?: string, options?: BrowserContextOptions) => Promise<Page>
}

let browser: Browser
const closing: (() => Promise<void>)[] = []

/** Starts one browser for the tests of a file. */
export function useBrowser(): void {
  beforeAll(async () => {
    browser = await launchBrowser()
  })
  afterEach(async () => {
    for (const close of closing.splice(0)) await close()
  })
  afterAll(() => browser.close())
}

/** An editor who is signed in to a new ledger, in a real browser. */
export async function visit(options: BrowserContextOptions = {}, host: Partial<Host> = {}): Promise<Visit> {
  const held = await testLedger()
  const { origin, close } = await serveApp({ ...held.host, ...host })
  const complaints: string[] = []
  const answers: Visit['answers'] = []
  const enter: Visit['enter'] = async (member = held.unit.by.member, more = options) => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...more })
    closing.unshift(() => context.close())
    context.setDefaultTimeout(10_000)
    context.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) complaints.push(message.text())
    })
    context.on('weberror', (error) => complaints.push(error.error().message))
    context.on('dialog', (dialog) => {
      if (dialog.type() !== 'beforeunload') complaints.push(`${dialog.type()}: ${dialog.message()}`)
      void dialog.accept()
    })
    context.on('response', (response) => {
      if (response.request().method() === 'POST')
        answers.push([response.status(), new URL(response.url()).pathname])
    })
    const page = await context.newPage()
    const link = await openSecret(held.ledger, held.host.now(), member, 'link')
    await page.goto(`${origin}/sign-in?token=${link}`)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.waitForURL(`${origin}/`)
    answers.length = 0
    return page
  }
  const page = await enter()
  closing.push(close)
  return { page, held, origin, complaints, answers, enter }
}

/** Begins a capture from a pasted text. */
export async function begin({ page, origin }: Pick<Visit, 'page' | 'origin'>, text = TEXT): Promise<void> {
  await page.goto(`${origin}/capture`)
  await page.getByLabel('The text').fill(text)
  await page.getByLabel('Published').fill('2026-11-20')
  await page.getByRole('button', { name: 'Begin' }).click()
  await page.waitForURL(/\/captures\//u)
}

/** Checks what is marked, and logs it from the page that says how it will count. */
export async function checkAndLog(page: Page, counts: string | RegExp): Promise<void> {
  const name = typeof counts === 'string' ? `Check ${counts}` : counts
  await page.getByRole('button', { name }).click()
  await page.waitForURL(/\/check$/u)
  await sealButton(page).click()
  await page.waitForURL(/\/logged$/u)
}

export const sealButton = (page: Page) => page.locator('form[data-seal] button')

/** The card of a suggested passage. */
export const suggestion = (page: Page, words: string) =>
  page.locator('.suggested').filter({ has: page.locator('q', { hasText: words }) })

/** Selects words of the article as a pointer does. */
export const select = (page: Page, words: string): Promise<void> =>
  page.evaluate((sought) => {
    const walker = document.createTreeWalker(document.getElementById('article') as Node, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const at = node.textContent?.indexOf(sought) ?? -1
      if (at !== -1) return getSelection()?.setBaseAndExtent(node, at, node, at + sought.length)
    }
    throw new Error(`The article does not hold ${sought}.`)
  }, words)

export const toolbar = (page: Page) => page.getByRole('toolbar', { name: 'Mark the selected words' })

/** Says that every forecast is logged, and leaves what is still suggested: nobody may say it otherwise. */
export async function allDecided(page: Page): Promise<void> {
  await page.getByLabel('Every forecast in it').check()
  const leave = page.getByRole('button', { name: /^Leave/u })
  if ((await leave.count()) === 0) return
  await leave.click()
  await page.locator('.suggested').first().waitFor({ state: 'detached' })
  // Cards that lack nothing come back folded.
  await page.evaluate(() => {
    for (const card of document.querySelectorAll<HTMLDetailsElement>('.capture-card')) card.open = true
  })
}
