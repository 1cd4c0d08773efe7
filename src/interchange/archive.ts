import { Unzip, UnzipInflate } from 'fflate'

/** What an archive may hold once it is unpacked: a Worker has room for no more. */
export const MOST_UNPACKED = 32 * 1024 * 1024
const MOST_FILES = 100
/** Of so many packed bytes at most a thousand times as many come at once. */
const PIECE = 16 * 1024
const TAKEN = /\.(?:[ct]sv|json|ya?ml)$/iu

/** The files, none where it is no archive that can be unpacked; or why it is refused. */
export type Unpacked = { files: { name: string; bytes: Uint8Array }[] } | { problem: string }

class TooLarge extends Error {}

/**
 * The tables, JSON and YAML in a zip archive, by their names without folders: in memory, and nothing is written
 * anywhere. What an archive says of its sizes is refused before it is unpacked, and what it does not say while it is.
 */
export function filesIn(archive: Uint8Array): Unpacked {
  const found: { name: string; parts: Uint8Array[] }[] = []
  let [seen, size] = [0, 0]
  const unzip = new Unzip((file) => {
    if (++seen > MOST_FILES) throw new TooLarge(`holds more than ${MOST_FILES} files`)
    const name = file.name.split(/[\\/]/u).at(-1) ?? ''
    if (!TAKEN.test(name)) return
    requireSize(size + (file.originalSize ?? 0))
    const parts: Uint8Array[] = []
    found.push({ name, parts })
    file.ondata = (error, part) => {
      if (error !== null) throw error
      size += part.length
      requireSize(size)
      parts.push(part)
    }
    file.start()
  })
  unzip.register(UnzipInflate)
  try {
    for (let at = 0; at < archive.length; at += PIECE)
      unzip.push(archive.subarray(at, at + PIECE), at + PIECE >= archive.length)
  } catch (error) {
    return error instanceof TooLarge ? { problem: error.message } : { files: [] }
  }
  return { files: found.map(({ name, parts }) => ({ name, bytes: whole(parts) })) }
}

function requireSize(size: number): void {
  if (size > MOST_UNPACKED) throw new TooLarge('holds more than 32 MiB once it is unpacked')
}

function whole(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((size, part) => size + part.length, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}
