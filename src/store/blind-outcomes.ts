import type { BlindOutcome } from '../core/resolution.ts'
import type { Database, Statement } from './database.ts'
import { type Page, type PageRequest, pageOf, type Query, query } from './query.ts'
import { json, number, orNull, rowOf, text } from './row.ts'

/** What a member decided on their own; the outcome is null until a second has, too. */
const toSealed = rowOf({
  question: text,
  by: text,
  seq: number,
  at: text,
  commitment: text,
  outcome: orNull(json<BlindOutcome>()),
})
export type SealedRow = ReturnType<typeof toSealed>

/** Of one question, in an order that follows from their hashes. */
export const sealedOn = (question: string): Query<SealedRow[]> =>
  query(
    { sql: 'SELECT * FROM blind_outcome WHERE question = :question ORDER BY commitment', args: { question } },
    (rows) => rows.map(toSealed),
  )

const MOST_PAIRS = 200

/** A question that a member, or two, decided on their own: by when the last of it was sealed. */
export type DecidedBlind = { question: string; title: string; seq: number; sealed: SealedRow[] }
const toDecided = rowOf({
  question: text,
  title: text,
  seq: number,
  sealed: (value) => (JSON.parse(String(value)) as Record<string, never>[]).map(toSealed),
})
const DECIDED = `SELECT question, max(seq) AS seq,
    (SELECT record ->> '$.title' FROM question AS asked WHERE asked.id = one.question) AS title,
    (SELECT json_group_array(json_object('question', question, 'by', by, 'seq', seq, 'at', at,
        'commitment', commitment, 'outcome', outcome))
      FROM (SELECT * FROM blind_outcome WHERE question = one.question ORDER BY commitment)) AS sealed
  FROM blind_outcome AS one`

const decided = (rest: string, args: Statement['args'] = {}): Query<DecidedBlind[]> =>
  query({ sql: `${DECIDED} ${rest}`, args }, (rows) => rows.map(toDecided))

/** The latest questions that somebody decided blind, of the whole ledger or with a forecast from one source. */
export const decidedBlind = (source?: string): Query<DecidedBlind[]> =>
  source === undefined
    ? decided(`GROUP BY question ORDER BY max(seq) DESC LIMIT ${MOST_PAIRS}`)
    : decided(
        `WHERE question IN (SELECT question FROM forecast WHERE source = :source)
         GROUP BY question ORDER BY max(seq) DESC LIMIT ${MOST_PAIRS}`,
        { source },
      )

/** A page of all of them, latest first. */
export async function listDecidedBlind(db: Database, page: PageRequest): Promise<Page<DecidedBlind>> {
  const { statements, read } = decided(
    'GROUP BY question HAVING max(seq) < :after ORDER BY max(seq) DESC LIMIT :limit',
    { after: BigInt(page.after ?? Number.MAX_SAFE_INTEGER), limit: BigInt(page.limit + 1) },
  )
  return pageOf(read([await db.read(statements[0] as Statement)]), page.limit, ({ seq }) => seq)
}

type Kept = { question: string; member: string }

/** In the batch that seals the first: what nobody reads before the second is in. */
export const keepOutcome = (of: Kept, nonce: string, outcome: BlindOutcome): Statement => ({
  sql: 'INSERT INTO sealed_outcome (question, member, nonce, outcome) VALUES (:question, :member, :nonce, :outcome)',
  args: { ...of, nonce, outcome: JSON.stringify(outcome) },
})

const toKept = rowOf({ nonce: text, outcome: json<BlindOutcome>() })
/** For the batch that shows both, and for nothing else. */
export async function findOutcome(db: Database, { question, member }: Kept) {
  const [row] = await db.read({
    sql: 'SELECT nonce, outcome FROM sealed_outcome WHERE question = :question AND member = :member',
    args: { question, member },
  })
  return row === undefined ? null : toKept(row)
}

/** In the batch that shows both: nothing is kept privately any more. */
export const dropOutcomes = (question: string): Statement => ({
  sql: 'DELETE FROM sealed_outcome WHERE question = :question',
  args: { question },
})
