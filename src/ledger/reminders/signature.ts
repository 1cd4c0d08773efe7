import { base64, base64url, fromBase64, utf8 } from '../../log/encoding.ts'
import { hmacSha256 } from '../../log/hmac.ts'
import type { Ledger } from '../ledger.ts'

const PREFIX = 'whsec_'
const SECRET_BYTES = 32

/** A new secret as Standard Webhooks write it. */
export const newSigningSecret = ({ random }: Pick<Ledger, 'random'>): string =>
  PREFIX + base64(random(SECRET_BYTES))

/** The HMAC of a text under such a secret. */
const hmac = (secret: string, text: string): Promise<Uint8Array> =>
  hmacSha256(fromBase64(secret.slice(PREFIX.length)) ?? utf8(secret), utf8(text))

/** The headers of a message: signed by every secret that holds at present (standardwebhooks.com). */
export async function signedHeaders(
  secrets: readonly string[],
  id: string,
  now: Date,
  body: string,
): Promise<Record<string, string>> {
  const timestamp = String(Math.floor(now.getTime() / 1000))
  const signatures = await Promise.all(
    secrets.map(async (secret) => `v1,${base64(await hmac(secret, `${id}.${timestamp}.${body}`))}`),
  )
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') }
}

/** What stands in a link by which somebody without an account does one thing to one target. */
export const linkKey = async (secret: string, what: string): Promise<string> =>
  base64url(await hmac(secret, `reckoning link: ${what}`))
