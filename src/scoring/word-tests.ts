import { countTest } from './count-test.ts'
import type { NumbersRow, WordsRow } from './document.ts'
import { ALPHA, holm } from './holm.ts'
import { chanceCounts } from './parallel-records.ts'
import { fewestGroups, type Partition } from './partition.ts'
import { byText, sum } from './summation.ts'
import { phraseName, type Read } from './verbal-range.ts'
import { frameOf, wordFrame } from './word-frame.ts'

/** What was understood of one question, what happened, and the key of the phrase in its lexicon. */
export type Said = Read & { key: string | null }
/** A row of either table before anything is allowed for. */
export type PhraseTest = Omit<WordsRow, 'p_holm' | 'reading' | 'meant'>
export type NumbersTest = Omit<NumbersRow, 'p_holm' | 'reading'>
/** With what the other tests make of its p. */
export type Told<Test> = Test & Pick<WordsRow, 'p_holm' | 'reading'>

/** 20 · .85 is not 17 in doubles, and the middle of .2 and .4 is not .3. */
const SLACK = 1e-9

/** A direction is named only where the count itself goes that way. */
function readingOf(
  p: number | null,
  happened: number,
  [low, high]: readonly [number, number],
): WordsRow['reading'] {
  if (p === null) return null
  if (p < ALPHA && happened < low - SLACK) return 'less_often'
  if (p < ALPHA && happened > high + SLACK) return 'more_often'
  return 'cannot_be_told_apart'
}

/** Each test with its p adjusted for all that was tested with it, in the same order, and what may be said of it. */
export function told<Test extends PhraseTest | NumbersTest>(
  tests: readonly Test[],
  adjusted: readonly (number | null)[],
): Told<Test>[] {
  return tests.map((test, i) => {
    const p_holm = adjusted[i] ?? null
    const expected = 'expected' in test ? test.expected : ([test.frame.from, test.frame.to] as const)
    return { ...test, p_holm, reading: readingOf(p_holm, test.happened, expected) }
  })
}

/** The rows at these places: how many from how many groups, how many happened, and the p-value of that. */
function counted(rows: readonly Read[], places: readonly number[], partitions: readonly Partition[]) {
  const members = places.map((i) => rows[i] as Read)
  const groups = partitions.map((labels) => places.map((i) => labels[i] as string))
  const low = members.map((row) => row.low)
  const high = members.map((row) => row.high)
  const happened = sum(members.map((row) => row.outcome))
  const n = members.length
  const p = countTest(low, high, happened, groups)
  return { low, high, groups, n, clusters: fewestGroups(groups), happened, p }
}

/**
 * Tests of the phrases of a record: does what is said with one phrase happen as often as readers hear in it?
 * Formula: countTest at the readers' low and high of yes.
 * Symbols: the phrase of each question with its key, the readers' band of yes and the outcome; each partition names
 * every question's cluster.
 * Range: by falling n, then by key; p in [0,1], small = happens more or less often than readers hear.
 * Edge cases: without a phrase → left out; from fewer than 5 clusters → p null.
 * Reference: ours; docs/scoring.md.
 * Example: phraseTests([], [[]]) = []
 */
export function phraseTests(rows: readonly Said[], partitions: readonly Partition[]): PhraseTest[] {
  const phrases = new Map<string, number[]>()
  rows.forEach((row, i) => {
    const name = phraseName(row)
    if (name === null) return
    const places = phrases.get(name)
    if (places) places.push(i)
    else phrases.set(name, [i])
  })
  const tests = [...phrases.values()].map((places): PhraseTest => {
    const { key, low, mid, high } = rows[places[0] as number] as Said
    const { n, clusters, happened, p } = counted(rows, places, partitions)
    const frame = wordFrame(n, low, high, happened)
    return { key: key as string, n, clusters, happened, readers: [low, mid, high], frame, p }
  })
  return tests.sort((a, b) => b.n - a.n || byText(a.key, b.key))
}

/**
 * The phrases of a record, allowing for how many there are.
 * Formula: phraseTests, then Holm over them; from p below .05: less often where k < n·low, more often where
 * k > n·high.
 * Symbols: as phraseTests.
 * Range: as phraseTests; p_holm in [p, 1].
 * Edge cases: p null → p_holm and reading null.
 * Reference: ours; docs/scoring.md.
 * Example: wordTests([], [[]]) = []
 */
export function wordTests(rows: readonly Said[], partitions: readonly Partition[]): Told<PhraseTest>[] {
  const tests = phraseTests(rows, partitions)
  return told(tests, holm(tests.map(({ p }) => p)))
}

/** 10 % and 90 % stand with the ends, 30 % and 70 % with what is farther from one half; one half is in no row. */
const ROWS = [
  { from: 0, to: 0.1, holds: (p: number) => p <= 0.1 + SLACK },
  { from: 0.1, to: 0.3, holds: (p: number) => p <= 0.3 + SLACK },
  { from: 0.3, to: 0.5, holds: (p: number) => p < 0.5 - SLACK },
  { from: 0.5, to: 0.7, holds: (p: number) => p > 0.5 + SLACK && p < 0.7 - SLACK },
  { from: 0.7, to: 0.9, holds: (p: number) => p >= 0.7 - SLACK && p < 0.9 - SLACK },
  { from: 0.9, to: 1, holds: (p: number) => p >= 0.9 - SLACK },
]

/** The row in which a number stands; .5 stands in none. */
export const rowOf = (p: number) => ROWS.find(({ holds }) => holds(p))

/**
 * Tests of the numbers of a record, in rows: does what is put at 70 to 90 % happen as often as that?
 * Formula: countTest at each number's own low and high; expected [Σ low, Σ high]; the frame runs from the 5 % count
 * at low to the 95 % count at high.
 * Symbols: the stated number of each question, or a range whose middle decides the row, and the outcome; partitions
 * as for phraseTests.
 * Range: the rows [0,.1], (.1,.3], (.3,.5), (.5,.7), [.7,.9), [.9,1] that hold any, upwards.
 * Edge cases: one half → in no row; from fewer than 5 clusters → p null; more than 20,000 → p null, and the frame
 * is what was to be expected, since chance would hardly move it by a square.
 * Reference: ours; docs/scoring.md.
 * Example: numberTests([], [[]]) = []
 */
export function numberTests(rows: readonly Read[], partitions: readonly Partition[]): NumbersTest[] {
  const places = ROWS.map((): number[] => [])
  rows.forEach(({ mid }, i) => {
    const row = rowOf(mid)
    if (row !== undefined) places[ROWS.indexOf(row)]?.push(i)
  })
  return ROWS.flatMap(({ from, to }, r): NumbersTest[] => {
    const at = places[r] as number[]
    if (at.length === 0) return []
    const { low, high, groups, n, clusters, happened, p } = counted(rows, at, partitions)
    const expected: [number, number] = [sum(low), sum(high)]
    const ends = chanceCounts(low, high, groups) ?? expected
    return [{ from, to, expected, n, clusters, happened, frame: frameOf(n, ...ends, happened), p }]
  })
}
