import { textHash } from '../../log/entry.ts'
import type { Database } from '../../store/database.ts'
import { type Bearer, bearerBehind, type SecretKind } from '../../store/members.ts'
import { ask, known, mapped, type Query } from '../../store/query.ts'

const ID = 12
const SECRET = 32
const TOKEN = new RegExp(`^rk_pat_([A-Za-z0-9]{${ID}})([A-Za-z0-9]{${SECRET}})([0-9a-f]{8})$`, 'u')
const PAIR = new RegExp(`^([A-Za-z0-9]{${ID}})([A-Za-z0-9]{${SECRET}})$`, 'u')

/** CRC-32 (ISO 3309) in hexadecimal: tells a mistyped token from a wrong one without asking the database. */
export function crc32(text: string): string {
  let crc = -1
  for (const character of text) {
    crc ^= character.charCodeAt(0)
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0)
  }
  return ((crc ^ -1) >>> 0).toString(16).padStart(8, '0')
}

/** Who holds this token; null when it is mistyped, unknown, expired or revoked, or its member suspended. */
export async function bearerOfToken(db: Database, token: string, now: Date): Promise<Bearer | null> {
  const match = TOKEN.exec(token)
  if (match === null) return null
  const [, id = '', secret = '', checksum] = match
  if (crc32(id + secret) !== checksum) return null
  return ask(db, holder('token', id, secret, now))
}

/** Who holds this session or one-time link. */
export function bearerBySecret(
  kind: Exclude<SecretKind, 'token'>,
  value: string,
  now: Date,
): Query<Bearer | null> {
  const match = PAIR.exec(value)
  if (match === null) return known(null)
  const [, id = '', secret = ''] = match
  return holder(kind, id, secret, now)
}

export const bearerOf = (db: Database, ...asked: Parameters<typeof bearerBySecret>) =>
  ask(db, bearerBySecret(...asked))

const holder = (kind: SecretKind, id: string, secret: string, now: Date): Query<Bearer | null> =>
  mapped(bearerBehind(kind, id, now), (found) =>
    found !== null && equalInConstantTime(found.sha256, textHash(secret)) ? found.bearer : null,
  )

export function equalInConstantTime(a: string, b: string): boolean {
  let difference = a.length ^ b.length
  for (let i = 0; i < a.length; i++) difference |= a.charCodeAt(i) ^ b.charCodeAt(i)
  return difference === 0
}
