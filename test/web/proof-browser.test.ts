import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { integrate } from '../../src/ledger/log/integrate.ts'
import { axeFaults } from '../support/axe.ts'
import { launchBrowser, serveApp } from '../support/browser.ts'
import { keptLedger, type TestLedger } from '../support/ledger.ts'
import { signedBy } from '../support/log.ts'
import { log } from '../support/steps.ts'

let browser: Browser
let held: TestLedger & { close: () => Promise<void> }
let served: { origin: string; close: () => Promise<void> }
let forecast: string

beforeAll(async () => {
  browser = await launchBrowser()
  held = await keptLedger()
  forecast = (await log(held)).id
  await integrate(await signedBy(held.ledger))
  served = await serveApp(held.host)
}, 60_000)
afterAll(async () => {
  await browser.close()
  await served.close()
  await held.close()
})

/** The page of the forecast, in a context of its own. */
async function shown(
  work: (page: Page, context: BrowserContext) => Promise<void>,
  options: { javaScriptEnabled?: boolean } = {},
): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 360, height: 800 }, ...options })
  try {
    context.setDefaultTimeout(10_000)
    await work(await context.newPage(), context)
  } finally {
    await context.close()
  }
}

async function checked(page: Page): Promise<string> {
  await page.goto(`${served.origin}/forecasts/${forecast}`)
  await page.getByRole('button', { name: 'Check these entries in your browser' }).click()
  const place = page.locator('#checked')
  await place.locator('p').filter({ hasText: /\S/u }).waitFor()
  return place.innerText()
}

describe('a forecast checks its own entries in the browser', () => {
  test('hashes, places and signature of the words, the question and the reading', async () => {
    await shown(async (page) => {
      const said = await checked(page)
      expect(said).toMatch(/Entry \d+, what was said, is what was sealed.*It says: “there will be no war”/u)
      expect(said).toMatch(/Entry \d+, the question, .*It asks: “A new war begins”/u)
      expect(said).toMatch(/Entry \d+, our reading, /u)
      expect(said).toContain('bears the signature of reckoning.example/api/log+')
      expect(said).toContain('What it cannot see')
      expect(await axeFaults(page, { within: '#proof' })).toEqual([])
    })
  })

  test.each([
    [
      'other words',
      /entries\/\d+$/u,
      (text: string) => withOpening(text),
      'what is told of it is not what was sealed',
    ],
    [
      'other bytes',
      /entries\/\d+$/u,
      (text: string) => text.replace('\\"rev\\":0', '\\"rev\\":1'),
      'its bytes do not lead to the root',
    ],
    [
      'another root',
      /receipt$/u,
      (text: string) => text.replace(/^(\d+\n).{4}/mu, '$1AAAA'),
      'its bytes do not lead to the root',
    ],
    [
      'another signature',
      /receipt$/u,
      (text: string) => text.replace(/.{8}\n$/u, 'AAAAAAA=\n'),
      'does not bear the signature',
    ],
    ['another key', /key$/u, () => 'nonsense\n', 'what the ledger gives as its key is none'],
  ])('and finds %s on the way', async (_, address, change, message) => {
    await shown(async (page, context) => {
      await context.route(
        (url) => url.pathname.startsWith('/api/log/') && address.test(url.pathname),
        async (route) => {
          const answer = await route.fetch()
          await route.fulfill({ response: answer, body: change(await answer.text()) })
        },
      )
      const said = await checked(page)
      expect(said).toContain(message)
      expect(said).toContain('Do not rely on this page.')
      expect(said).not.toContain('bears the signature')
    })
  })

  test('and says so where the browser has no Ed25519, or the ledger no receipt', async () => {
    await shown(async (page) => {
      await page.addInitScript(() => {
        crypto.subtle.importKey = () => Promise.reject(new DOMException('no', 'NotSupportedError'))
      })
      const said = await checked(page)
      expect(said).toContain('It cannot verify Ed25519 signatures')
      expect(said).toContain('is what was sealed')
    })
    await shown(async (page, context) => {
      await context.route('**/receipt', (route) =>
        route.fulfill({ status: 404, json: { detail: 'Entry 9 is in no signed checkpoint yet.' } }),
      )
      expect(await checked(page)).toBe('It could not be checked. Entry 9 is in no signed checkpoint yet.')
    })
  })

  test('without script there are the receipts, and no button that does nothing', async () => {
    await shown(
      async (page) => {
        await page.goto(`${served.origin}/forecasts/${forecast}`)
        expect(await page.getByRole('button', { name: /Check these/u }).isVisible()).toBe(false)
        const receipt = await page.locator('#proof a', { hasText: 'our reading' }).getAttribute('href')
        const answer = await page.request.get(`${served.origin}${receipt}`)
        expect(await answer.text()).toMatch(/^c2sp\.org\/tlog-proof@v1\nindex \d+\n/u)
        await page.getByRole('link', { name: 'log that can be checked' }).click()
        expect(await page.locator('h1').innerText()).toBe('The log, and how to check it')
      },
      { javaScriptEnabled: false },
    )
  })
})

function withOpening(text: string): string {
  const entry = JSON.parse(text) as { disclosure: string }
  const opened = Buffer.from(entry.disclosure, 'base64url').toString().replace('war', 'tea')
  return JSON.stringify({ ...entry, disclosure: Buffer.from(opened).toString('base64url') })
}
