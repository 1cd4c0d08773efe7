/** `npm run screenshots`: the README's pictures, made from the worked example by the program itself. */
import { spawn } from 'node:child_process'
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

const folder = mkdtempSync(join(tmpdir(), 'reckoning-pictures-'))
const port = await freePort()
const server = spawn(process.execPath, ['scripts/reckon.js', 'serve'], {
  env: { ...process.env, PORT: String(port), RECKONING_DATABASE_URL: `file:${join(folder, 'reckoning.db')}` },
  stdio: 'ignore',
})
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
await browser.close()
server.kill('SIGTERM')
await new Promise((resolve) => server.once('exit', resolve))
rmSync(folder, { recursive: true, force: true })
