import { nameKey } from '../core/name.ts'
import { formsOf, isUnspaced, pairsOf, searchWords } from '../core/search-form.ts'
import { known, type Query, query } from './query.ts'
import { TEXTS } from './search.ts'

const SHORTEST = 4
const MOST_WORDS = 12

/** The longer words of a text, folded; where no blanks stand between words, the pairs of its letters. */
const wordsOf = (text: string): Set<string> =>
  new Set(
    searchWords(text).flatMap((word) =>
      isUnspaced(word)
        ? pairsOf(word).slice(0, -1)
        : [nameKey(word)].filter((key) => [...key].length >= SHORTEST),
    ),
  )

export type SimilarQuestion = { id: string; title: string; deadline: string }

/** Questions whose titles share at least two longer words with a text, the nearest first. */
export function questionsLike(text: string, limit: number): Query<SimilarQuestion[]> {
  const words = wordsOf(text.slice(0, 500))
  if (words.size < 2) return known([])
  const terms = [...words].slice(0, MOST_WORDS).flatMap((word) => [word, ...formsOf(word).split('\n')])
  const sql = `SELECT question.id AS id, record ->> '$.title' AS title, record ->> '$.deadline.date' AS deadline
    FROM search JOIN question ON question.id = search.id
    WHERE search MATCH 'kind : question AND (' || :q || ')' ORDER BY rank LIMIT 20`
  const q = terms
    .filter((term) => term !== '')
    .map((term) => `"${term}"`)
    .join(' OR ')
  return query({ sql, args: { q: `${TEXTS}(${q})` } }, (rows) =>
    rows
      .map(({ id, title, deadline }) => ({
        id: String(id),
        title: String(title),
        deadline: String(deadline),
      }))
      .filter(({ title }) => [...wordsOf(title)].filter((word) => words.has(word)).length >= 2)
      .slice(0, limit),
  )
}
