import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runFlagDue } from '../../src/jobs/flag-due.ts'
import { openSecret } from '../../src/ledger/members/membership.ts'
import { launchBrowser, serveApp } from '../support/browser.ts'
import { testLedger } from '../support/ledger.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser.close()
})

/** Everything that the browser complains about on any page of this context. */
function complaintsOf(context: BrowserContext): string[] {
  const complaints: string[] = []
  context.on('console', (message) => {
    if (message.type() === 'error' || message.text().includes('Content Security Policy'))
      complaints.push(message.text())
  })
  context.on('weberror', (error) => complaints.push(error.error().message))
  return complaints
}

async function signedIn(context: BrowserContext, origin: string, link: string): Promise<Page> {
  context.setDefaultTimeout(10_000)
  const page = await context.newPage()
  await page.goto(`${origin}/sign-in?token=${link}`)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL(`${origin}/`)
  return page
}

test('without script: log, due, propose, confirm, and the track record has changed', async () => {
  const held = await testLedger()
  const { origin, close } = await serveApp(held.host)
  const context = await browser.newContext({
    javaScriptEnabled: false,
    viewport: { width: 1280, height: 900 },
  })
  const complaints = complaintsOf(context)
  try {
    const page = await signedIn(
      context,
      origin,
      await openSecret(held.ledger, held.host.now(), held.unit.by.member, 'link'),
    )

    await page.goto(`${origin}/capture/one`)
    await page.getByLabel('Title').fill('The morning interview')
    await page.getByLabel('Published', { exact: true }).fill('2026-11-20')
    await page.getByLabel('Analyst', { exact: true }).fill('Ada Lovelace')
    await page.getByLabel('The words said').fill('there will be no cut')
    await page.getByLabel('Event, worded positively').fill('The bank cuts its rate')
    await page.getByLabel('Counts as yes when').fill('It publishes a lower rate.')
    await page.getByLabel('Deadline', { exact: true }).fill('2026-12-01')
    await page.getByText('Fine print, topics, condition and more').click()
    await page.getByLabel('Time zone').fill('Europe/Berlin')
    await page.getByLabel('How likely they made the event').selectOption('no')
    await page.getByLabel('The words that say it').fill('there will be no cut')
    await page.getByRole('button', { name: 'Check this forecast' }).click()
    await page.getByText('If the bank cuts its rate by 1 Dec 2026, this did not come true.').waitFor()
    await page.getByRole('button', { name: 'Change it' }).click()
    expect(await page.getByLabel('The words that say it').inputValue()).toBe('there will be no cut')
    await page.getByRole('button', { name: 'Check this forecast' }).click()
    await page.getByRole('button', { name: 'Log this forecast' }).click()
    await page.getByText('Logged: 1 forecast').waitFor()

    await page.goto(`${origin}/analysts/ada-lovelace`)
    expect(await page.getByText('Came true', { exact: true }).count()).toBe(0)

    held.at('2026-12-05T10:00:00.000Z')
    await runFlagDue(held.ledger, held.unit.now)
    await page.goto(`${origin}/due`)
    await page.getByText('Resolve', { exact: true }).click()
    await page.getByLabel('No, it did not').check()
    await page.getByLabel('Known on').fill('2026-12-02')
    await page.getByLabel('Evidence: address').fill('https://bank.example/decision')
    await page.getByLabel('What it says').first().fill('The rate stays.')
    await page.getByRole('button', { name: 'Propose this outcome' }).click()

    await page.getByRole('alert').waitFor()
    expect(await page.getByRole('alert').textContent()).toContain('Why this decides it')
    expect(await page.getByLabel('Known on').inputValue()).toBe('2 Dec 2026')
    await page.getByLabel('Why this decides it').fill('The published rate is the old one.')
    await page.getByRole('button', { name: 'Propose this outcome' }).click()

    await page.getByText('The outcome is proposed.').waitFor()
    await page.getByRole('button', { name: 'Confirm this outcome' }).click()
    await page.getByText('The outcome is confirmed').waitFor()

    await page.goto(`${origin}/analysts/ada-lovelace`)
    expect(await page.getByText('Came true', { exact: true }).count()).toBeGreaterThan(0)
    // The one form that was refused is the only thing the browser had to say.
    expect(complaints.filter((text) => !text.includes('422'))).toEqual([])
  } finally {
    await context.close()
    await close()
  }
})
