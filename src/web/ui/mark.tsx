import type { Child } from 'hono/jsx'
import { reserveWord } from '../../core/objection.ts'
import { type Outcome, outcomeText } from '../../core/resolution.ts'
import type { State } from '../../core/state.ts'
import { dueText } from '../../core/verdict.ts'

export { outcomeText } from '../../core/resolution.ts'

export type ShapeName =
  | 'full'
  | 'ring'
  | 'cross'
  | 'question'
  | 'triangle'
  | 'dashed'
  | 'half'
  | 'square'
  | 'frame'
  | 'bar'

const SHAPES: Record<ShapeName, () => Child> = {
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
  frame: () => <rect x="3" y="3" width="8" height="8" fill="none" stroke="currentColor" stroke-width="2" />,
  bar: () => <rect x="1" y="5.5" width="12" height="3" rx="1" fill="currentColor" />,
}

/** A shape of a mark, drawn in the colour of the text. */
export const Shape = ({ name }: { name: ShapeName }) => (
  <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
    {SHAPES[name]()}
  </svg>
)

/** A shape and a word: never colour alone. */
export const Mark = ({ shape, tone, children }: { shape: ShapeName; tone: string; children?: Child }) => (
  <span class={`mark ${tone}`}>
    <Shape name={shape} />
    <span>{children}</span>
  </span>
)

export const ANNULLED_WORDS = { condition_not_met: 'condition never arose', moot: 'became moot' } as const

type OutcomeProps = { outcome: Outcome; annulled_because?: keyof typeof ANNULLED_WORDS | null | undefined }

const mark = (shape: ShapeName, tone: string, words: Child) => (
  <Mark shape={shape} tone={tone}>
    {words}
  </Mark>
)

/** What our question was decided as. In no colour: those say whether a claim came true. */
export function OutcomeMark({ outcome, annulled_because }: OutcomeProps) {
  switch (outcome) {
    case 'yes':
      return mark('square', 'decided', 'resolved yes')
    case 'no':
      return mark('frame', 'decided', 'resolved no')
    case 'not_by_deadline':
      return mark('frame', 'decided', outcomeText(outcome))
    case 'annulled':
      return mark(
        'cross',
        'void',
        `annulled${annulled_because == null ? '' : `: ${ANNULLED_WORDS[annulled_because]}`}`,
      )
    case 'ambiguous':
      return mark('question', 'void', 'ambiguous')
    default:
      return mark(
        'square',
        'decided',
        <>
          resolved: <bdi>{outcomeText(outcome)}</bdi>
        </>,
      )
  }
}

/** What somebody proposed as the outcome: it does not count yet. */
export const ProposedMark = ({ outcome, annulled_because }: OutcomeProps) => (
  <Mark shape="half" tone="open">
    proposed: <bdi>{outcomeText(outcome)}</bdi>
    {annulled_because == null ? null : `, ${ANNULLED_WORDS[annulled_because]}`}
  </Mark>
)

type StateProps = Partial<Pick<OutcomeProps, 'annulled_because'>> & {
  state: State
  outcome: Outcome | null
  /** With what reserve the outcome is told. */
  reserve?: string | null
  whole?: boolean
  /** Whole days past the deadline, for what needs a decision. */
  overdue?: number | undefined
}

/** That an outcome is disputed, or may still be: a label beside it; `whole` says until when, once for each record. */
export const Reserve = ({ text, whole = false }: { text: string; whole?: boolean }) => (
  <span class="label reserve" title={whole ? undefined : text}>
    {whole ? text : reserveWord(text)}
  </span>
)

/** Where a question stands; its reserve is a label on top. */
export function StateMark({
  state,
  outcome,
  annulled_because,
  reserve = null,
  whole = false,
  overdue,
}: StateProps) {
  return (
    <span class="marks">
      {outcome === null ? (
        <Undecided state={state} overdue={overdue} />
      ) : (
        <OutcomeMark outcome={outcome} annulled_because={annulled_because} />
      )}
      {reserve === null ? null : <Reserve text={reserve} whole={whole} />}
    </span>
  )
}

type UndecidedProps = { state: State; overdue?: number | undefined }

/** Where a question without an outcome stands. */
export function Undecided({ state, overdue = 0 }: UndecidedProps) {
  switch (state) {
    case 'due':
      return mark('triangle', 'due', dueText(overdue))
    case 'proposed':
      return mark('half', 'open', 'outcome proposed')
    default:
      return mark('dashed', 'open', 'open')
  }
}
