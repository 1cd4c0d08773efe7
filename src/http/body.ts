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
 * The bytes of what a client sends. Throws `too_large` in the given words where there are more, and `malformed` where
 * the connection broke off.
 */
export async function bodyBytes(
  body: Body,
  mostBytes: number,
  tooLarge: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await boundedBytes(body, mostBytes).catch(() => {
    throw new LedgerError('malformed', 'The body did not arrive whole.')
  })
  if (bytes === null) throw new LedgerError('too_large', tooLarge)
  return bytes
}
