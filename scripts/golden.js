// npm run golden -- DIRECTORY: runs every golden file of a directory through test/support/golden-adapter.ts, a line a
// file. A file without cases is no golden file: it is named and skipped.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const directory = process.argv[2] ?? fileURLToPath(new URL('../test/golden', import.meta.url))
const work = mkdtempSync(join(tmpdir(), 'reckoning-golden-'))
const outfile = join(work, 'adapter.mjs')
try {
  await build({
    entryPoints: [fileURLToPath(new URL('../test/support/golden-adapter.ts', import.meta.url))],
    bundle: true,
    platform: 'neutral',
    mainFields: ['module', 'main'],
    format: 'esm',
    logLevel: 'error',
    outfile,
  })
  const { runGolden } = await import(pathToFileURL(outfile).href)
  let passed = 0
  let failed = 0
  for (const name of readdirSync(directory)
    .filter((n) => n.endsWith('.json'))
    .sort()) {
    const file = JSON.parse(readFileSync(join(directory, name), 'utf8'))
    if (!Array.isArray(file.cases) || file.cases.length === 0) {
      console.log(`${name}: skipped, it has no cases`)
      continue
    }
    const result = runGolden(file)
    passed += result.passed
    failed += result.failures.length
    console.log(`${name}: ${result.passed} passed, ${result.failures.length} failed`)
    for (const { id, problems } of result.failures) {
      console.log(`  FAILED ${id}`)
      for (const problem of problems.slice(0, 10)) console.log(`    ${problem}`)
      if (problems.length > 10) console.log(`    … and ${problems.length - 10} more`)
    }
  }
  console.log(`${passed} passed, ${failed} failed`)
  // A directory without a single case must not look like a success.
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0
} finally {
  rmSync(work, { recursive: true, force: true })
}
