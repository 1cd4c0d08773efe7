import { spawn } from 'node:child_process'
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { afterwards, folder } from './afterwards.ts'
import { stopChild } from './server.ts'

// The command in .bin is a script that starts this one and would outlive it.
const require = createRequire(resolve('package.json'))
const WITHIN_MS = 60_000
const BESIDE = { 'renderer.wasm': 'wasm', 'fonts.bin': 'data', 'documents.txt': 'text' } as const

const wrangler = () => readFileSync('wrangler.toml', 'utf8')
const setting = (name: string) =>
  new RegExp(`^${name} = "?\\[?"?([^"\\]]+)`, 'mu').exec(wrangler())?.[1] ?? ''

/** The modules of the Worker as it is deployed, in this folder, as workerd is told of them. */
function deployed(place: string): string[] {
  const parts = readdirSync('dist/worker').filter((name) => name.endsWith('.js'))
  mkdirSync(join(place, 'worker'))
  const modules = ['worker.js', ...parts.map((name) => `worker/${name}`)]
  for (const name of [...modules, ...Object.keys(BESIDE)]) copyFileSync(join('dist', name), join(place, name))
  return [
    ...modules.map((name) => `(name = "${name}", esModule = embed "${name}")`),
    ...Object.entries(BESIDE).map(([name, kind]) => `(name = "${name}", ${kind} = embed "${name}")`),
  ]
}

/** A Worker that answers a constant. */
export function hello(place: string): string[] {
  writeFileSync(join(place, 'hello.js'), "export default { fetch: () => new Response('hello') }\n")
  return ['(name = "hello.js", esModule = embed "hello.js")']
}

export type Isolate = { url: string; pid: number; stop: () => Promise<void> }

/** Starts one Worker in the workerd of the development dependencies, with the settings as bindings. */
export async function startWorkerd(
  settings: Record<string, string>,
  modulesIn: (place: string) => string[] = deployed,
): Promise<Isolate> {
  const place = folder()
  const modules = modulesIn(place)
  const bindings = Object.entries(settings).map(([name, text]) => `(name = "${name}", text = "${text}")`)
  writeFileSync(
    join(place, 'config.capnp'),
    `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = .main), (name = "outside", network = (allow = ["private", "local"]))],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);
const main :Workerd.Worker = (
  modules = [${modules.join(', ')}],
  compatibilityDate = "${setting('compatibility_date')}",
  compatibilityFlags = ["${setting('compatibility_flags')}"],
  bindings = [${bindings.join(', ')}],
  globalOutbound = "outside",
);
`,
  )
  const child = spawn(
    require('workerd').default as string,
    ['serve', 'config.capnp', '--experimental', '--control-fd=3'],
    { cwd: place, stdio: ['ignore', 'ignore', 'pipe', 'pipe'] },
  )
  afterwards(() => stopChild(child))
  let [said, complained] = ['', '']
  child.stderr?.on('data', (chunk: Buffer) => (complained += chunk))
  child.stdio[3]?.on('data', (chunk: Buffer) => (said += chunk))
  const deadline = performance.now() + WITHIN_MS
  const portOf = () => /"port":(\d+)/u.exec(said)?.[1]
  while (portOf() === undefined) {
    if (child.exitCode !== null || performance.now() > deadline)
      throw new Error(`workerd did not start: ${complained}`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  return {
    url: `http://127.0.0.1:${portOf()}`,
    pid: child.pid as number,
    stop: () => stopChild(child),
  }
}
