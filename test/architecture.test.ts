import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
// @ts-expect-error: what draws the picture is plain JavaScript.
import * as drawing from '../scripts/architecture.js'
import { ABOUT_FILES } from './support/by-files.ts'

const SRC = fileURLToPath(new URL('../src', import.meta.url))
const TESTS = fileURLToPath(new URL('.', import.meta.url))

type Line = { rooms: string[]; packages: string[] }

/** Who may import whom: every room may use zod, itself and core. */
const MAY: Record<string, Line> = {
  core: { rooms: [], packages: ['date-fns', '@date-fns/tz'] },
  scoring: { rooms: [], packages: [] },
  reading: { rooms: [], packages: [] },
  capture: { rooms: ['reading'], packages: [] },
  log: { rooms: [], packages: ['@noble/hashes'] },
  store: { rooms: ['log', 'scoring'], packages: [] },
  release: { rooms: ['http', 'log', 'scoring', 'store'], packages: ['fflate', 'yaml'] },
  ledger: { rooms: ['capture', 'interchange', 'reading', 'log', 'scoring', 'store'], packages: [] },
  interchange: { rooms: ['reading'], packages: ['yaml', 'csv-parse', 'fflate', 'marked'] },
  jobs: { rooms: ['http', 'log', 'ledger', 'store'], packages: [] },
  picture: { rooms: [], packages: ['@resvg/resvg-wasm'] },
  model: { rooms: ['http'], packages: [] },
  identity: { rooms: [], packages: ['oauth4webapi'] },
  http: { rooms: ['identity', 'log', 'ledger', 'picture', 'store'], packages: ['hono'] },
  api: {
    rooms: ['http', 'capture', 'interchange', 'scoring', 'reading', 'log', 'ledger', 'store'],
    packages: ['hono'],
  },
  web: {
    rooms: ['http', 'capture', 'scoring', 'reading', 'log', 'ledger', 'picture', 'store'],
    packages: ['hono', 'd3-time'],
  },
  client: { rooms: [], packages: [] },
  mcp: { rooms: ['api', 'http', 'scoring'], packages: ['hono', '@modelcontextprotocol/server'] },
  'app.ts': { rooms: ['api', 'mcp', 'web', 'http'], packages: ['hono'] },
  'config.ts': { rooms: [], packages: [] },
  'build.ts': { rooms: ['http', 'assets.ts'], packages: [] },
  'assets.ts': { rooms: ['http'], packages: [] },
}
/** Inside web: everybody may use these; a subject uses another only where it stands here. */
const SHARED = ['ui', 'charts', 'style', 'client']
const SUBJECT_MAY: Record<string, string[]> = {
  analyst: ['share'],
  feeds: ['ledger'],
  forecast: ['coding', 'share'],
  lookup: ['share'],
  question: ['due', 'forecast'],
  reference: ['coding'],
  share: ['ledger'],
  source: ['coding', 'forecast'],
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

  // Modules are shared by files of tests, so that a hook of such a module is one of the first file alone.
  it('has hooks of tests in files of tests, and beside them only in functions', () => {
    const shared = readdirSync(TESTS, { recursive: true, encoding: 'utf8' }).filter(
      (path) => /\.tsx?$/u.test(path) && !/\.test\.tsx?$/u.test(path) && path !== join('support', 'setup.ts'),
    )
    expect(shared.length).toBeGreaterThan(30)
    const hook = /^(?:before|after)(?:Each|All)\(/mu
    expect(shared.filter((path) => hook.test(readFileSync(join(TESTS, path), 'utf8')))).toEqual([])
  })

  // URL.canParse of Node 20 says no to letters such as ü once it was asked a few thousand times.
  it('reads addresses with parsedUrl', () => {
    expect(files.filter((path) => /\bURL\.canParse\(/u.test(readFileSync(join(SRC, path), 'utf8')))).toEqual(
      [],
    )
  })

  it('keeps SQL that writes in store', () => {
    const writes = /\b(INSERT (OR \w+ )?INTO|UPDATE \w+ SET|DELETE FROM)\b/u
    expect(
      files.filter((path) => roomOf(path) !== 'store' && writes.test(readFileSync(join(SRC, path), 'utf8'))),
    ).toEqual([])
  })
})

const MOST_LINES_OF_A_FILE = 400
const MOST_LINES_OF_A_FUNCTION = 120

const indentOf = (line: string): number => line.length - line.trimStart().length
/** A head that goes on, such as `): Promise<void> {` below its arguments. */
const goesOn = (line: string): boolean => /^\s*[)}\]].*([{([]|=>)$/u.test(line)
/** Also the blocks within a function, which are shorter than it. */
const BEGINS = /\bfunction\b.*[({[<]$|= (?:async )?\(\{?$|=>(?: [({[]+)?$|\)(?:: .+)? \{$/u

/** The functions of a file as Biome formats it: what stands below the first line and further in, and the bracket after. */
function functionsOf(text: string): { line: number; head: string; length: number }[] {
  const lines = text.split('\n')
  return lines.flatMap((head, at) => {
    if (!BEGINS.test(head)) return []
    let end = at + 1
    for (let next = end; next < lines.length; next++) {
      const line = lines[next] as string
      const isInside = indentOf(line) > indentOf(head) || goesOn(line)
      if (isInside || /^\s*[)}\]]/u.test(line)) end = next + 1
      if (!isInside && line !== '') break
    }
    return [{ line: at + 1, head: head.trim(), length: end - at }]
  })
}

describe('the size of things', () => {
  it(`has no file of more than ${MOST_LINES_OF_A_FILE} lines, but for tables of data`, () => {
    const all = readdirSync(SRC, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.endsWith('.json'))
      .map((entry) => join(entry.parentPath, entry.name))
    expect(all.length).toBeGreaterThan(files.length)
    const long = all.filter(
      (path) => readFileSync(path, 'utf8').split('\n').length > MOST_LINES_OF_A_FILE + 1,
    )
    expect(long.map((path) => relative(SRC, path))).toEqual([])
  })

  it('measures every way in which a function is written', () => {
    const body = Array.from({ length: 9 }, (_, n) => (n % 4 === 3 ? '' : '    work()'))
    const measured = (before: string[], after: string) =>
      functionsOf(['const x = 1', ...before, ...body, after, 'const y = 2'].join('\n'))[0]?.length
    expect(measured(['export async function f(a: string): Promise<void> {'], '}')).toBe(11)
    expect(measured(['function f(', '  a: string,', '): Promise<void> {'], '}')).toBe(13)
    expect(measured(['function f({', '  a,', '}: { a: string }) {'], '}')).toBe(13)
    expect(measured(['export const f = (a: string) => {'], '}')).toBe(11)
    expect(measured(['const f = (', '  a: string,', '): string =>'], '')).toBe(12)
    expect(measured(['export const Page = () => ('], ')')).toBe(11)
    expect(measured(['  async take(message) {'], '  },')).toBe(11)
    expect(measured(['  app.get(path, async (c) => {'], '  })')).toBe(11)
    expect(measured(['const TABLE = {'], '}')).toBeUndefined()
  })

  it(`has no function of more than ${MOST_LINES_OF_A_FUNCTION} lines`, () => {
    const long = files.flatMap((path) =>
      functionsOf(readFileSync(join(SRC, path), 'utf8'))
        .filter(({ length }) => length > MOST_LINES_OF_A_FUNCTION)
        .map(({ line, head, length }) => `${path}:${line} ${head} has ${length} lines`),
    )
    expect(long).toEqual([])
  })
})

it('leaves out on a server only tests that are there', () => {
  for (const { in: file, titles = [], because } of ABOUT_FILES) {
    const text = readFileSync(file, 'utf8')
    for (const title of titles) expect(text, `${file}: ${because}`).toContain(title)
  }
})
