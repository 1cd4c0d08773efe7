import { Redacted } from '../core/redaction.ts'
import { canonicalJson } from '../log/canonical-json.ts'
import type { Database, Statement, Value } from './database.ts'
import { type Page, type PageRequest, pageOf, type Query, query } from './query.ts'
import { refuseWhere } from './refusal.ts'
import { flag, number, orNull, rowOf, text, word } from './row.ts'

/** That something was taken out of an entry, when and why. `text`: the private text of a source. */
const REDACTION = {
  entry: number,
  text: (value: unknown) => Number(value) === 1,
  seq: number,
  at: text,
  class: orNull(word<NonNullable<Redacted['class']>>()),
  because: text,
} as const
const toRedaction = rowOf(REDACTION)
/** The same on a page; `of_member` where it was the name of somebody who wrote there. */
const toTakenOut = rowOf({ ...REDACTION, of_member: flag })
export type TakenOutRow = ReturnType<typeof toTakenOut>
export type RedactionRow = ReturnType<typeof toRedaction>

const COLUMNS =
  'redaction.entry, redaction.text, redaction.seq, redaction.at, redaction.class, redaction.because'

/** The last entry that took something out, −1 where nothing was. */
export async function lastRedaction(db: Database): Promise<number> {
  const [row] = await db.read({ sql: 'SELECT coalesce(max(seq), -1) AS seq FROM redaction' })
  return Number(row?.seq ?? -1)
}

/** What was taken out of the entries of these streams, the latest first: SQL that names them. */
export const redactionsOf = (streams: string, args: Record<string, Value>): Query<TakenOutRow[]> =>
  query(
    {
      sql: `SELECT ${COLUMNS}, entry.type LIKE 'member.%' AS of_member FROM redaction JOIN entry ON entry.seq = redaction.entry
        WHERE entry.stream IN (${streams}) ORDER BY redaction.seq DESC LIMIT 200`,
      args,
    },
    (rows) => rows.map(toTakenOut),
  )

const streamOf = (table: string, where: string) => `SELECT stream FROM ${table} WHERE ${where}`

/** The streams of the members who wrote what stands in these. */
const writersOf = (...streams: string[]) =>
  `SELECT entry.by FROM entry WHERE entry.stream IN (${streams.join(' UNION ')})`

/** What was taken out of what stands on the page of a record, and the names of who wrote it. */
export const takenOutOf = {
  forecast: (id: string) =>
    redactionsOf(
      [
        streamOf('forecast', 'id = :id'),
        streamOf('statement', 'id = :id'),
        streamOf('question', 'id = (SELECT question FROM forecast WHERE id = :id)'),
        streamOf('source', 'id = (SELECT source FROM forecast WHERE id = :id)'),
        streamOf('analyst', 'id = (SELECT analyst FROM forecast WHERE id = :id)'),
        writersOf(
          streamOf('forecast', 'id = :id'),
          streamOf('statement', 'id = :id'),
          streamOf('question', 'id = (SELECT question FROM forecast WHERE id = :id)'),
        ),
      ].join(' UNION '),
      { id },
    ),
  question: (id: string) =>
    redactionsOf(
      [
        streamOf('question', 'id = :id'),
        streamOf('forecast', 'question = :id'),
        streamOf('statement', 'id IN (SELECT id FROM forecast WHERE question = :id)'),
        writersOf(streamOf('question', 'id = :id')),
      ].join(' UNION '),
      { id },
    ),
  source: (id: string) =>
    redactionsOf(
      [
        streamOf('source', 'id = :id'),
        streamOf('statement', 'source = :id'),
        writersOf(streamOf('source', 'id = :id')),
      ].join(' UNION '),
      { id },
    ),
  analyst: (id: string) =>
    redactionsOf(`${streamOf('analyst', 'id = :id')} UNION ${streamOf('statement', 'analyst = :id')}`, {
      id,
    }),
}

/** All that was taken out, the latest first. */
export const pageOfRedactions = (page: PageRequest): Query<Page<RedactionRow>> =>
  query(
    {
      sql: `SELECT ${COLUMNS} FROM redaction WHERE seq < :after ORDER BY seq DESC LIMIT :limit`,
      args: { after: BigInt(page.after ?? Number.MAX_SAFE_INTEGER), limit: BigInt(page.limit + 1) },
    },
    (rows) => pageOf(rows.map(toRedaction), page.limit, ({ seq }) => seq),
  )

const KEEP = `INSERT INTO redaction (entry, text, seq, at, class, because, replaced_by)
  SELECT row.value ->> 'entry', row.value ->> 'text', row.value ->> 'seq', row.value ->> 'at', row.value ->> 'class',
    row.value ->> 'because', row.value ->> 'replaced_by' FROM json_each(:rows) AS row WHERE true`
const NEWEST = `ON CONFLICT (entry, text) DO UPDATE SET seq = excluded.seq, at = excluded.at, class = excluded.class,
  because = excluded.because, replaced_by = excluded.replaced_by`

const cells = ({ entry, replaced_by, text: isText, because, class: kind }: Redacted) => ({
  entry,
  text: isText === true ? 1 : 0,
  class: kind ?? null,
  because,
  replaced_by: replaced_by === undefined ? null : canonicalJson(replaced_by),
})

/** What the table says: of which entries, by which, and what is read in their place. */
export const readTable = async (db: Database): Promise<ReadonlyMap<string, string>> =>
  new Map(
    (await db.read({ sql: 'SELECT * FROM redaction' })).map(({ entry, text: isText, ...row }) => [
      `${entry} ${isText}`,
      JSON.stringify([row.seq, row.at, row.class, row.because, row.replaced_by]),
    ]),
  )
/** The same as the log says it. */
export const tableOf = (said: readonly Said[]): ReadonlyMap<string, string> =>
  new Map(
    said.map(({ seq, at, redacted }) => {
      const row = cells(redacted)
      return [`${row.entry} ${row.text}`, JSON.stringify([seq, at, row.class, row.because, row.replaced_by])]
    }),
  )

/** In the batch of these `redacted` entries: what they say is at hand, and the openings that they name go. */
export const keepRedactions = (redacted: readonly Redacted[]): Statement[] => [
  ...redacted.map((one, i) => ({
    sql: `${KEEP.replace("row.value ->> 'seq'", `:seq0 + ${i}`).replace(
      "row.value ->> 'at'",
      `(SELECT at FROM entry WHERE seq = :seq0 + ${i})`,
    )} ${NEWEST}`,
    args: { rows: JSON.stringify([cells(one)]) },
  })),
  {
    sql: 'DELETE FROM opening WHERE seq IN (SELECT value FROM json_each(:seqs))',
    args: { seqs: JSON.stringify(redacted.flatMap(({ entry, text }) => (text === true ? [] : [entry]))) },
  },
]

/** In the batch in which words are taken out of `redacted` entries themselves: what is at hand of them follows. */
export const rewordRedactions = (reworded: readonly { seq: number; redacted: Redacted }[]): Statement[] =>
  reworded.map(({ seq, redacted }) => {
    const { because, replaced_by } = cells(redacted)
    return {
      sql: 'UPDATE redaction SET because = :because, replaced_by = :replaced_by WHERE seq = :seq',
      args: { seq: BigInt(seq), because, replaced_by },
    }
  })

/** What is said of the entries from one to another, for a database that holds their copies. */
export async function copiedRedactions(db: Database, from: number, to: number): Promise<Statement[]> {
  const rows = await db.read({
    sql: 'SELECT * FROM redaction WHERE entry BETWEEN :from AND :to',
    args: { from: BigInt(from), to: BigInt(to) },
  })
  return rows.length === 0 ? [] : [{ sql: KEEP, args: { rows: JSON.stringify(rows) } }]
}

/** An entry that took something out, as it can be read: `payload` null where its own opening is gone. */
export type Taking = { seq: number; at: string; payload: unknown }
/** What the log says of one entry: the newest taking counts. */
export type Said = { seq: number; at: string; redacted: Redacted; isText: boolean }

/**
 * What the `redacted` entries of a log say, the latest for each entry that they name; `takings` are all of them, the
 * newest first. One whose own opening is gone is read as the one that took it out says.
 */
export function saidByLog(takings: readonly Taking[]): { said: Said[]; unread: number[] } {
  const newest = new Map<string, Said>()
  const unread: number[] = []
  for (const { seq, at, payload } of takings) {
    const own = newest.get(`${seq} 0`)?.redacted.replaced_by ?? payload
    const redacted = Redacted.safeParse(own)
    if (!redacted.success) {
      unread.push(seq)
      continue
    }
    const isText = redacted.data.text === true
    const key = `${redacted.data.entry} ${isText ? 1 : 0}`
    if (!newest.has(key)) newest.set(key, { seq, at, redacted: redacted.data, isText })
  }
  return { said: [...newest.values()], unread }
}

/** The table as the log says it should be; refused where more was taken out meanwhile. */
export const remadeRedactions = (said: readonly Said[]): Statement[] => [
  refuseWhere('SELECT 1 WHERE (SELECT max(seq) FROM redaction) > :newest', {
    newest: BigInt(Math.max(-1, ...said.map(({ seq }) => seq))),
  }),
  { sql: 'DELETE FROM redaction' },
  {
    sql: KEEP,
    args: {
      rows: JSON.stringify(said.map(({ seq, at, redacted }) => ({ ...cells(redacted), seq, at }))),
    },
  },
]
