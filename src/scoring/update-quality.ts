import { pairedScores } from './paired.ts'
import { fewestGroups, type Partition } from './partition.ts'
import { mean } from './summation.ts'

const LEAST_CHANGED = 10
const LEAST_GROUPS = 5

/** Scores of one question: of the first statement and of the first change, and had the outcome been the other one. */
export type Changed = {
  first: number
  first_flipped: number
  second: number | null
  second_flipped: number | null
}
export type UpdateQuality = {
  n: number
  first: number
  changed: number
  difference: number
  interval: [number, number] | null
}

/**
 * How somebody changes their mind: the first statements beside the first changes, on the questions that had one.
 * Formula: means of the two scores and their difference, changed − first, with the range of scoreRange on [−1,1].
 * Symbols: scores in [0,1], second null where nothing was changed; each partition names every question's group.
 * Range: difference in [−1,1]; below 0 the changes score better, of which some is to be expected: later is easier.
 * Edge cases: nothing changed → null; below 10 such questions or 5 groups no interval.
 * Reference: ours.
 * Example: updateQuality([{first: 0.25, first_flipped: 0.25, second: 0.04, second_flipped: 0.64}], [['a']]).difference = -0.21
 */
export function updateQuality(
  questions: readonly Changed[],
  partitions: readonly Partition[],
): UpdateQuality | null {
  const at = questions.flatMap(({ second }, i) => (second === null ? [] : [i]))
  const of = (part: keyof Changed) => at.map((i) => questions[i]?.[part] as number)
  const [first, changed] = [of('first'), of('second')]
  const groups = partitions.map((labels) => at.map((i) => labels[i] as string))
  const firstFlipped = of('first_flipped')
  const flipped = of('second_flipped').map((score, i) => score - (firstFlipped[i] as number))
  const paired = pairedScores(changed, first, flipped, groups)
  if (paired === null) return null
  const isRanged = at.length >= LEAST_CHANGED && fewestGroups(groups) >= LEAST_GROUPS
  return {
    n: at.length,
    first: mean(first) as number,
    changed: mean(changed) as number,
    difference: paired.mean,
    interval: isRanged ? [paired.range.lo, paired.range.hi] : null,
  }
}
