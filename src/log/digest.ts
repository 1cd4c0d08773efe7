import { sha256 as portable } from '@noble/hashes/sha2.js'
import { base64url, hex, utf8 } from './encoding.ts'

// Node's own is four times as fast; a Worker and a browser have none that answers at once.
const native = globalThis.process?.getBuiltinModule?.('node:crypto')?.hash

/** SHA-256 (FIPS 180-4): 32 bytes. */
export const sha256: (bytes: Uint8Array) => Uint8Array =
  native === undefined ? portable : (bytes) => new Uint8Array(native('sha256', bytes, 'buffer'))

/** SHA-256 of some bytes or of the UTF-8 of a text, in hexadecimal or base64url. */
export function digest(of: Uint8Array | string, as: 'hex' | 'base64url'): string {
  const bytes = typeof of === 'string' ? utf8(of) : of
  if (native !== undefined) return native('sha256', bytes, as)
  return as === 'hex' ? hex(portable(bytes)) : base64url(portable(bytes))
}
