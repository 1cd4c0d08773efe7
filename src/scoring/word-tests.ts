import type { Binary } from './brier.ts'
import { chanceCounts } from './chance-counts.ts'
import { countTest, MOST_EXACT } from './claims.ts'
import { holm } from './holm.ts'
import { byText, sum } from './summation.ts'
import { type Frame, frameOf, wordFrame } from './word-frame.ts'

type Partitions = readonly (readonly string[])[]

/** What was said of a question, as a band of yes, and what came of it. */
export type Said = { low: number; mid: number; high: number; outcome: Binary }

export type Reading = 'less_often' | 'more_often' | 'cannot_be_told_apart'

/** How often what was said alike happened, and whether chance explains it: p before anything is allowed for. */
export type CountTest = { n: number; clusters: number; happened: number; frame: Frame; p: number | null }
export type PhraseTest = CountTest & { key: string; readers: [number, number, number] }
export type NumbersTest = CountTest & { from: number; to: number; expected: [number, number] }

/** With what the other tests make of p. */
export type Told<Test> = Test & { p_holm: number | null; reading: Reading | null }

const ALPHA = 0.05
const LEAST = 5
/** 20 · .85 is not 17 in doubles, and .3 may be the middle of .2 and .4. */
const SLACK = 1e-9

/** What may be said once p allows for all that was tested with it: a direction only where the count goes that way. */
function readingOf(p: number | null, happened: number, [low, high]: readonly number[]): Reading | null {
  if (p === null) return null
  if (p < ALPHA && happened < (low as number) - SLACK) return 'less_often'
  if (p < ALPHA && happened > (high as number) + SLACK) return 'more_often'
  return 'cannot_be_told_apart'
}

/** The counts `to be expected` of a test: of a phrase where its frame ends, of numbers their sums. */
const expectedOf = (test: PhraseTest | NumbersTest): readonly [number, number] =>
  'expected' in test ? test.expected : [test.frame.from, test.frame.to]

/** Each test with its adjusted p, in the same order, and what it tells. */
export function told<Test extends PhraseTest | NumbersTest>(
  tests: readonly Test[],
  adjusted: readonly (number | null)[],
): Told<Test>[] {
  return tests.map((test, i) => {
    const p_holm = adjusted[i] ?? null
    return { ...test, p_holm, reading: readingOf(p_holm, test.happened, expectedOf(test)) }
  })
}

/** The rows at these places: how many, of how many groups, how many happened, and the p-value from 5 and 5 groups. */
function counted(rows: readonly Said[], places: readonly number[], partitions: Partitions) {
  const members = places.map((i) => rows[i] as Said)
  const groups = partitions.map((labels) => places.map((i) => labels[i] as string))
  const low = members.map((row) => row.low)
  const high = members.map((row) => row.high)
  const happened = members.filter((row) => row.outcome === 1).length
  return {
    low,
    high,
    groups,
    n: members.length,
    clusters: Math.min(...groups.map((labels) => new Set(labels).size)),
    happened,
    p: members.length < LEAST ? null : countTest(low, high, happened, groups),
  }
}

/**
 * Tests of the phrases of a record: does what somebody says with one phrase happen as often as readers hear in it?
 * Formula: countTest at the readers' low and high of yes.
 * Symbols: rows with a phrase (key), the readers' band of yes and the outcome; each partition names every row's
 * cluster. One phrase with two bands is two phrases.
 * Range: by falling n, then by key; p in [0,1], small = the phrase does not mean what readers hear.
 * Edge cases: no rows → none; fewer than 5 rows or 5 clusters → p null.
 * Reference: ours; docs/scoring.md.
 * Example: phraseTests([], [[]]) = []
 */
export function phraseTests(
  rows: readonly (Said & { key: string })[],
  partitions: Partitions,
): PhraseTest[] {
  const phrases = new Map<string, number[]>()
  rows.forEach(({ key, low, mid, high }, i) => {
    const name = `${key} ${low} ${mid} ${high}`
    const places = phrases.get(name)
    if (places) places.push(i)
    else phrases.set(name, [i])
  })
  const tests = [...phrases.values()].map((places): PhraseTest => {
    const { key, low, mid, high } = rows[places[0] as number] as Said & { key: string }
    const { n, clusters, happened, p } = counted(rows, places, partitions)
    return {
      key,
      readers: [low, mid, high],
      n,
      clusters,
      happened,
      frame: wordFrame(n, low, high, happened),
      p,
    }
  })
  return tests.sort((a, b) => b.n - a.n || byText(a.key, b.key))
}

/**
 * The phrases of a record, allowing for how many there are.
 * Formula: phraseTests, then Holm over them; below .05 less often where k < n·low, more often where k > n·high.
 * Symbols: as phraseTests.
 * Range: as phraseTests; p_holm in [p, 1].
 * Edge cases: p null → p_holm and reading null.
 * Reference: ours; docs/scoring.md.
 * Example: wordTests([], [[]]) = []
 */
export function wordTests(
  rows: readonly (Said & { key: string })[],
  partitions: Partitions,
): Told<PhraseTest>[] {
  const tests = phraseTests(rows, partitions)
  return told(tests, holm(tests.map(({ p }) => p)))
}

/** The rows in which stated numbers are counted: 10 % and 90 % stand with the ends, 30 % and 70 % away from them. */
const ROWS = [
  { from: 0, to: 0.1, holds: (p: number) => p <= 0.1 + SLACK },
  { from: 0.1, to: 0.3, holds: (p: number) => p <= 0.3 + SLACK },
  { from: 0.3, to: 0.5, holds: (p: number) => p < 0.5 - SLACK },
  { from: 0.5, to: 0.7, holds: (p: number) => p > 0.5 + SLACK && p < 0.7 - SLACK },
  { from: 0.7, to: 0.9, holds: (p: number) => p > 0.5 + SLACK && p < 0.9 - SLACK },
  { from: 0.9, to: 1, holds: (p: number) => p >= 0.9 - SLACK },
]

/** The place of a stated number among the rows [0,.1], (.1,.3], (.3,.5), (.5,.7), [.7,.9), [.9,1]; −1 for one half. */
export const numbersRowOf = (probability: number): number => ROWS.findIndex((row) => row.holds(probability))

/**
 * Tests of the numbers of a record, row by row: does what somebody puts at 70 to 90 % happen as often as they say?
 * Formula: as phraseTests, at each row's own low and high; expected [Σ low, Σ high]; the frame from the 5 % count
 * at low to the 95 % count at high.
 * Symbols: rows with a stated number or range (mid decides the row) and the outcome; partitions as phraseTests.
 * Range: the rows that hold anything, upwards; 50 % is in none.
 * Edge cases: no rows → none; fewer than 5 numbers or 5 clusters → p null; more than 20,000 → p null, and the frame
 * is what was to be expected, from which chance would not move an end by one square.
 * Reference: ours; docs/scoring.md.
 * Example: numberTests([], [[]]) = []
 */
export function numberTests(rows: readonly Said[], partitions: Partitions): NumbersTest[] {
  const places = ROWS.map((): number[] => [])
  rows.forEach(({ mid }, i) => {
    places[numbersRowOf(mid)]?.push(i)
  })
  return ROWS.flatMap(({ from, to }, r): NumbersTest[] => {
    const at = places[r] as number[]
    if (at.length === 0) return []
    const { low, high, groups, n, clusters, happened, p } = counted(rows, at, partitions)
    const expected: [number, number] = [sum(low), sum(high)]
    const ends = n > MOST_EXACT ? expected : chanceCounts(low, high, groups)
    return [{ from, to, expected, n, clusters, happened, frame: frameOf(n, ...ends, happened), p }]
  })
}
