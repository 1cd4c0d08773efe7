import { createServer, type Server, type ServerOptions, type ServerResponse, STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { getRequestListener } from '@hono/node-server'
import { type ErrorCode, LedgerError } from '../core/error.ts'
import { dressed } from '../http/kept-answers.ts'
import { problemAnswer, problemHeaders, problemOf } from '../http/problem.ts'

export type Fetch = (request: Request, env: object) => Response | Promise<Response>

// A client that sends or reads slowly is cut off (by itself Node waits 60 s for headers and five minutes for the
// rest); an idle connection is kept for a while.
const LIMITS: ServerOptions = {
  headersTimeout: 15_000,
  requestTimeout: 60_000,
  keepAliveTimeout: 20_000,
  connectionsCheckingInterval: 5_000,
}

/** What HTTP/1.0 may leave out. */
const UNNAMED = 'localhost'

/**
 * Node's own server before the app. What Node and the adapter refuse by themselves, and would leave without a word,
 * is answered as a problem too.
 */
export function httpServer(fetch: Fetch, limits: ServerOptions = LIMITS): Server {
  const listener = getRequestListener(fetch, {
    hostname: UNNAMED,
    errorHandler: () => dressed(problemAnswer(refusal('malformed', UNADDRESSED)), `http://${UNNAMED}/`),
  })
  const underWay = new WeakMap<Duplex, ServerResponse>()
  // The gate of the app says more about a Host that is missing than Node does.
  const server = createServer({ ...limits, requireHostHeader: false }, (incoming, outgoing) => {
    underWay.set(incoming.socket, outgoing)
    void listener(incoming, outgoing)
  })
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    const answer = underWay.get(socket)
    const say = () => hangUp(socket, ...refusalOf(error.code))
    if (error.code === 'ECONNRESET' || !socket.writable) socket.destroy(error)
    else if (answer === undefined) say()
    // Of the request that is being answered: one answer is enough.
    else if (!answer.req.complete) answer.headersSent ? socket.destroySoon() : say()
    else if (answer.writableFinished) say()
    // The request before this one is answered first: a refusal in its place would be taken for its answer.
    else answer.once('finish', () => socket.destroySoon())
  })
  // What a client expects besides is not promised; it is answered as if it had not said so.
  server.on('checkExpectation', (incoming, outgoing) => server.emit('request', incoming, outgoing))
  server.on('connect', (_, socket) => hangUp(socket, 'method_not_allowed', 'CONNECT is not possible here.'))
  return server
}

const UNADDRESSED = 'Host and address of the request do not make an address.'

const refusal = (code: ErrorCode, message: string) => problemOf(new LedgerError(code, message))

function refusalOf(code: string | undefined): [ErrorCode, string] {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return ['headers_too_large', 'The request line and the headers are too long.']
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return ['timeout', 'The request did not arrive in time.']
    case 'HPE_CHUNK_EXTENSIONS_OVERFLOW':
      return ['too_large', 'The extensions of the chunks are too long.']
    default:
      return ['malformed', 'The request is not well-formed HTTP.']
  }
}

/** Says why, on a connection that has no answer object any more, and closes it. */
function hangUp(socket: Duplex, code: ErrorCode, message: string): void {
  const problem = refusal(code, message)
  const body = JSON.stringify(problem)
  const headers = {
    ...problemHeaders(problem),
    connection: 'close',
    'content-length': Buffer.byteLength(body),
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.end(
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}\r\n${lines.join('')}\r\n${body}`,
    () => socket.destroy(),
  )
}
