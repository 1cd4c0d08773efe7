const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const VALUES = new Map([...ALPHABET].map((character, value) => [character, value]))

/** What a Worker and a browser do by themselves; a test holds Node's own against it. */
export const portable = {
  base64url(bytes: Uint8Array): string {
    let text = ''
    for (let i = 0; i < bytes.length; i += 3) {
      const left = bytes.length - i
      const group = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0)
      text += (ALPHABET[group >> 18] as string) + (ALPHABET[(group >> 12) & 63] as string)
      if (left > 1) text += ALPHABET[(group >> 6) & 63]
      if (left > 2) text += ALPHABET[group & 63]
    }
    return text
  },
  fromBase64url(text: string): Uint8Array | null {
    const bytes = new Uint8Array(Math.floor((text.length * 3) / 4))
    let buffer = 0
    let bits = 0
    let length = 0
    for (const character of text) {
      const value = VALUES.get(character)
      if (value === undefined) return null
      buffer = ((buffer << 6) | value) & 0xffff
      bits += 6
      if (bits >= 8) {
        bits -= 8
        bytes[length++] = (buffer >> bits) & 255
      }
    }
    return portable.base64url(bytes) === text ? bytes : null
  },
}

// Node's own writes twenty times as fast.
const NodeBuffer: typeof Buffer | undefined = globalThis.Buffer

/** RFC 4648 section 5, without padding. */
export const base64url: (bytes: Uint8Array) => string =
  NodeBuffer === undefined
    ? portable.base64url
    : ({ buffer, byteOffset, byteLength }) =>
        NodeBuffer.from(buffer, byteOffset, byteLength).toString('base64url')

/** The bytes of a base64url text; null where the text is not the canonical form of any. */
export const fromBase64url: (text: string) => Uint8Array | null =
  NodeBuffer === undefined
    ? portable.fromBase64url
    : (text) => {
        const bytes = NodeBuffer.from(text, 'base64url')
        return bytes.toString('base64url') === text ? new Uint8Array(bytes) : null
      }

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

export function hex(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += HEX[byte]
  return text
}

const encoder = new TextEncoder()
export const utf8 = (text: string): Uint8Array => encoder.encode(text)

/** RFC 4648 section 4, with padding: what signed notes and receipts are written in. */
export function base64(bytes: Uint8Array): string {
  const text = base64url(bytes).replaceAll('-', '+').replaceAll('_', '/')
  return text.padEnd(Math.ceil(text.length / 4) * 4, '=')
}

/** The bytes of a base64 text; null where the text is not the canonical form of any. */
export function fromBase64(text: string): Uint8Array | null {
  const bytes = fromBase64url(
    text
      .replace(/={1,2}$/u, '')
      .replaceAll('+', '-')
      .replaceAll('/', '_'),
  )
  return bytes !== null && base64(bytes) === text ? bytes : null
}

/** The bytes of small hexadecimal digits, two each; null for anything else. */
export function fromHex(text: string): Uint8Array | null {
  if (text.length % 2 !== 0 || !/^[0-9a-f]*$/u.test(text)) return null
  return Uint8Array.from({ length: text.length / 2 }, (_, at) =>
    Number.parseInt(text.slice(2 * at, 2 * at + 2), 16),
  )
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at])
}

/** The bytes of several, one behind the other. */
export function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

// A byte order mark is text as any other: what is signed is every byte.
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** The text of UTF-8; null where the bytes are none. */
export function fromUtf8(bytes: Uint8Array): string | null {
  try {
    return strict.decode(bytes)
  } catch {
    return null
  }
}
