import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Native from 'libsql'
import { type Engine, fileScratch, type Scratch } from '../store/scratch.ts'

/**
 * Room in the folder of temporary files (TMPDIR, else /tmp). The file has no name once it is open, so that nothing stays
 * of a program that is killed; where a system keeps the name, it goes at the end.
 */
export function scratchOnDisk(): Scratch {
  const folder = mkdtempSync(join(tmpdir(), 'reckoning-'))
  const gone = () => rmSync(folder, { recursive: true, force: true })
  const engine = new Native(join(folder, 'scratch.db')) as unknown as Engine
  const room = fileScratch(engine)
  try {
    gone()
  } catch {}
  return {
    ...room,
    close: () => {
      room.close()
      gone()
    },
  }
}
