import { join } from 'node:path'
import NativeDatabase from 'libsql'
import { afterwards, folder } from './afterwards.ts'
import { imported, tableOf } from './import-table.ts'
import { type Extent, interleaved, type Result, round, timed } from './measure.ts'

const BYTES_EACH = 160
const ROUNDS = 3
const MOST_MB = 512
/** Rows in one transaction. */
const AT_ONCE = 10_000

type Filled = { sql: string; rows: unknown[][] }

/** B6: forecasts through the command, against the same rows of every table that they filled, inserted as they are. */
export async function bulkImport({ forecasts, few }: Extent): Promise<Result[]> {
  const table = await tableOf(forecasts, BYTES_EACH)
  let [peak, place] = [0, '']
  const run = async () => {
    const done = await imported(table)
    place = done.place
    peak = Math.max(peak, done.peakMb)
    return done.ms
  }
  const [measured, yardstick] = await interleaved(few(ROUNDS), run, () => inserted(place))
  const ratio = round(yardstick / measured)
  const work = `bulk import of ${forecasts.toLocaleString('en')} forecasts`
  return [
    {
      id: 'B6',
      work,
      measured: `${round(measured / 1000, 1)} s`,
      yardstick: `${round(yardstick / 1000, 1)} s raw inserts of the same rows`,
      ratio,
      goal: '≥ 0.25',
      reached: ratio >= 0.25,
    },
    {
      id: 'B6',
      work,
      measured: `peak memory ${Math.round(peak)} MB`,
      yardstick: '–',
      ratio: null,
      goal: `≤ ${MOST_MB} MB`,
      reached: peak <= MOST_MB,
    },
  ]
}

/** How long it takes to insert what a ledger holds into an empty copy of its schema, triggers and search too, in ms. */
async function inserted(place: string): Promise<number> {
  const from = new NativeDatabase(join(place, 'reckoning.db'), { readonly: true })
  const to = new NativeDatabase(join(folder(), 'raw.db'))
  afterwards(() => from.close())
  afterwards(() => to.close())
  to.exec('PRAGMA journal_mode = WAL')
  to.exec('PRAGMA synchronous = FULL')
  const made = from
    .prepare(
      `SELECT schema.name, schema.sql, list.type FROM sqlite_schema AS schema
        LEFT JOIN pragma_table_list AS list ON list.name = schema.name AND list.schema = 'main' AND schema.type = 'table'
        WHERE schema.sql IS NOT NULL AND schema.name NOT LIKE 'sqlite_%' AND list.type IS NOT 'shadow'
        ORDER BY schema.rowid`,
    )
    .all([]) as { name: string; sql: string; type: string | null }[]
  for (const { sql } of made) to.exec(sql)
  const filled = made.filter(({ type }) => type !== null).flatMap(({ name }) => rowsIn(from, name))
  return timed(() => {
    for (const { sql, rows } of filled) {
      const insert = to.prepare(sql)
      for (let at = 0; at < rows.length; at += AT_ONCE) {
        to.exec('BEGIN IMMEDIATE')
        for (const row of rows.slice(at, at + AT_ONCE)) insert.run(row)
        to.exec('COMMIT')
      }
    }
  })
}

/** What a table holds, in its order, and the statement that takes it in; columns that are computed make themselves. */
function rowsIn(from: NativeDatabase.Database, table: string): Filled[] {
  const columns = (from.prepare(`PRAGMA table_info("${table}")`).all([]) as { name: string }[]).map(
    ({ name }) => `"${name}"`,
  )
  const rows = (from.prepare(`SELECT ${columns} FROM "${table}"`).raw(true).all([]) as unknown[][]).map(
    (row) => row.map((value) => (value instanceof ArrayBuffer ? Buffer.from(value) : value)),
  )
  const sql = `INSERT INTO "${table}" (${columns}) VALUES (${columns.map(() => '?')})`
  return rows.length === 0 ? [] : [{ sql, rows }]
}
