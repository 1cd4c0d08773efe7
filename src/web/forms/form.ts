import { LedgerError } from '../../core/error.ts'
import type { Typed } from '../page.ts'

const MOST_BYTES = 4 * 1024 * 1024
const MOST_FIELDS = 10_000

/** What was typed into a form: by name, blanks at both ends gone, lines ended as we end them. */
export async function readForm(request: Request): Promise<Typed> {
  const type = request.headers.get('content-type') ?? ''
  if (!type.startsWith('application/x-www-form-urlencoded') && !type.startsWith('multipart/form-data'))
    throw new LedgerError('unsupported_media_type', 'A form is sent as application/x-www-form-urlencoded.')
  const body = await boundedBody(request)
  const data = await new Response(body, { headers: { 'content-type': type } }).formData().catch(() => null)
  if (data === null) throw new LedgerError('malformed', 'The form could not be read.')
  const form = new Map<string, string[]>()
  let fields = 0
  for (const [name, value] of data) {
    if (++fields > MOST_FIELDS)
      throw new LedgerError('too_large', `A form holds at most ${MOST_FIELDS} fields.`)
    if (typeof value !== 'string') throw new LedgerError('malformed', 'Files cannot be sent here.')
    form.set(name, [...(form.get(name) ?? []), value.replaceAll('\r\n', '\n').trim()])
  }
  return form
}

async function boundedBody(request: Request): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = []
  let size = 0
  for (const reader = request.body?.getReader(); reader !== undefined; ) {
    const { done, value } = await reader.read()
    if (done) break
    size += value.length
    if (size > MOST_BYTES) {
      await reader.cancel()
      throw new LedgerError('too_large', 'This form is larger than 4 MiB.')
    }
    chunks.push(value)
  }
  const body = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    body.set(chunk, at)
    at += chunk.length
  }
  return body
}
