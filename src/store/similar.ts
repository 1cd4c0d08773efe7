import type { Database } from './database.ts'

const SHORTEST = 4
const MOST_WORDS = 12

const wordsOf = (text: string): Set<string> =>
  new Set((text.toLowerCase().match(/[\p{L}\p{N}\p{M}]+/gu) ?? []).filter((word) => word.length >= SHORTEST))

/** Questions whose titles share at least two longer words with a text, the nearest first. */
export async function similarQuestions(
  db: Database,
  text: string,
  limit: number,
): Promise<{ id: string; title: string; deadline: string }[]> {
  const words = wordsOf(text.slice(0, 500))
  if (words.size < 2) return []
  const terms = [...words].slice(0, MOST_WORDS).map((word) => `"${word}"`)
  const rows = await db.read({
    sql: `SELECT question.id AS id, record ->> '$.title' AS title, record ->> '$.deadline.date' AS deadline
      FROM search JOIN question ON question.id = search.id
      WHERE search.kind = 'question' AND search MATCH :q ORDER BY rank LIMIT 20`,
    args: { q: terms.join(' OR ') },
  })
  return rows
    .map(({ id, title, deadline }) => ({ id: String(id), title: String(title), deadline: String(deadline) }))
    .filter(({ title }) => [...wordsOf(title)].filter((word) => words.has(word)).length >= 2)
    .slice(0, limit)
}
