import { type ErrorCode, LedgerError } from '../core/error.ts'
import { RESTORE } from './damage.ts'

export const codeOf = (error: unknown): string => String((error as { code?: unknown } | null)?.code ?? '')
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** What a disk does to a database, by SQLite's code or, where a server passes on the words alone, by them. */
const DISK: readonly (readonly [code: string, words: RegExp, means: string, refusal?: ErrorCode])[] = [
  [
    'FULL',
    /database or disk is full/u,
    'The disk of the ledger is full: nothing is recorded until there is room.',
  ],
  ['IOERR', /disk I\/O error/u, 'The disk of the ledger fails: nothing is recorded until it works again.'],
  [
    'READONLY',
    /readonly database/u,
    "The ledger's file can only be read: nothing is recorded until the file, its folder and its disk can be written.",
  ],
  [
    'CORRUPT',
    /disk image is malformed/u,
    "The ledger's file is damaged: `reckon verify` says where. Restore the newest backup that `reckon verify FILE` passes, unless it says that `reckon rebuild` is enough.",
    'damaged',
  ],
  [
    'NOTADB',
    /file is not a database/u,
    `The ledger's file is no database: its beginning was overwritten, or it is another file. ${RESTORE}`,
    'damaged',
  ],
  [
    'CANTOPEN',
    /unable to open database file/u,
    "The ledger's file cannot be opened: see to its folder and permissions.",
  ],
  [
    'PERM',
    /access permission denied/u,
    "The ledger's file may not be used by this program: see to its permissions.",
  ],
  ['NOLFS', /large file support is disabled/u, "The ledger's file cannot grow any more on this disk."],
  ['NOMEM', /out of memory/u, 'The database has no memory left; try again in a moment.'],
]

/** Such as a connection to a file that could only be read when it was opened: it stays so, whatever becomes of the file. */
export const isReadOnly = (error: unknown): boolean =>
  codeOf(error).startsWith('SQLITE_READONLY') || /readonly database/u.test(messageOf(error))

/** What the disk, or what lies on it, is to blame for; null for anything else. */
export function diskFault(error: unknown): LedgerError | null {
  const code = codeOf(error)
  const message = messageOf(error)
  const known = DISK.find(([name, words]) => code.startsWith(`SQLITE_${name}`) || words.test(message))
  if (known === undefined) return null
  const [name, , means, refusal = 'unavailable'] = known
  const { extendedCode } = error as { extendedCode?: unknown }
  const detail = name === 'IOERR' && typeof extendedCode === 'string' ? ` (${extendedCode})` : ''
  return new LedgerError(refusal, `${means}${detail}`)
}

/** What the driver said where nothing translates it, if it found the file damaged. */
export function fileDamage(error: unknown): LedgerError | null {
  const fault = diskFault(error)
  return fault?.code === 'damaged' ? fault : null
}
