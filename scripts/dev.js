/**
 * `npm run dev [-- --inspect]`: builds, serves and watches. A change that builds and whose types are right is served
 * anew, and open pages reload; after any other the server before it goes on. The server is the ordinary one; what
 * makes pages reload is added by the proxy that stands here before it. Further arguments are those of its Node.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, request } from 'node:http'
import { createInterface } from 'node:readline'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { context } from 'esbuild'
import { buildNode, sweep } from './build.js'

const HOST = '127.0.0.1'
const PORT = Number(process.env.PORT || 8787)
const ORIGIN = `http://${HOST}:${PORT}`
const EVENTS = '/_dev/events'

const cwd = fileURLToPath(new URL('..', import.meta.url))
const browsers = new Set()
let isEnding = false
let child = null
let tsc = null
/** Where the present server is; null where there is none. */
let address = Promise.resolve(null)
/** Counts servers, and is another number after every start of this program too. */
let generation = Date.now()

const isRunning = (one) => one !== null && one.exitCode === null && one.signalCode === null

/** Starts the server on a port of its own; answers its address, or null where it ends before it has one. */
function start() {
  const begun = spawn(
    process.execPath,
    ['--enable-source-maps', ...process.argv.slice(2), 'dist/main.js', 'serve'],
    // In a group of its own: Ctrl-C in a terminal asks only this program, which then asks the server, once.
    { cwd, env: { ...process.env, HOST, PORT: '0' }, stdio: ['ignore', 'pipe', 'inherit'], detached: true },
  )
  child = begun
  generation++
  return new Promise((resolve) => {
    begun.once('exit', () => {
      if (!begun.killed) tell('The server ended. The next change starts it again.')
      resolve(null)
    })
    createInterface(begun.stdout).on('line', (line) => {
      const [own] = /http:\/\/127\.0\.0\.1:\d+/u.exec(line) ?? []
      tell(own === undefined ? line : line.replaceAll(own, ORIGIN))
      if (own !== undefined) resolve(own)
    })
  })
}

async function stop() {
  if (!isRunning(child)) return
  child.kill('SIGTERM')
  await once(child, 'exit')
}

async function restart() {
  // Whoever asks meanwhile waits for the next one.
  address = stop().then(() => (isEnding ? null : start()))
  await address
  for (const browser of browsers) browser.write(`data: ${generation}\n\n`)
}

const tell = (text) => void process.stdout.write(`${text}\n`)

/** Whether the types of src/ are right; says what is wrong. */
async function typesAreRight() {
  tsc = spawn(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'scripts/dev.tsconfig.json'], {
    cwd,
    stdio: 'inherit',
    detached: true,
  })
  const [code] = await once(tsc, 'exit')
  return code === 0
}

async function changed({ errors }) {
  // What is wrong was said by the bundler.
  if (errors.length > 0) return
  const typed = typesAreRight()
  await buildNode()
  // Where nothing is served, nothing is lost by serving this.
  if (isRunning(child) && !(await typed))
    return tell('The types are wrong: the server before this change goes on.')
  await restart()
  sweep()
  // What was found is remembered for the next time: two at once would both begin with nothing.
  await typed
}

/** Tells a page from which server it came, so that it knows when it is one of the past. */
const script = (of) =>
  `new EventSource('${EVENTS}').onmessage = ({ data }) => { if (data !== '${of}') location.reload() }\n`
const tag = () => `\n<script src="/_dev/${generation}.js"></script>\n`

const proxy = createServer(async (incoming, outgoing) => {
  const [, of] = /^\/_dev\/(\d+)\.js$/u.exec(incoming.url) ?? []
  if (of !== undefined) return outgoing.writeHead(200, { 'content-type': 'text/javascript' }).end(script(of))
  if (incoming.url === EVENTS) {
    outgoing.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
    outgoing.write(`data: ${generation}\n\n`)
    browsers.add(outgoing)
    return outgoing.once('close', () => browsers.delete(outgoing))
  }
  // Of before the attempt: a server that comes up during it is news to the page that says there is none.
  const end = tag()
  try {
    await pass(incoming, outgoing)
  } catch (error) {
    if (outgoing.headersSent) return outgoing.destroy()
    outgoing.writeHead(502, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' })
    outgoing.end(
      `<p>No server answers (${error.message}). The terminal says why; this page waits for the next.${end}`,
    )
  }
})

async function pass(incoming, outgoing) {
  const at = await address
  if (at === null) throw new Error('none is started')
  const end = tag()
  // Pages are changed on their way: they come as they are, and none of another day is as good.
  const { 'accept-encoding': _, 'if-none-match': __, ...headers } = incoming.headers
  const sent = request(at + incoming.url, { method: incoming.method, headers })
  sent.on('error', () => {})
  outgoing.once('close', () => sent.destroy())
  incoming.pipe(sent)
  const [answer] = await once(sent, 'response')
  const isPage = answer.headers['content-type']?.startsWith('text/html') ?? false
  if (isPage) delete answer.headers['content-length']
  outgoing.writeHead(answer.statusCode, answer.headers)
  await pipeline(answer, outgoing, { end: !isPage })
  if (isPage) outgoing.end(end)
}

async function end() {
  if (isEnding) return
  isEnding = true
  await stop()
  // The group, for tsc is two programs, of which one finishes its work first whatever it is told.
  if (isRunning(tsc)) process.kill(-tsc.pid, 'SIGKILL')
  process.exit(0)
}
// A terminal that is closed says so again.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, end)
process.once('exit', () => child?.kill('SIGKILL'))

proxy.listen(PORT, HOST)
await once(proxy, 'listening').catch(({ code, message }) => {
  tell(code === 'EADDRINUSE' ? `Port ${PORT} is taken. Another one: PORT=${PORT + 1} npm run dev` : message)
  process.exit(1)
})
const watching = await context({
  absWorkingDir: cwd,
  entryPoints: ['src/cli/main.ts', 'src/node/reader.ts', 'src/node/writer.ts', 'src/web/client/main.ts'],
  outdir: 'dist',
  bundle: true,
  write: false,
  platform: 'node',
  format: 'esm',
  packages: 'external',
  jsx: 'automatic',
  jsxImportSource: 'hono/jsx',
  logLevel: 'warning',
  plugins: [{ name: 'changed', setup: ({ onEnd }) => onEnd(changed) }],
})
await watching.watch()
