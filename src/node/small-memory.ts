import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** So much may gather beyond what was in use after the last tidying, in bytes. */
const LOOSE_BYTES = 32 * 1024 * 1024

/**
 * Lets what nobody uses go before the engine thinks it worth the while. It counts on all the memory of the machine, and
 * a long import would take twice of what it needs. Called between steps; most calls do nothing.
 */
export function memoryTidier(): () => void {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  let inUse = process.memoryUsage().heapUsed
  return () => {
    const { heapUsed, arrayBuffers } = process.memoryUsage()
    if (heapUsed + arrayBuffers < inUse + LOOSE_BYTES) return
    collect()
    inUse = process.memoryUsage().heapUsed
  }
}
