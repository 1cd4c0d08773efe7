import {
  closeSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { basename, dirname } from 'node:path'
import { type Config, Misuse } from '../config.ts'
import { apiOf } from '../http/paths.ts'
import type { Guard, LogKeeper } from '../ledger/log-keeper.ts'
import { SEED_BYTES } from '../log/ed25519.ts'
import { keysIn } from '../log/keys.ts'
import { type Signer, signingKey } from '../log/note.ts'
import type { Database, Pause } from '../store/database.ts'

type Random = (bytes: number) => Uint8Array

const OTHERS = 0o077

/** What stands beside the file of a ledger: the key that signs its log, and the last checkpoint that was published. */
export const keyFile = (database: string): string => `${database}.key`
export const guardFile = (database: string): string => `${database}.checkpoint`

/** A text that its owner alone may read, durable before it has its name. `fresh`: throws EEXIST where there is one. */
export function writeKept(path: string, text: string, { fresh = false } = {}): void {
  const draft = `${path}.${process.pid}`
  rmSync(draft, { force: true })
  const fd = openSync(draft, 'wx', 0o600)
  try {
    writeSync(fd, text)
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
  try {
    // A link, unlike a new name, takes nobody's place.
    if (fresh) linkSync(draft, path)
    else renameSync(draft, path)
  } finally {
    rmSync(draft, { force: true })
  }
  const folder = openSync(dirname(path), 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}

export function readKept(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

/** The last published checkpoint beside the database: what `reckon verify` reads of it, too. */
export const readGuardFile = (database: string): string | null => readKept(guardFile(database))

const fileGuard = (path: string): Guard => ({
  name: basename(path),
  read: async () => readKept(path),
  keep: async (note) => {
    if (note === null) rmSync(path, { force: true })
    else writeKept(path, note)
  },
})

/** Beside a database in a file; of one elsewhere where the settings say, and else nowhere. */
function guardOf(database: string | null, { RECKONING_LOG_GUARD: set }: Settings): Guard | null {
  if (database !== null) return fileGuard(guardFile(database))
  return set === undefined || set === '' ? null : fileGuard(set)
}

/** The keys in the file beside a database; where others may read it they are not used. */
export async function keysOfFile(path: string): Promise<Signer[] | string | null> {
  const text = readKept(path)
  if (text === null) return null
  if ((statSync(path).mode & OTHERS) !== 0)
    return `Other accounts of this machine may read ${basename(path)}: the log is not signed until its owner closes it with chmod 600. If somebody may have read it, change the key: \`reckon log rotate-key\`.`
  return keysIn(text, basename(path))
}

/** A new key of this name, as a line of a file. Secret. */
export const newKeyLine = async (name: string, random: Random): Promise<string> =>
  `${await signingKey(name, random(SEED_BYTES))}\n`

/** The name of a new log: where it is read, or something that nobody else has. */
export function nameOfLog({ RECKONING_ORIGIN }: Pick<Config, 'RECKONING_ORIGIN'>, random: Random): string {
  if (RECKONING_ORIGIN !== undefined) return `${new URL(RECKONING_ORIGIN).host}${apiOf('/log')}`
  return `reckoning/${Buffer.from(random(8)).toString('hex')}`
}

type Settings = Pick<Config, 'RECKONING_LOG_KEY' | 'RECKONING_LOG_GUARD' | 'RECKONING_ORIGIN'>

/** The keeper of a ledger's log: its key from the settings or beside the file, which gets one when it is first signed. */
export function logKeeper(
  db: Database,
  path: string | null,
  settings: Settings,
  { random, pause }: { random: Random; pause: Pause },
): LogKeeper {
  const given = settings.RECKONING_LOG_KEY
  const keys = async (isNew: boolean): Promise<Signer[] | string> => {
    if (given !== undefined && given !== '') return keysIn(given, 'RECKONING_LOG_KEY')
    if (path === null)
      return 'The log is not signed: RECKONING_LOG_KEY is not set. `reckon log new-key FILE` makes a key.'
    const file = keyFile(path)
    const held = await keysOfFile(file)
    if (held !== null) return held
    if (!isNew)
      return `The log is not signed: ${basename(file)} is gone, the key that signed it. Put it back; if nobody has it, \`reckon log rotate-key --lost\` goes on with another.`
    try {
      writeKept(file, await newKeyLine(nameOfLog(settings, random), random), { fresh: true })
    } catch (error) {
      // Another program was first: its key it is.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST')
        return `The log is not signed: ${basename(file)} cannot be written (${(error as Error).message}).`
    }
    return (await keysOfFile(file)) ?? `The log is not signed: ${basename(file)} is gone.`
  }
  return {
    db,
    pause,
    keys,
    guard: guardOf(path, settings),
    written: () => {},
    refusal: null,
    note: null,
  }
}

/** Throws where the key of the settings is none: said at once, and nothing of it is shown. */
export async function requireKeySetting({
  RECKONING_LOG_KEY: given,
}: Pick<Settings, 'RECKONING_LOG_KEY'>): Promise<void> {
  const keys = given === undefined || given === '' ? [] : await keysIn(given, 'RECKONING_LOG_KEY')
  if (typeof keys === 'string') throw new Misuse(keys)
}
