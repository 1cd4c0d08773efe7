import { boundedBytes } from '../../http/body.ts'
import type { Mail } from './outlets.ts'

/** A service that sends letters over HTTP, and which of two common shapes it takes. */
export type MailService = { url: string; from: string; key: string; shape: 'resend' | 'postmark' }

const TIMEOUT_MS = 15_000
const LONGEST_ANSWER = 200
const MOST_BYTES = 65_536

/** Sends a letter through such a service. Throws with what it answered. */
export async function sendThrough(service: MailService, mail: Mail): Promise<void> {
  const response = await fetch(service.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...authorised(service), 'idempotency-key': mail.id },
    body: JSON.stringify(bodyOf(service, mail)),
    redirect: 'manual',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  })
  if (response.ok) return void (await response.body?.cancel())
  const said = await boundedBytes(response.body, MOST_BYTES).catch(() => null)
  const told = new TextDecoder().decode(said ?? new Uint8Array()).slice(0, LONGEST_ANSWER)
  throw new Error(`The mail service answers with status ${response.status}. ${told}`.trim())
}

const authorised = ({ shape, key }: MailService): Record<string, string> =>
  shape === 'resend' ? { authorization: `Bearer ${key}` } : { 'x-postmark-server-token': key }

const bodyOf = ({ shape, from }: MailService, { to, subject, text, html, headers }: Mail): object =>
  shape === 'resend'
    ? { from, to: [to], subject, text, html, headers }
    : {
        From: from,
        To: to,
        Subject: subject,
        TextBody: text,
        HtmlBody: html,
        Headers: Object.entries(headers).map(([Name, Value]) => ({ Name, Value })),
        TrackOpens: false,
        TrackLinks: 'None',
      }
