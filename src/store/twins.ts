import { wordsKey } from '../core/folded-text.ts'
import type { Question } from '../core/question.ts'
import { questionKey } from '../core/question.ts'
import { type Source, sourceKey } from '../core/source.ts'
import type { Statement as StatementRecord } from '../core/statement.ts'
import { textHash } from '../log/entry.ts'
import type { Database, Statement, Value } from './database.ts'
import { refuseWhere } from './refusal.ts'

/** Made once of each: the decision and the projection of a write both ask for it. */
function once<T extends object, V>(of: (record: T) => V): (record: T) => V {
  const known = new WeakMap<T, V>()
  return (record) => {
    const kept = known.get(record)
    if (kept !== undefined) return kept
    const made = of(record)
    known.set(record, made)
    return made
  }
}

/** Of a source without an address, what it has in common with itself when it is recorded again. */
export const sourceSame = once((source: Parameters<typeof sourceKey>[0]): string | null => {
  const key = sourceKey(source)
  return key === null ? null : textHash(key)
})
export const questionSame = once((question: Parameters<typeof questionKey>[0]): string =>
  textHash(questionKey(question)),
)
export const quoteSame = once(({ exact }: StatementRecord['quote']): string => textHash(wordsKey(exact)))

/** What is about to be recorded, with all by which it could be recognised: see `sourceMade` and the others. */
export type Made = { noun: 'source' | 'question' | 'statement'; id: string; keys: Record<string, Value> }
/** What stands under another id and says the same. */
export type Twin = {
  /** Of what was about to be recorded. */
  of: string
  id: string
  source: string | null
  analyst: string | null
  question: string | null
}

export const sourceMade = (source: Source): Made => ({
  noun: 'source',
  id: source.id,
  keys: { same: sourceSame(source), text_sha256: source.text_sha256 ?? null },
})

export const questionMade = (question: Question): Made => ({
  noun: 'question',
  id: question.id,
  keys: { same: questionSame(question) },
})

/** A forecast is told from another of the same words by its question. */
export const statementMade = (statement: StatementRecord, question: Question | null): Made => ({
  noun: 'statement',
  id: statement.id,
  keys: {
    same: quoteSame(statement.quote),
    source: statement.source,
    analyst: statement.analyst,
    kind: statement.kind,
    duplicate_of: statement.duplicate_of ?? null,
    start: statement.quote.start ?? null,
    prefix: statement.quote.prefix ?? null,
    suffix: statement.quote.suffix ?? null,
    timecode: statement.timecode ?? null,
    question: question === null ? null : questionSame(question),
  },
})

const key = (name: string) => `made.value ->> 'keys' ->> '${name}'`
/** Where only one of the two says something, it does not tell them apart. */
const agrees = (path: string, name: string) => `coalesce(other.record ->> '${path}' = (${key(name)}), true)`

const SAME: Record<Made['noun'], string> = {
  // Two texts make two sources, whatever they are called.
  source: `SELECT made.value ->> 'id' AS of, other.id, other.id AS source, NULL AS analyst, NULL AS question
    FROM json_each(:made) AS made CROSS JOIN source AS other ON other.same_key = (${key('same')})
    WHERE ${agrees('$.text_sha256', 'text_sha256')}`,
  question: `SELECT made.value ->> 'id' AS of, other.id, NULL AS source, NULL AS analyst, other.id AS question
    FROM json_each(:made) AS made CROSS JOIN question AS other ON other.same_key = (${key('same')})
    WHERE true`,
  // The plus signs keep the index of quotes: an analyst may have said very much.
  // Words that stand twice in a text are two passages: their places tell them apart, or what stands around them.
  statement: `SELECT made.value ->> 'id' AS of, other.id, other.source, other.analyst, forecast.question
    FROM json_each(:made) AS made
      CROSS JOIN statement AS other ON other.quote_key = (${key('same')}) AND other.source = (${key('source')})
      LEFT JOIN forecast ON forecast.id = other.id LEFT JOIN question ON question.id = forecast.question
    WHERE +other.analyst = (${key('analyst')}) AND +other.kind = (${key('kind')})
      AND other.record ->> '$.duplicate_of' IS (${key('duplicate_of')})
      AND coalesce(other.record ->> '$.quote.start' = (${key('start')}),
        ${agrees('$.quote.prefix', 'prefix')} AND ${agrees('$.quote.suffix', 'suffix')})
      AND ${agrees('$.timecode', 'timecode')}
      AND (other.kind <> 'forecast' OR (
        forecast.retraction IS NULL AND question.same_key = (${key('question')})))`,
}

const unnamed = (noun: Made['noun']): string =>
  `${SAME[noun]} AND other.id NOT IN (SELECT value FROM json_each(:named)) ORDER BY other.seq`
const FOUND = { source: unnamed('source'), question: unnamed('question'), statement: unnamed('statement') }

const twinsOf = (made: readonly Made[], named: readonly string[], noun: Made['noun']) => ({
  sql: FOUND[noun],
  args: {
    made: JSON.stringify(made.filter((one) => one.noun === noun)),
    named: JSON.stringify(named),
  },
})

const nounsOf = (made: readonly Made[]) => [...new Set(made.map(({ noun }) => noun))]

/** What stands already and says the same under an id that is none of `named`, the oldest first. */
export async function findTwins(
  db: Database,
  made: readonly Made[],
  named: readonly string[] = made.map(({ id }) => id),
): Promise<Twin[]> {
  const nouns = nounsOf(made)
  if (nouns.length === 0) return []
  const results = await db.readAll(nouns.map((noun) => twinsOf(made, named, noun)))
  const text = (value: unknown) => (value === null ? null : String(value))
  return results.flat().map((row) => ({
    of: String(row.of),
    id: String(row.id),
    source: text(row.source),
    analyst: text(row.analyst),
    question: text(row.question),
  }))
}

/**
 * In the batch that records these: it is refused when somebody recorded the same meanwhile. No index does it: a ledger
 * from before the rule must still rebuild.
 */
export const refuseTwins = (
  made: readonly Made[],
  named: readonly string[] = made.map(({ id }) => id),
): Statement[] =>
  nounsOf(made).map((noun) => {
    const { sql, args } = twinsOf(made, named, noun)
    return refuseWhere(sql, args)
  })
