import { LedgerError } from '../core/error.ts'

const LONGEST = 500
const MOST_WORDS = 12

const refuse = (message: string) => new LedgerError('malformed', message, [{ pointer: '/q', message }])

/** The words of what was typed as FTS5 terms, the last one perhaps unfinished. No operator survives. */
export function searchTerms(typed: string): string[] {
  if (typed.length > LONGEST) throw refuse(`A search holds at most ${LONGEST} characters.`)
  const words = typed.match(/[\p{L}\p{N}\p{M}]+/gu) ?? []
  if (words.length > MOST_WORDS) throw refuse(`A search holds at most ${MOST_WORDS} words.`)
  return words.map((word, i) => (i === words.length - 1 ? `"${word}" *` : `"${word}"`))
}

/** One FTS5 expression: every word in the same record. A phrase of nothing matches nothing and is no syntax error. */
export const matchExpression = (typed: string): string => searchTerms(typed).join(' ') || '""'
