import type { Database, Row } from '../database.ts'
import { projectionNames } from '../migrate.ts'
import type { Findings } from './finding.ts'

const PAGE = 2_000

type Tables = { db: Database; scratch: Database }
/** The table and its columns in the order in which both sides are read. */
type Layout = { table: string; columns: string[]; order: string }

/**
 * Every projection, row by row, against the same one replayed from the log. Each page is read together with the place
 * where the projections stand, and the scratch is brought to just there: what is appended meanwhile is no difference. Answers whether
 * there is none.
 */
export async function compareProjections(
  { db, scratch }: Tables,
  replayTo: (seq: number) => Promise<void>,
  findings: Findings,
): Promise<boolean> {
  let agree = true
  for (const table of projectionNames) {
    const layout = await layoutOf(scratch, table)
    for (let offset = 0; ; offset += PAGE) {
      const page = pageOf(layout, offset)
      const [place = [], held = []] = await db.readAll([PLACE, page])
      await replayTo(Number(place[0]?.seq ?? -1))
      const at = firstDifference(layout.columns, held, await scratch.read(page))
      if (at !== null) {
        agree = false
        findings.add(
          null,
          'projection',
          `The table ${table} is not what the log says, near ${at}.`,
          'rebuild',
        )
        break
      }
      if (held.length < PAGE) break
    }
  }
  return agree
}

// A damaged projection cannot send the replay past the end of the log.
const PLACE = {
  sql: 'SELECT min(projection.seq, (SELECT coalesce(max(seq), -1) FROM entry)) AS seq FROM projection',
}

async function layoutOf(scratch: Database, table: string): Promise<Layout> {
  const rows = await scratch.read({ sql: `SELECT name, pk FROM pragma_table_info('${table}')` })
  const columns = rows.map(({ name }) => String(name))
  const key = rows
    .filter(({ pk }) => Number(pk) > 0)
    .sort((a, b) => Number(a.pk) - Number(b.pk))
    .map(({ name }) => `"${name}"`)
  // The search index has no key: its rowid is the seq of what it finds.
  return table === 'search'
    ? { table, columns: ['rowid', ...columns], order: 'rowid' }
    : { table, columns, order: (key.length > 0 ? key : columns.map((name) => `"${name}"`)).join(', ') }
}

/** As bytes: a text that is none would end the process, and one with a NUL would be read short. */
const pageOf = ({ table, columns, order }: Layout, offset: number) => ({
  sql: `SELECT ${columns.map((name) => `CAST("${name}" AS BLOB) AS "${name}"`).join(', ')}
    FROM ${table} ORDER BY ${order} LIMIT ${PAGE} OFFSET ${offset}`,
})

const exact = new TextDecoder('latin1')
const legible = new TextDecoder()

function firstDifference(columns: string[], held: Row[], replayed: Row[]): string | null {
  const told = (row: Row | undefined, decoder: TextDecoder) =>
    row === undefined
      ? null
      : JSON.stringify(
          columns.map((name) => (row[name] === null ? null : decoder.decode(row[name] as ArrayBuffer))),
        )
  for (let i = 0; i < Math.max(held.length, replayed.length); i++)
    if (told(held[i], exact) !== told(replayed[i], exact))
      return (told(held[i], legible) ?? told(replayed[i], legible) ?? '').slice(0, 120)
  return null
}
