import type * as z from 'zod'
import type { Codebook, Coding, CodingAdjudicated, Round, RoundState } from '../core/coding.ts'
import type { Database, Statement } from './database.ts'
import { ask, type Page, type PageRequest, pageOf, type Query, query } from './query.ts'
import { refuseWhere } from './refusal.ts'
import { json, number, orNull, rowOf, text } from './row.ts'

const toCodebook = rowOf({ stream: text, seq: number, at: text, by: text, record: json<Codebook>() })
export type CodebookRow = ReturnType<typeof toCodebook>

/** Every codebook that the newsroom published, the newest first. */
export const everyCodebook: Query<CodebookRow[]> = query(
  { sql: 'SELECT * FROM codebook ORDER BY seq DESC LIMIT 200' },
  (rows) => rows.map(toCodebook),
)

const toSent = rowOf({
  by: text,
  seq: number,
  at: text,
  commitment: text,
  coding: orNull(json<Coding>()),
  /** How many statements of the source others had published before this was submitted. */
  published: number,
})
const toRound = rowOf({
  stream: text,
  seq: number,
  at: text,
  by: text,
  title: text,
  joint: orNull(json<z.infer<typeof CodingAdjudicated>>()),
  joint_at: orNull(text),
  joint_by: orNull(text),
  closed_at: orNull(text),
  closed_by: orNull(text),
  closed_because: orNull(text),
  record: json<Round>(),
  sent: (value) => (JSON.parse(String(value)) as Record<string, never>[]).map(toSent),
})
export type RoundRow = ReturnType<typeof toRound> & { state: RoundState }

const stateOf = ({ joint, closed_at, sent }: ReturnType<typeof toRound>): RoundState =>
  joint !== null ? 'adjudicated' : closed_at !== null ? 'closed' : sent.length < 2 ? 'open' : 'coded'

// By their commitments, which follow from nothing that anybody chose: neither is the first.
const ROUND = `SELECT coding_round.*,
    coalesce((SELECT record ->> '$.title' FROM source WHERE source.id = coding_round.source), source) AS title,
    (SELECT json_group_array(json_object('by', by, 'seq', seq, 'at', at, 'commitment', commitment, 'coding', coding,
        'published', (SELECT count(*) FROM statement WHERE statement.source = coding_round.source
          AND statement.seq < one.seq AND statement.by <> one.by)))
      FROM (SELECT * FROM coding_sent WHERE round = coding_round.id ORDER BY commitment) AS one) AS sent
  FROM coding_round`

/** `codedKind` of core/coding-round.ts as SQL, of the latest round of which both codings are in; null where there is none. */
export const CODED_SQL = `(SELECT CASE
    WHEN EXISTS (SELECT 1 FROM coding_sent WHERE round = latest.id AND at >= question.known_from) THEN 'knowing'
    WHEN EXISTS (SELECT 1 FROM coding_sent AS one JOIN statement ON statement.source = latest.source
      AND statement.seq < one.seq AND statement.by <> one.by WHERE one.round = latest.id) THEN 'seen'
    ELSE 'blind' END
  FROM coding_round AS latest WHERE latest.source = forecast.source
    AND (SELECT count(*) FROM coding_sent WHERE round = latest.id AND coding IS NOT NULL) = 2
  ORDER BY latest.seq DESC LIMIT 1)`

const rounds = (rest: string, args: Statement['args'] = {}): Query<RoundRow[]> =>
  query({ sql: `${ROUND} ${rest}`, args }, (rows) =>
    rows.map((row) => {
      const round = toRound(row)
      return { ...round, state: stateOf(round) }
    }),
  )

export const roundById = (id: string): Query<RoundRow | null> => {
  const { statements, read } = rounds('WHERE id = :id', { id })
  return { statements, read: (results) => read(results)[0] ?? null }
}
export const findRound = (db: Database, id: string) => ask(db, roundById(id))

/** The rounds of one source, latest first. */
export const roundsOf = (source: string): Query<RoundRow[]> =>
  rounds('WHERE source = :source ORDER BY seq DESC LIMIT 20', { source })

/** The rounds of the source of a forecast of which both codings are in, latest first. */
export const roundsBehind = (forecast: string): Query<RoundRow[]> =>
  rounds(
    `WHERE source = (SELECT source FROM forecast WHERE id = :forecast)
       AND (SELECT count(*) FROM coding_sent WHERE round = coding_round.id AND coding IS NOT NULL) = 2
     ORDER BY seq DESC LIMIT 1`,
    { forecast },
  )

/** A page of all rounds, latest first. */
export async function listRounds(db: Database, page: PageRequest): Promise<Page<RoundRow>> {
  const found = await ask(
    db,
    rounds('WHERE seq < :after ORDER BY seq DESC LIMIT :limit', {
      after: BigInt(page.after ?? Number.MAX_SAFE_INTEGER),
      limit: BigInt(page.limit + 1),
    }),
  )
  return pageOf(found, page.limit, ({ seq }) => seq)
}

/** The latest rounds of which both codings are in: what agreement is computed from. */
export const codedRounds: Query<RoundRow[]> = rounds(
  `WHERE (SELECT count(*) FROM coding_sent WHERE round = coding_round.id AND coding IS NOT NULL) = 2
   ORDER BY seq DESC LIMIT 100`,
)

/** How many rounds a source has had, closed ones too. */
export const countRounds = (source: string): Query<number> =>
  query({ sql: 'SELECT count(*) AS n FROM coding_round WHERE source = :source', args: { source } }, ([row]) =>
    Number(row?.n ?? 0),
  )

/** What a member keeps of a round: a draft, or with its nonce what was submitted and waits for the other. */
export type KeptCoding = { coding: Coding; rev: number; at: string; nonce: string | null }

/** One's own: nothing but the batch that shows both reads anybody else's. */
export async function findCoding(db: Database, round: string, member: string): Promise<KeptCoding | null> {
  const [row] = await db.read({
    sql: 'SELECT * FROM coding WHERE round = :round AND member = :member',
    args: { round, member },
  })
  return row === undefined ? null : toKept(row)
}

const toKept = rowOf({ coding: json<Coding>(), rev: number, at: text, nonce: orNull(text) })

type Kept = { round: string; member: string }

/** Keeps the next version of a draft; answers no row where it was submitted or changed meanwhile. */
export const keepCoding = (of: Kept, { coding, rev, at }: Omit<KeptCoding, 'nonce'>): Statement => ({
  sql: `INSERT INTO coding (round, member, rev, at, coding) SELECT :round, :member, :rev, :at, :coding
    WHERE :rev = 0 OR EXISTS (SELECT 1 FROM coding WHERE round = :round AND member = :member)
    ON CONFLICT (round, member) DO UPDATE SET rev = excluded.rev, at = excluded.at, coding = excluded.coding
    WHERE nonce IS NULL AND coding.rev = excluded.rev - 1
    RETURNING round`,
  args: { ...of, rev: BigInt(rev), at, coding: JSON.stringify(coding) },
})

/** In the batch that submits: the draft as it was read is fixed, or nothing is written. */
export const fixCoding = (of: Kept, rev: number, nonce: string): Statement[] => [
  refuseWhere(
    `SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM coding
      WHERE round = :round AND member = :member AND rev = :rev AND nonce IS NULL)`,
    { ...of, rev: BigInt(rev) },
  ),
  {
    sql: 'UPDATE coding SET nonce = :nonce WHERE round = :round AND member = :member',
    args: { ...of, nonce },
  },
]

/** In the batch that shows both, or closes the round: nothing of it is kept privately any more. */
export const dropCodings = (round: string): Statement => ({
  sql: 'DELETE FROM coding WHERE round = :round',
  args: { round },
})
