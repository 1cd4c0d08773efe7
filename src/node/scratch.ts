import Native from 'libsql'
import { type Engine, fileScratch, type Scratch } from '../store/scratch.ts'

/** Room on the disk for temporary files (TMPDIR, else /var/tmp): the system takes the file back when it is closed. */
export const scratchOnDisk = (): Scratch => fileScratch(new Native('') as unknown as Engine)
