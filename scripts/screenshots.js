/** `npm run screenshots`: the pictures of README and docs, made by the program from the worked example and the demo. */
import { execFileSync, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import sparticuz from '@sparticuz/chromium'
import { chromium } from 'playwright-core'

const WIDTH = 1120
const KALACHEV = '2024-04-alphanews-kalachev'
/** Of the last questions that are decided the one on which most was said: ids of the demo move with the calendar. */
async function mostSpokenOf(origin) {
  const { items } = await (await fetch(`${origin}/api/questions?state=resolved&limit=200`)).json()
  const [most] = items.sort((a, b) => b.forecast_count - a.forecast_count)
  return `/questions/${most.id}`
}

/** The text that two coded of which most is known. */
async function codedOf(origin) {
  const { items } = await (await fetch(`${origin}/api/codings`)).json()
  const [most] = items.sort((a, b) => b.pairs.length - a.pairs.length)
  return `/codings/${most.id}`
}

/** Name, address, height. */
const OF_EXAMPLE = [
  ['source', `/sources/${KALACHEV}`, 820],
  ['forecast', `/forecasts/${KALACHEV}_new-war`, 760],
]
const OF_DEMO = [
  ['front', '/', 1000],
  ['ledger', '/ledger', 760],
  ['analyst', '/analysts/sotiria-valdoriotou-invented', 1000],
  ['question', mostSpokenOf, 760],
  ['coding', codedOf, 1120],
]

const freePort = () =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address()
      probe.close(() => resolve(port))
    })
  })

async function untilAnswers(url) {
  for (;;) {
    const answered = await fetch(url).then(
      (response) => response.ok,
      () => false,
    )
    if (answered) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** One of our servers in a folder of its own, as long as `use` takes. */
async function served(args, use) {
  const folder = mkdtempSync(join(tmpdir(), 'reckoning-pictures-'))
  const port = await freePort()
  const env = { ...process.env, PORT: String(port), RECKONING_IMPORT: resolve('predictions') }
  const server = spawn(process.execPath, [resolve('scripts/reckon.js'), ...args], {
    cwd: folder,
    env,
    stdio: 'ignore',
  })
  const ended = new Promise((end) => server.once('exit', end))
  // Also when something goes wrong.
  process.once('exit', () => server.kill('SIGTERM'))
  const origin = `http://127.0.0.1:${port}`
  await untilAnswers(`${origin}/api/health`)
  await use({ origin, env, folder })
  server.kill('SIGTERM')
  await ended
  rmSync(folder, { recursive: true, force: true })
}

const opened = (height) => browser.newPage({ viewport: { width: WIDTH, height }, colorScheme: 'light' })
const pictured = (page, name) => page.screenshot({ path: `docs/pictures/${name}.png` })

const pictures =
  (wanted) =>
  async ({ origin }) => {
    for (const [name, where, height] of wanted) {
      const path = typeof where === 'string' ? where : await where(origin)
      const page = await opened(height)
      const answer = await page.goto(origin + path)
      if (!answer.ok()) throw new Error(`${path} answers ${answer.status()}.`)
      await pictured(page, name)
      await page.close()
    }
  }

/** Capturing the quotes of the worked example, which are what is here of its text: marked, then checked. */
async function captured({ origin, env, folder }) {
  const page = await opened(900)
  const link = execFileSync(process.execPath, [resolve('scripts/reckon.js'), 'sign-in'], {
    cwd: folder,
    env,
    encoding: 'utf8',
  })
  await page.goto(/http\S+/u.exec(link)[0])
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL(`${origin}/`)
  const { statements } = await (await fetch(`${origin}/api/sources/${KALACHEV}`)).json()
  const own = statements.filter(({ voice }) => voice === 'quote').map(({ quote }) => quote.exact)
  await page.goto(`${origin}/capture`)
  await page
    .getByLabel('The text')
    .fill(own.map((words) => `“${words}${words.endsWith('?') ? '' : '.'}”`).join('\n'))
  await page.getByLabel('Published').fill('2024-04')
  await page.getByRole('button', { name: 'Begin' }).click()
  await page.waitForURL(/captures/u)
  await page.getByLabel('Analyst', { exact: true }).fill('Konstantin Kalachev')
  await page.getByText('Title, outlet, address, date').click()
  await page.getByLabel('Title', { exact: true }).fill('Konstantin Kalachev to Alpha News')
  await page.getByLabel('Every forecast in it').check()
  await page
    .locator('.suggested')
    .filter({ hasText: 'by no means ready' })
    .getByRole('button', { name: 'Forecast' })
    .click()
  await page.locator('.capture-card').first().waitFor()
  await page.getByLabel('Event, worded positively').fill('Baku starts a serious escalation')
  await page.getByText('Saved. Nothing is logged yet.').waitFor()
  await page.locator('.capture-card').first().scrollIntoViewIfNeeded()
  await pictured(page, 'capture')
  await page.getByRole('button', { name: /^Check/u }).click()
  await page.waitForURL(/\/check$/u)
  await page.setViewportSize({ width: WIDTH, height: 700 })
  await pictured(page, 'check')
  await page.close()
}

const browser = await chromium.launch({
  executablePath: process.env.CHROME_PATH ?? (await sparticuz.executablePath()),
  // Grey edges of letters: pictures half as large, and good to look at on any screen.
  args: ['--no-sandbox', '--disable-gpu', '--disable-lcd-text'],
})
mkdirSync('docs/pictures', { recursive: true })
await served(['serve'], async (at) => {
  await pictures(OF_EXAMPLE)(at)
  await captured(at)
})
await served(['demo'], pictures(OF_DEMO))
await browser.close()
