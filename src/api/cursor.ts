import * as z from 'zod'
import { LedgerError } from '../core/error.ts'
import { crc32 } from '../ledger/members/secret.ts'
import { base64url, fromBase64url, utf8 } from '../log/encoding.ts'

/** Where the next page of a list begins: after this entry, or after this name and id. */
export type Place = number | [string, string]
export const SeqPlace = z.int().min(0)
export const NamePlace = z.tuple([z.string().max(300), z.string().max(300)])

const decoder = new TextDecoder('utf-8', { fatal: true })

/** An opaque text for a place in the list of that name; its checksum tells one that was made up. */
export function cursorOf(list: string, place: Place): string {
  const body = JSON.stringify([list, place])
  return base64url(utf8(crc32(base64url(utf8(body))) + body))
}

/** The place behind a cursor that we made for this list; anything else is `malformed`. */
export function placeOf<T extends Place>(list: string, schema: z.ZodType<T>, cursor: string): T {
  const text = textOf(cursor)
  const body = text.slice(8)
  if (crc32(base64url(utf8(body))) === text.slice(0, 8)) {
    const read = z.tuple([z.literal(list), schema]).safeParse(JSON.parse(body))
    if (read.success) return read.data[1]
  }
  throw foreignCursor()
}

export const foreignCursor = () =>
  new LedgerError('malformed', 'This cursor is not one that we gave for this list.', [
    { pointer: '/cursor', message: 'is not a cursor of this list' },
  ])

function textOf(cursor: string): string {
  const bytes = fromBase64url(cursor)
  if (bytes === null) return ''
  try {
    return decoder.decode(bytes)
  } catch {
    return ''
  }
}
