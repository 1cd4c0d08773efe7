// npm run build: bundles the command (with the server), the Worker and the typed client into dist/.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { clientAssets } from './assets.js'
import { documents } from './documents.js'

const root = fileURLToPath(new URL('..', import.meta.url))
const dist = join(root, 'dist')
const A_WHILE_MS = 3_600_000

/** Every file that the bundles are made of, in a fixed order. */
export const sources = () => [
  ...readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort(),
  ...readdirSync(join(root, 'docs'))
    .filter((name) => /\.(?:md|py)$/u.test(name))
    .map((name) => join(root, 'docs', name))
    .sort(),
  ...[
    'SECURITY.md',
    'package.json',
    'package-lock.json',
    'scripts/assets.js',
    'scripts/build.js',
    'scripts/documents.js',
  ].map((name) => join(root, name)),
]

/**
 * The day of the last commit, or of the newest source where there is no history; never one that this machine has not
 * reached. Under the same commit it is the same, and it is no part of RECKONING_BUILD.
 */
function dayBuilt() {
  const { status, stdout } = spawnSync('git', ['log', '-1', '--format=%ct'], { cwd: root, encoding: 'utf8' })
  const made =
    status === 0 && /^\d+\s*$/u.test(stdout)
      ? Number(stdout) * 1000
      : Math.max(...sources().map((path) => statSync(path).mtimeMs))
  return new Date(Math.min(made, Date.now())).toISOString().slice(0, 10)
}

/** The sentences of zod in 50 other languages, which nothing here speaks, are a tenth of the Worker. */
const englishAlone = {
  name: 'english-alone',
  setup: (build) => {
    build.onLoad({ filter: /zod.v4.locales.index\.js$/ }, () => ({
      contents: "export { default as en } from './en.js'",
    }))
  },
}

async function settings() {
  const hash = createHash('sha256')
  for (const path of sources()) hash.update(path.slice(root.length)).update('\0').update(readFileSync(path))
  const assets = await clientAssets()
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  return {
    absWorkingDir: root,
    outdir: dist,
    bundle: true,
    format: 'esm',
    target: 'es2023',
    charset: 'utf8',
    jsx: 'automatic',
    jsxImportSource: 'hono/jsx',
    define: {
      RECKONING_BUILD: JSON.stringify(hash.digest('hex').slice(0, 12)),
      RECKONING_VERSION: JSON.stringify(version),
      RECKONING_BUILT: JSON.stringify(dayBuilt()),
      RECKONING_SCRIPT: JSON.stringify(assets.script),
      RECKONING_CHECK: JSON.stringify(assets.check),
      RECKONING_STYLE: JSON.stringify(assets.style),
    },
    plugins: [englishAlone],
    legalComments: 'none',
    logLevel: 'warning',
    write: false,
  }
}

/** The command and the server: dist/main.js, which loads the rest when it is needed, and the threads that read and write. */
export const buildNode = () =>
  bundle(
    {
      entryPoints: { main: 'src/cli/main.ts', reader: 'src/node/reader.ts', writer: 'src/node/writer.ts' },
      platform: 'node',
      // Bundled dependencies load in half the time; only the driver has a native part.
      external: ['@libsql/client', 'libsql'],
      banner: {
        js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
      },
      splitting: true,
      sourcemap: true,
    },
    { './documents.txt': builtDocuments },
  )

const builtDocuments = () => Buffer.from(JSON.stringify(documents()))

/**
 * The Worker: dist/worker.js, and in dist/worker/ what it shares with what only some use, and that, which is loaded
 * with the first of them.
 */
export const buildWorker = () =>
  bundle(
    {
      platform: 'browser',
      conditions: ['workerd', 'worker'],
      // There is no Buffer of Node: this build brings its own.
      alias: { 'csv-parse/sync': 'csv-parse/browser/esm/sync' },
      minify: true,
      metafile: true,
      splitting: true,
      entryPoints: { worker: 'src/worker.ts' },
      chunkNames: 'worker/[name]-[hash]',
      external: ['node:async_hooks', ...Object.keys(workerModules)],
    },
    workerModules,
  )

const installed = (file) => readFileSync(join(root, 'node_modules', file))

/** Modules of the Worker beside its bundle: documents, the renderer of pictures, and its fonts, each after its length. */
export const workerModules = {
  './documents.txt': builtDocuments,
  './renderer.wasm': () => installed('@resvg/resvg-wasm/index_bg.wasm'),
  './fonts.bin': () =>
    Buffer.concat(
      JSON.parse(readFileSync(join(root, 'src/picture/fonts.json'), 'utf8')).flatMap(
        ([, name, weight, scripts]) =>
          scripts.flatMap((script) => {
            const font = installed(`@fontsource/${name}/files/${name}-${script}-${weight}-normal.woff`)
            const length = Buffer.alloc(4)
            length.writeUInt32BE(font.length)
            return [length, font]
          }),
      ),
    ),
}

async function bundle(options, beside) {
  const started = new Date()
  const result = await build({ ...(await settings()), ...options })
  const entry = `${Object.keys(options.entryPoints)[0]}.js`
  // Each file appears whole and the entry last, so that two builds at once, or a start during a build, do no harm.
  const modules = Object.entries(beside).map(([name, contents]) => ({
    path: join(dist, name),
    contents: contents(),
  }))
  const files = [...modules, ...result.outputFiles].toSorted(
    (a, b) => (basename(a.path) === entry) - (basename(b.path) === entry),
  )
  for (const { path, contents } of files) {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(`${path}.${process.pid}`, contents)
    utimesSync(`${path}.${process.pid}`, started, started)
    renameSync(`${path}.${process.pid}`, path)
  }
  return result
}

/** Parts of earlier builds go when no program that is just starting can still want them. */
export function sweep() {
  const parts = [dist, join(dist, 'worker')]
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)))
  for (const path of parts) {
    const made = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()
    if (Date.now() - made > A_WHILE_MS) rmSync(path, { recursive: true, force: true })
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await Promise.all([buildNode(), buildWorker()])
  await import('./client.js')
  sweep()
}
