import { LedgerError } from '../core/error.ts'

/**
 * The bytes of a body, counted as they arrive: what a client says of its length is not believed. Throws `too_large`
 * in the given words as soon as there are more, and `malformed` where the connection broke off.
 */
export async function bodyBytes(
  body: ReadableStream<Uint8Array> | null,
  mostBytes: number,
  tooLarge: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const reader = body?.getReader()
  const chunks: Uint8Array[] = []
  let size = 0
  while (reader !== undefined) {
    const { done, value } = await reader.read().catch(() => {
      throw new LedgerError('malformed', 'The body did not arrive whole.')
    })
    if (done) break
    size += value.length
    if (size > mostBytes) {
      await reader.cancel().catch(() => undefined)
      throw new LedgerError('too_large', tooLarge)
    }
    chunks.push(value)
  }
  const bytes = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    bytes.set(chunk, at)
    at += chunk.length
  }
  return bytes
}
