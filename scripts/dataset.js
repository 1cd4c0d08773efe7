/**
 * Whether programs of others take our data set: makes a ledger of a table of forecasts, releases it (`reckon release`),
 * and has it judged by frictionless and mlcroissant, where Python has them installed; PYTHON names another Python than
 * `python3`. Exits 75 where one of the two is missing.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { unzipSync } from 'fflate'
import { NOT_CHECKED } from './audit.js'

const here = (path) => fileURLToPath(new URL(path, import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'reckoning-'))
const at = (...names) => join(folder, ...names)
const python = process.env.PYTHON ?? 'python3'

function ran(command, args, options = {}) {
  const { status, error, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', ...options })
  return { status: error === undefined ? status : null, said: `${stdout ?? ''}${stderr ?? ''}`.trim() }
}

function released() {
  const env = { ...process.env, RECKONING_DATABASE_URL: `file:${at('ledger.db')}` }
  const rows = Array.from({ length: 40 }, (_, n) => `Event ${n},0.${(n % 9) + 1},${n % 2},2025-02-01`)
  writeFileSync(at('table.csv'), `title,probability,outcome,date\n${rows.join('\n')}\n`)
  const source = ['--analyst', 'Ada Invented', '--url', 'https://example.com/table']
  for (const words of [
    ['import', here('../predictions')],
    ['import', at('table.csv'), ...source],
    ['release', '1.0.0', '--licence', 'CC-BY-4.0', '--author', 'The Newsroom', '--out', at('release.zip')],
  ]) {
    const { status, said } = ran(process.execPath, [here('reckon.js'), ...words], { env })
    if (status !== 0) throw new Error(`reckon ${words.join(' ')}: ${said}`)
  }
  for (const [name, bytes] of Object.entries(unzipSync(readFileSync(at('release.zip'))))) {
    mkdirSync(dirname(at('out', name)), { recursive: true })
    writeFileSync(at('out', name), bytes)
  }
}

const hasModule = (name) => ran(python, ['-c', `import ${name}`]).status === 0

/** What judges the release, and a change of a file that it must not pass. */
const judges = [
  {
    module: 'frictionless',
    args: ['-m', 'frictionless', 'validate', 'datapackage.json'],
    spoil: ['forecasts.csv', (text) => text.replace(',afterwards,', ',some day,')],
  },
  {
    module: 'mlcroissant',
    args: ['-c', 'from mlcroissant.scripts.validate import main; from absl import app; app.run(main)'],
    more: ['--jsonld', 'croissant.json'],
    spoil: ['croissant.json', (text) => text.replace('"cr:RecordSet"', '"cr:Nothing"')],
  },
]

const judged = ({ args, more = [] }) => ran(python, [...args, ...more], { cwd: at('out') })

try {
  released()
  let asked = 0
  for (const judge of judges) {
    const { module, spoil } = judge
    if (!hasModule(module)) {
      console.log(`${python} has no ${module}: it was not asked.`)
      continue
    }
    asked += 1
    const { status, said } = judged(judge)
    if (status !== 0) throw new Error(`${module} does not take the data set: ${said}`)
    const [name, change] = spoil
    const whole = readFileSync(at('out', name), 'utf8')
    if (change(whole) === whole) throw new Error(`${name} has nothing of what was to be changed`)
    writeFileSync(at('out', name), change(whole))
    if (judged(judge).status === 0) throw new Error(`${module} passed a changed ${name}`)
    writeFileSync(at('out', name), whole)
    console.log(`${module} takes the data set, and finds a change in ${name}.`)
  }
  process.exitCode = asked < judges.length ? NOT_CHECKED : 0
} finally {
  rmSync(folder, { recursive: true, force: true })
}
