import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
// @ts-expect-error: what draws the picture is plain JavaScript.
import * as drawing from '../scripts/architecture.js'

const SRC = fileURLToPath(new URL('../src', import.meta.url))

type Line = { rooms: string[]; packages: string[] }

/** Who may import whom: every room may use zod, itself and core. */
const MAY: Record<string, Line> = {
  core: { rooms: [], packages: ['date-fns', '@date-fns/tz', '@sindresorhus/slugify'] },
  scoring: { rooms: [], packages: [] },
  reading: { rooms: [], packages: [] },
  capture: { rooms: ['reading'], packages: [] },
  log: { rooms: [], packages: ['@noble/hashes'] },
  store: { rooms: ['log', 'scoring'], packages: ['@libsql/client'] },
  ledger: { rooms: ['capture', 'reading', 'log', 'scoring', 'store'], packages: [] },
  interchange: { rooms: ['reading'], packages: ['yaml', 'csv-parse', '@sindresorhus/slugify'] },
  jobs: { rooms: ['log', 'ledger', 'store'], packages: [] },
  http: { rooms: ['log', 'ledger', 'store'], packages: ['hono'] },
  api: {
    rooms: ['http', 'capture', 'interchange', 'scoring', 'reading', 'log', 'ledger', 'store'],
    packages: ['hono'],
  },
  web: {
    rooms: ['http', 'capture', 'scoring', 'reading', 'log', 'ledger', 'store'],
    packages: ['hono', 'd3-time'],
  },
  'app.ts': { rooms: ['api', 'web', 'http'], packages: ['hono'] },
  'config.ts': { rooms: [], packages: [] },
  'build.ts': { rooms: [], packages: [] },
}
/** Inside web: everybody may use these; a subject uses another only where it stands here. */
const SHARED = ['ui', 'charts', 'style', 'client']
const SUBJECT_MAY: Record<string, string[]> = {
  analyst: ['share'],
  forecast: ['share'],
  question: ['due', 'forecast'],
  source: ['forecast'],
}
/** The entries may import anything; the command and its ledger everything but api and web. */
const ENTRIES = ['node', 'worker.ts']
const FREE = ['cli', 'demo']
const CLI_MAY_NOT = ['api', 'web']

/** `path` is that of the imported file in src, or null for a package. */
type Import = { from: string; room: string; target: string; path: string | null }

const {
  packageOf,
  readImports,
  roomOf,
}: {
  packageOf: (target: string) => string
  readImports: (folder: string) => { files: string[]; imports: Omit<Import, 'room'>[] }
  roomOf: (path: string) => string
} = drawing
const read = readImports(SRC)
const { files } = read
const imports = read.imports.map((line): Import => ({ ...line, room: roomOf(line.from) }))
const inside = ({ path }: Import): string | null => path

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
    const known = [...Object.keys(MAY), ...ENTRIES, ...FREE]
    expect([...new Set(files.map(roomOf))].filter((room) => !known.includes(room))).toEqual([])
  })

  it('lets a subject of the pages use another only where the table names it', () => {
    const subjectOf = (path: string) => (path.startsWith('web/') ? (path.split('/')[1] as string) : '')
    const broken = imports.filter((line) => {
      const path = inside(line)
      if (path === null || line.room !== 'web' || roomOf(path) !== 'web') return false
      const [from, to] = [subjectOf(line.from), subjectOf(path)]
      // What stands on top (the routes) draws on all.
      if (from.includes('.') || from === to) return false
      if (SHARED.includes(from)) return !SHARED.includes(to)
      return !SHARED.includes(to) && !SUBJECT_MAY[from]?.includes(to)
    })
    expect(broken.map(({ from, target }) => `${from} imports ${target}`)).toEqual([])
  })

  it('has no circle of folders', () => {
    const uses = new Map<string, Set<string>>()
    for (const line of imports) {
      const path = inside(line)
      if (path === null) continue
      const [from, to] = [dirname(line.from), dirname(path)]
      // The files on top are the entries, and what the entries are told.
      if (from !== to && from !== '.' && to !== '.') uses.set(from, (uses.get(from) ?? new Set()).add(to))
    }
    const circles: string[] = []
    const walk = (folder: string, above: string[]): void => {
      if (above.includes(folder)) circles.push([...above.slice(above.indexOf(folder)), folder].join(' → '))
      else for (const next of uses.get(folder) ?? []) walk(next, [...above, folder])
    }
    expect(uses.size).toBeGreaterThan(20)
    for (const folder of uses.keys()) walk(folder, [])
    expect([...new Set(circles)]).toEqual([])
  })

  it('keeps the command away from the pages and the API, but for its entry', () => {
    const broken = imports.filter((line) => {
      const path = inside(line)
      return (
        FREE.includes(line.room) &&
        line.from !== 'cli/main.ts' &&
        path !== null &&
        CLI_MAY_NOT.includes(roomOf(path))
      )
    })
    expect(broken.map(({ from, target }) => `${from} imports ${target}`)).toEqual([])
  })

  it('is what the picture and the table of docs/architecture.md are drawn from', () => {
    const root = join(SRC, '..')
    expect(() =>
      execFileSync('node', ['scripts/architecture.js', '--check'], { cwd: root, stdio: 'pipe' }),
    ).not.toThrow()
  })

  it('keeps clock, environment and randomness at the entries', () => {
    const impure =
      /new Date\(\)|Date\.now\(|performance\.now\(|\buptime\(|process\.env|Math\.random\(|randomUUID|getRandomValues/u
    const entries = (path: string) =>
      [...ENTRIES, 'cli'].includes(roomOf(path)) || path.startsWith('web/client')
    expect(
      files.filter((path) => !entries(path) && impure.test(readFileSync(join(SRC, path), 'utf8'))),
    ).toEqual([])
  })

  it('asks the machine for its time zone in core/calendar.ts at most', () => {
    const local =
      /\.[gs]et(FullYear|Month|Date|Day|Hours|Minutes|TimezoneOffset)\(|toLocale(Date|Time)String|from 'date-fns/u
    const asks = files.filter((path) => local.test(readFileSync(join(SRC, path), 'utf8')))
    expect(asks.filter((path) => path !== 'core/calendar.ts')).toEqual([])
    const formats = files.filter((path) => readFileSync(join(SRC, path), 'utf8').includes('DateTimeFormat'))
    for (const path of formats)
      expect(readFileSync(join(SRC, path), 'utf8'), path).toMatch(/DateTimeFormat\([^)]*timeZone/u)
  })

  it('keeps SQL that writes in store', () => {
    const writes = /\b(INSERT (OR \w+ )?INTO|UPDATE \w+ SET|DELETE FROM)\b/u
    expect(
      files.filter((path) => roomOf(path) !== 'store' && writes.test(readFileSync(join(SRC, path), 'utf8'))),
    ).toEqual([])
  })
})
