import type { Answer } from './answer.ts'
import type { WordsRow } from './document.ts'
import { type Said, wordTests } from './word-tests.ts'
import { meantOf } from './words-table.ts'

export type Speaker = { id: string; answers: readonly Answer[] }
/** One decided claim behind a phrase. */
export type SpokenClaim = { forecast: string; analyst: string; said_on: string; happened: boolean }
export type SpokenRow = WordsRow & { people: number; claims: SpokenClaim[] }

/** Beyond so many one square stands for several, and names none. */
const MOST_NAMED = 60

/** The lexicon may have a slash in its name, and a key has none. */
const keyOf = ({ phrase }: Answer): string | null =>
  phrase === null ? null : phrase.slice(phrase.lastIndexOf('/') + 1)

/**
 * The phrases of everybody together: does what is said with one happen as often as readers hear in it?
 * Formula: wordTests over all answers, Holm over the phrases here; meant as for one analyst.
 * Symbols: the first statements of all analysts on the questions they answered, logged live; what was said in one
 * interview, or about one development, is a cluster whoever said it.
 * Range: as wordTests.
 * Edge cases: nobody used a phrase → no row.
 * Reference: ours; docs/scoring.md.
 */
export function everybodysWords(people: readonly Speaker[]): SpokenRow[] {
  const said = people.flatMap(({ id, answers }) =>
    answers.flatMap((answer) => (keyOf(answer) === null ? [] : [{ id, answer }])),
  )
  const rows = said.map(({ answer }): Said => ({ ...answer, key: keyOf(answer) }))
  const bySource = said.map(({ answer }) => answer.source_cluster)
  const byFamily = said.map(({ answer }) =>
    answer.family === null ? `source ${answer.source_cluster}` : `family ${answer.family}`,
  )
  return wordTests(rows, [bySource, byFamily]).map((row) => {
    const own = said.filter(
      ({ answer }) =>
        keyOf(answer) === row.key &&
        [answer.low, answer.mid, answer.high].every((end, i) => end === row.readers[i]),
    )
    return {
      ...row,
      meant: meantOf(row),
      people: new Set(own.map(({ id }) => id)).size,
      claims:
        own.length > MOST_NAMED
          ? []
          : own.map(({ id, answer }) => ({
              forecast: answer.forecast,
              analyst: id,
              said_on: answer.said_on,
              happened: answer.outcome === 1,
            })),
    }
  })
}
