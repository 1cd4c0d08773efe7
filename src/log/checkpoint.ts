import { base64, fromBase64 } from './encoding.ts'
import { type NoteKey, type NoteProblem, openNote, parseNote, type Signer, signNote } from './note.ts'
import { HASH_BYTES } from './tree.ts'

/** Checkpoints (c2sp.org/tlog-checkpoint): which log, how many entries, which root. */
export type Checkpoint = { origin: string; size: number; root: Uint8Array; extensions: string[] }

/** The text that is signed. */
export const checkpointText = ({ origin, size, root, extensions }: Checkpoint): string =>
  `${[origin, size, base64(root), ...extensions].join('\n')}\n`

/** What such a text says; null where it is none, or of a size that no safe integer holds. */
export function parseCheckpointText(text: string): Checkpoint | null {
  if (!text.endsWith('\n')) return null
  const [origin = '', digits = '', encoded = '', ...extensions] = text.slice(0, -1).split('\n')
  const root = fromBase64(encoded)
  if (origin === '' || !/^(0|[1-9][0-9]{0,15})$/u.test(digits) || root?.length !== HASH_BYTES) return null
  if (!Number.isSafeInteger(Number(digits)) || extensions.includes('')) return null
  return { origin, size: Number(digits), root, extensions }
}

/** What a signed checkpoint says, whoever signed it; null where it is malformed. Nothing is verified. */
export function parseCheckpoint(note: string | Uint8Array): Checkpoint | null {
  const parsed = parseNote(note)
  return parsed === null ? null : parseCheckpointText(parsed.text)
}

export const signCheckpoint = (checkpoint: Checkpoint, signers: readonly Signer[]): Promise<string> =>
  signNote(checkpointText(checkpoint), signers)

export type OpenedCheckpoint =
  | { problem: null; checkpoint: Checkpoint; text: string; signedBy: NoteKey[] }
  | { problem: NoteProblem | 'no_checkpoint' | 'other_origin' }

/**
 * What a checkpoint says that one of `keys` has signed. Each is trusted for the log of its own name only, or,
 * where an origin is given (of a log whose keys have other names), all for that.
 */
export async function openCheckpoint(
  note: string | Uint8Array,
  keys: readonly NoteKey[],
  origin?: string,
): Promise<OpenedCheckpoint> {
  const opened = await openNote(note, keys)
  if (opened.problem !== null) return opened
  const checkpoint = parseCheckpointText(opened.text)
  if (checkpoint === null) return { problem: 'no_checkpoint' }
  const signedBy = opened.signedBy.filter((key) => (origin ?? key.name) === checkpoint.origin)
  if (signedBy.length === 0) return { problem: 'other_origin' }
  return { problem: null, checkpoint, text: opened.text, signedBy }
}
