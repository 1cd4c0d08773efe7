import { LedgerError } from '../core/error.ts'
import { type Checkpoint, parseCheckpoint } from '../log/checkpoint.ts'
import { base64, sameBytes } from '../log/encoding.ts'
import { noteKey, type Signer } from '../log/note.ts'
import type { Database, Pause } from '../store/database.ts'
import { extendTree, readRoot, readTree, type TreeState } from '../store/tree.ts'

/** Where the last checkpoint is kept that was published, outside the database. `keep(null)` lets go of it. */
export type Guard = {
  /** What it is called in a sentence. */
  name: string
  read: () => Promise<string | null>
  keep: (note: string | null) => Promise<void>
}

/** What signs the log, and what stands outside the database against its being rolled back. The entries make it. */
export type LogKeeper = {
  /** Without the guards of the ledger's own: what is written through it is derived, and stamped with no time. */
  db: Database
  pause: Pause
  /**
   * The keys at hand, that of the present first, or a sentence why there is none; `isNew` where the log has never been
   * signed, and may get one.
   */
  keys: (isNew: boolean) => Promise<readonly Signer[] | string>
  guard: Guard | null
  /** Told after every write that went through the queue. */
  written: () => void
  /** Why nothing may be recorded: the database does not hold what was published of it. */
  refusal: LedgerError | null
  /** Why the last entries are in no signed checkpoint, in a sentence; null while they are. */
  note: string | null
}

/** What whoever runs the ledger should know of the signing of its log although everything else works. */
export const notesOf = ({ note, guard }: LogKeeper): string[] => [
  ...(note === null ? [] : [note]),
  ...(guard === null
    ? ['Nothing outside the database guards its log: an older copy of it would be taken for the newest.']
    : []),
]

const RESTORED = /\/restored-(\d+)$/u

/** A log that lost its end goes on under another name: whoever follows the old one must not take it for that. */
export const originOf = (name: string, { restored }: Pick<TreeState, 'restored'>): string =>
  restored < 0 ? name : `${name}/restored-${restored}`

/** The name that the key has, of the name that the log has now. */
export const nameOf = (origin: string): string => origin.replace(RESTORED, '')

const restoredIn = (origin: string): number => Number(RESTORED.exec(origin)?.[1] ?? -1)

/** The same key under the name that the log has now. */
export const signingAs = ({ key, sign }: Signer, origin: string): Signer => ({
  key: noteKey(origin, key.publicKey, key.type),
  sign,
})

/** What was published last, as the guard has it; null where nothing is kept. */
async function published({ guard }: LogKeeper): Promise<Checkpoint | null> {
  const note = (await guard?.read()) ?? null
  if (guard === null || note === null) return null
  const checkpoint = parseCheckpoint(note)
  if (checkpoint !== null) return checkpoint
  throw new LedgerError(
    'log_rolled_back',
    `${guard.name} holds no checkpoint: it was changed. Nothing is recorded until it is put right from a backup or removed by whoever knows that this ledger is whole.`,
  )
}

const OLDER =
  'Restore the newest backup that holds them; where there is none, `reckon rebuild --accept-loss` gives them up, and the log goes on under another name.'
const EMPTY =
  'Restore the newest backup; if another ledger is to begin here, take away the checkpoint and the key of the one that was.'

const missing = ({ size, root }: Checkpoint, tree: TreeState, guard: string): LedgerError => {
  const seen = `${guard} knows of a published checkpoint of ${size} entries with the root ${base64(root)}`
  const is = tree.size < size ? `the log has ${tree.size}` : 'the first entries of the log are others'
  return new LedgerError(
    'log_rolled_back',
    `${seen}, and ${is}: this is an older or another copy of the ledger. It is only read. ${tree.size === 0 ? EMPTY : OLDER}`,
  )
}

/**
 * What was published last, as the guard has it. Throws `log_rolled_back`, and has every write refused with it, where
 * the database does not hold it. What was given up by an entry is not missed.
 */
export async function requirePublished(keeper: LogKeeper): Promise<Checkpoint | null> {
  try {
    // In this order: what another program publishes meanwhile is in the tree before it is in the guard.
    const last = await published(keeper)
    const tree = last === null ? null : await readTree(keeper.db)
    if (last !== null && tree !== null && !(await isHeld(keeper, tree, last)))
      throw missing(last, tree, keeper.guard?.name ?? '')
    keeper.refusal = null
    return last
  } catch (error) {
    if (error instanceof LedgerError && error.code === 'log_rolled_back') keeper.refusal = error
    throw error
  }
}

async function isHeld({ db, pause }: LogKeeper, tree: TreeState, last: Checkpoint): Promise<boolean> {
  const began = restoredIn(last.origin)
  if (tree.restored !== began) return tree.restored > began
  if (tree.size < last.size) return false
  if (last.size > tree.hashed) await extendTree(db, { hashed: tree.hashed, size: last.size }, pause)
  return sameBytes(await readRoot(db, last.size), last.root)
}

/** The same database, in which nothing is recorded while it does not hold what was published. */
export const holding = (db: Database, keeper: LogKeeper | undefined): Database =>
  keeper === undefined
    ? db
    : {
        ...db,
        write: async (statements) => {
          if (keeper.refusal !== null) throw keeper.refusal
          return db.write(statements)
        },
      }
