// node scripts/worker-dry-run.js: bundles the Worker as for a deployment, holds it against its size budget, and
// makes sure that nothing in it needs Node.
import { relative } from 'node:path'
import { gzipSync } from 'node:zlib'
import { buildWorker, workerModules } from './build.js'

/** What every isolate starts with, and all that is deployed: 3 MB are the least that Cloudflare allows. */
const BUDGET = 700_000
const WHOLE_BUDGET = 2_600_000
const ALLOWED = ['node:async_hooks', ...Object.keys(workerModules)]

const { outputFiles, metafile } = await buildWorker()
const packed = (contents) => gzipSync(contents, { level: 9 }).length
const { outputs } = metafile
const sizes = new Map(
  outputFiles.map(({ path, contents }) => [relative(process.cwd(), path), packed(contents)]),
)
const ENTRY = 'dist/worker.js'

/** A file with all that it imports before it starts. */
function closure(path, found = new Set()) {
  if (found.has(path) || outputs[path] === undefined) return found
  found.add(path)
  for (const { path: next, kind } of outputs[path].imports)
    if (kind === 'import-statement') closure(next, found)
  return found
}
const sum = (paths) => [...paths].reduce((all, path) => all + (sizes.get(path) ?? 0), 0)
const started = closure(ENTRY)
const size = sum(started)
/** What is loaded for the first who wants it: each with what none of those before it brought. */
const wanted = [...started]
  .flatMap((path) => outputs[path].imports)
  .filter(({ path, kind }) => kind === 'dynamic-import' && outputs[path] !== undefined)
  .map(({ path }) => [outputs[path].entryPoint, sum([...closure(path)].filter((one) => !started.has(one)))])
const modules = Object.entries(workerModules).map(([name, contents]) => [name, packed(contents())])
const whole = sum(sizes.keys()) + modules.reduce((all, [, own]) => all + own, 0)
const foreign = Object.values(outputs)
  .flatMap(({ imports }) => imports.map(({ path }) => path))
  .filter((path) => outputs[path] === undefined && !ALLOWED.includes(path))

console.log(`${ENTRY} with the ${started.size - 1} it starts with: ${size} gzipped (budget ${BUDGET})`)
console.log(
  `loaded when the first is wanted: ${[...wanted, ...modules].map(([name, own]) => `${name} ${own}`).join(', ')} gzipped; in all ${whole} (budget ${WHOLE_BUDGET})`,
)
if (process.argv.includes('--inputs')) {
  const inputs = [...started]
    .flatMap((path) => Object.entries(outputs[path].inputs))
    .sort((a, b) => b[1].bytesInOutput - a[1].bytesInOutput)
  for (const [path, { bytesInOutput }] of inputs.slice(0, 25))
    console.log(`${String(bytesInOutput).padStart(8)} ${path}`)
}
if (foreign.length > 0) console.error(`It imports what a Worker does not have: ${foreign.join(', ')}`)
if (size > BUDGET) console.error(`It is ${size - BUDGET} bytes over its budget.`)
if (whole > WHOLE_BUDGET) console.error(`All of it is ${whole - WHOLE_BUDGET} bytes over its budget.`)
if (foreign.length > 0 || size > BUDGET || whole > WHOLE_BUDGET) process.exitCode = 1
