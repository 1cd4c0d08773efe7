import type { Anchor } from '../../core/anchor.ts'
import { blockTime, merkleRootText } from '../../log/anchor/block-header.ts'
import { attested, type Proof, parseProof, proofBytes, upgraded } from '../../log/anchor/opentimestamps.ts'
import { blockName, stampedHash } from '../../log/anchor/verify.ts'
import { parseCheckpointText } from '../../log/checkpoint.ts'
import { base64, fromBase64, fromHex, hex } from '../../log/encoding.ts'
import type { Promised } from '../../store/anchors.ts'
import { answerTo, below, type Checkpoint, type Send, Unreachable } from './party.ts'

const HEADERS = { accept: 'application/vnd.opentimestamps.v1' }

/** Gives the hash of a checkpoint to a calendar of OpenTimestamps; it promises to have it in a block of Bitcoin. */
export async function askCalendar(
  send: Send,
  url: string,
  { origin, size, root }: Checkpoint,
): Promise<{ checkpoint: string; proof: string }> {
  const text = { origin, size, root: base64(root) }
  const hash = stampedHash(text)
  const answer = await answerTo(send, {
    url: below(url, 'digest'),
    method: 'POST',
    headers: { ...HEADERS, 'content-type': 'application/x-www-form-urlencoded' },
    body: hash,
    isOurs: true,
  })
  const proof = parseProof(answer)
  if (attested(proof, hash).length === 0) throw new Unreachable('promises nothing')
  return { checkpoint: `${origin}\n${size}\n${text.root}\n`, proof: base64(proofBytes(proof)) }
}

/**
 * Asks the calendar what became of its promise. The anchor once a block holds it; null while none does, as it takes
 * some hours. With `blocks`, the header of that block is read there, checked, and dates the anchor.
 */
export async function askAgain(
  send: Send,
  { party, checkpoint, proof: kept }: Promised,
  blocks: string | null,
): Promise<Anchor | null> {
  const read = parseCheckpointText(checkpoint)
  const bytes = fromBase64(kept)
  if (read === null || bytes === null) throw new Unreachable('has a promise here that cannot be read')
  const of = { origin: read.origin, size: read.size, root: base64(read.root) }
  const hash = stampedHash(of)
  const proof = await completed(send, party, parseProof(bytes), hash)
  const end = attested(proof, hash).find(({ attestation }) => attestation.kind === 'bitcoin')
  if (end?.attestation.kind !== 'bitcoin') return null
  const { height } = end.attestation
  const header = blocks === null ? null : await headerAt(send, blocks, height)
  return {
    kind: 'opentimestamps',
    ...of,
    party,
    by_whom: blockName(height),
    at: header === null ? null : blockTime(header, end.message).at.toISOString(),
    proof: base64(proofBytes(proof)),
    block: {
      height,
      merkle_root: merkleRootText(end.message),
      ...(header === null ? {} : { header: hex(header) }),
    },
  }
}

/** The proof with what is known now, where the promise says: a pool hands hashes on to calendars with names of their own. */
async function completed(send: Send, url: string, proof: Proof, hash: Uint8Array): Promise<Proof> {
  let grown = proof
  for (const { attestation, message } of attested(proof, hash)) {
    if (attestation.kind !== 'pending') continue
    const elsewhere = attestation.calendar.startsWith('https://') && attestation.calendar !== url
    const { status, body } = await send({
      url: below(elsewhere ? attestation.calendar : url, `timestamp/${hex(message)}`),
      method: 'GET',
      headers: HEADERS,
      isOurs: !elsewhere,
    })
    // A calendar that does not know yet says so with 404.
    if (status === 404) continue
    if (status !== 200) throw new Unreachable(`answers with status ${status}`)
    grown = upgraded(grown, hash, { message, calendar: attestation.calendar }, parseProof(body))
  }
  return grown
}

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes).trim()

async function headerAt(send: Send, blocks: string, height: number): Promise<Uint8Array> {
  const asked = async (path: string) =>
    text(await answerTo(send, { url: below(blocks, path), method: 'GET', isOurs: true }))
  const id = await asked(`block-height/${height}`)
  if (!/^[0-9a-f]{64}$/u.test(id)) throw new Unreachable(`does not name block ${height} at ${blocks}`)
  const header = fromHex(await asked(`block/${id}/header`))
  if (header === null) throw new Unreachable(`gives no header of block ${height} at ${blocks}`)
  return header
}
