import type { Database, Statement } from './database.ts'
import { refuseWhere } from './refusal.ts'

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

/** Counts what a batch writes; the batch is refused when that is more than the day allows. */
export const countUsage = (on: UsageDay, { entries, bytes }: Usage, most: Usage): Statement[] => [
  {
    sql: `INSERT INTO usage (member, day, entries, bytes) VALUES (:member, :day, :entries, :bytes)
      ON CONFLICT (member, day) DO UPDATE SET
        entries = entries + excluded.entries, bytes = bytes + excluded.bytes`,
    args: { ...on, entries: BigInt(entries), bytes: BigInt(bytes) },
  },
  refuseWhere(
    'SELECT 1 FROM usage WHERE member = :member AND day = :day AND (entries > :entries OR bytes > :bytes)',
    { ...on, entries: BigInt(most.entries), bytes: BigInt(most.bytes) },
  ),
]
