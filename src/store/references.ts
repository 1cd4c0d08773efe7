import type { Analyst } from '../core/analyst.ts'
import type { Source } from '../core/source.ts'
import type { Database } from './database.ts'
import { type Held, QUESTION_COLUMNS, type QuestionRow, toHeld, toQuestion } from './lookups.ts'

/** What a statement refers to: by id, by folded names, by address. */
export type References = {
  analyst?: string | undefined
  name_keys?: string[] | undefined
  source?: string | undefined
  address_key?: string | undefined
  /** Of a source without an address, and of its text, if it comes with one. */
  source_same?: string | undefined
  text_sha256?: string | undefined
  question?: string | undefined
  /** The ids that a new source, and the new statement, would best take. */
  source_id?: string | undefined
  statement_id: string
}
export type Referred = {
  analysts: Held<Analyst>[]
  source: Held<Source> | null
  /** The privately kept text of the source. */
  text: string | null
  question: QuestionRow | null
  /** Whether a source has the one, and a statement or a question the other. */
  isSourceIdTaken: boolean
  isStatementIdTaken: boolean
  /** The forecast by which such an analyst answered the question in this source already. */
  repeated: string | null
}

const HELD = ['record', 'stream', 'seq', 'at', 'by']
const QUESTION = [
  ...HELD,
  'rev',
  'due_at',
  'deadline_rev',
  'condition_due_at',
  'condition_met',
  'outcome',
  'known_on',
  'known_from',
  'pending',
  'disputed',
]
const object = (columns: string[]) => `json_object(${columns.map((name) => `'${name}', ${name}`).join(', ')})`

const ANALYSTS = `SELECT :analyst
    UNION SELECT analyst FROM analyst_name WHERE name_key IN (SELECT value FROM json_each(:name_keys))`

const SQL = `SELECT
  (SELECT json_group_array(${object(HELD)}) FROM analyst WHERE id IN (${ANALYSTS})
  ) AS analysts,
  source.found AS source,
  (SELECT text FROM source_text WHERE source_text.source = source.found ->> '$.record' ->> '$.id') AS text,
  (SELECT ${object(QUESTION)} FROM (SELECT ${QUESTION_COLUMNS} FROM question WHERE id = :question)) AS question,
  EXISTS (SELECT 1 FROM source WHERE id = :source_id) AS source_id_taken,
  EXISTS (SELECT 1 FROM statement WHERE id = :statement_id)
    OR EXISTS (SELECT 1 FROM question WHERE id = :statement_id) AS statement_id_taken,
  (SELECT id FROM forecast WHERE question = :question AND retraction IS NULL AND analyst IN (${ANALYSTS})
    AND forecast.source = source.found ->> '$.record' ->> '$.id' ORDER BY seq LIMIT 1
  ) AS repeated
FROM (SELECT (
  SELECT ${object(HELD)} FROM source
  WHERE id IN (SELECT :source UNION SELECT id FROM source WHERE address_key = :address_key
    UNION SELECT id FROM source WHERE same_key = :source_same
      AND coalesce(record ->> '$.text_sha256' = :text_sha256, true))
  ORDER BY seq LIMIT 1
) AS found) AS source`

const json = (value: unknown): Record<string, unknown> | null =>
  value === null || value === undefined ? null : (JSON.parse(String(value)) as Record<string, unknown>)

/** Everything that a new statement refers to, in one read: the driver costs more than the database. */
export async function readReferences(db: Database, references: References): Promise<Referred> {
  const [row = {}] = await db.read({
    sql: SQL,
    args: {
      analyst: references.analyst ?? null,
      name_keys: JSON.stringify(references.name_keys ?? []),
      source: references.source ?? null,
      address_key: references.address_key ?? null,
      source_same: references.source_same ?? null,
      text_sha256: references.text_sha256 ?? null,
      question: references.question ?? null,
      source_id: references.source_id ?? null,
      statement_id: references.statement_id,
    },
  })
  const source = json(row.source)
  const question = json(row.question)
  return {
    analysts: (JSON.parse(String(row.analysts)) as Record<string, unknown>[]).map(toHeld<Analyst>),
    source: source === null ? null : toHeld<Source>(source),
    text: row.text === null ? null : String(row.text),
    question: question === null ? null : toQuestion(question),
    isSourceIdTaken: Number(row.source_id_taken) === 1,
    isStatementIdTaken: Number(row.statement_id_taken) === 1,
    repeated: row.repeated === null ? null : String(row.repeated),
  }
}
