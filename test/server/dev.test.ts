import { cpSync, existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { databaseAt } from '../support/database.ts'
import { environment, folder, freePort, root, start, until } from '../support/process.ts'

// Seconds on a machine that has nothing else to do: types and the program are built from nothing.
const WITHIN_MS = 60_000

const ending: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of ending.splice(0).reverse()) await end()
})

/** A copy of the program, which may be changed. */
function copied(): string {
  const cwd = folder()
  for (const name of [
    'src',
    'scripts',
    'docs',
    'predictions',
    'README.md',
    'SECURITY.md',
    'CONTRIBUTING.md',
    'package.json',
    'package-lock.json',
    'tsconfig.json',
  ])
    cpSync(join(root, name), join(cwd, name), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(cwd, 'node_modules'))
  return cwd
}

test('npm run dev shows a change in the open page, goes on beside a mistake, and leaves nothing behind', async () => {
  const cwd = copied()
  const port = await freePort()
  const dev = start(process.execPath, ['scripts/dev.js'], {
    cwd,
    env: environment({
      PORT: String(port),
      RECKONING_DATABASE_URL: databaseAt(join(cwd, 'ledger.db')),
      RECKONING_IMPORT: '',
    }),
  })
  ending.push(() => dev.stop())
  const said = (what: RegExp) => until(String(what), () => what.test(dev.stdout() + dev.stderr()), WITHIN_MS)
  await said(/Reckoning is at http:\/\/127\.0\.0\.1:\d+/u)

  const path = join(cwd, 'src', 'web', 'reference', 'help.tsx')
  const written = readFileSync(path, 'utf8')
  const write = (heading: string, more = '') =>
    writeFileSync(path, `${written.replace('<h1>Keys</h1>', `<h1>${heading}</h1>`)}${more}`)
  const browser = await launchBrowser()
  ending.push(() => browser.close())
  const page = await browser.newPage()
  await page.goto(`http://127.0.0.1:${port}/help`)
  const heading = (name: string) =>
    page.getByRole('heading', { name, exact: true }).waitFor({ timeout: WITHIN_MS })
  await heading('Keys')

  write('Keys of tomorrow')
  await heading('Keys of tomorrow')
  write('Mistaken', '\nexport const = 1\n')
  await said(/Expected identifier/u)
  write('Mistaken', '\nexport const wrong: number = "a text"\n')
  await said(/TS2322[\s\S]*The types are wrong/u)
  await page.reload()
  await heading('Keys of tomorrow')

  expect(await dev.stop('SIGINT')).toBe(0)
  // The log of a file goes with the last program that has it open.
  expect(existsSync(join(cwd, 'ledger.db-wal'))).toBe(false)
}, 120_000)
