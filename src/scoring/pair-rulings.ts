import { type Answer, byQuestion, commonOf } from './answer.ts'
import { type PairFigures, pairDifference } from './pair-difference.ts'
import { type PairVerdict, pairVerdicts } from './pair-verdicts.ts'
import { byText } from './summation.ts'

/** Two analysts with a difference that can be tested; a's id comes before b's. */
export type Pair = PairFigures & { a: string; b: string }
/** A pair with what may be said of it. */
export type Ruling = Pair & PairVerdict
/** Every pair of a ledger that can be tested: the one source of who is told apart. */
export type Rulings = { tested: number; pairs: Ruling[] }

export type Answers = { id: string; answers: readonly Answer[] }

/** The pairs of `moved` among themselves and with `others`: what changed since the pairs were last made. */
export function pairsOf(moved: readonly Answers[], others: readonly Answers[] = []): Pair[] {
  const asked = new Map([...moved, ...others].map(({ id, answers }) => [id, byQuestion(answers)]))
  return moved.flatMap((one, i) =>
    [...moved.slice(i + 1), ...others].flatMap((other) => {
      const [a, b] = byText(one.id, other.id) < 0 ? [one, other] : [other, one]
      const figures = pairDifference(commonOf(a.answers, asked.get(b.id) as ReadonlyMap<string, Answer>))
      return typeof figures === 'string' ? [] : [{ a: a.id, b: b.id, ...figures }]
    }),
  )
}

export function rulingsOf(pairs: readonly Pair[]): Rulings {
  const { tested, pairs: verdicts } = pairVerdicts(pairs.map(({ test }) => test))
  return { tested, pairs: pairs.map((pair, i) => ({ ...pair, ...(verdicts[i] as PairVerdict) })) }
}

export function rulingOn(rulings: Rulings, one: string, other: string): Ruling | null {
  const [a, b] = [one, other].sort(byText)
  return rulings.pairs.find((pair) => pair.a === a && pair.b === b) ?? null
}
