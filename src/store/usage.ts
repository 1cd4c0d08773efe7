import type { Database, Statement } from './database.ts'

/** What a member wrote on a day of UTC: entries, and bytes of entries, texts and notes. */
export type Usage = { entries: number; bytes: number }
export type UsageDay = { member: string; day: string }

export async function readUsage(db: Database, { member, day }: UsageDay): Promise<Usage> {
  const [row] = await db.read({
    sql: 'SELECT entries, bytes FROM usage WHERE member = :member AND day = :day',
    args: { member, day },
  })
  return { entries: Number(row?.entries ?? 0), bytes: Number(row?.bytes ?? 0) }
}

/** Counts what a batch writes; the batch is refused when that would be more than the day allows. */
export const countUsage = (on: UsageDay, { entries, bytes }: Usage, most: Usage): Statement => ({
  // A count is never NULL: what goes beyond the limit ends the batch.
  sql: `INSERT INTO usage (member, day, entries, bytes) VALUES (:member, :day, :entries, :bytes)
    ON CONFLICT (member, day) DO UPDATE SET
      entries = CASE WHEN entries + excluded.entries <= :most_entries THEN entries + excluded.entries END,
      bytes = CASE WHEN bytes + excluded.bytes <= :most_bytes THEN bytes + excluded.bytes END`,
  args: {
    ...on,
    entries: BigInt(entries),
    bytes: BigInt(bytes),
    most_entries: BigInt(most.entries),
    most_bytes: BigInt(most.bytes),
  },
})
