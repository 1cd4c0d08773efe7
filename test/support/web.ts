import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Wire } from '../../src/node/page-fetch.ts'
import { afterTest } from './after-test.ts'

/** The public address that every name of the little web has, unless a test says otherwise. */
const PUBLIC = '93.184.215.14'

export type Web = Pick<Wire, 'resolve' | 'connect'> & {
  /** Every request that came: host and path. */
  asked: string[]
  /** Every address that was connected to. */
  connected: string[]
}

/**
 * A web of its own behind one loopback server: names ending in .test resolve, as `names` says or to a public address,
 * and a connection to a checked address ends here.
 */
export async function web(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
  names: Record<string, string[]> = {},
): Promise<Web> {
  const asked: string[] = []
  const connected: string[] = []
  const server = createServer((request, response) => {
    asked.push(`${request.headers.host}${request.url}`)
    response.on('error', () => {})
    answer(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  afterTest(
    () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  )
  return {
    asked,
    connected,
    resolve: async (name) => {
      if (!name.endsWith('.test')) throw Object.assign(new Error(name), { code: 'ENOTFOUND' })
      return names[name] ?? [PUBLIC]
    },
    connect: (address) => {
      connected.push(address)
      return { address: '127.0.0.1', port }
    },
  }
}

/** A page of this text, as most servers send it. */
export const page = (response: ServerResponse, html: string, headers: Record<string, string> = {}): void => {
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...headers })
  response.end(html)
}
