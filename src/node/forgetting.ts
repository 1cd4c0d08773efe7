import type { Host } from '../http/host.ts'
import type { Database } from '../store/database.ts'

/**
 * Done now and then: once words were taken out, by whatever program, records of the past that hold them are let go, and
 * the write-ahead log is emptied as soon as nobody reads from it.
 */
export function forgetting(
  db: Pick<Database, 'emptyLog'>,
  head: Host['head'],
  forget: () => Promise<void>,
): () => Promise<void> {
  let known: number | null = null
  let isLeft = false
  return async () => {
    const { redacted = -1 } = await head()
    if (known !== null && redacted !== known) {
      isLeft = true
      await forget()
    }
    known = redacted
    if (isLeft) isLeft = (await db.emptyLog()) === 'held'
  }
}
