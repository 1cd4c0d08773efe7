import { type Answers, type Pair, pairsOf, type Rulings, rulingsOf } from '../scoring/pair-rulings.ts'
import type { Database, Statement, Value } from './database.ts'
import { ask, type Query, query } from './query.ts'
import {
  agree,
  type KeptAnswers,
  keptAnswers,
  lastInstant,
  type Made,
  parsedOrNull,
  SUMMARY_VERSION,
  summarise,
} from './summaries.ts'

/** The pairs of a ledger that can be tested, as they were after some entry, and what no longer holds of them. */
export type KeptPairs = {
  /** After the last entry that had changed anybody. */
  seq: number
  pairs: Pair[]
  /** Whose answers change without an entry, and from when. */
  ahead: Record<string, string>
  /** Whose answers are no longer those of which the pairs were made. */
  moved: string[]
  /** The last entry that has changed anybody by now. */
  head: number
}

const NOBODY: Pick<KeptPairs, 'pairs' | 'ahead'> = { pairs: [], ahead: {} }

export const keptPairs = (now: Date): Query<KeptPairs> =>
  query(
    {
      sql: `SELECT max(analyst.changed) AS head, kept.seq, kept.summary,
          json_group_array(analyst.id) FILTER (WHERE analyst.changed > coalesce(kept.seq, -1)) AS moved
        FROM analyst LEFT JOIN pair_summary AS kept ON kept.version = :version`,
      args: { version: BigInt(SUMMARY_VERSION) },
    },
    ([row = {}]) => {
      const { pairs, ahead } =
        row.summary == null ? NOBODY : (JSON.parse(String(row.summary)) as typeof NOBODY)
      const moved = new Set(JSON.parse(String(row.moved ?? '[]')) as string[])
      for (const [id, from] of Object.entries(ahead)) if (from <= now.toISOString()) moved.add(id)
      // What was put there by another hand and is no pair is shown by nobody; verifying the ledger tells of it.
      const whole = pairs.filter(({ test }) => test !== undefined)
      return {
        seq: Number(row.seq ?? -1),
        pairs: whole,
        ahead,
        moved: [...moved],
        head: Number(row.head ?? -1),
      }
    },
  )

/** The pairs as they are: those of which nobody has moved as they were kept, the others made anew. */
async function currentPairs(
  db: Database,
  { pairs, ahead, moved: ids }: KeptPairs,
  now: Date,
  fresh: ReadonlyMap<string, Made> = new Map(),
): Promise<typeof NOBODY> {
  if (ids.length === 0) return { pairs, ahead }
  const moved = new Set(ids)
  const people = await answersOf(db, await ask(db, keptAnswers(now, withThoseWhoShare(ids))), now, fresh)
  const remade = pairsOf(
    people.filter(({ id }) => moved.has(id)),
    people.filter(({ id }) => !moved.has(id)),
  )
  const until = new Map(Object.entries(ahead))
  for (const { id, valid_until } of people)
    if (valid_until === null) until.delete(id)
    else until.set(id, valid_until)
  return {
    pairs: [...without(pairs, moved), ...remade].sort(byIds),
    ahead: Object.fromEntries(until),
  }
}

/** The pairs of which neither is one of some. */
const without = (pairs: readonly Pair[], ids: ReadonlySet<string>): Pair[] =>
  pairs.filter(({ a, b }) => !ids.has(a) && !ids.has(b))

/** In one order, however they were made. */
const byIds = (one: Pair, other: Pair) => (`${one.a} ${one.b}` < `${other.a} ${other.b}` ? -1 : 1)

/** Some analysts, and everybody who was asked the same as one of them. */
const withThoseWhoShare = (ids: readonly string[]): { sql: string; args: Record<string, Value> } => ({
  sql: `(analyst.id IN (SELECT value FROM json_each(:ids)) OR EXISTS (
    SELECT 1 FROM forecast AS own JOIN forecast AS other ON other.question = own.question
    WHERE own.analyst = analyst.id AND other.analyst IN (SELECT value FROM json_each(:ids))))`,
  args: { ids: JSON.stringify(ids) },
})

type Dated = Answers & { valid_until: string | null }

/** The answers of some people, as kept or made on the spot. */
export async function answersOf(
  db: Database,
  people: readonly KeptAnswers[],
  now: Date,
  fresh: ReadonlyMap<string, Made>,
): Promise<Dated[]> {
  const missing = people.filter(({ id, kept }) => kept === null && !fresh.has(id))
  const made = new Map([
    ...fresh,
    ...(await summarise(db, missing, now)).map((one) => [one.summary.id, one] as const),
  ])
  return people.map(({ id, kept }) => {
    const { answers, valid_until } = kept ?? (made.get(id) as Made)
    return { id, answers, valid_until }
  })
}

/** Who of the ledger can be told apart; `fresh` are summaries that were made a moment ago. */
export const currentRulings = async (
  db: Database,
  kept: KeptPairs,
  now: Date,
  fresh?: ReadonlyMap<string, Made>,
): Promise<Rulings> => rulingsOf((await currentPairs(db, kept, now, fresh)).pairs)

/** Brings the kept pairs up to date; says whether anything was. */
export async function refreshPairs(db: Database, now: Date): Promise<boolean> {
  const kept = await ask(db, keptPairs(now))
  if (kept.moved.length === 0) return false
  await db.write([keep(kept.head, await currentPairs(db, kept, now))])
  return true
}

/** What was read later than `seq` is made once more, since it has moved from there. */
const keep = (seq: number, summary: typeof NOBODY): Statement => ({
  sql: `INSERT INTO pair_summary (id, seq, version, summary) VALUES (1, :seq, :version, :summary)
    ON CONFLICT (id) DO UPDATE SET seq = excluded.seq, version = excluded.version, summary = excluded.summary
    WHERE excluded.seq >= pair_summary.seq OR excluded.version > pair_summary.version`,
  args: { seq: BigInt(seq), version: BigInt(SUMMARY_VERSION), summary: JSON.stringify(summary) },
})

/**
 * Whether the kept pairs that would be shown are those that the forecasts give: of everybody whose answers are still
 * those of which they were made, at the last instant until which they are.
 */
export async function arePairsTrue(db: Database): Promise<boolean> {
  const [row] = await db.read({
    sql: `SELECT seq, CAST(summary AS BLOB) AS summary, (SELECT max(changed) FROM analyst) AS head
      FROM pair_summary WHERE version >= :version`,
    args: { version: BigInt(SUMMARY_VERSION) },
  })
  if (row === undefined) return true
  const claimed = parsedOrNull(new TextDecoder().decode(row.summary as ArrayBuffer)) as typeof NOBODY | null
  if (!isKept(claimed) || Number(row.seq) > Number(row.head)) return false
  const people = await db.read({
    sql: `SELECT id, changed > :seq AS moved FROM analyst WHERE changed > :seq OR id IN (
        SELECT own.analyst FROM forecast AS own JOIN forecast AS other ON other.question = own.question
        WHERE other.analyst <> own.analyst)`,
    args: { seq: BigInt(Number(row.seq)) },
  })
  const moved = new Set(people.filter((one) => Number(one.moved) === 1).map(({ id }) => String(id)))
  const still = people.map(({ id }) => String(id)).filter((id) => !moved.has(id))
  const answers = await Promise.all(still.map((id) => lastAnswersOf(db, id, claimed.ahead[id])))
  return agree(pairsOf(answers).sort(byIds), without(claimed.pairs, moved))
}

const isKept = (claimed: unknown): claimed is typeof NOBODY =>
  typeof claimed === 'object' &&
  claimed !== null &&
  Array.isArray((claimed as typeof NOBODY).pairs) &&
  typeof (claimed as typeof NOBODY).ahead === 'object'

async function lastAnswersOf(db: Database, id: string, until: string | undefined): Promise<Answers> {
  const [made] = await summarise(db, [{ id, name: '', forecasts: 0 }], lastInstant(until ?? null))
  return { id, answers: made?.answers ?? [] }
}
