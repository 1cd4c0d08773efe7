import type { Child } from 'hono/jsx'
import type { Outcome } from '../../core/resolution.ts'
import type { State } from '../../core/state.ts'
import { dayText } from './date.tsx'
import { counted } from './number.ts'

type Shape = 'full' | 'ring' | 'cross' | 'question' | 'triangle' | 'dashed' | 'half' | 'square'

const SHAPES: Record<Shape, () => Child> = {
  full: () => <circle cx="7" cy="7" r="6" fill="currentColor" />,
  ring: () => <circle cx="7" cy="7" r="5" fill="none" stroke="currentColor" stroke-width="2" />,
  cross: () => <path d="M3 3l8 8M11 3l-8 8" fill="none" stroke="currentColor" stroke-width="2" />,
  question: () => (
    <path
      d="M4 5a3 3 0 1 1 4.2 2.7Q7 8.3 7 9.5M7 12v1"
      fill="none"
      stroke="currentColor"
      stroke-width="1.8"
    />
  ),
  triangle: () => <path d="M7 1l6 11H1z" fill="currentColor" />,
  dashed: () => (
    <circle
      cx="7"
      cy="7"
      r="5"
      fill="none"
      stroke="currentColor"
      stroke-width="1.6"
      stroke-dasharray="2.4 2.2"
    />
  ),
  half: () => (
    <>
      <circle cx="7" cy="7" r="5.2" fill="none" stroke="currentColor" stroke-width="1.6" />
      <path d="M7 2a5 5 0 0 1 0 10z" fill="currentColor" />
    </>
  ),
  square: () => <rect x="2" y="2" width="10" height="10" fill="currentColor" />,
}

/** A shape and a word: never colour alone. */
export const Mark = ({ shape, tone, children }: { shape: Shape; tone: string; children?: Child }) => (
  <span class={`mark ${tone}`}>
    <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
      {SHAPES[shape]()}
    </svg>
    <span>{children}</span>
  </span>
)

export const ANNULLED_WORDS = { condition_not_met: 'condition never arose', moot: 'became moot' } as const

type OutcomeProps = { outcome: Outcome; annulled_because?: keyof typeof ANNULLED_WORDS | null | undefined }

/** What happened, as decided. */
export function OutcomeMark({ outcome, annulled_because }: OutcomeProps) {
  if (outcome === 'yes')
    return (
      <Mark shape="full" tone="yes">
        resolved yes
      </Mark>
    )
  if (outcome === 'no' || outcome === 'not_by_deadline')
    return (
      <Mark shape="ring" tone="no">
        {outcome === 'no' ? 'resolved no' : 'not by the deadline'}
      </Mark>
    )
  if (outcome === 'annulled')
    return (
      <Mark shape="cross" tone="void">
        annulled{annulled_because == null ? '' : `: ${ANNULLED_WORDS[annulled_because]}`}
      </Mark>
    )
  if (outcome === 'ambiguous')
    return (
      <Mark shape="question" tone="void">
        ambiguous
      </Mark>
    )
  return (
    <Mark shape="square" tone="yes">
      resolved: <bdi>{outcomeText(outcome)}</bdi>
    </Mark>
  )
}

/** What somebody proposed as the outcome: it does not count yet. */
export const ProposedMark = ({ outcome, annulled_because }: OutcomeProps) => (
  <Mark shape="half" tone="open">
    proposed: <bdi>{outcomeText(outcome)}</bdi>
    {annulled_because == null ? null : `, ${ANNULLED_WORDS[annulled_because]}`}
  </Mark>
)

/** An outcome in words. */
export function outcomeText(outcome: Outcome): string {
  if (outcome === 'not_by_deadline') return 'not by the deadline'
  if (typeof outcome === 'string' && /^\d{4}-\d{2}-\d{2}$/u.test(outcome)) return dayText(outcome)
  return typeof outcome === 'number' ? outcome.toLocaleString('en', { maximumFractionDigits: 10 }) : outcome
}

type StateProps = Partial<Pick<OutcomeProps, 'annulled_because'>> & {
  state: State
  outcome: Outcome | null
  disputed?: boolean
  /** Whole days past the deadline, for what needs a decision. */
  overdue?: number | undefined
}

/** Where a question stands; disputed is a label on top. */
export function StateMark({ state, outcome, annulled_because, disputed = false, overdue }: StateProps) {
  return (
    <span class="marks">
      {outcome === null ? (
        <Undecided state={state} overdue={overdue} />
      ) : (
        <OutcomeMark outcome={outcome} annulled_because={annulled_because} />
      )}
      {disputed ? <span class="label">disputed</span> : null}
    </span>
  )
}

function Undecided({ state, overdue }: { state: State; overdue?: number | undefined }) {
  if (state === 'due')
    return (
      <Mark shape="triangle" tone="due">
        needs a decision{overdue === undefined || overdue === 0 ? '' : ` for ${counted(overdue, 'day')}`}
      </Mark>
    )
  if (state === 'proposed')
    return (
      <Mark shape="half" tone="open">
        outcome proposed
      </Mark>
    )
  return (
    <Mark shape="dashed" tone="open">
      open
    </Mark>
  )
}
