import { closeSync, openSync, readSync, statSync } from 'node:fs'
import type { TableFile } from '../interchange/table-file.ts'

const PIECE = 256 * 1024

/** A file on the disk, of which a piece is in memory at a time; null where there is none. */
export function diskFile(path: string): TableFile | null {
  const file = statSync(path, { throwIfNoEntry: false })
  if (file?.isFile() !== true) return null
  return {
    path,
    size: file.size,
    pieces: function* () {
      const [from, piece] = [openSync(path, 'r'), Buffer.allocUnsafe(PIECE)]
      try {
        for (;;) {
          const read = readSync(from, piece, 0, PIECE, null)
          if (read === 0) return
          yield piece.subarray(0, read)
        }
      } finally {
        closeSync(from)
      }
    },
  }
}
