import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ABOUT_FILES } from './by-files.ts'
import { manyDatabases } from './sqld.ts'

/** Starts the server of all ledgers, and says what is not tried on it. */
export async function setup(): Promise<() => Promise<void>> {
  for (const { in: file, titles = ['all of it'], because } of ABOUT_FILES)
    process.stdout.write(`Not on a server: ${file}, ${titles.join('; ')}: ${because}\n`)
  const folder = mkdtempSync(join(tmpdir(), 'reckoning-'))
  const { address, admin, stop } = await manyDatabases(folder)
  process.env.RECKONING_TEST_SQLD = JSON.stringify({ address, admin })
  return async () => {
    await stop()
    rmSync(folder, { recursive: true, force: true })
  }
}
