/** `npm run screenshots`: the README's pictures, made from the worked example by the program itself. */
import { execFileSync, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sparticuz from '@sparticuz/chromium'
import { chromium } from 'playwright-core'

const PICTURES = [
  ['source', '/sources/2024-04-alphanews-kalachev', 760],
  ['analyst', '/analysts/konstantin-kalachev', 1000],
  ['forecast', '/forecasts/2024-04-alphanews-kalachev_new-war', 1000],
]
const WIDTH = 1120

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

/** Capturing the quotes of the worked example, which are what is here of its text, with two of them marked. */
async function captured() {
  const page = await browser.newPage({ viewport: { width: WIDTH, height: 900 }, colorScheme: 'light' })
  const link = execFileSync(process.execPath, ['scripts/reckon.js', 'sign-in'], { env, encoding: 'utf8' })
  await page.goto(/http\S+/u.exec(link)[0])
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL(`${origin}/`)
  const { statements } = await (await fetch(`${origin}/api/sources/2024-04-alphanews-kalachev`)).json()
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
  await page.getByRole('button', { name: /^Accept/u }).click()
  await page.locator('.capture-card').first().waitFor()
  await page
    .getByRole('article', { name: /by no means ready/u })
    .getByRole('button', { name: 'Forecast' })
    .click()
  await page.locator('.capture-card.forecast').first().waitFor()
  await page.keyboard.type('Baku starts a serious escalation')
  await page.getByText('Saved. Nothing is logged yet.').waitFor()
  await page.screenshot({ path: 'docs/pictures/capture.png' })
  await page.close()
}

const folder = mkdtempSync(join(tmpdir(), 'reckoning-pictures-'))
const port = await freePort()
const env = {
  ...process.env,
  PORT: String(port),
  RECKONING_DATABASE_URL: `file:${join(folder, 'reckoning.db')}`,
}
const server = spawn(process.execPath, ['scripts/reckon.js', 'serve'], { env, stdio: 'ignore' })
// Also when something goes wrong.
process.once('exit', () => server.kill('SIGTERM'))
const origin = `http://127.0.0.1:${port}`
await untilAnswers(`${origin}/api/health`)

const browser = await chromium.launch({
  executablePath: process.env.CHROME_PATH ?? (await sparticuz.executablePath()),
  args: ['--no-sandbox', '--disable-gpu'],
})
mkdirSync('docs/pictures', { recursive: true })
for (const [name, path, height] of PICTURES) {
  const page = await browser.newPage({ viewport: { width: WIDTH, height }, colorScheme: 'light' })
  await page.goto(origin + path)
  await page.screenshot({ path: `docs/pictures/${name}.png` })
  await page.close()
}
await captured()
await browser.close()
server.kill('SIGTERM')
await new Promise((resolve) => server.once('exit', resolve))
rmSync(folder, { recursive: true, force: true })
