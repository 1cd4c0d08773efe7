import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import { afterTest } from '../support/after-test.ts'

/** The revisions of the protocol: the one with a handshake, and the one in which every request stands by itself. */
export const ERAS = ['legacy', { pin: '2026-07-28' }] as const
export type Era = (typeof ERAS)[number]

/** The client of the SDK on this transport; it is closed after the test. */
export async function connected(transport: Parameters<Client['connect']>[0], era: Era = 'legacy') {
  const client = new Client({ name: 'test', version: '1.0.0' }, { versionNegotiation: { mode: era } })
  await client.connect(transport)
  afterTest(() => client.close())
  return client
}

/** Over HTTP, with a token or without; `ask` is the way there. */
export const overHttp = (url: string, token: string | null, ask: typeof fetch = fetch, era: Era = 'legacy') =>
  connected(
    new StreamableHTTPClientTransport(new URL('/mcp', url), {
      fetch: ask as never,
      requestInit: { headers: token === null ? {} : { authorization: `Bearer ${token}` } },
    }),
    era,
  )

type Told = Record<string, unknown>

/** What a tool answers, and whether it refused. */
export async function used(client: Client, name: string, given: Told = {}) {
  const { structuredContent, isError, content } = await client.callTool({ name, arguments: given })
  const [text] = content as { type: string; text: string }[]
  return { told: structuredContent as Told, refused: isError === true, text: text?.text ?? '' }
}
