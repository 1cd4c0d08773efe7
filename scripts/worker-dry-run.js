// node scripts/worker-dry-run.js: bundles the Worker as for a deployment, holds it against its size budget, makes sure
// that nothing in it needs Node, and says which dependency takes what. `--inputs`: the largest modules, too.
import { relative } from 'node:path'
import { gzipSync } from 'node:zlib'
import { buildWorker, workerModules } from './build.js'

/** What every isolate starts with, and all that is deployed, compressed: 3 MB are the least that Cloudflare allows. */
const BUDGET = 275_000
const WHOLE_BUDGET = 2_530_000
const ALLOWED = ['node:async_hooks', ...Object.keys(workerModules).map((name) => name.slice(2))]

const packed = (contents) => gzipSync(contents, { level: 9 }).length
const parts = new Map((await buildWorker()).map((part) => [part.fileName, part]))
const sizes = new Map([...parts].map(([name, { code }]) => [name, packed(code)]))
const ENTRY = 'worker.js'

/** A part with all that it imports before it starts. */
function closure(name, found = new Set()) {
  if (found.has(name) || !parts.has(name)) return found
  found.add(name)
  for (const next of parts.get(name).imports) closure(next, found)
  return found
}
const sum = (names) => [...names].reduce((all, name) => all + (sizes.get(name) ?? 0), 0)
const started = closure(ENTRY)
const size = sum(started)
const modules = Object.entries(workerModules).map(([name, contents]) => [name.slice(2), packed(contents())])
const whole = sum(sizes.keys()) + modules.reduce((all, [, own]) => all + own, 0)
const foreign = [...parts.values()]
  .flatMap(({ imports, dynamicImports }) => [...imports, ...dynamicImports])
  .filter((name) => !parts.has(name) && !ALLOWED.includes(name))

const pathOf = (id) => relative(process.cwd(), id.replace(/^\0/u, '')).replace(/\?.*$/u, '')
/** The package, or the folder of ours, that a module belongs to. */
function ownerOf(id) {
  const path = pathOf(id)
  const inPackage = /node_modules\/((?:@[^/]+\/)?[^/]+)/u.exec(path)?.[1]
  if (inPackage !== undefined) return inPackage
  return path.startsWith('src/') ? path.split('/').slice(0, 2).join('/') : 'the bundler'
}
/** Of what is compressed a module has the share that it has of the text before that: no other split adds up. */
function shares(names) {
  const of = new Map()
  for (const name of names) {
    const held = Object.entries(parts.get(name).modules)
    const text = held.reduce((all, [, { renderedLength }]) => all + renderedLength, 0)
    for (const [id, { renderedLength }] of held)
      of.set(id, (of.get(id) ?? 0) + (sizes.get(name) * renderedLength) / Math.max(1, text))
  }
  return of
}
function listed(of, keyOf) {
  const sums = new Map()
  for (const [id, own] of of) sums.set(keyOf(id), (sums.get(keyOf(id)) ?? 0) + own)
  return [...sums].sort((a, b) => b[1] - a[1]).map(([name, own]) => [name, Math.round(own)])
}
const asText = (pairs) => pairs.map(([name, own]) => `${name} ${own}`).join(', ')

const starting = shares(started)
console.log(`dist/worker.js, with which it starts: ${size} gzipped (budget ${BUDGET})`)
console.log(`  of it, by share of the text: ${asText(listed(starting, ownerOf))}`)
/** What an address loads when it is the first: the part that is named so, with what it brings. */
const subjects = [...parts.values()]
  .filter(({ isDynamicEntry }) => isDynamicEntry)
  .map(({ fileName, facadeModuleId }) => [
    pathOf(facadeModuleId ?? fileName).replace(/^src\//u, ''),
    sum([...closure(fileName)].filter((name) => !started.has(name))),
  ])
  .sort((a, b) => b[1] - a[1])
console.log(`loaded with the first who wants it, each with all that it brings: ${asText(subjects)}`)
console.log(`  in all, by share of the text: ${asText(listed(shares(parts.keys()), ownerOf))}`)
console.log(`beside the modules: ${asText(modules)}`)
console.log(
  `all that is deployed, ${parts.size + modules.length} files: ${whole} gzipped (budget ${WHOLE_BUDGET})`,
)
if (process.argv.includes('--inputs'))
  for (const [path, own] of listed(starting, pathOf).slice(0, 25))
    console.log(`${String(own).padStart(8)} ${path}`)
if (foreign.length > 0) console.error(`It imports what a Worker does not have: ${foreign.join(', ')}`)
const { exports: handlers } = parts.get(ENTRY)
if (handlers.join() !== 'default')
  console.error(`Whatever its entry exports is taken for a handler: ${handlers.join(', ')}`)
if (size > BUDGET) console.error(`It is ${size - BUDGET} bytes over its budget.`)
if (whole > WHOLE_BUDGET) console.error(`All of it is ${whole - WHOLE_BUDGET} bytes over its budget.`)
if (foreign.length > 0 || handlers.join() !== 'default' || size > BUDGET || whole > WHOLE_BUDGET)
  process.exitCode = 1
