import { type Checkpoint, parseCheckpoint } from '../checkpoint.ts'
import { cosign } from '../cosignature.ts'
import { sha256 } from '../digest.ts'
import { base64, fromBase64, hex, sameBytes, utf8 } from '../encoding.ts'
import { type NoteKey, openNote, type Signer, signatureLine } from '../note.ts'
import { EMPTY_ROOT, extendsTree } from '../tree.ts'

/** The witness protocol of transparency logs (c2sp.org/tlog-witness): what is asked, and what a witness answers. */

export const SIZE_TYPE = 'text/x.tlog.size'
const MOST_LINES = 63

/** `checkpoint` is a signed note; `old` the size of the one that the witness signed last. */
export type Submission = { old: number; proof: readonly Uint8Array[]; checkpoint: string }

export const addCheckpoint = ({ old, proof, checkpoint }: Submission): string =>
  `old ${old}\n${proof.map((hash) => `${base64(hash)}\n`).join('')}\n${checkpoint}`

/** A submission as it came; null where it is malformed. */
export function parseSubmission(body: string): Submission | null {
  const blank = body.indexOf('\n\n')
  if (blank === -1) return null
  const [first = '', ...lines] = body.slice(0, blank).split('\n')
  const old = /^old (0|[1-9]\d{0,14})$/u.exec(first)?.[1]
  if (old === undefined || lines.length > MOST_LINES) return null
  const proof = lines.map(fromBase64)
  if (proof.some((hash) => hash?.length !== 32)) return null
  return { old: Number(old), proof: proof as Uint8Array[], checkpoint: body.slice(blank + 2) }
}

/** What a witness remembers of a log: the last checkpoint that it signed, with its cosignature. */
export type Seen = { size: number; root: Uint8Array; note: string }

export type Witnessing = {
  /** The keys that are trusted to sign for an origin; null where the log is not known. */
  keysOf: (origin: string) => readonly NoteKey[] | null
  signer: Signer
  /** In whole seconds since 1970. */
  now: number
}

/**
 * What a witness answers to a submission, given what it remembers: `seen` must be stored before the answer leaves, and
 * nobody else may decide on the same memory meanwhile. `fork` says that a log signed what contradicts its past.
 */
export type Verdict = {
  status: 200 | 400 | 403 | 404 | 409 | 422
  body: string
  type: string
  seen: Seen | null
  fork: string | null
}

const plain = (status: Verdict['status'], body: string, fork: string | null = null): Verdict => ({
  status,
  body: `${body}\n`,
  type: 'text/plain; charset=utf-8',
  seen: null,
  fork,
})

/** The origin that a submission is about, or null where it is malformed. */
export const originIn = (body: string): string | null => {
  const submission = parseSubmission(body)
  return submission === null ? null : (parseCheckpoint(submission.checkpoint)?.origin ?? null)
}

export async function witness(
  body: string,
  known: Seen | null,
  { keysOf, signer, now }: Witnessing,
): Promise<Verdict> {
  const submission = parseSubmission(body)
  const read = submission === null ? null : parseCheckpoint(submission.checkpoint)
  if (submission === null || read === null) return plain(400, 'This is no submission of a checkpoint.')
  const keys = keysOf(read.origin)
  if (keys === null) return plain(404, 'This log is not known here.')
  const opened = await openNote(submission.checkpoint, keys)
  if (opened.problem === 'malformed') return plain(400, 'This is no submission of a checkpoint.')
  if (opened.problem !== null) return plain(403, 'No key that is known for this log signed this checkpoint.')
  if (submission.old > read.size) return plain(400, 'The old size is larger than the checkpoint.')
  const size = known?.size ?? 0
  if (submission.old !== size) return { ...plain(409, String(size)), type: SIZE_TYPE }
  const contradiction = contradictionOf(submission, read, known)
  if (contradiction !== null) return plain(422, contradiction.message, contradiction.fork)
  const cosignature = await cosign(opened.text, signer, now)
  const signed = opened.signedBy.map((key) => {
    const own = opened.signatures.find(({ name, id }) => name === key.name && id === key.id)
    return own === undefined ? '' : signatureLine(key, own.signature)
  })
  return {
    status: 200,
    body: cosignature,
    type: 'text/plain; charset=utf-8',
    seen: { size: read.size, root: read.root, note: `${opened.text}\n${signed.join('')}${cosignature}` },
    fork: null,
  }
}

/** Why a signed checkpoint does not lead on from what was signed before; `fork` where that is the log's own doing. */
function contradictionOf(
  { old, proof }: Submission,
  { origin, size, root }: Checkpoint,
  known: Seen | null,
): { message: string; fork: string | null } | null {
  const wrong = (message: string, fork: string | null = null) => ({ message, fork })
  if (size === 0 && !sameBytes(root, EMPTY_ROOT)) return wrong('The root is not that of an empty log.')
  if (old === 0) return proof.length === 0 ? null : wrong('Nothing is to be proven from an empty log.')
  if (known === null) return null
  const roots = `${origin}: of ${old} entries the root was ${base64(known.root)}`
  if (old === size) {
    if (!sameBytes(root, known.root))
      return wrong('The root is another than before.', `${roots}, and now it is ${base64(root)}`)
    return proof.length === 0 ? null : wrong('Nothing is to be proven about the same size.')
  }
  if (extendsTree({ size: old, root: known.root }, { size, root }, proof)) return null
  return wrong(
    'The proof does not show that the log only grew.',
    `${roots}, and a signed checkpoint of ${size} entries came without proof that it leads on from there`,
  )
}

/** Below what address a witness serves its last checkpoint of a log. */
export const originHash = (origin: string): string => hex(sha256(utf8(origin)))
