import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSecret } from '../../src/ledger/members/membership.ts'
import { axeFaults } from '../support/axe.ts'
import { launchBrowser, serveApp } from '../support/browser.ts'
import { INVENTED, importWorkedExample, inventedLedger } from '../support/invented.ts'
import { recordRare } from '../support/rare.ts'
import { TEXT } from './capture-page.ts'
import { begin } from './capture-visit.ts'

const KALACHEV = '2024-04-alphanews-kalachev'
/** The longest name of the demo, and the one interview in which that person is heard. */
const LONG_NAME = 'maximiliane-ottilie-freifrau-von-und-zu-hohenvaldora-osterra'
const EVENING = '2025-06-an-evening-with-maximiliane-ottilie-of-merin-what-sh'
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
  `/analysts/${LONG_NAME}`,
  '/analysts/layla-invented',
  `/sources/${EVENING}`,
  '/questions/the-strait-of-merin-is-closed-to-ships-for-a-week-or-longer',
  `/compare?analysts=${INVENTED.calibrated},sotiria-valdoriotou-invented`,
  '/changes',
  '/words',
  '/methods',
  '/log',
  '/docs',
  '/docs/problems',
  '/help',
  '/sign-in',
  `/embed/forecasts/${KALACHEV}_new-war`,
  `/embed/analysts/${INVENTED.calibrated}`,
  `/forecasts/${KALACHEV}_serious-escalatio`,
  '/ledger?state=wrong',
  `/analysts/${INVENTED.new}`,
  `/compare?analysts=${INVENTED.calibrated},${INVENTED.words}`,
  '/compare',
  '/forecasts/WITHDRAWN',
  '/forecasts/OPTIONS',
  '/questions/DISPUTED',
]
/** Pages that say that there is no such thing, or what is wrong with their address. */
const REFUSED: Record<string, number> = {
  [`/forecasts/${KALACHEV}_serious-escalatio`]: 404,
  '/ledger?state=wrong': 400,
}
const OWN = [
  '/',
  '/ledger',
  '/ledger?state=due&q=event',
  '/capture',
  '/capture/one',
  '/capture/one?what=remark',
  '/due',
  '/settings',
  '/settings/sign-ins',
  '/settings/reminders',
  '/settings/webhooks',
  '/settings/audit',
  '/import',
  '/sign-in?token=x',
  '/forecasts/WITHDRAWN',
  '/questions/DISPUTED',
  `/questions/${KALACHEV}_new-war/resolve`,
]

let browser: Browser
let origin: string
let rare: Awaited<ReturnType<typeof recordRare>>
/** Ids that are known only when the ledger is there. */
const addressOf = (path: string): string =>
  path
    .replace('WITHDRAWN', rare.third.id)
    .replace('OPTIONS', rare.options.id)
    .replace('DISPUTED', rare.first.question)
let signedIn: BrowserContext

const closing: (() => Promise<void>)[] = []
beforeAll(async () => {
  const held = await inventedLedger(undefined, { crowd: true })
  closing.push(held.close)
  rare = await recordRare(held)
  await importWorkedExample(held)
  const served = await serveApp(held.host)
  closing.unshift(served.close)
  origin = served.origin
  browser = await launchBrowser()
  closing.unshift(() => browser.close())
  signedIn = await contextOf()
  const page = await signedIn.newPage()
  const link = await openSecret(held.ledger, held.host.now(), held.unit.by.member, 'link')
  await page.goto(`${origin}/sign-in?token=${link}`)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL(`${origin}/`)
  await page.close()
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

/**
 * Where the next stop of the Tab key stands higher than the one before: it may only where a column to the right begins.
 */
const backwards = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const name = (element: Element) => `${element.tagName} ${element.textContent?.trim().slice(0, 30)}`
    const stops = [
      ...document.querySelectorAll<HTMLElement>(
        'a[href], button, input, select, textarea, summary, [tabindex]',
      ),
    ].filter(
      (element) =>
        element.tabIndex >= 0 &&
        element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
        element.closest('.skip, .unseen, dialog') === null,
    )
    return stops.slice(1).flatMap((element, i) => {
      const before = (stops[i] as HTMLElement).getBoundingClientRect()
      const after = element.getBoundingClientRect()
      if (after.width === 0 || before.width === 0) return []
      const isAbove = after.bottom <= before.top + 1
      return isAbove && after.left < before.right - 1
        ? [`Tab goes back from ${name(stops[i] as HTMLElement)} up to ${name(element)} at ${innerWidth} px`]
        : []
    })
  })

/** Bands whose edge is not three times as light or as dark as what is behind them. */
const faintEdges = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const numbers = (colour: string) => (colour.match(/[\d.]+/gu) ?? []).map(Number)
    const light = (colour: readonly number[]) => {
      const [r = 0, g = 0, b = 0] = colour.slice(0, 3).map((part) => {
        const share = part / 255
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
      })
      return 0.2126 * r + 0.7152 * g + 0.0722 * b
    }
    const behind = (element: Element): number[] => {
      for (let at: Element | null = element; at !== null; at = at.parentElement) {
        const colour = numbers(getComputedStyle(at).backgroundColor)
        if (colour.length === 3 || (colour[3] ?? 0) === 1) return colour
      }
      return [255, 255, 255]
    }
    const faint = new Set<string>()
    for (const band of document.querySelectorAll(
      'svg :is(.band, .band-range, .consistency, .hull, .frame)',
    )) {
      if (!band.checkVisibility()) continue
      const { stroke, strokeOpacity, strokeWidth } = getComputedStyle(band)
      const paper = behind(band)
      const ink = numbers(stroke)
      const alpha = Number(strokeOpacity) * (ink[3] ?? 1)
      const seen = ink.slice(0, 3).map((part, i) => alpha * part + (1 - alpha) * (paper[i] ?? 0))
      const [a, b] = [light(seen), light(paper)]
      const contrast = stroke === 'none' ? 1 : (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
      if (contrast < 3 || Number.parseFloat(strokeWidth) < 1)
        faint.add(`the edge of ${band.getAttribute('class')} has a contrast of ${contrast.toFixed(2)}`)
    }
    return [...faint]
  })

async function look(context: BrowserContext, path: string): Promise<Partial<Record<Kind, number>>> {
  const page = await context.newPage()
  const { seen, read } = watch(page)
  await page.addInitScript(() => {
    addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) =>
      console.error(`Content Security Policy: ${violatedDirective} ${blockedURI} ${sample}`),
    )
  })
  await page.setViewportSize({ width: 1280, height: 900 })
  const response = await page.goto(origin + addressOf(path))
  if (response?.status() !== (REFUSED[path] ?? 200)) seen.faults.push(`is answered ${response?.status()}`)
  await page.evaluate(() => {
    for (const fold of document.querySelectorAll('details')) fold.open = true
  })
  const axe = async (scheme: 'light' | 'dark', rules?: string[]) => {
    await page.emulateMedia({ colorScheme: scheme })
    for (const fault of await axeFaults(page, { rules })) seen.faults.push(`${scheme}: ${fault}`)
  }
  await axe('light')
  seen.faults.push(...(await backwards(page)), ...(await faintEdges(page)))
  // Of what axe looks at, the colours alone differ in the dark.
  await axe('dark', ['color-contrast', 'link-in-text-block'])
  await page.setViewportSize({ width: 360, height: 800 })
  await axe('dark')
  const letters = await page.evaluate(() =>
    [...document.querySelectorAll('svg.drawing text')].map((text) => {
      const { width, height } = text.getBoundingClientRect()
      return Math.min(width, height)
    }),
  )
  // A single digit is narrower than it is high; nothing is drawn in letters under about 11 px.
  if (letters.some((size) => size > 0 && size < 5.5)) seen.faults.push('draws letters too small to read')
  seen.faults.push(...(await backwards(page)), ...(await faintEdges(page)))
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

const SHIFT = 0.02
test.each(PUBLIC)('%s stands still while it arrives, at both widths', async (path) => {
  for (const width of [1280, 360]) {
    const context = await browser.newContext({ viewport: { width, height: 800 } })
    const page = await context.newPage()
    await page.addInitScript(() => {
      const shifts: number[] = []
      Object.assign(window, { shifts })
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) shifts.push((entry as unknown as { value: number }).value)
      }).observe({ type: 'layout-shift', buffered: true })
    })
    await page.goto(origin + addressOf(path))
    const shift = await page.evaluate(async () => {
      await document.fonts.ready
      // The observer is told of a frame after it was drawn.
      for (let frame = 0; frame < 3; frame++)
        await new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)))
      return (window as unknown as { shifts: number[] }).shifts.reduce((sum, value) => sum + value, 0)
    })
    expect(shift, `${path} at ${width} px`).toBeLessThanOrEqual(SHIFT)
    await context.close()
  }
})

test.each(OWN)('so does %s of a member', async (path) => {
  await look(signedIn, path)
})

test('so does the page of a capture, with a text longer than an interview and all of it marked', async () => {
  const page = await signedIn.newPage()
  await begin({ page, origin }, `${TEXT}\n${TEXT.replaceAll('Karsk', 'Norrow').replaceAll('strait', 'pass')}`)
  const sizes = [await look(signedIn, new URL(page.url()).pathname)]
  for (let n = 1; n <= 6; n++) {
    await page.locator('.suggested button[value^=forecast]').first().click()
    await page.locator(`#m${n}`).waitFor()
    await page.keyboard.type(`An event of its own, number ${n}`)
  }
  await page.getByRole('button', { name: /^Accept/u }).click()
  await page.locator('.capture-card.duplicate').first().waitFor()
  expect(await page.locator('.capture-card').count()).toBeGreaterThan(9)
  sizes.push(await look(signedIn, new URL(page.url()).pathname))
  for (const each of sizes) expect(Object.keys(each).sort()).toEqual(['document', 'script', 'stylesheet'])
  await page.close()
}, 120_000)

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
    '/questions/the-strait-of-merin-is-closed-to-ships-for-a-week-or-longer',
    '/due',
  ]) {
    await page.goto(origin + path)
    // What is drawn in px cannot shrink: a drawing with less room than it takes would run into the words below.
    const cut = await page.evaluate(() =>
      [...document.querySelectorAll('svg.drawing:not([viewBox])')].flatMap((svg) => {
        const { height } = svg.getBoundingClientRect()
        return height === 0 || height >= Number(svg.getAttribute('height'))
          ? []
          : [svg.outerHTML.slice(0, 80)]
      }),
    )
    expect([path, cut]).toEqual([path, []])
    const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    const toPress = await page.locator('nav, button, input, .facts summary').filter({ visible: true }).count()
    expect([path, beyond, toPress]).toEqual([path, 0, 0])
    // A footer of a table is what a browser repeats on every page.
    const foot = page.locator('.on-paper')
    expect(await foot.evaluate((element) => getComputedStyle(element).display)).toBe('table-footer-group')
    expect(await foot.innerText()).toMatch(/^http:.*As of 22 Nov 2026, 10:00 UTC, entry [\d,]+$/su)
    expect(await foot.innerText()).toContain(origin + path)
  }
  await page.goto(`${origin}/analysts/${INVENTED.overconfident}?logged=all`)
  expect(await page.locator('.on-paper').innerText()).toContain('all that was written down')
  expect(await page.locator('details table').filter({ visible: true }).count()).toBe(0)
  await page.goto(`${origin}/forecasts/${KALACHEV}_new-war`)
  const evidence = await page
    .locator('.evidence a')
    .evaluateAll((links) =>
      links.map((link) => [link.getAttribute('href'), getComputedStyle(link, '::after').content]),
    )
  expect(evidence.length).toBeGreaterThan(0)
  for (const [href, after] of evidence) expect(after).toContain(href)
  expect(await page.getByText('The threshold must be crossed inside the window').isVisible()).toBe(true)
  await context.close()
})

const PAGE_OF_PDF = /\/Type\s*\/Page\b(?!s)/gu
test.each([
  `/analysts/${INVENTED.overconfident}`,
  `/analysts/${INVENTED.words}`,
  `/analysts/${LONG_NAME}`,
  `/forecasts/${KALACHEV}_new-war`,
  '/questions/the-strait-of-merin-is-closed-to-ships-for-a-week-or-longer',
  `/sources/${EVENING}`,
  `/sources/${KALACHEV}`,
])('%s is printed on one to three pages of A4', async (path) => {
  const page = await browser.newPage()
  await page.goto(origin + path)
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
  await page.close()
  expect(pdf.match(PAGE_OF_PDF)?.length).toSatisfy((pages: number) => pages >= 1 && pages <= 3)
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
