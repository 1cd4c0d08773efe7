import type { Statement } from './database.ts'

/**
 * In a batch: all of it is refused, with `Refused`, when this query finds a row by then. Decided in the same batch, so
 * that nobody comes in between. No row fits the table `refusal`, and that is all it is for.
 */
export const refuseWhere = (found: string, args: NonNullable<Statement['args']> = {}): Statement => ({
  sql: `INSERT INTO refusal (found) SELECT 1 FROM (${found})`,
  args,
})
