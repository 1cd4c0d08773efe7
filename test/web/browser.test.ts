import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runFlagDue } from '../../src/jobs/flag-due.ts'
import { recordForecast } from '../../src/ledger/forecast/record-forecast.ts'
import { openSecret } from '../../src/ledger/members/membership.ts'
import { proposeResolution } from '../../src/ledger/resolution/propose-resolution.ts'
import { launchBrowser, serveApp } from '../support/browser.ts'
import { aForecast, testLedger } from '../support/ledger.ts'

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

test('no page breaks a rule of accessibility or of the content policy, in light or dark, nor scrolls sideways at 360 px', async () => {
  const held = await testLedger()
  const log = async (changes: Record<string, unknown>) =>
    (await recordForecast(held.ledger, held.unit, aForecast(changes))).event.payload as {
      id: string
      question: string
    }
  const { id, question } = await log({})
  const passed = (n: number) => ({
    source: { title: `Talk ${n}`, type: 'speech', url: `https://example.com/${n}`, published: '2026-11-01' },
    question: {
      title: `Event ${n}`,
      criteria: 'It is reported.',
      deadline: { date: '2026-11-10', time_zone: 'America/Argentina/Buenos_Aires' },
      tags: ['a-topic'],
    },
    probability: n === 1 ? 0.7 : { words: 'likely' },
  })
  await log(passed(1))
  const proposed = await log(passed(2))
  await proposeResolution(held.ledger, held.unit, proposed.question, {
    outcome: 'yes',
    known_on: '2026-11-09',
    evidence: [
      {
        url: 'https://example.com/a-rather-long-address/that-goes-on-and-on/and-on',
        says: 'It happened.',
        accessed: '2026-11-20',
      },
    ],
    rationale: 'It was reported.',
  })
  const { origin, close } = await serveApp(held.host)
  const link = () => openSecret(held.ledger, held.host.now(), held.unit.by.member, 'link')
  const own = [
    '/',
    '/ledger',
    '/ledger?state=due&q=event',
    '/due',
    '/capture',
    '/capture/one',
    '/capture/one?what=remark',
    `/questions/${question}/resolve`,
    '/settings',
    '/settings/sign-ins',
    '/settings/reminders',
    '/settings/webhooks',
    '/settings/audit',
    '/docs',
    '/docs/problems',
    '/sign-in',
    '/sign-in?token=x',
  ]
  const records = [
    `/forecasts/${id}`,
    `/questions/${question}`,
    '/sources',
    `/sources/${id.slice(0, id.indexOf('_'))}`,
    '/analysts',
    '/analysts/konstantin-kalachev',
    '/methods',
    '/compare',
  ]
  const broken: unknown[] = []
  try {
    const context = await browser.newContext({ colorScheme: 'light', viewport: { width: 1280, height: 900 } })
    const complaints = complaintsOf(context)
    const page = await signedIn(context, origin, await link())
    const look = async (path: string, colorScheme: 'light' | 'dark', axe: AxeBuilder) => {
      await page.emulateMedia({ colorScheme })
      const { violations } = await axe.analyze()
      broken.push(
        ...violations.map(({ id: rule, nodes }) => [
          path,
          colorScheme,
          rule,
          nodes[0]?.html,
          nodes[0]?.failureSummary,
        ]),
      )
    }
    for (const path of [...own, ...records]) {
      await page.setViewportSize({ width: 1280, height: 900 })
      const response = await page.goto(origin + path)
      if (response?.status() !== 200) broken.push([path, response?.status()])
      await page.evaluate(() => {
        for (const fold of document.querySelectorAll('details')) fold.open = true
      })
      await look(path, 'light', new AxeBuilder({ page }))
      // Of what axe looks at, the colours alone differ in the dark.
      await look(path, 'dark', new AxeBuilder({ page }).withRules(['color-contrast', 'link-in-text-block']))
      await page.setViewportSize({ width: 360, height: 800 })
      const beyond = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      )
      if (beyond > 0) broken.push([path, 'scrolls sideways at 360 px', beyond])
    }
    broken.push(...complaints)
    await context.close()
    expect(broken).toEqual([])
  } finally {
    await close()
  }
}, 180_000)
