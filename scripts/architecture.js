// Draws the picture and the table of docs/architecture.md from the imports of src.
// `node scripts/architecture.js --check` writes nothing and fails when the document is out of date.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..')
const DOCUMENT = join(ROOT, 'docs/architecture.md')
/** Everybody may use these, so that arrows to them would say nothing. */
const UNDER_ALL = ['core', 'build.ts', 'config.ts']

const STATEMENT =
  /^(?:import|export)\s[^'"`;]*?from\s+'([^'\n]+)'|^import\s+'([^'\n]+)'|\bimport\(\s*'([^'\n]+)'/gmu

/** What the build puts beside the Worker is in no folder. */
const MADE = /\.(?:wasm|bin|txt|js)$/u

/** Every file of a source folder and what it imports: `path` within the folder, or null for a package. */
export function readImports(folder) {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/u.test(name))
    .map((name) => name.replaceAll('\\', '/'))
    .sort()
  const imports = files.flatMap((from) =>
    [...readFileSync(join(folder, from), 'utf8').matchAll(STATEMENT)]
      .map((match) => match[1] ?? match[2] ?? match[3])
      .filter((target) => !MADE.test(target))
      .map((target) => ({
        from,
        target,
        path: target.startsWith('.') ? normalize(join(dirname(from), target)) : null,
      })),
  )
  return { files, imports }
}

/** The folder, or the file on top, to which a path of src belongs. */
export const roomOf = (path) => path.split('/')[0]

export const packageOf = (target) =>
  target
    .split('/')
    .slice(0, target.startsWith('@') ? 2 : 1)
    .join('/')

/** Which room uses which, and which packages. */
function graphOf({ files, imports }) {
  const rooms = new Map([...new Set(files.map(roomOf))].sort().map((room) => [room, new Set()]))
  const packages = new Map([...rooms.keys()].map((room) => [room, new Set()]))
  for (const { from, target, path } of imports) {
    if (path === null)
      packages.get(roomOf(from)).add(target.startsWith('node:') ? 'node:*' : packageOf(target))
    else if (roomOf(path) !== roomOf(from)) rooms.get(roomOf(from)).add(roomOf(path))
  }
  return { rooms, packages }
}

/** The rooms that can be reached from one in two steps or more. */
function reachedThrough(rooms, room) {
  const reached = new Set()
  const walk = (at) => {
    if (at === room) throw new Error(`${room} imports itself in a circle`)
    for (const next of rooms.get(at)) {
      if (reached.has(next)) continue
      reached.add(next)
      walk(next)
    }
  }
  for (const next of rooms.get(room)) walk(next)
  return reached
}

const idOf = (room) => room.replace('.', '_')
const shapeOf = (room) => (room.includes('.') ? `${idOf(room)}([${room}])` : `${room}[${room}/]`)

function pictureOf(rooms) {
  const drawn = [...rooms.keys()].filter((room) => !UNDER_ALL.includes(room))
  const arrows = drawn.flatMap((room) => {
    const further = reachedThrough(rooms, room)
    return [...rooms.get(room)]
      .filter((other) => drawn.includes(other) && !further.has(other))
      .sort()
      .map((other) => `  ${idOf(room)} --> ${idOf(other)}`)
  })
  return ['```mermaid', 'flowchart TD', ...drawn.map((room) => `  ${shapeOf(room)}`), ...arrows, '```'].join(
    '\n',
  )
}

const listed = (names) =>
  [...names]
    .sort()
    .map((name) => `\`${name}\``)
    .join(', ')

function tableOf({ rooms, packages }) {
  const lines = [...rooms.keys()].map((room) => {
    const name = room.includes('.') ? room : `${room}/`
    return `| \`${name}\` | ${listed(rooms.get(room))} | ${listed(packages.get(room))} |`
  })
  return ['| in `src/` | uses | packages |', '|---|---|---|', ...lines].join('\n')
}

/** The text with what stands between the two comments of that name replaced. */
function filled(text, name, body) {
  const [from, to] = [`<!-- ${name}: made by scripts/architecture.js -->`, `<!-- end of ${name} -->`]
  const [start, end] = [text.indexOf(from), text.indexOf(to)]
  if (start === -1 || end < start) throw new Error(`docs/architecture.md has no place for the ${name}`)
  return `${text.slice(0, start)}${from}\n${body}\n${text.slice(end)}`
}

function main() {
  const graph = graphOf(readImports(join(ROOT, 'src')))
  const held = readFileSync(DOCUMENT, 'utf8')
  const made = filled(filled(held, 'picture', pictureOf(graph.rooms)), 'table', tableOf(graph))
  if (!process.argv.includes('--check')) writeFileSync(DOCUMENT, made)
  else if (made !== held) {
    console.error('docs/architecture.md is out of date: run node scripts/architecture.js')
    process.exitCode = 1
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main()
