import { LedgerError } from '../core/error.ts'
import { evenLines } from '../core/text.ts'
import { bodyBytes } from './body.ts'
import { urlencoded } from './urlencoded.ts'

/** What was typed into a form, by the name of the field. */
export type Typed = ReadonlyMap<string, readonly string[]>

const MOST_BYTES = 4 * 1024 * 1024
const MOST_FIELDS = 10_000
/** The field of a form that takes a file, as its text. */
const FILE = 'file'
const URLENCODED = /^application\/x-www-form-urlencoded\s*(;\s*charset\s*=\s*"?utf-8"?\s*)?$/iu
const MULTIPART = /^multipart\/form-data\s*(;|$)/iu

/** How many bytes a form may have that carries files on, until they are imported. */
export const MOST_FORM_BYTES = 8 * 1024 * 1024

/**
 * What was typed into a form: by name, blanks at both ends gone, lines ended as we end them. Where it takes files on as
 * they are, each becomes a `name` and its `content` in base64.
 */
export async function readForm(request: Request, { keepsFiles = false } = {}): Promise<Typed> {
  const type = request.headers.get('content-type') ?? ''
  const encoding = request.headers.get('content-encoding') ?? 'identity'
  if ((!URLENCODED.test(type) && !MULTIPART.test(type)) || encoding.toLowerCase() !== 'identity')
    throw new LedgerError(
      'unsupported_media_type',
      'A form is sent as application/x-www-form-urlencoded, in UTF-8.',
    )
  const most = keepsFiles ? MOST_FORM_BYTES : MOST_BYTES
  const tooLarge = keepsFiles
    ? 'A file is imported here up to 5 MiB. A larger one is for POST /api/import or the command.'
    : 'This form is larger than 4 MiB.'
  const bytes = await bodyBytes(request, most, tooLarge)
  const form = new Map<string, string[]>()
  let fields = 0
  for (const [name, value] of await pairsOf(bytes, type, keepsFiles)) {
    if (++fields > MOST_FIELDS)
      throw new LedgerError('too_large', `A form holds at most ${MOST_FIELDS} fields.`)
    if (typeof value !== 'string' && name !== FILE)
      throw new LedgerError('malformed', 'Files cannot be sent here.')
    if (typeof value !== 'string' && keepsFiles) {
      const file = value as File
      const content = new Uint8Array(await file.arrayBuffer())
      if (content.length === 0 && file.name === '') continue
      form.set('name', [...(form.get('name') ?? []), evenLines(file.name).trim()])
      form.set('content', [...(form.get('content') ?? []), inBase64(content)])
      continue
    }
    // A form without a chosen file sends an empty one.
    const text = typeof value === 'string' ? value : await (value as Blob).text()
    const held = form.get(name) ?? []
    held.push(evenLines(text).trim())
    form.set(name, held)
  }
  return form
}

const PIECE = 0x8000

function inBase64(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += PIECE)
    text += String.fromCharCode(...bytes.subarray(at, at + PIECE))
  return btoa(text)
}

/** The bytes of a file that a form carried on; null where they are none. */
export function fromContent(text: string): Uint8Array<ArrayBuffer> | null {
  try {
    return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
  } catch {
    return null
  }
}

async function pairsOf(
  bytes: Uint8Array<ArrayBuffer>,
  type: string,
  keepsFiles: boolean,
): Promise<Iterable<[string, unknown]>> {
  try {
    // A file that is kept need not be text.
    const text =
      keepsFiles && !URLENCODED.test(type) ? '' : new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    if (URLENCODED.test(type)) return urlencoded(text)
  } catch {
    throw new LedgerError(
      'invalid',
      'The form holds what is no UTF-8, or a percent sign with nothing behind it.',
    )
  }
  const form = await new Response(bytes, { headers: { 'content-type': type } }).formData().catch(() => null)
  if (form === null) throw new LedgerError('malformed', 'The form could not be read: it is cut off.')
  return form
}
