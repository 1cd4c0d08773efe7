import { daysSince } from '../../core/calendar.ts'
import { reserveWord } from '../../core/objection.ts'
import { needsDecisionAt, type State } from '../../core/state.ts'
import {
  type Told,
  toldText,
  type Verdict,
  type VerdictWords,
  verdictOn,
  verdictWords,
} from '../../core/verdict.ts'
import { standing } from '../../store/due.ts'
import type { ForecastItem } from '../../store/forecasts.ts'
import { Reserve, Shape, type ShapeName } from './mark.tsx'

type Item = Pick<ForecastItem, 'forecast' | 'question' | 'state' | 'reserve'> & {
  statement: Pick<ForecastItem['statement'], 'voice'>
}

const MARKS: Record<Verdict['kind'], [ShapeName, string]> = {
  came_true: ['full', 'yes'],
  did_not: ['ring', 'no'],
  said: ['bar', 'void'],
  too_vague: ['half', 'void'],
  no_result: ['cross', 'void'],
  open: ['dashed', 'open'],
}

/** What became of a claim, for `verdictText` and its kind. */
export const verdictOfItem = ({ forecast, question }: Pick<Item, 'forecast' | 'question'>): Verdict =>
  verdictOn(forecast, question)

/** For how many whole days a question has needed a decision. */
export const overdueOf = ({ question }: Pick<Item, 'question'>, now: Date): number =>
  daysSince(needsDecisionAt(standing(question)), now)

const toldOf = ({ forecast, question, statement, state }: Item, now?: Date): Told => ({
  question: question.record,
  probability: forecast.record.probability,
  voice: statement.voice,
  state,
  ...(now === undefined ? {} : { overdue: overdueOf({ question }, now) }),
})

/** The verdict on a forecast as plain text: titles, descriptions, pictures. An outcome under reserve counts, and is told with it. */
export const itemVerdictText = (item: Item, now?: Date): string =>
  [toldText(itemVerdict(item, now)), item.reserve].filter((part) => part !== null).join(' · ')

/** The same of one of many on a page that says until when. */
export const itemVerdictBriefly = (item: Item): string =>
  itemVerdictText({ ...item, reserve: item.reserve === null ? null : reserveWord(item.reserve) })

/** The shape of a verdict, blue and full where the claim came true, an orange ring where it did not; beside it a text. */
export const VerdictShape = ({ kind, state }: { kind: Verdict['kind']; state?: State | undefined }) => (
  <Shape name={kind === 'open' && state === 'due' ? 'triangle' : MARKS[kind][0]} />
)

/** How it is coloured. */
export const toneOf = (kind: Verdict['kind'], state: State | undefined): string =>
  kind === 'open' && state === 'due' ? 'due' : MARKS[kind][1]

type ToldProps = {
  words: VerdictWords
  state?: State | undefined
  reserve?: string | null
  /** Whether it is said here until when the outcome is open to objection: where it stands for itself. */
  whole?: boolean
}

/** A verdict where no whole forecast is at hand, such as that of a line of a track record. */
export const VerdictTold = ({
  words: { kind, text, happened, said },
  state,
  reserve = null,
  whole = false,
}: ToldProps) => (
  <span class={`mark verdict ${toneOf(kind, state)}`}>
    <VerdictShape kind={kind} state={state} />
    <span>
      {kind === 'came_true' || kind === 'did_not' ? <b>{text}</b> : <bdi>{text}</bdi>}
      {happened === null ? null : (
        <span class="happened">
          {' '}
          · <bdi>{happened}</bdi>
        </span>
      )}
      {said === null ? null : (
        <span class="number-said">
          {' '}
          · <span class="nowrap">{said}</span>
        </span>
      )}
      {reserve === null ? null : (
        <>
          {' '}
          <Reserve text={reserve} whole={whole} />
        </>
      )}
    </span>
  </span>
)

type MarkProps = {
  item: Item
  /** For "has needed a decision for 4 days". */
  now?: Date
  /** False where the number stands beside it anyway. */
  said?: boolean
  whole?: boolean
}

/** The verdict on a forecast, in words. */
export const itemVerdict = (item: Item, now?: Date): VerdictWords =>
  verdictWords(verdictOfItem(item), toldOf(item, now))

/** What became of the claim that stands beside it: wherever a quote stands. */
export function VerdictMark({ item, now, said = true, whole = false }: MarkProps) {
  const words = itemVerdict(item, now)
  return (
    <VerdictTold
      words={said ? words : { ...words, said: null }}
      state={item.state}
      reserve={item.reserve}
      whole={whole}
    />
  )
}
