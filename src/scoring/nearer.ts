import { listText, numeral } from './figure-text.ts'

/** Who of two was nearer to what happened; `depends` where it depends on how the words are read. */
export const NEARER = ['a', 'b', 'same', 'depends'] as const
export type Nearer = (typeof NEARER)[number]
export type NearerCounts = Record<Nearer, number>

type Score = number | readonly [number, number] | null
const endsOf = (score: Score): readonly [number, number] =>
  typeof score === 'number' ? [score, score] : (score ?? [0, 1])
const SLACK = 1e-9

/**
 * Who of two was nearer to what happened, on one question.
 * Formula: the lower score, where it is lower on every reading of the words of both.
 * Symbols: a score, or of words that at the kindest and at the harshest reading.
 * Range: a, b, the same, or that it depends.
 * Edge cases: two equal numbers → the same; ranges that touch or overlap → it depends.
 * Reference: ours; docs/scoring.md.
 * Example: nearerOf(0.04, 0.09) = 'a'
 */
export function nearerOf(a: Score, b: Score): Nearer {
  const [ofA, ofB] = [endsOf(a), endsOf(b)]
  if (ofA[1] < ofB[0] - SLACK) return 'a'
  if (ofB[1] < ofA[0] - SLACK) return 'b'
  const isNumber = ofA[0] === ofA[1] && ofB[0] === ofB[1]
  return isNumber ? 'same' : 'depends'
}

/** By how much the nearer one was nearer, on the reading on which it is least. */
export function gapOf(a: Score, b: Score): number {
  const [ofA, ofB] = [endsOf(a), endsOf(b)]
  return Math.max(0, ofA[0] - ofB[1], ofB[0] - ofA[1])
}

export const countNearer = (each: readonly Nearer[]): NearerCounts =>
  Object.fromEntries(NEARER.map((who) => [who, each.filter((one) => one === who).length])) as NearerCounts

/** "Ben was nearer to what happened on 44 of their 75 common questions, Ada on 29; on 2 both said the same." */
export function nearerSentence(of: NearerCounts, [a, b]: readonly [string, string]): string | null {
  const n = of.a + of.b + of.same + of.depends
  if (n === 0) return null
  const all = n === 1 ? 'their one common question' : `${numeral(n)} common questions`
  const rest = [
    ...(of.same === 0 ? [] : [`on ${numeral(of.same)} both said the same`]),
    ...(of.depends === 0 ? [] : [`on ${numeral(of.depends)} it depends on how the words are read`]),
  ]
  const besides = (text: string) => (rest.length === 0 ? `${text}.` : `${text}; ${listText(rest)}.`)
  if (n === 1) {
    if (of.same === 1) return `On ${all} both said the same.`
    if (of.depends === 1)
      return `Who was nearer to what happened on ${all} depends on how the words are read.`
    return `${of.a === 1 ? a : b} was nearer to what happened on ${all}.`
  }
  if (of.a === of.b)
    return of.a === 0
      ? `Of ${all}: ${listText(rest)}.`
      : besides(`Each was nearer to what happened on ${numeral(of.a)} of their ${all}`)
  const [one, other] = of.a > of.b ? ([a, b] as const) : ([b, a] as const)
  const [more, fewer] = [Math.max(of.a, of.b), Math.min(of.a, of.b)]
  return besides(
    `${one} was nearer to what happened on ${numeral(more)} of their ${all}, ${other} on ${fewer === 0 ? 'none' : numeral(fewer)}`,
  )
}
