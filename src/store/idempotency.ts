import type { Database, Statement } from './database.ts'

export type Kept = { fingerprint: string; seq: number }

/** What was answered under this key, if anything. */
export async function findKept(db: Database, member: string, key: string): Promise<Kept | null> {
  const [row] = await db.read({
    sql: 'SELECT fingerprint, seq FROM idempotency WHERE member = :member AND key = :key',
    args: { member, key },
  })
  return row === undefined ? null : { fingerprint: String(row.fingerprint), seq: Number(row.seq) }
}

/** Remembers the answer beside the entries; `offset` is the place of the answered entry among them. */
export const keep = (member: string, key: string, fingerprint: string, offset: number): Statement => ({
  sql: `INSERT INTO idempotency (member, key, fingerprint, seq) VALUES (:member, :key, :fingerprint, :seq0 + ${offset})`,
  args: { member, key, fingerprint },
})
