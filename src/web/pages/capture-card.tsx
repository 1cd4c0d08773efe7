import { counted } from '../components/number.ts'
import {
  DuplicateFields,
  ForecastFields,
  markNames,
  SaidDetails,
  UntestableFields,
} from '../forms/capture-mark.tsx'
import { Do, type ShownMark, type Similar } from '../forms/capture-question.tsx'
import { type FormFrame, sentence } from '../forms/field.tsx'
import type { Draft } from '../forms/problem.ts'
import { typedIn } from '../forms/problem.ts'

const KINDS = { forecast: 'Forecast', duplicate: 'Duplicate', untestable: 'Not testable' }

export const shortened = (words: string, most = 140): string =>
  words.length > most ? `${words.slice(0, most - 1).trimEnd()}…` : words

/** One marked passage, with what it becomes. */
export function MarkCard({
  mark,
  draft,
  similar,
  originals,
  speaker,
  published,
  focus,
}: {
  mark: ShownMark
  draft: Draft
  similar: readonly Similar[]
  originals: readonly (readonly [string, string])[]
  speaker: string
  published: string | undefined
  focus: boolean
}) {
  const { id, kind, words } = mark
  const frame: FormFrame = { id, names: markNames, draft, prefix: `${id}:` }
  const own = draft.problems.filter(({ pointer }) => pointer === '' || pointer === '/' || pointer === '/end')
  const event = typedIn(draft, '/question/title')
  const deadline = typedIn(draft, '/question/deadline/date')
  const isOpen =
    focus ||
    draft.problems.length > 0 ||
    (kind === 'forecast' && event === '' && typedIn(draft, 'question') === '') ||
    (kind === 'duplicate' && typedIn(draft, '/duplicate_of') === '')
  return (
    <details class={`card capture-card ${kind}`} id={id} open={isOpen}>
      <summary>
        <span>
          <span class="card-title">{KINDS[kind]}</span>
          <q>
            <bdi dir="auto">{shortened(words)}</bdi>
          </q>
          {event === '' ? null : (
            <span class="ours small soft">
              Our question: <bdi>{event}</bdi>
              {deadline === '' ? '' : `, until ${deadline}`}
            </span>
          )}
        </span>
      </summary>
      <input type="hidden" name="mark" value={id} />
      <input type="hidden" name={`${id}:at`} value={`${mark.start}-${mark.end}`} />
      <input type="hidden" name={`${id}:kind`} value={kind} />
      {own.length === 0 ? null : (
        <p class="problem">{own.map(({ message }) => sentence(message)).join(' ')}</p>
      )}
      {kind === 'forecast' ? (
        <ForecastFields frame={frame} mark={mark} similar={similar} focus={focus} published={published} />
      ) : kind === 'duplicate' ? (
        <DuplicateFields frame={frame} originals={originals} />
      ) : (
        <UntestableFields frame={frame} />
      )}
      <SaidDetails frame={frame} speaker={speaker} />
      <p class="actions">
        {kind === 'forecast' ? null : <Do does={`forecast:${id}`}>It is a forecast</Do>}
        {kind === 'duplicate' ? null : <Do does={`duplicate:${id}`}>It is a duplicate</Do>}
        {kind === 'untestable' ? null : <Do does={`untestable:${id}`}>It cannot be tested</Do>}
        <Do does={`remove:${id}`}>Take the mark away</Do>
      </p>
    </details>
  )
}

/** A passage that was suggested, with the reasons, and a button for everything it can become. */
export type Suggestion = {
  place: string
  words: string
  says: readonly string[]
  /** What it looks like; a headline carries no forecast. */
  kind: 'forecast' | 'duplicate' | 'untestable'
  isHeadline: boolean
  /** The mark that it seems to repeat. */
  repeats: string | null
  vague: boolean
}

export const SuggestionCard = ({ suggestion }: { suggestion: Suggestion }) => {
  const { place, words, says, kind, isHeadline, repeats, vague } = suggestion
  const duplicate = `duplicate:${place}${repeats === null ? '' : `:${repeats}`}`
  return (
    <section
      class="card suggested"
      id={`s${place}`}
      aria-label={`Suggested: ${shortened(words, 60)}`}
      tabindex={-1}
    >
      <span class="card-title">
        {kind === 'untestable'
          ? 'Looks untestable'
          : kind === 'duplicate'
            ? 'Looks like a repetition'
            : 'Looks like a forecast'}
      </span>
      <p class="tight">
        <q>
          <bdi dir="auto">{shortened(words)}</bdi>
        </q>
      </p>
      <p class="small soft tight">
        {says.join(' · ')}
        {vague ? ' · its words may be too vague to score' : ''}
      </p>
      <p class="actions">
        {isHeadline ? null : (
          <Do does={`forecast:${place}`} quiet={kind !== 'forecast'}>
            Forecast
          </Do>
        )}
        <Do does={duplicate} quiet={kind !== 'duplicate'}>
          {repeats === null ? 'Duplicate' : 'Duplicate of that'}
        </Do>
        <Do does={`untestable:${place}`} quiet={kind !== 'untestable'}>
          Untestable
        </Do>
        <Do does={`ignore:${place}`}>Ignore</Do>
      </p>
    </section>
  )
}

/** What logging would write, in words: `Log 3 forecasts and 2 remarks`. */
export function logLabel(marks: readonly { kind: ShownMark['kind'] }[]): string {
  const forecasts = marks.filter(({ kind }) => kind === 'forecast').length
  const parts = [
    ...(forecasts === 0 ? [] : [counted(forecasts, 'forecast')]),
    ...(forecasts === marks.length ? [] : [counted(marks.length - forecasts, 'remark')]),
  ]
  return `Log ${parts.join(' and ')}`
}
