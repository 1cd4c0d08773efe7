import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSecret } from '../../src/ledger/members/membership.ts'
import { readTotals } from '../../src/store/nouns.ts'
import { axeFaults } from '../support/axe.ts'
import { launchBrowser, serveApp } from '../support/browser.ts'
import { type TestLedger, testLedger } from '../support/ledger.ts'

const ROWS = 'game,p,result,day\nA beats B,0.7,1,2025-04-08\nB beats C,20 %,-1,2025-05-08\n'

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
}, 60_000)
afterAll(() => browser.close())

/** A recorder at `/import` in a real browser. */
async function recorder(look: (page: Page, held: TestLedger) => Promise<void>, options: object = {}) {
  const held = await testLedger()
  const served = await serveApp(held.host)
  const context = await browser.newContext(options)
  try {
    const session = await openSecret(held.ledger, held.host.now(), held.unit.by.member, 'session')
    await context.addCookies([{ name: 'sid', value: session, url: served.origin }])
    const page = await context.newPage()
    const complaints: string[] = []
    page.on('console', (message) => {
      if (message.type() === 'error' && !message.text().includes('422')) complaints.push(message.text())
    })
    page.on('pageerror', (error) => complaints.push(String(error)))
    await page.goto(`${served.origin}/import`)
    await look(page, held)
    expect(complaints).toEqual([])
  } finally {
    await context.close()
    await served.close()
  }
}

/** From the preview to the receipt. */
async function finish(page: Page, held: TestLedger) {
  await page.getByRole('heading', { name: 't.csv: a table of 2 rows' }).waitFor()
  await page.getByLabel('The event').fill('{game}')
  await page.getByLabel('Whose probabilities these are').fill('A model')
  await page.getByLabel('Where it was published').fill('https://example.com/t')
  await page.getByLabel('“-1” means').selectOption('annulled')
  await page.getByRole('button', { name: 'Try it' }).click()
  await page.getByText('It would record 1 analyst').waitFor()
  expect((await readTotals(held.ledger.db)).forecasts).toBe(0)
  await page.getByRole('button', { name: 'Import' }).click()
  await page.getByRole('heading', { name: 'Imported' }).waitFor()
  expect((await readTotals(held.ledger.db)).forecasts).toBe(2)
  await page.getByRole('link', { name: 'A model' }).click()
  await page.getByRole('heading', { name: 'A model' }).first().waitFor()
}

test(
  'a file that is dropped on the page is shown, tried and imported',
  () =>
    recorder(async (page, held) => {
      const files = await page.evaluateHandle((rows) => {
        const data = new DataTransfer()
        data.items.add(new File([rows], 't.csv', { type: 'text/csv' }))
        return data
      }, ROWS)
      await page.dispatchEvent('form[data-drop]', 'drop', { dataTransfer: files })
      await finish(page, held)
    }),
  60_000,
)

test(
  'without script it is chosen, and the file stays through every step',
  () =>
    recorder(
      async (page, held) => {
        await page
          .getByLabel('The file')
          .setInputFiles({ name: 't.csv', mimeType: 'text/csv', buffer: Buffer.from(ROWS) })
        await page.getByRole('button', { name: 'Show what is in it' }).click()
        await finish(page, held)
      },
      { javaScriptEnabled: false },
    ),
  60_000,
)

test(
  'a file that is too large is not sent, and the page says why',
  () =>
    recorder(async (page) => {
      await page
        .getByLabel('The file')
        .setInputFiles({ name: 't.csv', mimeType: 'text/csv', buffer: Buffer.alloc(6_000_000, 97) })
      await page.getByRole('button', { name: 'Show what is in it' }).click()
      await page.getByText('Not sent: here a file has at most 5 MiB').waitFor()
    }),
  60_000,
)

test(
  'its steps are readable by everybody, narrow and wide',
  () =>
    recorder(async (page) => {
      const look = async () => {
        for (const width of [360, 1280]) {
          await page.setViewportSize({ width, height: 900 })
          const [inner, outer] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth])
          expect(inner).toBeLessThanOrEqual(outer as number)
        }
        expect(await axeFaults(page)).toEqual([])
      }
      await look()
      await page
        .getByLabel('The file')
        .setInputFiles({ name: 't.csv', mimeType: 'text/csv', buffer: Buffer.from(ROWS) })
      await page.getByRole('button', { name: 'Show what is in it' }).click()
      await page.getByRole('heading', { name: 't.csv' }).waitFor()
      await look()
      await page.getByLabel('Whose probabilities these are').fill('A model')
      await page.getByLabel('Where it was published').fill('https://example.com/t')
      await page.getByLabel('The event').fill('{game}')
      await page.getByRole('button', { name: 'Try it' }).click()
      await page.getByText('1 problem: nothing is imported').waitFor()
      await look()
    }),
  60_000,
)
