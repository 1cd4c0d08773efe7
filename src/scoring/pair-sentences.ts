import { counted } from '../core/text.ts'
import type { Reason } from './document.ts'
import { differenceText, differenceWithRange } from './figure-text.ts'
import { ALPHA } from './holm.ts'
import { turned } from './pair-difference.ts'
import type { Ruling } from './pair-rulings.ts'
import { LEAST_COMMON } from './pair-verdicts.ts'

export type NameOf = (id: string) => string

function groundOf({ basis, n, common }: Ruling): string {
  const questions = `their ${counted(common, 'common question')}`
  return basis === 'readings' || n === common
    ? `on ${questions}`
    : `on the ${n} of ${questions} to which both gave numbers`
}

/** Who of two was better, in the sentence of the one who was. */
const betterOf = ({ a, b, test }: Ruling) =>
  test.mean < 0 ? { better: a, other: b } : { better: b, other: a }

function toldApart(ruling: Ruling, tested: number, nameOf: NameOf): string {
  const { better, other } = betterOf(ruling)
  const { mean, interval } = better === ruling.a ? turned(ruling) : ruling
  const by =
    mean[0] === mean[1]
      ? differenceWithRange(mean[0], interval)
      : `${differenceText(mean)}, as the words are read, (${differenceText(interval)})`
  const allowing = tested === 1 ? '' : `; this allows for the ${counted(tested, 'pair')} here`
  return `${nameOf(better)} scores better than ${nameOf(other)} ${groundOf(ruling)}, by ${by}${allowing}.`
}

/** How often chance alone makes such a difference somewhere among the pairs: never said to be rarer than it is. */
function byChance(tested: number): string {
  const among = `among ${counted(tested, 'pair')}`
  const expected = Math.round(tested * ALPHA)
  if (tested * ALPHA < 1)
    return `${among} one such difference turns up by chance in up to ${tested * 5} of 100 such ledgers`
  return expected === 1
    ? `${among} one such difference is to be expected by chance`
    : `${among} ${expected.toLocaleString('en')} such differences are to be expected by chance`
}

/** The same of several that point to somebody. */
export const pointingSentence = (pointing: number, tested: number): string =>
  `${counted(pointing, 'more pair')} ${pointing === 1 ? 'points' : 'point'} to somebody, but ${byChance(tested)}.`

/** What may be said of two analysts, and no more: the list and the comparison say it in these words. */
export function rulingSentence(ruling: Ruling, tested: number, nameOf: NameOf): string {
  if (ruling.told_apart) return toldApart(ruling, tested, nameOf)
  if (ruling.points_to) return `Points to ${nameOf(betterOf(ruling).better)}, but ${byChance(tested)}.`
  const [a, b] = [nameOf(ruling.a), nameOf(ruling.b)]
  const [low, high] = ruling.interval
  const range = low === high ? '' : ` (difference ${differenceText(ruling.interval)})`
  return `${a} and ${b} cannot be told apart ${groundOf(ruling)}${range}.`
}

/** Why nothing can be tested. */
export function untestedSentence(names: readonly [string, string], common: number, reason: Reason): string {
  const both = names.join(' and ')
  if (common === 0) return `${both} have no decided question in common.`
  const questions = counted(common, 'common question')
  return reason === 'too_few_interviews'
    ? `${both} cannot be told apart: their ${questions} come from too few independent interviews.`
    : `${both} cannot be told apart: they have only ${questions}, and it takes ${LEAST_COMMON}.`
}

/** Who spoke first, as a rule. */
export function earlierSentence(days: number, [a, b]: readonly [string, string]): string {
  if (days === 0) return 'In the median neither spoke earlier.'
  return `${days < 0 ? a : b} spoke ${counted(Math.abs(days), 'day')} earlier, in the median.`
}
