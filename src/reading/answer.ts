import type { Language } from './grammar/language.ts'
import type { Spoken } from './voice.ts'

/**
 * What a sentence answers, as a statement and not as a question: where it opens the answer to somebody who asked, and
 * says yes or no, or that it still stands.
 */
export function askedBefore(
  { replies }: Pick<Language, 'replies'>,
  text: string,
  { sentence, turn }: Spoken,
): string | null {
  if (replies === undefined || turn === undefined || turn.answers === null) return null
  if (text.slice(turn.start, sentence.start).trim() !== '') return null
  const said = sentence.text.slice(0, 300).replaceAll(/[\u2018\u2019]/gu, "'")
  if (!replies.test(said)) return null
  const { start, end } = turn.answers
  const asked = text.slice(Math.max(start, end - 2_000), end).trim()
  return asked === '' ? null : asked.replaceAll('?', '.')
}
