import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const SRC = fileURLToPath(new URL('../src', import.meta.url))

/** Who may import whom: every folder may use zod, itself and core. */
const MAY: Record<string, { rooms: string[]; packages: string[] }> = {
  core: { rooms: [], packages: ['date-fns', '@date-fns/tz', '@sindresorhus/slugify'] },
  scoring: { rooms: [], packages: [] },
  reading: { rooms: [], packages: [] },
  log: { rooms: [], packages: ['@noble/hashes'] },
  store: { rooms: ['log', 'scoring'], packages: ['@libsql/client'] },
  ledger: { rooms: ['reading', 'log', 'scoring', 'store'], packages: [] },
  interchange: { rooms: ['reading'], packages: ['yaml', 'csv-parse', '@sindresorhus/slugify'] },
  jobs: { rooms: ['log', 'ledger', 'store'], packages: [] },
  api: { rooms: ['interchange', 'scoring', 'reading', 'log', 'ledger', 'store'], packages: ['hono'] },
  web: { rooms: ['scoring', 'reading', 'log', 'ledger', 'store'], packages: ['hono', 'd3-time'] },
  'app.ts': { rooms: ['api', 'web', 'ledger'], packages: ['hono'] },
  'config.ts': { rooms: [], packages: [] },
  'build.ts': { rooms: [], packages: [] },
}
/** The entries may import anything; the command everything but api and web. */
const ENTRIES = [
  'node.ts',
  'ledger-file.ts',
  'server.ts',
  'http-server.ts',
  'worker.ts',
  'page-fetch.ts',
  'reader.ts',
  'readers.ts',
]
const CLI_MAY_NOT = ['api', 'web']

type Import = { from: string; room: string; target: string }

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/u.test(name))
const roomOf = (path: string): string => path.split('/')[0] as string
const importsOf = (path: string): Import[] => {
  const text = readFileSync(join(SRC, path), 'utf8')
  const statement =
    /^(?:import|export)\s[^'"`;]*?from\s+'([^'\n]+)'|^import\s+'([^'\n]+)'|\bimport\(\s*'([^'\n]+)'/gmu
  const targets = [...text.matchAll(statement)].map((match) => (match[1] ?? match[2] ?? match[3]) as string)
  return targets.map((target) => ({ from: path, room: roomOf(path), target }))
}
const imports = files.flatMap(importsOf)
const inside = ({ from, target }: Import): string | null =>
  target.startsWith('.') ? relative('.', normalize(join(dirname(from), target))) : null
const packageOf = (target: string): string =>
  target
    .split('/')
    .slice(0, target.startsWith('@') ? 2 : 1)
    .join('/')

describe('the import table', () => {
  it('saw the files and their imports', () => {
    expect(files.length).toBeGreaterThan(100)
    expect(imports.length).toBeGreaterThan(300)
    for (const room of Object.keys(MAY)) expect(files.map(roomOf), `no file in ${room}`).toContain(room)
  })

  it('lets each room import only what stands in its line', () => {
    const broken = imports.filter((line) => {
      const rule = MAY[line.room]
      if (rule === undefined) return false
      const path = inside(line)
      if (path === null)
        return packageOf(line.target) !== 'zod' && !rule.packages.includes(packageOf(line.target))
      const room = roomOf(path)
      return room !== line.room && room !== 'core' && !rule.rooms.includes(room)
    })
    expect(broken.map(({ from, target }) => `${from} imports ${target}`)).toEqual([])
  })

  it('has no room without a line', () => {
    const known = [...Object.keys(MAY), ...ENTRIES, 'cli']
    expect([...new Set(files.map(roomOf))].filter((room) => !known.includes(room))).toEqual([])
  })

  it('keeps the command away from the pages and the API, but for its entry', () => {
    const broken = imports.filter((line) => {
      const path = inside(line)
      return (
        line.room === 'cli' &&
        line.from !== 'cli/main.ts' &&
        path !== null &&
        CLI_MAY_NOT.includes(roomOf(path))
      )
    })
    expect(broken.map(({ from, target }) => `${from} imports ${target}`)).toEqual([])
  })

  it('keeps clock, environment and randomness at the entries', () => {
    const impure =
      /new Date\(\)|Date\.now\(|performance\.now\(|\buptime\(|process\.env|Math\.random\(|randomUUID|getRandomValues/u
    const entries = (path: string) =>
      ENTRIES.includes(path) || path.startsWith('cli/') || path.startsWith('web/client')
    expect(
      files.filter((path) => !entries(path) && impure.test(readFileSync(join(SRC, path), 'utf8'))),
    ).toEqual([])
  })

  it('keeps SQL that writes in store', () => {
    const writes = /\b(INSERT (OR \w+ )?INTO|UPDATE \w+ SET|DELETE FROM)\b/u
    expect(
      files.filter((path) => roomOf(path) !== 'store' && writes.test(readFileSync(join(SRC, path), 'utf8'))),
    ).toEqual([])
  })
})
