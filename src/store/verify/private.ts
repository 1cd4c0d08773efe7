import { textHash } from '../../log/entry.ts'
import type { Database, Statement } from '../database.ts'
import { arePairsTrue } from '../pairs.ts'
import { falseSummaries } from '../summaries.ts'
import type { Findings } from './finding.ts'

const TEXTS_AT_ONCE = 20

export type TextCheck = {
  /** The hashes under which the log knows the text of each source. */
  texts: ReadonlyMap<string, ReadonlySet<string>>
  /** A text in the form in which it was hashed. */
  normalised: (text: string) => string
}

const decoder = new TextDecoder()

/** The texts of sources, kept privately, against the hashes in the log. */
export async function checkTexts(
  db: Database,
  { texts, normalised }: TextCheck,
  findings: Findings,
): Promise<void> {
  for (let offset = 0; ; offset += TEXTS_AT_ONCE) {
    const rows = await db.read({
      sql: `SELECT CAST(source AS BLOB) AS source, CAST(text AS BLOB) AS text FROM source_text
        ORDER BY source LIMIT ${TEXTS_AT_ONCE} OFFSET ${offset}`,
    })
    for (const row of rows) {
      const source = decoder.decode(row.source as ArrayBuffer)
      const text = normalised(decoder.decode(row.text as ArrayBuffer))
      const known = texts.get(source)
      if (known !== undefined && !known.has(textHash(text)))
        findings.add(
          null,
          'source_text',
          `The text of ${source} does not hash to what the log says: it was changed.`,
        )
    }
    if (rows.length < TEXTS_AT_ONCE) return
  }
}

export async function checkSummaries(db: Database, findings: Findings): Promise<void> {
  for (const analyst of await falseSummaries(db))
    findings.add(
      null,
      'summary',
      `The kept summary of ${analyst} on /analysts is not what the forecasts give.`,
      'rebuild',
    )
  if (!(await arePairsTrue(db)))
    findings.add(
      null,
      'pairs',
      'The kept pairs of analysts, of which /analysts and /compare say who is told apart, are not what the forecasts give.',
      'rebuild',
    )
}

/** Rows beside the log that refer to it and do not find there what they say. */
const STRAYS = [
  {
    code: 'secret',
    table: 'secret',
    id: 'id',
    where: `(kind = 'token' AND NOT EXISTS (SELECT 1 FROM token WHERE token.id = secret.id
        AND token.member = secret.member AND token.expires_at IS secret.expires_at))
      OR NOT EXISTS (SELECT 1 FROM member WHERE member.id = secret.member AND member.machine = 0)`,
    says: (id: string) => `The token or session ${id} is not one that the log allows.`,
  },
  {
    code: 'secret',
    table: 'sign_in_key',
    id: 'id',
    where: `NOT EXISTS (SELECT 1 FROM sign_in WHERE sign_in.id = sign_in_key.id
      AND sign_in.member = sign_in_key.member AND sign_in.removed_at IS NULL)`,
    says: (id: string) => `The way to sign in ${id} is not one that the log allows.`,
  },
  {
    code: 'idempotency',
    table: 'idempotency',
    id: 'key',
    where:
      'NOT EXISTS (SELECT 1 FROM entry WHERE entry.seq = idempotency.seq AND entry.by = idempotency.member)',
    says: (id: string) =>
      `The idempotency key ${JSON.stringify(id)} answers with an entry that its member did not write.`,
  },
  {
    code: 'capture',
    table: 'capture',
    id: 'id',
    where: `logged IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM source WHERE source.id = iif(json_valid(logged), logged ->> '$.source', NULL))`,
    says: (id: string) => `The capture ${id} was logged into a source that is not there.`,
  },
  {
    code: 'source_text',
    table: 'source_text',
    id: 'source',
    where: `NOT EXISTS (SELECT 1 FROM source
      WHERE source.id = source_text.source AND source.record ->> '$.text_sha256' IS NOT NULL)`,
    says: (id: string) => `A text is kept for ${id}, of which the log has no hash.`,
  },
] as const

export async function checkStrays(db: Database, findings: Findings): Promise<void> {
  for (const { code, table, id, where, says } of STRAYS)
    for (const row of await db.read({ sql: `SELECT CAST(${id} AS BLOB) AS id FROM ${table} WHERE ${where}` }))
      findings.add(null, code, says(decoder.decode(row.id as ArrayBuffer)), 'rebuild')
}

/** Lets go of what the log does not know: such a token no longer opens, such a key is free again. */
export const dropStrays: readonly Statement[] = STRAYS.map(({ table, where }) => ({
  sql: `DELETE FROM ${table} WHERE ${where}`,
}))
