import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { recordForecast } from '../../src/ledger/forecast/record-forecast.ts'
import { openSecret } from '../../src/ledger/members/membership.ts'
import { launchBrowser, serveApp } from '../support/browser.ts'
import { INVENTED, importWorkedExample, inventedLedger } from '../support/invented.ts'
import { aForecast } from '../support/ledger.ts'
import { recordRare } from '../support/rare.ts'
import { TEXT } from './capture-page.ts'
import { begin } from './capture-visit.ts'

const KALACHEV = '2024-04-alphanews-kalachev'
/** The largest a page may be on its way, in bytes after gzip -9. */
const BUDGETS = { document: 60_000, stylesheet: 20_000, script: 30_000 } as const
type Kind = keyof typeof BUDGETS

const PUBLIC = [
  '/',
  '/ledger',
  '/ledger?q=war&state=resolved',
  '/ledger?q=nothing-like-this',
  '/due',
  '/sources',
  `/sources/${KALACHEV}`,
  `/forecasts/${KALACHEV}_serious-escalation`,
  `/questions/${KALACHEV}_new-war`,
  '/analysts',
  '/analysts/konstantin-kalachev',
  `/analysts/${INVENTED.overconfident}`,
  `/analysts/${INVENTED.words}`,
  `/compare?analysts=${INVENTED.overconfident},${INVENTED.calibrated}`,
  '/methods',
  '/docs',
  '/docs/problems',
  '/help',
  '/sign-in',
  `/embed/forecasts/${KALACHEV}_new-war`,
  `/embed/analysts/${INVENTED.calibrated}`,
  `/forecasts/${KALACHEV}_serious-escalatio`,
  '/ledger?state=wrong',
]
const OWN = ['/capture', '/capture/one', '/due', '/settings', `/questions/${KALACHEV}_new-war/resolve`]

let browser: Browser
let origin: string
let link: string
let captureLink: string

const closing: (() => Promise<void>)[] = []
beforeAll(async () => {
  const held = await inventedLedger()
  closing.push(held.close)
  await recordRare(held)
  await importWorkedExample(held)
  await recordForecast(
    held.ledger,
    held.unit,
    aForecast({
      quote: 'لن تكون هناك حرب',
      analyst: { id: 'layla-haddad', name: 'ليلى حداد' },
      probability: 0.1,
    }),
  )
  const served = await serveApp(held.host)
  closing.unshift(served.close)
  origin = served.origin
  link = await openSecret(held.ledger, held.host.now(), held.unit.by.member, 'link')
  captureLink = await openSecret(held.ledger, held.host.now(), held.unit.by.member, 'link')
  browser = await launchBrowser()
  closing.unshift(() => browser.close())
})
afterAll(async () => {
  for (const close of closing) await close()
})

/** What arrives with a page, and everything the browser has to say about it. */
function watch(page: Page) {
  const seen = { sizes: {} as Partial<Record<Kind, number>>, faults: [] as string[] }
  const reading: Promise<unknown>[] = []
  page.on('request', (request) => {
    if (!request.url().startsWith(`${origin}/`)) seen.faults.push(`asks ${request.url()}`)
  })
  page.on('response', (response) => {
    const kind = response.request().resourceType()
    if (!(kind in BUDGETS) || response.status() >= 500 || response.status() === 303) return
    reading.push(
      response.body().then((body) => {
        seen.sizes[kind as Kind] = (seen.sizes[kind as Kind] ?? 0) + gzipSync(body, { level: 9 }).length
      }),
    )
  })
  page.on('console', (message) => {
    // A page with a status of its own is a resource that “failed to load”.
    if (message.type() === 'error' && !/status of 40[04]/u.test(message.text()))
      seen.faults.push(message.text())
  })
  page.on('pageerror', (error) => seen.faults.push(error.message))
  return { seen, read: () => Promise.all(reading) }
}

async function look(context: BrowserContext, path: string): Promise<Partial<Record<Kind, number>>> {
  const page = await context.newPage()
  const { seen, read } = watch(page)
  await page.addInitScript(() => {
    addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) =>
      console.error(`Content Security Policy: ${violatedDirective} ${blockedURI} ${sample}`),
    )
  })
  await page.setViewportSize({ width: 1280, height: 900 })
  await page.goto(origin + path)
  await page.evaluate(() => {
    for (const fold of document.querySelectorAll('details')) fold.open = true
  })
  const axe = async (scheme: 'light' | 'dark', builder: AxeBuilder) => {
    await page.emulateMedia({ colorScheme: scheme })
    for (const { id, nodes } of (await builder.analyze()).violations)
      seen.faults.push(`${scheme}: ${id} ${nodes[0]?.html}`)
  }
  await axe('light', new AxeBuilder({ page }))
  // Of what axe looks at, the colours alone differ in the dark.
  await axe('dark', new AxeBuilder({ page }).withRules(['color-contrast', 'link-in-text-block']))
  for (const width of [360, 640]) {
    await page.setViewportSize({ width, height: 450 })
    const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    if (beyond > 0) seen.faults.push(`scrolls sideways by ${beyond} at ${width} px`)
  }
  await read()
  for (const [kind, most] of Object.entries(BUDGETS))
    if ((seen.sizes[kind as Kind] ?? 0) > most)
      seen.faults.push(`${kind} of ${seen.sizes[kind as Kind]} bytes, ${most} are allowed`)
  await page.close()
  expect(seen.faults, path).toEqual([])
  return seen.sizes
}

// 640 px at two device pixels each is a window of 1280 at a zoom of 200 %.
const contextOf = () => browser.newContext({ deviceScaleFactor: 2, viewport: { width: 1280, height: 900 } })

test.each(PUBLIC)(
  '%s keeps to its budget, its host and its policy, for every eye and any width',
  async (path) => {
    const context = await contextOf()
    const sizes = await look(context, path)
    expect(Object.keys(sizes).sort()).toEqual(
      path.startsWith('/embed/') ? ['document', 'stylesheet'] : ['document', 'script', 'stylesheet'],
    )
    await context.close()
  },
)

test('so do the pages of members', async () => {
  const context = await contextOf()
  const page = await context.newPage()
  await page.goto(`${origin}/sign-in?token=${link}`)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL(`${origin}/`)
  for (const path of OWN) await look(context, path)
  await context.close()
}, 120_000)

test('so does the page of a capture, with a text longer than an interview and all of it marked', async () => {
  const context = await contextOf()
  const page = await context.newPage()
  await page.goto(`${origin}/sign-in?token=${captureLink}`)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL(`${origin}/`)
  await begin({ page, origin }, `${TEXT}\n${TEXT.replaceAll('Karsk', 'Norrow').replaceAll('strait', 'pass')}`)
  const sizes = [await look(context, new URL(page.url()).pathname)]
  for (let n = 1; n <= 6; n++) {
    await page.locator('.suggested button[value^=forecast]').first().click()
    await page.locator(`#m${n}`).waitFor()
    await page.keyboard.type(`An event of its own, number ${n}`)
  }
  await page.getByRole('button', { name: /^Accept/u }).click()
  await page.locator('.capture-card.duplicate').first().waitFor()
  expect(await page.locator('.capture-card').count()).toBeGreaterThan(9)
  sizes.push(await look(context, new URL(page.url()).pathname))
  for (const each of sizes) expect(Object.keys(each).sort()).toEqual(['document', 'script', 'stylesheet'])
  await context.close()
}, 120_000)

test('the pictures are well-formed, and no line of theirs leaves the paper, in any script', async () => {
  const context = await contextOf()
  const page = await context.newPage()
  await page.goto(origin)
  const ids = await page.evaluate(async () => {
    const read = async (path: string) => (await (await fetch(path)).json()) as { items: { id: string }[] }
    const [forecasts, analysts] = [await read('/api/forecasts?limit=200'), await read('/api/analysts')]
    return [
      ...forecasts.items.slice(0, 25).map(({ id }) => `forecasts/${id}`),
      ...analysts.items.map(({ id }) => `analysts/${id}`),
    ]
  })
  expect(ids.length).toBeGreaterThan(30)
  for (const id of ids) {
    const answer = await page.goto(`${origin}/cards/${id}.svg`)
    expect(answer?.status()).toBe(200)
    const beyond = await page.evaluate(() => {
      const frame = document.documentElement.getBoundingClientRect()
      return [...document.querySelectorAll('text')]
        .map((text) => text.getBoundingClientRect())
        .filter(
          ({ left, right, bottom }) => left < frame.left || right > frame.right || bottom > frame.bottom,
        ).length
    })
    expect([id, isPicture(await page.content()), beyond]).toEqual([id, true, 0])
  }
  await context.close()
})

const isPicture = (content: string) => content.includes('<svg') && !content.includes('parsererror')

test('on paper stand the words, the rules and the tables whole, and nothing to press', async () => {
  const context = await contextOf()
  const page = await context.newPage()
  // A4 between its margins.
  await page.setViewportSize({ width: 680, height: 1000 })
  await page.emulateMedia({ media: 'print' })
  for (const path of [
    '/',
    '/ledger',
    `/analysts/${INVENTED.overconfident}`,
    `/forecasts/${KALACHEV}_new-war`,
  ]) {
    await page.goto(origin + path)
    const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    const toPress = await page.locator('nav, button, input, .facts summary').filter({ visible: true }).count()
    expect([path, beyond, toPress]).toEqual([path, 0, 0])
    expect((await page.pdf({ format: 'A4' })).length).toBeGreaterThan(10_000)
  }
  expect(await page.getByText('The threshold must be crossed inside the window').isVisible()).toBe(true)
  await context.close()
})

test('a frame of ours stands in a page of somebody else, and a page of ours does not', async () => {
  const context = await contextOf()
  const page = await context.newPage()
  const elsewhere = createServer((_, answer) =>
    answer.setHeader('content-type', 'text/html').end(
      `<iframe name="made" src="${origin}/embed/forecasts/${KALACHEV}_new-war"></iframe>
       <iframe name="not" src="${origin}/"></iframe>`,
    ),
  )
  await new Promise<void>((listening) => elsewhere.listen(0, '127.0.0.1', listening))
  await page.goto(`http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/`)
  await page.frameLocator('iframe[name=made]').getByText('Our question').waitFor()
  expect(await page.frameLocator('iframe[name=not]').getByText('Reckoning').count()).toBe(0)
  await context.close()
  await new Promise((closed) => elsewhere.close(closed))
})
