import type { Spoken } from './voice.ts'

const SHORT =
  /^["“„«‘]?(?:(?:well|oh|so|look|again),? ){0,2}(?:no|yes|yeah|yep|nope|absolutely|certainly|definitely|exactly|precisely|correct|indeed|of course|not at all|never|hardly|I do|I don't|I am|I'm not|I think so|I don't think so|it will|it won't|they will|they won't|he will|he won't|she will|she won't)\b/iu
const STANDS =
  /\bI(?:'d|'ll|'m| am| do| would| will)? (?:still |fully |also |absolutely ){0,2}(?:hold (?:by|to|on to)|holding to|stand by|standing by|stick (?:to|with|by)|sticking (?:to|with)|maintain|repeat|confirm|believe (?:that|so)|think so)\b/iu

/**
 * What a sentence answers, as a statement and not as a question: where it opens the answer to somebody who asked, and
 * says yes or no, or that it still stands.
 */
export function askedBefore(text: string, { sentence, turn }: Spoken): string | null {
  if (turn === undefined || turn.answers === null) return null
  if (text.slice(turn.start, sentence.start).trim() !== '') return null
  const said = sentence.text.slice(0, 300).replaceAll(/[\u2018\u2019]/gu, "'")
  if (!SHORT.test(said) && !STANDS.test(said)) return null
  const { start, end } = turn.answers
  const asked = text.slice(Math.max(start, end - 2_000), end).trim()
  return asked === '' ? null : asked.replaceAll('?', '.')
}
