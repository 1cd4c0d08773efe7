import { basename } from 'node:path'
import type { Config } from '../config.ts'
import { LedgerError } from '../core/error.ts'
import { parseSigningKey, type Signer, verifierKey } from '../log/note.ts'
import { keyFile, keysOfFile, nameOfLog, newKeyLine, readKept, writeKept } from './log-files.ts'
import { random } from './runtime.ts'

type Settings = Pick<Config, 'RECKONING_LOG_KEY' | 'RECKONING_ORIGIN'>

/** Writes a new key into a file of its own, closed to others; answers the verifier key. It overwrites nothing. */
export async function makeKey(file: string, settings: Settings, name?: string): Promise<string> {
  const [present] = (settings.RECKONING_LOG_KEY ?? '').trim().split(/\s+/u)
  const known = present === undefined || present === '' ? null : await parseSigningKey(present)
  const line = await newKeyLine(name ?? known?.key.name ?? nameOfLog(settings, random), random)
  try {
    writeKept(file, line, { fresh: true })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST')
      throw new LedgerError('conflict', `${file} is there already; a key overwrites nothing.`)
    throw new LedgerError('unavailable', `${file} cannot be written: ${(error as Error).message}.`)
  }
  return verifierKey(((await parseSigningKey(line.trim())) as Signer).key)
}

/** Two keys in the file beside a database while they change: the next one, and behind it the one that signed so far. */
export type Change = { next: Signer; finish: () => void }

/**
 * Puts a new key before the one in the file. Interrupted, it is found half done and goes on. `lostName` is the name of
 * the log where the old key is gone.
 */
export async function beginChange(database: string, lostName: string | null): Promise<Change> {
  const file = keyFile(database)
  const held = await keysOfFile(file)
  if (typeof held === 'string') throw new LedgerError('unavailable', held)
  if (held === null && lostName === null)
    throw new LedgerError(
      'not_found',
      `There is no ${basename(file)}: the key is not beside the database. If nobody has it, --lost goes on with another.`,
    )
  if (held !== null && lostName !== null)
    throw new LedgerError('conflict', `${basename(file)} is there: the key is not lost. Leave out --lost.`)
  const text = readKept(file) ?? ''
  const isBegun = (held?.length ?? 0) > 1
  const name = held?.[0]?.key.name ?? lostName ?? ''
  const line = isBegun ? `${text.trim().split(/\s+/u)[0]}\n` : await newKeyLine(name, random)
  if (!isBegun) writeKept(file, line + text)
  return {
    next: (await parseSigningKey(line.trim())) as Signer,
    finish: () => writeKept(file, line),
  }
}
