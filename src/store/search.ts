import { LedgerError } from '../core/error.ts'
import { isUnspaced, otherForms, pairsOf, searchWords } from '../core/search-form.ts'
import type { Source } from '../core/source.ts'
import type { StandingStatement as StatementRecord } from '../core/statement.ts'
import type { Database, Row, Value } from './database.ts'
import { ask, mapped, type Query, query, together } from './query.ts'
import { parsed } from './row.ts'

/** Letters of a search, each counted as one. */
export const LONGEST_SEARCH = 500
/** The words of a search; what is typed beyond them is left out. */
export const MOST_WORDS = 12

const refuse = (message: string) => new LedgerError('malformed', message, [{ pointer: '/q', message }])

function wordsOf(typed: string): string[] {
  if (typed.length > 2 * LONGEST_SEARCH || [...typed].length > LONGEST_SEARCH)
    throw refuse(`A search holds at most ${LONGEST_SEARCH} characters.`)
  return searchWords(typed)
}

/**
 * The first words of what was typed as FTS5 expressions, the last one perhaps unfinished: each as it stands, or as it
 * sounds or is spelled in other letters. No operator survives.
 */
export function searchTerms(typed: string): string[] {
  const words = wordsOf(typed)
  return words.slice(0, MOST_WORDS).map((word, i) => termOf(word, i === words.length - 1))
}

/** What was written, and not what it is written in. */
export const TEXTS = '{title body forms} : '
const OWN = '{title body} : '
const FORMS = 'forms : '

function termOf(word: string, isUnfinished: boolean): string {
  const star = isUnfinished ? ' *' : ''
  if (isUnspaced(word)) {
    const pairs = pairsOf(word)
    // The last letter alone begins the next pair of a longer piece; in the middle of it the pairs are enough.
    const within = pairs.length > 1 ? pairs.slice(0, -1) : pairs
    return `${FORMS}"${within.join(' ')}"${pairs.length > 1 ? '' : ' *'}`
  }
  const { sounds, spellings } = otherForms(word)
  const own = [word, ...spellings].map((one) => `${OWN}"${one}"${star}`)
  return `(${[...own, ...sounds.map((sound) => `${FORMS}"${sound}"${star}`)].join(' OR ')})`
}

/** The words that a search goes by where more were typed than it takes; null where it goes by all of them. */
export function firstWords(typed: string): string | null {
  const words = wordsOf(typed)
  return words.length > MOST_WORDS ? words.slice(0, MOST_WORDS).join(' ') : null
}

/** One FTS5 expression: every word in the same record. A phrase of nothing matches nothing and is no syntax error. */
export const matchExpression = (typed: string): string => searchTerms(typed).join(' AND ') || '""'

/** What a search finds besides forecasts; each list is cut off, and `n` is how many there are. */
export type Besides = {
  analysts: { n: number; items: { id: string; name: string; forecasts: number }[] }
  /** Untestable remarks and duplicates. */
  remarks: { n: number; items: (StatementRecord & { of: Source; analyst_name: string; outlet: string })[] }
  /** Questions on which nobody's forecast is logged. */
  questions: { n: number; items: { id: string; title: string }[] }
}

/** The numbers of the entries that they are of, which are the rows of the index: so no row is read. */
export const HITS = '(SELECT rowid FROM search WHERE search MATCH :q)'

/** Analysts, remarks that are no forecast and questions without one that hold every word; remarks may be narrowed. */
export function searchBesides(
  { q, analyst, source }: { q: string; analyst?: string | undefined; source?: string | undefined },
  limit: number,
): Query<Besides> {
  const args = { q: matchExpression(q), limit: BigInt(limit) }
  const found = <T>(sql: string, args: Record<string, Value>, read: (row: Row) => T) =>
    query({ sql, args }, (rows) => ({ n: Number(rows[0]?.n ?? 0), items: rows.map(read) }))
  return together({
    analysts: found(
      `SELECT id, record ->> '$.name' AS name, count(*) OVER () AS n,
        (SELECT count(*) FROM forecast WHERE forecast.analyst = analyst.id) AS forecasts
        FROM analyst WHERE seq IN ${HITS} ORDER BY sort_key LIMIT :limit`,
      args,
      ({ id, name, forecasts }) => ({ id: String(id), name: String(name), forecasts: Number(forecasts) }),
    ),
    remarks: found(
      `SELECT statement.record AS record, count(*) OVER () AS n, analyst.record ->> '$.name' AS analyst_name,
        coalesce(source.record ->> '$.publisher', source.record ->> '$.title') AS outlet,
        source.record AS of_source
        FROM statement
        JOIN analyst ON analyst.id = statement.analyst
        JOIN source ON source.id = statement.source
        WHERE kind <> 'forecast' AND statement.seq IN ${HITS}
        AND statement.analyst = coalesce(:analyst, statement.analyst)
        AND statement.source = coalesce(:source, statement.source)
        ORDER BY statement.seq DESC LIMIT :limit`,
      { ...args, analyst: analyst ?? null, source: source ?? null },
      (row) => ({
        ...parsed<StatementRecord>(row.record),
        of: parsed<Source>(row.of_source),
        analyst_name: String(row.analyst_name),
        outlet: String(row.outlet),
        ...(row.language === null ? {} : { language: String(row.language) }),
      }),
    ),
    questions: found(
      `SELECT id, record ->> '$.title' AS title, count(*) OVER () AS n FROM question
        WHERE seq IN ${HITS} AND NOT EXISTS (SELECT 1 FROM forecast WHERE forecast.question = question.id)
        ORDER BY seq DESC LIMIT :limit`,
      args,
      ({ id, title }) => ({ id: String(id), title: String(title) }),
    ),
  })
}

/** What has a page of its own that goes by its name. */
export type Named = {
  kind: 'analyst' | 'question' | 'source'
  id: string
  title: string
  /** Of a source, the last day on which it can have been published: many are called alike. */
  published: string | null
}

const EACH = 6
/** Of so many the nearest are chosen: of what nearly all hold, whichever come first. */
const AMONG = 400

/** Analysts, questions and sources whose name or title holds every word, a few of each. */
export function namedLike(db: Database, typed: string): Promise<Named[]> {
  const args = { q: matchExpression(typed) }
  const of = (kind: Named['kind']) =>
    query(
      {
        sql: `SELECT id, shown, ${kind === 'source' ? '(SELECT published_to FROM source WHERE source.id = found.id)' : 'NULL'} AS published FROM (
            SELECT id, shown, rank FROM search WHERE search MATCH 'kind : ${kind} AND (' || :q || ')' LIMIT ${AMONG}) AS found
          ORDER BY rank LIMIT ${EACH}`,
        args,
      },
      (rows) =>
        rows.map(
          ({ id, shown, published }): Named => ({
            kind,
            id: String(id),
            title: String(shown),
            published: published === null ? null : String(published),
          }),
        ),
    )
  const parts = together({ analyst: of('analyst'), question: of('question'), source: of('source') })
  return ask(
    db,
    mapped(parts, ({ analyst, question, source }) => [...analyst, ...question, ...source]),
  )
}

export type Near = {
  kind: 'analyst' | 'question' | 'source' | 'forecast' | 'remark'
  id: string
  source: string
  title: string
}

const SHORTEST = 3

/** Records with some of the words of an address, the nearest first: for somebody who came by a wrong link. */
export async function searchNearest(db: Database, address: string, limit: number): Promise<Near[]> {
  const words = searchWords(address.slice(0, LONGEST_SEARCH))
    .filter((word) => word.length >= SHORTEST && /\p{L}/u.test(word))
    .slice(0, MOST_WORDS)
  if (words.length === 0) return []
  const rows = await db.read({
    sql: `SELECT search.kind AS kind, search.id AS id, search.shown AS title,
      statement.kind AS remark, statement.source AS source
      FROM search LEFT JOIN statement ON search.kind = 'statement' AND statement.id = search.id
      WHERE search MATCH :q ORDER BY rank LIMIT :limit`,
    args: { q: `${TEXTS}(${words.map((word) => `"${word}" *`).join(' OR ')})`, limit: BigInt(limit) },
  })
  return rows.map(({ kind, id, title, remark, source }) => ({
    kind: kind !== 'statement' ? (kind as Near['kind']) : remark === 'forecast' ? 'forecast' : 'remark',
    id: String(id),
    source: String(source ?? ''),
    title: String(title),
  }))
}
