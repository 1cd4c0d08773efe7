import type { Claims, Counts, Headline } from './document.ts'
import type { Row, ScoredRow } from './scored-row.ts'
import type { Tier } from './tier.ts'

const figure = (value: number, digits: number) => value.toFixed(digits).replace(/^(-?)0\./, '$1.')

/** A Brier score as printed: .19, or .221 from n = 100; ranges always with two decimals. */
export function brierText(value: number, n: number): string {
  return figure(value, n < 100 ? 2 : 3)
}

/** ".15–.24"; where one end is below zero, "−.01 to .03". */
export function rangeText([low, high]: readonly [number, number], digits = 2): string {
  if (low >= 0) return `${figure(low, digits)}–${figure(high, digits)}`
  return [low, high].map((end) => figure(end, digits).replace('-', '−')).join(' to ')
}

/** ".04", or ".56–.90" where it depends on what the words meant. */
export function scoreText(score: number | readonly [number, number]): string {
  const [best, worst] = typeof score === 'number' ? [score, score] : score
  return brierText(best, 1) === brierText(worst, 1) ? brierText(best, 1) : rangeText([best, worst])
}

/** A range of differences: an end that is not zero does not read as zero. */
export function differenceText(range: readonly [number, number]): string {
  const hides = (digits: number) => range.some((end) => end !== 0 && Math.abs(end) < 0.5 * 10 ** -digits)
  return rangeText(range, hides(2) ? (hides(3) ? 4 : 3) : 2)
}

/** "one interview", "5 interviews"; other sources and rows of a data set are not interviews. */
export function clustersText(rows: readonly ScoredRow[], clusters: number): string {
  const types = new Set(rows.map((r) => r.source_type))
  const noun = types.has('dataset')
    ? 'independent group'
    : types.size === 1 && types.has('interview')
      ? 'interview'
      : 'source'
  return clusters === 1 ? `one ${noun}` : `${clusters} ${noun}s`
}

/** Several questions of one family are about one subject: " and one subject (the-family)". */
function subjectText(rows: readonly ScoredRow[]): string {
  const families = new Set(rows.map((r) => r.unit.family))
  const [family] = families
  return rows.length > 1 && families.size === 1 && family ? ` and one subject (${family})` : ''
}

/** A count that need not be whole, such as what a record promised: "16.4". */
export const tally = (value: number): string => String(Number(value.toFixed(1)))

/** "21.6–27.2", or "25" where both read the same. */
export function promisedRange([low, high]: readonly [number, number]): string {
  return tally(low) === tally(high) ? tally(low) : `${tally(low)}–${tally(high)}`
}

/** "22–27", or "25" where both round to the same. */
export function promisedText([low, high]: readonly [number, number]): string {
  const [from, to] = [Math.round(low), Math.round(high)]
  return from === to ? String(from) : `${from}–${to}`
}

export type Facts = {
  /** Whose record it is; null for a set of forecasts by several. */
  name: string | null
  tier: Tier
  counts: Counts
  claims: Claims
  headline: Headline | null
  scored: readonly ScoredRow[]
  clusters: number
  rows: readonly Row[]
}

function lead({ name, tier, counts, claims, headline, scored, clusters, rows }: Facts): string {
  if (tier === 0) {
    const whose = name === null ? 'of this set' : `by ${name}`
    if (rows.length === 0) return `No forecast ${whose} is logged here.`
    const open = rows.filter((r) => r.eligibility.status === 'open').map((r) => r.unit.deadline_on)
    const next = open.length === 0 ? '' : `, next ${open.reduce((a, b) => (b < a ? b : a))}`
    const { resolved } = counts
    const decided =
      resolved === 0
        ? `No forecast ${whose} has been decided`
        : `${resolved} decided ${resolved === 1 ? 'forecast' : 'forecasts'} ${whose} ${resolved === 1 ? 'is' : 'are'} in no score`
    return `${decided}: ${counts.open} open${next}.`
  }
  const from = clustersText(scored, clusters) + subjectText(scored)
  const came = `${claims.came_true} of ${claims.n}`
  if (tier === 1)
    return `${came} decided claims came true; too few, from ${from}, to say how good ${name === null ? 'they were' : `${name} is`}.`
  if (headline) {
    const groups = clustersText(
      scored.filter((r) => r.kind === 'stated'),
      headline.clusters,
    )
    return (
      `Mean Brier ${brierText(headline.brier, headline.n)} (${rangeText(headline.interval)}) over ${headline.n} ` +
      `stated probabilities from ${groups}; always saying 50 % scores .25.`
    )
  }
  const numbers = counts.stated === 0 ? 'no numbers' : 'too few numbers for a score'
  return `${name === null ? 'There are' : `${name} gives`} ${numbers}: ${came} claims came true where the words promised ${promisedText(claims.promised)}.`
}

/** The sentence on top of a record, from the templates of docs/scoring.md, section 12. */
export function verdictOf(facts: Facts): string {
  const { tier, counts, claims, scored } = facts
  const parts = [lead(facts)]
  const easy = claims.n - claims.without_low_information.n
  if (tier === 1 && easy > 0)
    parts.push(`${easy} of the ${claims.n} ${easy === 1 ? 'was' : 'were'} hard to get wrong.`)
  const hindsight = scored.filter((r) => r.said.logged === 'afterwards').length
  if (hindsight > 0 && hindsight === scored.length) {
    parts.push('All were logged after the outcome was known.')
  } else if (hindsight * 2 > scored.length) {
    parts.push('Most were logged after the outcome was known.')
  }
  if (scored.some(({ unit, source_type }) => source_type === 'dataset' && !unit.cluster)) {
    parts.push('Rows of the data set are treated as independent.')
  }
  if (counts.too_vague > 0) {
    parts.push(`${counts.too_vague} more ${counts.too_vague === 1 ? 'was' : 'were'} too vague to be wrong.`)
  }
  const { n, came_true } = claims.unmeasured
  if (n > 0)
    parts.push(
      `In words that nobody measured, ${came_true} of ${n} more came true; what was to be expected is unknown.`,
    )
  return parts.join(' ')
}
