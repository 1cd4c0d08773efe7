import { alignedPassages, commonLetters, marked, type Pair } from '../core/alignment.ts'
import { type Coding, isClaim, type Passage } from '../core/coding.ts'
import { type Agreement, krippendorffAlpha } from './krippendorff.ts'
import { mean, sum } from './summation.ts'

/** One variable, or how far two go together: alpha and its range only from 30 units on. */
export type Told = Omit<Agreement, 'show_alpha'>
export type CoderAgreement = {
  /** Rounds of which both codings are in. */
  rounds: number
  kind: Told
  band: Told
  deadline: Told
  spans: { first: number; second: number; paired: number; f1: number | null }
  beliefs: Beliefs
}
export type Beliefs = {
  /** Readings with a coder's own probability beside them. */
  readings: number
  /** Mean of the middle of the band less the own probability. */
  difference: number | null
  /** Of passages that both coded: how far the difference of readings goes with the difference of beliefs. */
  pairs: number
  correlation: number | null
}

const LEAST_PAIRS = 30
/** Five points of probability. */
const WITHIN = 0.05

const told = ({ units, raw, alpha, interval, show_alpha }: Agreement): Told => ({
  units,
  raw,
  alpha: show_alpha ? alpha : null,
  interval,
})
const mid = ({ low, high }: { low: number; high: number }) => (low + high) / 2
/** What one marked and the other left is no forecast in the other's reading. */
const kindOf = (passage: Passage | null) => passage?.kind ?? 'no_forecast'
const claimOf = (passage: Passage | null) => (passage !== null && isClaim(passage) ? passage : null)

/**
 * Agreement of two coders over rounds, as docs/scoring.md has it for kind and deadline (nominal) and band (squared
 * distance of the middles; raw within 5 points), and overlap of what they marked.
 * Formula: F1 = 2·|A∩B| / (|A| + |B|) over letters marked; correlation is Pearson's of (mid₁ − mid₂) with (own₁ − own₂).
 * Symbols: a unit is a passage that either marked; bands and deadlines are compared where both saw a claim.
 * Range: F1 in [0,1]; correlation in [−1,1], 0 where readings do not lean towards what their coders believe.
 * Edge cases: nothing marked → F1 null; under 30 pairs, or without variation, no correlation.
 * Reference: Krippendorff 2011, https://repository.upenn.edu/asc_papers/43; the measure of beliefs is ours.
 * Example: coderAgreement([[{passages: []}, {passages: []}]]).kind.units = 0
 */
export function coderAgreement(rounds: readonly (readonly [Coding, Coding])[]): CoderAgreement {
  const pairs = rounds.flatMap(([first, second]) => alignedPassages(first.passages, second.passages))
  const both = pairs.map(({ first, second }) => [claimOf(first), claimOf(second)] as const)
  const codes = <T extends string | number>(of: (claim: NonNullable<(typeof both)[number][0]>) => T) =>
    [0, 1].map((coder) => both.map((pair) => (pair[coder] == null ? null : of(pair[coder]))))
  return {
    rounds: rounds.length,
    kind: told(
      krippendorffAlpha(
        [pairs.map(({ first }) => kindOf(first)), pairs.map(({ second }) => kindOf(second))],
        { kind: 'nominal' },
      ),
    ),
    band: told(
      krippendorffAlpha(
        codes(({ band }) => mid(band)),
        { kind: 'interval', within: WITHIN },
      ),
    ),
    deadline: told(
      krippendorffAlpha(
        codes(({ deadline }) => deadline),
        { kind: 'nominal' },
      ),
    ),
    spans: spansOf(rounds, pairs),
    beliefs: beliefsOf(rounds, both),
  }
}

/**
 * Agreement on outcomes of yes-or-no questions that two members decided, each on their own.
 * Formula: raw and Krippendorff's α as of `krippendorffAlpha`, nominal over yes, no, ambiguous and annulled.
 * Symbols: a unit is a question.
 * Range: as there. Edge cases: α and its range from 30 questions on.
 * Reference: Krippendorff 2011, https://repository.upenn.edu/asc_papers/43
 * Example: outcomeAgreement([['yes', 'no']]).raw = 0
 */
export const outcomeAgreement = (pairs: readonly (readonly [string, string])[]): Told =>
  told(
    krippendorffAlpha([pairs.map(([first]) => first), pairs.map(([, second]) => second)], {
      kind: 'nominal',
    }),
  )

function spansOf(
  rounds: readonly (readonly [Coding, Coding])[],
  pairs: readonly Pair[],
): CoderAgreement['spans'] {
  const letters = rounds.map(([first, second]) => {
    const [a, b] = [marked(first.passages), marked(second.passages)]
    const of = (spans: typeof a) => sum(spans.map(({ start, end }) => end - start))
    return { common: commonLetters(a, b), all: of(a) + of(b) }
  })
  const all = sum(letters.map((one) => one.all))
  return {
    first: sum(rounds.map(([first]) => first.passages.length)),
    second: sum(rounds.map(([, second]) => second.passages.length)),
    paired: pairs.filter(({ first, second }) => first !== null && second !== null).length,
    f1: all === 0 ? null : (2 * sum(letters.map(({ common }) => common))) / all,
  }
}

type Claims = readonly (readonly [ReturnType<typeof claimOf>, ReturnType<typeof claimOf>])[]

function beliefsOf(rounds: readonly (readonly [Coding, Coding])[], both: Claims): Beliefs {
  const readings = rounds.flatMap((round) => round.flatMap(({ passages }) => passages.filter(isClaim)))
  const differences = both.flatMap(([a, b]) =>
    a === null || b === null ? [] : [[mid(a.band) - mid(b.band), a.own - b.own] as const],
  )
  return {
    readings: readings.length,
    difference: readings.length === 0 ? null : mean(readings.map(({ band, own }) => mid(band) - own)),
    pairs: differences.length,
    correlation: differences.length < LEAST_PAIRS ? null : correlation(differences),
  }
}

function correlation(pairs: readonly (readonly [number, number])[]): number | null {
  const x = sum(pairs.map(([a]) => a)) / pairs.length
  const y = sum(pairs.map(([, b]) => b)) / pairs.length
  const sxx = sum(pairs.map(([a]) => (a - x) ** 2))
  const syy = sum(pairs.map(([, b]) => (b - y) ** 2))
  return sxx === 0 || syy === 0 ? null : sum(pairs.map(([a, b]) => (a - x) * (b - y))) / Math.sqrt(sxx * syy)
}
