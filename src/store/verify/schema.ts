import type { Database, Statement } from '../database.ts'
import { projectionNames } from '../migrate.ts'

/** Something that `CREATE` made, and how it differs from what the migrations make. */
export type SchemaDifference = {
  type: 'table' | 'index' | 'trigger' | 'view'
  name: string
  table: string
  is: 'missing' | 'extra' | 'different'
  /** What makes it as it should be; null where it should not be. */
  sql: string | null
}

// SQLite keeps the text of each; the cast keeps a damaged text from ending the process (database.ts).
const OBJECTS: Statement = {
  sql: `SELECT type, CAST(name AS BLOB) AS name, CAST(tbl_name AS BLOB) AS tbl_name, CAST(sql AS BLOB) AS sql
    FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type DESC, name`,
}
/** The engine's own: statistics, and what a libSQL server keeps beside the tables. */
const FOREIGN = /^(?:sqlite_|libsql_|_litestream_)/u

type SchemaObject = Omit<SchemaDifference, 'is' | 'sql'> & { sql: string }

const decoder = new TextDecoder()
const textOf = (blob: unknown) => decoder.decode(blob as ArrayBuffer)

async function objectsOf(db: Database): Promise<Map<string, SchemaObject>> {
  const objects = (await db.read(OBJECTS)).map((row) => ({
    type: row.type as SchemaObject['type'],
    name: textOf(row.name),
    table: textOf(row.tbl_name),
    sql: textOf(row.sql),
  }))
  return new Map(objects.filter(({ name }) => !FOREIGN.test(name)).map((made) => [made.name, made]))
}

/** Tables with their columns, indexes, triggers and views of a database against those of one made by the migrations. */
export async function schemaDifferences(db: Database, expected: Database): Promise<SchemaDifference[]> {
  const [held, made] = await Promise.all([objectsOf(db), objectsOf(expected)])
  const blank = (sql: string) => sql.replace(/\s+/gu, ' ')
  const differences: SchemaDifference[] = []
  for (const { sql, ...object } of made.values()) {
    const there = held.get(object.name)
    if (there === undefined) differences.push({ ...object, is: 'missing', sql })
    else if (blank(there.sql) !== blank(sql)) differences.push({ ...object, is: 'different', sql })
  }
  for (const { sql: _, ...object } of held.values())
    if (!made.has(object.name)) differences.push({ ...object, is: 'extra', sql: null })
  return differences
}

/** What a rebuild makes again with the projections. */
export const isDerived = ({
  type,
  name,
  table,
}: Pick<SchemaDifference, 'type' | 'name' | 'table'>): boolean =>
  projectionNames.includes(type === 'table' ? name : table) || name.startsWith('search_')

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`

/** Puts the triggers and indexes of the log and the private tables back to what the migrations make. */
export async function mendSchema(db: Database, expected: Database): Promise<number> {
  const wrong = (await schemaDifferences(db, expected)).filter(
    ({ type }) => type === 'trigger' || type === 'index',
  )
  await db.write(
    wrong.flatMap(({ type, name, sql }) => [
      { sql: `DROP ${type.toUpperCase()} IF EXISTS ${quoted(name)}` },
      ...(sql === null ? [] : [{ sql }]),
    ]),
  )
  return wrong.length
}
