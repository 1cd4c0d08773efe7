/**
 * `npm run reading -- FILE… [-v]`: tries cases and labelled texts at the one door of reading, and prints by kind how many
 * are right. Fails where a kind is below 95 %, a reading is on the wrong side of one half, or a stated number is ignored.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { build } from 'esbuild'

const { values, positionals } = parseArgs({
  options: { verbose: { type: 'boolean', short: 'v', default: false } },
  allowPositionals: true,
})
const source = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url))
const work = mkdtempSync(join(tmpdir(), 'reckoning-reading-'))
try {
  await build({
    entryPoints: { door: source('src/reading/reading.ts'), report: source('scripts/reading/report.ts') },
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
    outdir: work,
    outExtension: { '.js': '.mjs' },
  })
  const load = (name) => import(pathToFileURL(join(work, `${name}.mjs`)).href)
  const [{ readingsOf }, { reported }] = await Promise.all([load('door'), load('report')])
  if (readingsOf === undefined) throw new Error('src/reading/reading.ts exports no readingsOf.')
  const files = positionals.map((name) => ({ name, json: JSON.parse(readFileSync(name, 'utf8')) }))
  const { lines, passed } = reported(files, readingsOf, values.verbose)
  for (const line of lines) console.log(line)
  if (files.length === 0) console.error('No file was named: npm run reading -- test/reading/cases/*.json')
  process.exitCode = passed ? 0 : 1
} finally {
  rmSync(work, { recursive: true, force: true })
}
