import { LedgerError } from '../../core/error.ts'
import { type Checkpoint, parseCheckpoint, signCheckpoint } from '../../log/checkpoint.ts'
import { sameBytes } from '../../log/encoding.ts'
import { parseNote, type Signer, verifierKey } from '../../log/note.ts'
import { Refused } from '../../store/database.ts'
import { readEvent } from '../../store/events.ts'
import { extendTree, keepCheckpoint, readRoot, readTree, type TreeState } from '../../store/tree.ts'
import type { Ledger } from '../ledger.ts'
import { type LogKeeper, originOf, requirePublished, signingAs } from '../log-keeper.ts'

/** How many entries the tree now has, of how many the last checkpoint is, and whether it was just signed. */
export type Integrated = { size: number; signed: number; isNew: boolean }

/**
 * Brings the tree up to the end of the log and signs it: every new entry is hashed again from its stored bytes. Twice,
 * interrupted, or in two places at once, it comes to the same. Where no key is at hand the tree grows unsigned, and
 * the keeper's note says why. Throws `damaged` and `log_rolled_back`; then nothing is signed.
 */
export async function integrate({ log }: Pick<Ledger, 'log'>): Promise<Integrated> {
  if (log === undefined) return { size: 0, signed: 0, isNew: false }
  const published = await requirePublished(log)
  const tree = await readTree(log.db)
  await extendTree(log.db, tree, log.pause)
  const { size, checkpoint: last } = tree
  const signers = await signersOf(log, tree)
  if (signers === null) return { size, signed: last?.size ?? 0, isNew: false }
  const root = await readRoot(log.db, size)
  const checkpoint: Checkpoint = { origin: signers[0].key.name, size, root, extensions: [] }
  if (last !== null) {
    const before = parseCheckpoint(last.note)
    await requireLeadsOn(log, tree, before)
    if (before?.size === size && before.origin === checkpoint.origin) {
      // A program that signed fewer entries at the same time may have been the last to keep its checkpoint.
      if ((published?.size ?? 0) < size) await log.guard?.keep(last.note)
      return { size, signed: size, isNew: false }
    }
  }
  const note = await signCheckpoint(checkpoint, signers)
  // Outside first: what anybody may have seen must be known there.
  await log.guard?.keep(note)
  await keepCheckpoint(
    log.db,
    { size, note },
    signers.map(({ key }) => verifierKey(key)),
  ).catch((error: unknown) => {
    // Another program signed the same entries with other keys.
    if (!(error instanceof Refused)) throw error
  })
  return { size, signed: size, isNew: true }
}

/** What was signed is never contradicted. */
async function requireLeadsOn(log: LogKeeper, tree: TreeState, last: Checkpoint | null): Promise<void> {
  if (last !== null && last.size <= tree.size && sameBytes(await readRoot(log.db, last.size), last.root))
    return
  throw new LedgerError(
    'damaged',
    `The tree does not lead on from the checkpoint that was signed of the first ${last?.size ?? 0} entries: entries, or the tree over them, were changed. \`reckon verify\` says whether an entry is wrong; if none is, \`reckon rebuild\` makes the tree again.`,
  )
}

/** Who signs: the key of the present first, and with it the one before at the checkpoint that holds the change. */
async function signersOf(log: LogKeeper, tree: TreeState): Promise<[Signer, ...Signer[]] | null> {
  const unsigned = (why: string) => {
    log.note = why
    return null
  }
  if (tree.size === 0) return null
  const held = await log.keys(tree.checkpoint === null)
  if (typeof held === 'string') return unsigned(held)
  const [first] = held
  if (first === undefined) return null
  const origin = originOf(first.key.name, tree)
  const [present, ...others] = held.map((signer) => signingAs(signer, origin)) as [Signer, ...Signer[]]
  const before = tree.checkpoint === null ? null : parseNote(tree.checkpoint.note)
  const signedLast = ({ key }: Signer) =>
    before?.signatures.some(({ name, id }) => name === key.name && id === key.id) ?? false
  const isContinued = before?.text.startsWith(`${origin}\n`) ?? false
  log.note = null
  if (!isContinued || signedLast(present)) return [present]
  if (!(await isAnnounced(log, tree, present)))
    return unsigned(
      'The log is not signed: the key at hand is another than the one that signed it last, and no entry says so. Put that one back, or see `reckon log rotate-key`.',
    )
  return [present, ...others.filter(signedLast)]
}

/** Whether the log itself says that this key is the next. */
async function isAnnounced({ db }: LogKeeper, { rotated }: TreeState, { key }: Signer): Promise<boolean> {
  const event = rotated < 0 ? null : await readEvent(db, rotated)
  return event?.type === 'key.rotated' && event.payload.to === verifierKey(key)
}

/**
 * Does some work soon after it is asked for: once for all who ask meanwhile, and after each time it rests. Nobody who
 * asks waits for it.
 */
export function coalesced(
  work: () => Promise<unknown>,
  rest: () => Promise<void>,
  failed: (error: unknown) => void,
): { ask: () => void; settled: () => Promise<void> } {
  let wanted = false
  let isAtIt = false
  let current: Promise<void> = Promise.resolve()
  const go = async () => {
    isAtIt = true
    while (wanted) {
      wanted = false
      current = work().then(() => {}, failed)
      await current
      await rest()
    }
    isAtIt = false
  }
  return {
    ask: () => {
      wanted = true
      if (!isAtIt) void go()
    },
    settled: () => current,
  }
}
