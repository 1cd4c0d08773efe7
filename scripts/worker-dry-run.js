// node scripts/worker-dry-run.js: bundles the Worker as for a deployment, holds it against its size budget, and
// makes sure that nothing in it needs Node.
import { gzipSync } from 'node:zlib'
import { buildWorker } from './build.js'

const BUDGET = 460_000
const ALLOWED = ['node:async_hooks']

const { outputFiles, metafile } = await buildWorker()
const worker = outputFiles.find(({ path }) => path.endsWith('worker.js'))
const size = gzipSync(worker.contents, { level: 9 }).length
const foreign = Object.values(metafile.outputs)
  .flatMap(({ imports }) => imports.map(({ path }) => path))
  .filter((path) => !ALLOWED.includes(path))

console.log(`dist/worker.js: ${worker.contents.length} bytes, ${size} gzipped (budget ${BUDGET})`)
if (process.argv.includes('--inputs')) {
  const inputs = Object.entries(Object.values(metafile.outputs)[0].inputs).sort(
    (a, b) => b[1].bytesInOutput - a[1].bytesInOutput,
  )
  for (const [path, { bytesInOutput }] of inputs.slice(0, 25))
    console.log(`${String(bytesInOutput).padStart(8)} ${path}`)
}
if (foreign.length > 0) console.error(`It imports what a Worker does not have: ${foreign.join(', ')}`)
if (size > BUDGET) console.error(`It is ${size - BUDGET} bytes over its budget.`)
if (foreign.length > 0 || size > BUDGET) process.exitCode = 1
