import type { Reason } from './document.ts'
import { turned } from './pair-difference.ts'
import type { Ruling } from './pair-rulings.ts'
import { ALPHA, LEAST_COMMON } from './pair-verdicts.ts'
import { differenceText } from './verdict.ts'

export type NameOf = (id: string) => string

const plural = (n: number, one: string) => `${n} ${one}${n === 1 ? '' : 's'}`

/** Where no end is below zero, and none reads as zero that is not: ".02", ".00–.05". */
function figuresOf(values: readonly number[]): (...shown: readonly number[]) => string {
  const hides = (digits: number) => values.some((v) => v !== 0 && Math.abs(v) < 0.5 * 10 ** -digits)
  const digits = [2, 3].find((few) => !hides(few)) ?? 4
  return (...shown) => [...new Set(shown.map((v) => v.toFixed(digits).replace(/^0/u, '')))].join('–')
}

function groundOf({ basis, n, common }: Ruling): string {
  const questions = `their ${plural(common, 'common question')}`
  return basis === 'readings' || n === common
    ? `on ${questions}`
    : `on the ${n} of ${questions} to which both gave numbers`
}

/** Who of two was better, in the sentence of the one who was. */
const betterOf = ({ a, b, test }: Ruling) => (test.mean < 0 ? { better: a, other: b } : { better: b, other: a })

function toldApart(ruling: Ruling, tested: number, nameOf: NameOf): string {
  const { better, other } = betterOf(ruling)
  const { mean, interval } = better === ruling.a ? turned(ruling) : ruling
  const figures = figuresOf([...mean, ...interval])
  const by = figures(...mean) + (ruling.basis === 'readings' ? ', as the words are read,' : '')
  const allowing = tested === 1 ? '' : `; this allows for the ${tested} pairs here`
  return `${nameOf(better)} scores better than ${nameOf(other)} ${groundOf(ruling)}, by ${by} (${figures(...interval)})${allowing}.`
}

/** How often chance alone makes such a difference somewhere among the pairs: never said to be rarer than it is. */
function byChance(tested: number): string {
  const expected = Math.round(tested * ALPHA)
  if (tested * ALPHA < 1)
    return `one such difference turns up by chance in up to ${Math.ceil(tested * ALPHA * 100)} of 100 ledgers`
  return expected === 1
    ? 'one such difference is to be expected by chance'
    : `${expected} such differences are to be expected by chance`
}

/** What may be said of two analysts, and no more: the list and the comparison say it in these words. */
export function rulingSentence(ruling: Ruling, tested: number, nameOf: NameOf): string {
  if (ruling.told_apart) return toldApart(ruling, tested, nameOf)
  if (ruling.points_to)
    return `Points to ${nameOf(betterOf(ruling).better)}, but among ${tested} pairs ${byChance(tested)}.`
  const [a, b] = [nameOf(ruling.a), nameOf(ruling.b)]
  const [low, high] = ruling.interval
  const range = low === high ? '' : ` (difference ${differenceText(ruling.interval)})`
  return `${a} and ${b} cannot be told apart ${groundOf(ruling)}${range}.`
}

/** Why nothing can be tested. */
export function untestedSentence(names: readonly [string, string], common: number, reason: Reason): string {
  const both = names.join(' and ')
  if (common === 0) return `${both} have no decided question in common.`
  const questions = plural(common, 'common question')
  return reason === 'too_few_interviews'
    ? `${both} cannot be told apart: their ${questions} come from too few independent interviews.`
    : `${both} cannot be told apart: they have only ${questions}, and it takes ${LEAST_COMMON}.`
}

/** Who spoke first, as a rule. */
export function earlierSentence(days: number, [a, b]: readonly [string, string]): string {
  if (days === 0) return 'Neither spoke earlier (median).'
  return `${days < 0 ? a : b} spoke ${plural(Math.abs(days), 'day')} earlier (median).`
}
