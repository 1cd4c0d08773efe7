// npm run build: bundles the command (with the server), the Worker and the typed client into dist/.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { rolldown } from 'rolldown'
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
const OTHER_LANGUAGES = /zod.v4.locales.index\.js$/
const ENGLISH = "export { default as en } from './en.js'"

/** What is written into the sources. */
async function written() {
  const hash = createHash('sha256')
  for (const path of sources()) hash.update(path.slice(root.length)).update('\0').update(readFileSync(path))
  const assets = await clientAssets()
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  return {
    RECKONING_BUILD: JSON.stringify(hash.digest('hex').slice(0, 12)),
    RECKONING_VERSION: JSON.stringify(version),
    RECKONING_BUILT: JSON.stringify(dayBuilt()),
    RECKONING_ASSETS: JSON.stringify(assets.hashes),
    RECKONING_ASSET_TEXTS: JSON.stringify(await assets.texts()),
  }
}

/** The command and the server: dist/main.js, which loads the rest when it is needed, and the threads that read and write. */
export async function buildNode() {
  const started = new Date()
  const { outputFiles } = await build({
    absWorkingDir: root,
    outdir: dist,
    entryPoints: { main: 'src/cli/main.ts', reader: 'src/node/reader.ts', writer: 'src/node/writer.ts' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'es2023',
    charset: 'utf8',
    jsx: 'automatic',
    jsxImportSource: 'hono/jsx',
    define: await written(),
    plugins: [
      {
        name: 'english-alone',
        setup: (within) => within.onLoad({ filter: OTHER_LANGUAGES }, () => ({ contents: ENGLISH })),
      },
    ],
    // Bundled dependencies load in half the time; only the driver has a native part.
    external: ['@libsql/client', 'libsql'],
    banner: {
      js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
    },
    splitting: true,
    sourcemap: true,
    legalComments: 'none',
    logLevel: 'warning',
    write: false,
  })
  const beside = { path: join(dist, 'documents.txt'), contents: builtDocuments() }
  put([beside, ...outputFiles], 'main.js', started)
}

const builtDocuments = () => Buffer.from(JSON.stringify(documents()))

/** What lies under the subjects of the Worker, a part each: whoever wants some of it loads it whole, once. */
const PARTS = {
  records: /^src\/(?:store|scoring|log|core)\//u,
  ledger: /^src\/ledger\//u,
  reading: /^src\/reading\//u,
  drawing: /^src\/web\/(?:ui|charts)\//u,
}
/** The languages are as large as all of that: what needs more of them than the lexicon is a part of its own. */
const LANGUAGES = /^src\/reading\/(?:english|russian)\/(?!lexicon\.)/u

const ENTRY = join(root, 'src', 'worker.ts')

/**
 * Into which part of the Worker a module goes: what the entry imports is one, what lies under the subjects into
 * theirs, and the rest wherever it is shared.
 */
function partOf() {
  const pathOf = (id) => relative(root, id).replaceAll(sep, '/')
  const importsOf = (id, context) => context.getModuleInfo(id)?.importedIds ?? []
  const starts = new Set()
  const start = (id, context) => {
    if (starts.has(id)) return
    starts.add(id)
    for (const next of importsOf(id, context)) start(next, context)
  }
  const needing = new Map()
  const needsLanguages = (id, context) => {
    const known = needing.get(id)
    if (known !== undefined) return known
    // Within a package there are circles.
    needing.set(id, false)
    const needs =
      LANGUAGES.test(pathOf(id)) || importsOf(id, context).some((next) => needsLanguages(next, context))
    needing.set(id, needs)
    return needs
  }
  return (id, context) => {
    if (starts.size === 0) start(ENTRY, context)
    // Whatever the entry exports, the runtime takes for a handler: parts find what they share elsewhere.
    if (id === ENTRY) return null
    if (starts.has(id)) return 'start'
    const part = Object.keys(PARTS).find((name) => PARTS[name].test(pathOf(id)))
    return part === undefined ? null : part + (needsLanguages(id, context) ? '-in-words' : '')
  }
}

/**
 * The Worker: dist/worker.js, and in dist/worker/ what only some requests want, which is loaded with the first of
 * them. Made by rolldown: esbuild puts every set of modules that is shared otherwise into a file of its own, of which
 * the subjects would make 270. Answers the parts, each with its modules.
 */
export async function buildWorker() {
  const started = new Date()
  const bundle = await rolldown({
    cwd: root,
    input: { worker: 'src/worker.ts' },
    platform: 'browser',
    external: ['node:async_hooks', ...Object.keys(workerModules)],
    resolve: {
      conditionNames: ['workerd', 'worker', 'import', 'module', 'default'],
      // There is no Buffer of Node: this build brings its own.
      alias: { 'csv-parse/sync': 'csv-parse/browser/esm/sync' },
    },
    transform: { target: 'es2023', define: await written() },
    plugins: [{ name: 'english-alone', load: { filter: { id: OTHER_LANGUAGES }, handler: () => ENGLISH } }],
    preserveEntrySignatures: 'allow-extension',
    // Of what is started with, a subject is loaded by name as any other.
    checks: { ineffectiveDynamicImport: false },
    logLevel: 'warn',
  })
  const { output } = await bundle.generate({
    format: 'esm',
    minify: true,
    comments: false,
    chunkFileNames: 'worker/[name]-[hash].js',
    codeSplitting: {
      includeDependenciesRecursively: false,
      groups: [{ debugName: 'parts', name: partOf() }],
    },
  })
  await bundle.close()
  const modules = Object.entries(workerModules).map(([name, contents]) => ({
    path: join(dist, name),
    contents: contents(),
  }))
  const parts = output.map(({ fileName, code }) => ({ path: join(dist, fileName), contents: code }))
  put([...modules, ...parts], 'worker.js', started)
  // A deployment carries whatever lies there: nothing of an earlier build.
  const made = new Set(output.map(({ fileName }) => basename(fileName)))
  for (const name of readdirSync(join(dist, 'worker')))
    if (name.endsWith('.js') && !made.has(name)) rmSync(join(dist, 'worker', name), { force: true })
  return output
}

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

/** Each file appears whole and the entry last, so that two builds at once, or a start during a build, do no harm. */
function put(files, entry, started) {
  for (const { path, contents } of files.toSorted(
    (a, b) => (basename(a.path) === entry) - (basename(b.path) === entry),
  )) {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(`${path}.${process.pid}`, contents)
    utimesSync(`${path}.${process.pid}`, started, started)
    renameSync(`${path}.${process.pid}`, path)
  }
}

/** Parts of earlier builds go when no program that is just starting can still want them. */
export function sweep() {
  for (const path of readdirSync(dist).map((name) => join(dist, name))) {
    const made = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()
    if (Date.now() - made > A_WHILE_MS) rmSync(path, { recursive: true, force: true })
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await Promise.all([buildNode(), buildWorker()])
  await import('./client.js')
  sweep()
}
