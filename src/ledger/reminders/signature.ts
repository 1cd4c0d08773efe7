import { base64, base64url, fromBase64, utf8 } from '../../log/encoding.ts'
import type { Ledger } from '../ledger.ts'

const PREFIX = 'whsec_'
const SECRET_BYTES = 32

/** A new secret as Standard Webhooks write it. */
export const newSigningSecret = ({ random }: Pick<Ledger, 'random'>): string =>
  PREFIX + base64(random(SECRET_BYTES))

/** HMAC-SHA256 of a text under such a secret. */
async function hmac(secret: string, text: string): Promise<Uint8Array> {
  const bytes = fromBase64(secret.slice(PREFIX.length)) ?? utf8(secret)
  const how = { name: 'HMAC', hash: 'SHA-256' }
  const key = await crypto.subtle.importKey('raw', Uint8Array.from(bytes), how, false, ['sign'])
  return new Uint8Array(await crypto.subtle.sign('HMAC', key, Uint8Array.from(utf8(text))))
}

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
