/**
 * Whether programs of others read our log: makes a ledger of some 300 entries, exports it (`reckon log export`), and has
 * it read by the log reader of Go's checksum database (sumdb/main.go) and by docs/verify.py; then by the first of them
 * over HTTP, where bundles of entries come compressed. Exits 75 where Go is not installed, or its module cannot be had.
 */
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { NOT_CHECKED } from './audit.js'

const here = (path) => fileURLToPath(new URL(path, import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'reckoning-'))
const at = (name) => join(folder, name)

function ran(command, args, options = {}) {
  const { status, error, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', ...options })
  return { status: error === undefined ? status : null, said: `${stdout ?? ''}${stderr ?? ''}`.trim() }
}
function required(command, args, options) {
  const { status, said } = ran(command, args, options)
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${said}`)
  console.log(said.split('\n').at(-1))
  return said
}

/** The command of Go: on the path, or where its installer puts it. */
const go = ['go', '/usr/local/go/bin/go'].find((name) => ran(name, ['version']).status === 0)

/** The reader, built; null, and told why, where there is no Go or its module is out of reach. */
function reader() {
  if (go === undefined) console.log('Go is not installed: its reader was not asked.')
  const built = go === undefined ? null : ran(go, ['build', '-o', at('sumdb'), '.'], { cwd: here('sumdb') })
  if (built !== null && built.status !== 0) console.log(`Its reader could not be built: ${built.said}`)
  return built?.status === 0 ? at('sumdb') : null
}

function exported() {
  const env = { ...process.env, RECKONING_DATABASE_URL: `file:${at('ledger.db')}` }
  const reckon = (...words) => required(process.execPath, [here('reckon.js'), ...words], { env })
  const rows = Array.from({ length: 80 }, (_, n) => `Event ${n},0.${(n % 9) + 1},${n % 2},2025-02-01`)
  writeFileSync(at('table.csv'), `title,probability,outcome,date\n${rows.join('\n')}\n`)
  reckon('import', at('table.csv'), '--analyst', 'Ada Invented', '--url', 'https://example.com/table')
  reckon('log', 'export', at('out'))
  return at('out')
}

/** A server of the same ledger, as long as `use` takes. */
async function served(use) {
  const env = {
    ...process.env,
    RECKONING_DATABASE_URL: `file:${at('ledger.db')}`,
    RECKONING_IMPORT: '',
    PORT: '0',
  }
  const server = spawn(process.execPath, [here('reckon.js'), 'serve'], { env, cwd: folder })
  const ended = new Promise((end) => server.once('exit', end))
  try {
    await use(
      await new Promise((told, failed) => {
        let said = ''
        const hear = (text) => {
          said += text
          const url = /http:\/\/127\.0\.0\.1:[1-9]\d*/u.exec(said)?.[0]
          if (url !== undefined) told(url)
        }
        server.stdout.setEncoding('utf8').on('data', hear)
        server.stderr.setEncoding('utf8').on('data', hear)
        void ended.then(() => failed(new Error(`the server ended: ${said}`)))
      }),
    )
  } finally {
    server.kill()
    await ended
  }
}

/** The same export with one bit of one file changed. */
function damaged(out, name) {
  const path = readdirSync(out, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .find((file) => file.slice(out.length + 1).startsWith(name))
  const bytes = readFileSync(path)
  const changed = Buffer.from(bytes)
  changed[40] ^= 1
  writeFileSync(path, changed)
  return () => writeFileSync(path, bytes)
}

try {
  const out = exported()
  const readers = [['python3', [here('../docs/verify.py'), out]]]
  const sumdb = reader()
  if (sumdb !== null) readers.push([sumdb, [out]])
  for (const [command, args] of readers) {
    required(command, args)
    for (const name of ['tile/entries', 'tile/0', 'checkpoint']) {
      const mend = damaged(out, name)
      if (ran(command, args).status !== 1) throw new Error(`${command} passed a changed ${name}`)
      mend()
    }
  }
  if (sumdb !== null)
    await served(async (url) => {
      // Two bundles, and the openings are not asked for.
      if (!/, 2 files came compressed$/u.test(required(sumdb, [`${url}/api/log`])))
        throw new Error('the bundles of entries did not come compressed')
    })
  process.exitCode = sumdb === null ? NOT_CHECKED : 0
} finally {
  rmSync(folder, { recursive: true, force: true })
}
