import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { originHash, originIn, witness } from '../log/anchor/witness.ts'
import { fromUtf8 } from '../log/encoding.ts'
import type { NoteKey } from '../log/note.ts'
import type { Memory } from './witness-memory.ts'

const MAX_BYTES = 64 * 1024
const TIMEOUT_MS = 10_000

export type WitnessServer = { port: number; close: () => Promise<void> }

/**
 * Serves the witness protocol for logs whose keys are given, one submission after the other, each kept before it is
 * answered. `told` hears of what was signed, refused and forked.
 */
export function serveWitness(
  memory: Memory,
  logs: readonly NoteKey[],
  { host, port, now }: { host: string; port: number; now: () => Date },
  told: (event: 'cosigned' | 'refused' | 'fork', fields: Record<string, unknown>) => void,
): Promise<WitnessServer> {
  const keysOf = (origin: string) => {
    const known = logs.filter(({ name }) => name === origin)
    return known.length === 0 ? null : known
  }
  let turn: Promise<unknown> = Promise.resolve()

  async function judged(body: string): Promise<Answer> {
    const origin = originIn(body) ?? ''
    const seconds = Math.floor(now().getTime() / 1000)
    const verdict = await witness(body, memory.seen(origin), { keysOf, signer: memory.signer, now: seconds })
    if (verdict.seen !== null) {
      memory.keep(origin, verdict.seen)
      told('cosigned', { origin, size: verdict.seen.size })
    } else if (verdict.fork !== null) told('fork', { origin, because: verdict.fork, submitted: body })
    else if (verdict.status !== 409) told('refused', { status: verdict.status, because: verdict.body.trim() })
    return verdict
  }

  const answer = async (request: http.IncomingMessage): Promise<Answer> => {
    const path = (request.url ?? '').split('?')[0] ?? ''
    if (path === '/add-checkpoint') {
      if (request.method !== 'POST') return say(405, 'A checkpoint is posted here.')
      const body = await bodyOf(request)
      if (body === null) return say(400, 'This is no submission of a checkpoint.')
      const next = turn.then(() => judged(body))
      turn = next.catch(() => {})
      return next
    }
    const hash = /^\/([0-9a-f]{64})\/checkpoint$/u.exec(path)?.[1]
    const origin = logs.map(({ name }) => name).find((name) => originHash(name) === hash)
    const seen = origin === undefined ? null : memory.seen(origin)
    return seen === null
      ? say(404, 'No checkpoint of this log was signed here.')
      : say(200, seen.note.trimEnd())
  }

  const server = http.createServer(
    { requestTimeout: TIMEOUT_MS, headersTimeout: TIMEOUT_MS },
    (request, response) => {
      void answer(request)
        .catch((error: unknown) => {
          told('refused', { status: 500, because: String(error) })
          return say(500, 'This could not be answered.')
        })
        .then(({ status, type, body }) => {
          response.writeHead(status, { 'content-type': type, 'x-content-type-options': 'nosniff' })
          response.end(body)
        })
    },
  )
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () =>
      resolve({
        port: (server.address() as AddressInfo).port,
        close: () =>
          new Promise((done) => {
            server.close(() => {
              memory.close()
              done()
            })
            server.closeIdleConnections()
          }),
      }),
    )
  })
}

type Answer = { status: number; type: string; body: string }

const say = (status: number, text: string): Answer => ({
  status,
  type: 'text/plain; charset=utf-8',
  body: `${text}\n`,
})

/** The text of a request; null where it is too long, or no text. */
async function bodyOf(request: http.IncomingMessage): Promise<string | null> {
  const parts: Buffer[] = []
  let length = 0
  for await (const part of request as AsyncIterable<Buffer>) {
    length += part.length
    if (length > MAX_BYTES) return null
    parts.push(part)
  }
  return fromUtf8(new Uint8Array(Buffer.concat(parts)))
}
