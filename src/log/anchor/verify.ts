import type { Anchor } from '../../core/anchor.ts'
import { cosignaturesOf } from '../cosignature.ts'
import { sha256 } from '../digest.ts'
import { fromBase64, fromHex, hex, sameBytes, utf8 } from '../encoding.ts'
import { COSIGNATURE, parseVerifierKey } from '../note.ts'
import { blockTime, merkleRootText } from './block-header.ts'
import { type Certificate, certificateOf } from './certificate.ts'
import { type OfCheckpoint, textOf } from './checkpoint-text.ts'
import { attested, parseProof } from './opentimestamps.ts'
import { ProofError } from './proof-error.ts'
import { verifyTimestamp } from './timestamp.ts'

/** SHA-256 of that text. */
export const stampedHash = (of: OfCheckpoint): Uint8Array => sha256(utf8(textOf(of)))

const bytesOf = (text: string): Uint8Array => {
  const bytes = fromBase64(text)
  if (bytes === null) throw new ProofError('is no base64')
  return bytes
}

/**
 * Verifies what an anchor says from what it holds, by nothing else: that the proof is about this checkpoint, by whom
 * and of when it says. Answers the certificates behind a time stamp: whether one was revoked is not asked here, nor
 * whether the log ever had this checkpoint. Throws `ProofError`.
 */
export async function verifyAnchor(anchor: Anchor): Promise<readonly Certificate[] | null> {
  const shown = await shownBy(anchor)
  if (shown.at !== anchor.at) throw new ProofError('shows another time than its entry says')
  if (shown.by_whom !== anchor.by_whom) throw new ProofError('is by somebody else than its entry says')
  return shown.chain ?? null
}

type Shown = { at: string | null; by_whom: string; chain?: readonly Certificate[] }

async function shownBy(anchor: Anchor): Promise<Shown> {
  if (anchor.kind === 'timestamp') {
    const trusted = [certificateOf(bytesOf(anchor.trusted))]
    const { at, by, chain } = await verifyTimestamp(bytesOf(anchor.token), stampedHash(anchor), trusted)
    return { at: at.toISOString(), by_whom: by, chain }
  }
  if (anchor.kind === 'opentimestamps') return shownByBlock(anchor)
  const key = parseVerifierKey(anchor.party)
  if (key?.type !== COSIGNATURE) throw new ProofError('names no key of a witness')
  const found = await cosignaturesOf(`${textOf(anchor)}\n${anchor.cosignature}\n`, [key])
  const at = found?.[0]?.at
  if (at === undefined) throw new ProofError('is not signed by its witness')
  return { at: new Date(at * 1000).toISOString(), by_whom: key.name }
}

function shownByBlock(anchor: Extract<Anchor, { kind: 'opentimestamps' }>) {
  const { height, merkle_root, header } = anchor.block
  const end = attested(parseProof(bytesOf(anchor.proof)), stampedHash(anchor)).find(
    ({ attestation, message }) =>
      attestation.kind === 'bitcoin' &&
      attestation.height === height &&
      message.length === 32 &&
      merkleRootText(message) === merkle_root,
  )
  if (end === undefined) throw new ProofError('does not lead to the block that its entry names')
  const by_whom = blockName(height)
  if (header === undefined) return { at: null, by_whom }
  return { at: blockTime(fromHex(header) as Uint8Array, end.message).at.toISOString(), by_whom }
}

export const blockName = (height: number): string => `Bitcoin block ${height}`

export const sameRoot = (root: string, bytes: Uint8Array): boolean => sameBytes(bytesOf(root), bytes)

/** SHA-256 of a certificate, as programs that show certificates print it. */
export const fingerprint = (certificate: string): string => hex(sha256(bytesOf(certificate)))
