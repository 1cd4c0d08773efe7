import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterTest } from './after-test.ts'

export type Asked = { path: string; authorization: string | undefined; body: Record<string, unknown> }

/** An endpoint on this machine that speaks as OpenAI's does, and answers as it is told. */
export async function modelServer(answer: (response: ServerResponse, asked: Asked) => void) {
  const asked: Asked[] = []
  const server = createServer(async (request, response) => {
    let text = ''
    for await (const chunk of request) text += chunk
    const { authorization } = request.headers
    const one = { path: request.url ?? '', authorization, body: JSON.parse(text) }
    asked.push(one)
    response.on('error', () => {})
    answer(response, one)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const close = () =>
    new Promise<void>((resolve) => {
      server.closeAllConnections()
      server.close(() => resolve())
    })
  afterTest(close)
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`, asked, close }
}

/** What a model says, as such an endpoint wraps it. */
export const says = (content: unknown) => (response: ServerResponse) => {
  response.setHeader('content-type', 'application/json')
  const text = typeof content === 'string' ? content : JSON.stringify(content)
  response.end(JSON.stringify({ choices: [{ message: { role: 'assistant', content: text } }] }))
}
