import { LedgerError } from '../core/error.ts'

type Body = ReadableStream<Uint8Array> | null

/** The bytes of a body, counted as they arrive: what is said of its length is not believed. Null as soon as there are more. */
export async function boundedBytes(body: Body, mostBytes: number): Promise<Uint8Array<ArrayBuffer> | null> {
  const reader = body?.getReader()
  const chunks: Uint8Array[] = []
  let size = 0
  for (let read = await reader?.read(); read?.done === false; read = await reader?.read()) {
    size += read.value.length
    if (size > mostBytes) {
      await reader?.cancel().catch(() => undefined)
      return null
    }
    chunks.push(read.value)
  }
  const bytes = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    bytes.set(chunk, at)
    at += chunk.length
  }
  return bytes
}

/**
 * The bytes of what a client sends. Throws `too_large` in the given words where there are more, or where the client
 * says so itself, and `malformed` where the connection broke off. `isCut`: a server came before us that lets nothing
 * pass beyond the length which was told; then the bytes come in half the time, without a stream.
 */
export async function bodyBytes(
  request: Request,
  mostBytes: number,
  tooLarge: string,
  isCut = false,
): Promise<Uint8Array<ArrayBuffer>> {
  const told = request.headers.get('content-length')
  if (Number(told) > mostBytes) throw new LedgerError('too_large', tooLarge)
  const isWhole = isCut && told !== null
  const read = isWhole ? wholeBytes(request) : boundedBytes(request.body, mostBytes)
  const bytes = await read.catch(() => {
    throw new LedgerError('malformed', 'The body did not arrive whole.')
  })
  if (bytes === null) throw new LedgerError('too_large', tooLarge)
  return bytes
}

const wholeBytes = async (request: Request) => new Uint8Array(await request.arrayBuffer())
