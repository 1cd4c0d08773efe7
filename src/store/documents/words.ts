import { everybodysWords, type SpokenRow } from '../../scoring/everybodys-words.ts'
import type { Database } from '../database.ts'
import { answersOf } from '../pairs.ts'
import { ask } from '../query.ts'
import { keptAnswers } from '../summaries.ts'

export type WordsDocument = {
  rows: SpokenRow[]
  /** Decided claims that were made in a phrase of the lexicon, and whose they are. */
  n: number
  people: ReadonlyMap<string, string>
}

/** What the words of everybody together turned out to mean. */
export async function readWords(db: Database, now: Date): Promise<WordsDocument> {
  const people = await ask(db, keptAnswers(now, { sql: 'true', args: {} }))
  const names = new Map(people.map(({ id, name }) => [id, name]))
  const answers = await answersOf(db, people, now, new Map())
  const rows = everybodysWords(answers.map(({ id, answers: own }) => ({ id, answers: own })))
  return { rows, n: rows.reduce((sum, row) => sum + row.n, 0), people: names }
}
