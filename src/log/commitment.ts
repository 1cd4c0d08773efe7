import { canonicalJson } from './canonical-json.ts'
import { sha256 } from './digest.ts'
import { base64url, utf8 } from './encoding.ts'

/**
 * base64url(SHA-256(JCS of `[nonce, what]`)): says that something is settled without telling anything of it. The
 * nonce is 128 random bits, so nobody finds it out by guessing.
 */
export const commitmentTo = (nonce: string, what: unknown): string =>
  base64url(sha256(utf8(canonicalJson([nonce, what]))))
