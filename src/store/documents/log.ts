import type { Checkpoint } from '../../log/checkpoint.ts'
import { openCheckpoint } from '../../log/checkpoint.ts'
import { type NoteKey, parseVerifierKey } from '../../log/note.ts'
import type { Database } from '../database.ts'
import { ask, query, together } from '../query.ts'
import { latestCheckpoint } from '../tree.ts'
import { type Attested, anchorsShown } from './anchors.ts'

const verifiers = query({ sql: 'SELECT verifier FROM log_key' }, (rows) =>
  rows.flatMap(({ verifier }) => parseVerifierKey(String(verifier)) ?? []),
)
/** When the last entry was recorded that the last checkpoint holds. */
const signedUpTo = query(
  { sql: 'SELECT at FROM entry WHERE seq = (SELECT max(size) - 1 FROM checkpoint)' },
  ([row]) => (row === undefined ? null : String(row.at)),
)

/** The last checkpoint with the keys that signed it, the present one first. */
export type SignedLog = { checkpoint: Checkpoint; note: string; keys: NoteKey[]; upTo: string | null }

/**
 * What the log says of itself now, which is null where it was never signed, or not by a key that it knows; and what
 * others say of it.
 */
export async function readLogPage(db: Database): Promise<{ signed: SignedLog | null; attested: Attested }> {
  const { latest, known, upTo, attested } = await ask(
    db,
    together({ latest: latestCheckpoint, known: verifiers, upTo: signedUpTo, attested: anchorsShown }),
  )
  const opened = latest === null ? null : await openCheckpoint(latest.note, known)
  if (latest === null || opened === null || opened.problem !== null) return { signed: null, attested }
  const { checkpoint, signedBy } = opened
  return { signed: { checkpoint, note: latest.note, keys: signedBy, upTo }, attested }
}
