// node scripts/worker-dry-run.js: bundles the Worker as for a deployment, holds it against its size budget, and
// makes sure that nothing in it needs Node.
import { gzipSync } from 'node:zlib'
import { buildWorker, buildWorkerPrograms, workerModules, workerPrograms } from './build.js'

/** The bundle, which every isolate starts with, and all that is deployed: 3 MB are the least that Cloudflare allows. */
const BUDGET = 700_000
const WHOLE_BUDGET = 2_600_000
const ALLOWED = ['node:async_hooks', ...Object.keys({ ...workerPrograms, ...workerModules })]

const [{ outputFiles, metafile }, built] = await Promise.all([buildWorker(), buildWorkerPrograms()])
const worker = outputFiles.find(({ path }) => path.endsWith('worker.js'))
const packed = (contents) => gzipSync(contents, { level: 9 }).length
const size = packed(worker.contents)
const modules = [
  ...Object.keys(workerPrograms).map((name, i) => [name, packed(built[i].outputFiles[0].contents)]),
  ...Object.entries(workerModules).map(([name, contents]) => [name, packed(contents())]),
]
const whole = modules.reduce((sum, [, own]) => sum + own, size)
const foreign = [metafile, ...built.map((one) => one.metafile)]
  .flatMap(({ outputs }) => Object.values(outputs))
  .flatMap(({ imports }) => imports.map(({ path }) => path))
  .filter((path) => !ALLOWED.includes(path))

console.log(`dist/worker.js: ${worker.contents.length} bytes, ${size} gzipped (budget ${BUDGET})`)
console.log(
  `loaded when the first is wanted: ${modules.map(([name, own]) => `${name} ${own}`).join(', ')} gzipped; in all ${whole} (budget ${WHOLE_BUDGET})`,
)
if (process.argv.includes('--inputs')) {
  const inputs = Object.entries(Object.values(metafile.outputs)[0].inputs).sort(
    (a, b) => b[1].bytesInOutput - a[1].bytesInOutput,
  )
  for (const [path, { bytesInOutput }] of inputs.slice(0, 25))
    console.log(`${String(bytesInOutput).padStart(8)} ${path}`)
}
if (foreign.length > 0) console.error(`It imports what a Worker does not have: ${foreign.join(', ')}`)
if (size > BUDGET) console.error(`It is ${size - BUDGET} bytes over its budget.`)
if (whole > WHOLE_BUDGET) console.error(`All of it is ${whole - WHOLE_BUDGET} bytes over its budget.`)
if (foreign.length > 0 || size > BUDGET || whole > WHOLE_BUDGET) process.exitCode = 1
