import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { Misuse } from '../config.ts'
import type { Seen } from '../log/anchor/witness.ts'
import { base64, fromBase64 } from '../log/encoding.ts'
import { COSIGNATURE, isKeyName, parseSigningKey, type Signer, signingKey } from '../log/note.ts'
import { random } from './runtime.ts'

const Remembered = z.record(
  z.string(),
  z.strictObject({ size: z.int().min(0), root: z.string().length(44), note: z.string() }),
)

/** What a witness keeps in a folder: its key, and the last checkpoint that it signed of each log. */
export type Memory = {
  signer: Signer
  seen: (origin: string) => Seen | null
  /** Returns when it is on the disk. */
  keep: (origin: string, seen: Seen) => void
  close: () => void
}

/** Opens the folder of a witness, and makes it and its key where there is none. One program at a time: `Misuse` else. */
export async function witnessMemory(folder: string, name: string | undefined): Promise<Memory> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const lock = locked(join(folder, 'lock'))
  try {
    const signer = await signerIn(join(folder, 'key'), name)
    const file = join(folder, 'seen.json')
    let held = existsSync(file) ? readSeen(file) : {}
    return {
      signer,
      seen: (origin) => {
        const found = Object.hasOwn(held, origin) ? held[origin] : undefined
        return found === undefined ? null : { ...found, root: fromBase64(found.root) as Uint8Array }
      },
      keep: (origin, { size, root, note }) => {
        lock.require()
        const next = { ...held, [origin]: { size, root: base64(root), note } }
        durable(file, `${JSON.stringify(next, null, 1)}\n`, 0o644)
        syncFolder(folder)
        held = next
      },
      close: lock.release,
    }
  } catch (error) {
    lock.release()
    throw error
  }
}

/** A damaged memory is never taken for an empty one: a witness that forgot would sign a second history. */
function readSeen(file: string): z.infer<typeof Remembered> {
  try {
    const read = Remembered.parse(JSON.parse(readFileSync(file, 'utf8')))
    if (Object.values(read).every(({ root }) => fromBase64(root)?.length === 32)) return read
  } catch {
    // Said below.
  }
  throw new Misuse(
    `${file} cannot be read: it says what this witness signed last, so it signs nothing without it.`,
    'Restore it from a backup; where there is none, begin a new witness in another folder, with a key of its own.',
  )
}

async function signerIn(file: string, name: string | undefined): Promise<Signer> {
  if (!existsSync(file)) {
    if (name === undefined || !isKeyName(name))
      throw new Misuse('A new witness needs a name without spaces and plus signs: --name example.org/witness')
    durable(file, `${await signingKey(name, random(32), COSIGNATURE)}\n`, 0o600)
  }
  const signer = await parseSigningKey(readFileSync(file, 'utf8').trim())
  if (signer?.key.type !== COSIGNATURE) throw new Misuse(`${file} holds no key of a witness.`)
  if (name !== undefined && name !== signer.key.name)
    throw new Misuse(`The witness of this folder is called ${signer.key.name}, not ${name}.`)
  return signer
}

/** Written whole or not at all, and on the disk when this returns. */
function durable(file: string, text: string, mode: number): void {
  const half = `${file}.new`
  const handle = openSync(half, 'w', mode)
  try {
    writeSync(handle, text)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  chmodSync(half, mode)
  renameSync(half, file)
}

function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** Two witnesses on one memory could sign two histories. A lock of a program that is gone is taken over. */
function locked(file: string): { require: () => void; release: () => void } {
  for (;;) {
    try {
      const handle = openSync(file, 'wx', 0o600)
      writeSync(handle, String(process.pid))
      closeSync(handle)
      return {
        // Of two that found the same lock left behind, one took it from the other.
        require: () => {
          if (!existsSync(file) || readFileSync(file, 'utf8') !== String(process.pid))
            throw new Error(`${file} is not ours any more: another witness uses this folder`)
        },
        release: () => rmSync(file, { force: true }),
      }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
    if (isRunning(readFileSync(file, 'utf8')))
      throw new Misuse(`Another witness uses this folder (${file}). One at a time signs in it.`)
    rmSync(file, { force: true })
  }
}

function isRunning(text: string): boolean {
  const pid = Number(text)
  // Nothing in it yet: whoever made it is just writing its number.
  if (!Number.isInteger(pid) || pid <= 0) return text === ''
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
