import {
  bandOf,
  FLATLY,
  heardRange,
  isCategorical,
  isOptions,
  isStatedRange,
  isTooVague,
  isUnmeasured,
  isWorded,
  type Probability,
  sideOf,
} from '../../core/probability.ts'
import type { Outcome } from '../../core/resolution.ts'
import type { Statement } from '../../core/statement.ts'
import { outcomeText } from './mark.tsx'
import { percent, percentRange } from './number.ts'

type Voice = Statement['voice']

const WIDTH = 120
const HEIGHT = 22
const EDGE = 6

const x = (p: number) => Number((EDGE + p * (WIDTH - 2 * EDGE)).toFixed(2))

/**
 * The band of a yes/no probability on a line from 0 to 100 %. Once the outcome is known it stands at the end where it
 * lies, as what became of the claim: full and blue where it came true, an orange ring where it did not.
 */
function Band({ probability, outcome = null }: { probability: Probability; outcome?: Outcome | null }) {
  const band = bandOf(probability)
  if (band === null) return null
  const { low, mid, high } = band
  const side = isTooVague(probability) ? null : sideOf(probability)
  const label = low === high ? percent(mid) : `${percentRange(low, high)}, read as ${percent(mid)}`
  return (
    <svg
      class="band"
      width={WIDTH}
      height={HEIGHT}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={label}
    >
      <line class="axis" x1={EDGE} x2={WIDTH - EDGE} y1="11" y2="11" stroke-width="2" />
      <line class="axis" x1={x(0.5)} x2={x(0.5)} y1="6" y2="16" />
      {low === high ? null : (
        <rect class="band-range" x={x(low)} width={Math.max(2, x(high) - x(low))} y="7" height="8" rx="2" />
      )}
      <rect class="band-mid" x={x(mid) - 1.5} width="3" y="4" height="14" />
      {outcome === 'yes' || outcome === 'no' ? (
        <circle
          class={side === null ? 'dot-neither' : side === outcome ? 'dot-true' : 'dot-false'}
          cx={x(outcome === 'yes' ? 1 : 0)}
          cy="11"
          r="4.5"
        />
      ) : null}
    </svg>
  )
}

/** A probability as it is told apart: the analyst's number, our reading of words, or said flatly. */
export function probabilityText(probability: Probability, voice: Voice = 'quote'): string {
  // A number in a paraphrase is the reporter's: it counts as worded and is never called stated.
  const how = (own: string) => (voice === 'quote' ? own : 'as reported')
  if (typeof probability === 'number') return `${percent(probability)}, ${how('stated')}`
  if (isStatedRange(probability))
    return `${percentRange(probability.low, probability.high)}, ${how('stated range')}`
  if (isCategorical(probability)) {
    const { low, high } = FLATLY[probability.categorical]
    return `said flatly: ${probability.categorical} [${heardRange(low, high)}]`
  }
  if (isUnmeasured(probability)) return `${probability.words} [not measured, leans ${probability.leans}]`
  if (isWorded(probability)) return `${probability.words} [${heardRange(probability.low, probability.high)}]`
  if (isOptions(probability))
    return Object.entries(probability)
      .sort(([, a], [, b]) => b - a)
      .map(([option, p]) => `${option}: ${percent(p)}`)
      .join(' · ')
  if ('quantiles' in probability)
    return Object.entries(probability.quantiles)
      .sort(([a], [b]) => Number(a) - Number(b))
      .map(([level, value]) =>
        `${percent(Number(level))} ${typeof value === 'number' ? 'up to' : 'by'} ${outcomeText(value)}`.replaceAll(
          ' ',
          '\u00a0',
        ),
      )
      .join(' · ')
  const [from, to] = probability.interval
  return `${outcomeText(from)} to ${outcomeText(to)}, ${percent(probability.level)} sure`
}

type ProbabilityBandProps = { probability: Probability; outcome?: Outcome | null; voice?: Voice }

/** The words with the band in brackets, and beneath an axis where the question is yes or no. */
export const ProbabilityBand = ({ probability, outcome = null, voice = 'quote' }: ProbabilityBandProps) => (
  <span class="probability">
    <Band probability={probability} outcome={outcome} />
    <span class="reading">
      <Reading text={probabilityText(probability, voice)} />
    </span>
  </span>
)

/** The brackets never break apart from what they hold. */
export function Reading({ text }: { text: string }) {
  const at = text.lastIndexOf(' [')
  return at === -1 ? (
    <bdi>{text}</bdi>
  ) : (
    <>
      <bdi>{text.slice(0, at)}</bdi> <span class="bracket">{text.slice(at + 1)}</span>
    </>
  )
}
