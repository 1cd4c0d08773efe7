import { existsSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { LedgerError } from '../core/error.ts'
import { boundedBytes } from '../http/body.ts'
import { apiOf } from '../http/paths.ts'
import { publishedIn } from '../log/lines.ts'
import type { ReadPublished } from '../log/published.ts'

const ANSWERS_WITHIN_MS = 30_000
const TRIES = 3
/** Texts of this program are no longer. */
const LINES_BYTES = 500_000_000
const PREFIX = apiOf('/log')

/** The files of an export. What is no file of ordinary size is not there. */
export const folderLog =
  (folder: string): ReadPublished =>
  async (path, most) => {
    const place = join(folder, ...path.split('/'))
    const stat = statSync(place, { throwIfNoEntry: false })
    if (stat === undefined || !stat.isFile()) return null
    if (stat.size > most) throw tooLong(place, most)
    return readFileSync(place)
  }

/** An export in lines (`src/log/lines.ts`), which is read whole. */
export function linesLog(file: string): ReadPublished {
  if (statSync(file).size > LINES_BYTES)
    throw new LedgerError(
      'too_large',
      `${file} is too long to be read at once: verify \`reckon log export\`.`,
    )
  const read = publishedIn(readFileSync(file, 'utf8'))
  if (typeof read === 'string') throw new LedgerError('invalid', `${file} is no log in lines. ${read}`)
  return async (path, most) => {
    const bytes = read(path)
    if (bytes !== null && bytes.length > most) throw tooLong(`${file}: ${path}`, most)
    return bytes
  }
}

/**
 * What a ledger publishes at its address: the one that was typed by whoever wants it verified, so it may be any, also
 * on this machine. It leads nowhere else, and answers in time and within bounds.
 */
export function addressedLog(address: string): ReadPublished {
  const base = logAddress(address)
  return (path, most) => fetched(`${base}/${path}`, most)
}

/** What stands beside the log in the API of the same ledger. */
export function addressedRecords(address: string): ReadPublished {
  const base = logAddress(address).slice(0, -'/log'.length)
  return (path, most) => fetched(`${base}/${path}`, most)
}

async function fetched(address: string, most: number): Promise<Uint8Array | null> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await asked(address, most)
    } catch (error) {
      if (error instanceof LedgerError) throw error
      if (attempt === TRIES) throw unreachable(address, error)
    }
  }
}

/** Where a ledger publishes its log, from the address of any of its pages. */
export function logAddress(address: string): string {
  const url = new URL(address)
  const at = url.pathname.indexOf(PREFIX)
  return url.origin + (at < 0 ? PREFIX : url.pathname.slice(0, at + PREFIX.length))
}

async function asked(address: string, most: number): Promise<Uint8Array | null> {
  const signal = AbortSignal.timeout(ANSWERS_WITHIN_MS)
  const answer = await fetch(address, { redirect: 'error', signal, headers: { accept: '*/*' } })
  if (answer.status === 404 || answer.status === 410) {
    await answer.body?.cancel()
    return null
  }
  if (answer.status === 429 || answer.status >= 500)
    throw new Error(`it answers with status ${answer.status}`)
  if (answer.status !== 200)
    throw new LedgerError('unavailable', `${address} answers with status ${answer.status}.`)
  const bytes = await boundedBytes(answer.body, most)
  if (bytes === null) throw tooLong(address, most)
  return bytes
}

const tooLong = (place: string, most: number) =>
  new LedgerError(
    'too_large',
    `${place} holds more than ${most.toLocaleString('en')} bytes, which no such part of a log has.`,
  )

function unreachable(address: string, error: unknown): LedgerError {
  const { message, cause } = error as Error & { cause?: { code?: string; message?: string } }
  const why = cause?.code ?? cause?.message ?? message
  return new LedgerError('unavailable', `${address} cannot be read: ${why}.`)
}

const PIN_BYTES = 1_000_000

/** The text of a pin, or null where there is none yet. */
export function readPinFile(path: string): string | null {
  if (!existsSync(path)) return null
  const stat = statSync(path)
  if (!stat.isFile() || stat.size > PIN_BYTES) return ''
  return readFileSync(path, 'utf8')
}

/** Writes it whole or not at all: half a pin would trust nobody. */
export function writePinFile(path: string, text: string): void {
  writeFileSync(`${path}.${process.pid}`, text)
  renameSync(`${path}.${process.pid}`, path)
}
