import { createMcpHandler, Server, type Tool } from '@modelcontextprotocol/server'
import type { Door } from '../http/assistants.ts'
import { toolboxOn } from './toolbox.ts'

/** The protocol on the tools of a ledger: what knows the SDK is loaded with the first call. */
export function serverOf(door: Door): Server {
  const { version, instructions, list, use } = toolboxOn(door)
  const server = new Server(
    { name: 'reckoning', title: 'Reckoning', version },
    { capabilities: { tools: {} }, instructions },
  )
  server.setRequestHandler('tools/list', () => ({ tools: list() as Tool[] }))
  server.setRequestHandler('tools/call', ({ params }) => use(params.name, params.arguments ?? {}))
  return server
}

/** Answers one request by itself: no session, and no stream that stays open. */
export const answerOne = (request: Request, parsedBody: unknown, door: Door): Promise<Response> =>
  createMcpHandler(() => serverOf(door), { maxSubscriptions: 0, keepAliveMs: 0 }).fetch(request, {
    parsedBody,
  })
