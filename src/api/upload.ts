import type { HonoRequest } from 'hono'
import { LedgerError } from '../core/error.ts'
import { bodyBytes } from '../http/body.ts'
import type { SentFile } from '../ledger/import/import-files.ts'

/** A body that is a file, or a form with files; a file that is larger is for the command. */
export const MOST_FILE_BYTES = 16 * 1024 * 1024
const MOST_PARTS = 1_000
const TOO_LARGE = 'A body of files holds at most 16 MiB. A larger file is imported with the command.'

/** The types of a body that is one file, and what it is called where nothing says so. */
export const FILE_TYPES: Readonly<Record<string, string>> = {
  'text/csv': 'table.csv',
  'text/tab-separated-values': 'table.tsv',
  'application/yaml': 'predictions.yaml',
  'application/zip': 'files.zip',
  'application/octet-stream': 'file',
}
export const MULTIPART = 'multipart/form-data'

const typeOf = (request: HonoRequest): string =>
  (request.header('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? ''

/** Whether the body is files rather than JSON. */
export const isUpload = (request: HonoRequest): boolean => {
  const type = typeOf(request)
  return type === MULTIPART || Object.hasOwn(FILE_TYPES, type)
}

export type Upload = { files: SentFile[]; mapping?: string; dry_run?: string }

/** The files of a body, with what stands beside them in a form. */
export async function readUpload(request: HonoRequest): Promise<Upload> {
  if ((request.header('content-encoding') ?? 'identity').toLowerCase() !== 'identity')
    throw new LedgerError('unsupported_media_type', 'A body is sent without a content encoding.')
  const bytes = await bodyBytes(request.raw, MOST_FILE_BYTES, TOO_LARGE)
  const type = typeOf(request)
  if (type !== MULTIPART) return { files: [{ name: FILE_TYPES[type] as string, bytes }] }
  const form = await new Response(bytes, {
    headers: { 'content-type': request.header('content-type') as string },
  })
    .formData()
    .catch(() => null)
  if (form === null) throw new LedgerError('malformed', 'The form could not be read: it is cut off.')
  const upload: Upload = { files: [] }
  for (const [name, value] of form) {
    if (upload.files.length > MOST_PARTS) throw new LedgerError('too_large', 'These are too many files.')
    const part = value as Blob | string
    if (name === 'file' && typeof part !== 'string')
      upload.files.push({ name: (part as File).name, bytes: new Uint8Array(await part.arrayBuffer()) })
    else if ((name === 'mapping' || name === 'dry_run') && upload[name] === undefined)
      upload[name] = typeof part === 'string' ? part : await part.text()
    else
      throw new LedgerError('malformed', 'A form of files has the parts file, mapping and dry_run.', [
        {
          pointer: `/${name.slice(0, 100)}`,
          message: 'is none of file, mapping and dry_run, or stands twice',
        },
      ])
  }
  return upload
}
