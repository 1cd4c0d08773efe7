import type { Anchor } from '../../core/anchor.ts'
import { invalid } from '../../core/error.ts'
import { ProofError } from '../../log/anchor/proof-error.ts'
import { sameRoot, verifyAnchor } from '../../log/anchor/verify.ts'
import { anchoredBy, checkpointAt, stampOf } from '../../store/anchors.ts'
import { ask } from '../../store/query.ts'
import { draft } from '../draft.ts'
import { type Ledger, newId, requireRole, type Unit } from '../ledger.ts'

/** So far the clocks of others may be from ours. */
const APART_MS = 5 * 60_000
/** What a block says is put two hours later than it says. */
const BLOCK_MS = 2 * 3_600_000

/**
 * Records what somebody outside attests of a checkpoint, once it is verified: the proof by itself, that the checkpoint
 * is one of this log, and that it is dated neither after the present nor before the entries that it holds. Answers the entry;
 * null where the same party's word on that checkpoint stands already.
 */
export async function recordAnchor(ledger: Ledger, unit: Unit, anchor: Anchor): Promise<number | null> {
  requireRole(unit, 'reader')
  await requireProof(anchor)
  const ours = await ask(ledger.db, checkpointAt(anchor.size))
  if (ours === null || ours.origin !== anchor.origin || !sameRoot(anchor.root, ours.root))
    throw refused('is about a checkpoint that this log never had')
  if (anchor.at !== null) requireInTime(anchor, unit.now, await stampOf(ledger.db, anchor.size - 1))
  return ledger.writes.run<number | null>(unit.now, async () => {
    if (await ask(ledger.db, anchoredBy(anchor.party, anchor.size))) return { done: null }
    const entry = draft(unit, 'checkpoint.anchored', { stream: newId(ledger), rev: 0 }, anchor)
    return {
      command: { entries: [entry], claims: [`anchor:${anchor.party}`] },
      answer: ({ seqs }) => seqs[0] ?? null,
    }
  })
}

const refused = (message: string) => invalid('/proof', message)

async function requireProof(anchor: Anchor): Promise<void> {
  try {
    await verifyAnchor(anchor)
  } catch (error) {
    if (error instanceof ProofError) throw refused(error.message)
    throw error
  }
}

function requireInTime({ kind, at }: Anchor, now: Date, last: string | null): void {
  const dated = Date.parse(at ?? '') - (kind === 'opentimestamps' ? BLOCK_MS : 0)
  if (dated - now.getTime() > APART_MS)
    throw refused(`is dated ${at}, which lies ahead: a clock is wrong, theirs or ours`)
  // A block may be stamped as long before the truth as after it.
  const early = kind === 'opentimestamps' ? BLOCK_MS : APART_MS
  if (last !== null && Date.parse(last) - dated > early)
    throw refused(`is dated ${at}, before the last entry that it holds: a clock is wrong, theirs or ours`)
}
