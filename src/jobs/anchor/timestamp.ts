import type { Anchor } from '../../core/anchor.ts'
import { isDer, timestampRequest, tokenIn, verifyTimestamp } from '../../log/anchor/timestamp.ts'
import { stampedHash } from '../../log/anchor/verify.ts'
import { base64 } from '../../log/encoding.ts'
import { answerTo, type Checkpoint, type Parties, type Send, Unreachable } from './party.ts'

/** Has a time-stamping authority (RFC 3161) stamp a checkpoint, and verifies what it signed. */
export async function askTimestamp(
  send: Send,
  { url, trusted }: Parties['timestamps'][number],
  { origin, size, root }: Checkpoint,
): Promise<Anchor> {
  const of = { origin, size, root: base64(root) }
  const hash = stampedHash(of)
  const answer = await answerTo(send, {
    url,
    method: 'POST',
    headers: { 'content-type': 'application/timestamp-query', accept: 'application/timestamp-reply' },
    body: timestampRequest(hash),
    isOurs: true,
  })
  if (!isDer(answer)) throw new Unreachable('answers with something that is no time stamp')
  const token = tokenIn(answer)
  const found = await verifyTimestamp(token, hash, trusted)
  return {
    kind: 'timestamp',
    ...of,
    party: url,
    by_whom: found.by,
    at: found.at.toISOString(),
    token: base64(token),
    trusted: base64(found.trusted.der),
  }
}
