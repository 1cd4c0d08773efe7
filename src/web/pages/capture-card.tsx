import { counted } from '../components/number.ts'
import { REASONS } from '../forms/capture-fields.tsx'
import {
  DuplicateFields,
  ForecastFields,
  markNames,
  SaidDetails,
  UntestableFields,
} from '../forms/capture-mark.tsx'
import { type AroundMark, Do, type ShownMark } from '../forms/capture-question.tsx'
import { type FormFrame, sentence } from '../forms/field.tsx'
import type { Draft } from '../forms/problem.ts'
import { typedIn } from '../forms/problem.ts'

const KINDS = { forecast: 'Forecast', duplicate: 'Duplicate', untestable: 'Not testable' }

/** The beginning of a text, up to the end of a word. */
export const shortened = (words: string, most = 140): string =>
  words.length > most ? `${words.slice(0, most).replace(/[\s\p{P}]*\S*$/u, '')}…` : words

/** One marked passage, with what it becomes. */
export function MarkCard({
  mark,
  draft,
  around,
  originals,
  speaker,
  focus,
}: {
  mark: ShownMark
  draft: Draft
  around: AroundMark
  originals: readonly (readonly [string, string])[]
  speaker: string
  focus: boolean
}) {
  const { id, kind, words } = mark
  const frame: FormFrame = { id, names: markNames, draft, prefix: `${id}:` }
  const own = draft.problems.filter(({ pointer }) => pointer === '' || pointer === '/' || pointer === '/end')
  const event = typedIn(draft, '/question/title')
  const deadline = typedIn(draft, '/question/deadline/date')
  const reason = typedIn(draft, '/reason')
  const original = originals.find(([other]) => other === typedIn(draft, '/duplicate_of'))
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
          {kind === 'forecast' && event !== '' ? (
            <span class="ours small soft">
              Our question: <bdi>{event}</bdi>
              {deadline === '' ? null : (
                <>
                  , until <bdi>{deadline}</bdi>
                </>
              )}
            </span>
          ) : null}
          {kind === 'duplicate' && original !== undefined ? (
            <span class="ours small soft">
              Says again: <bdi>{original[1]}</bdi>
            </span>
          ) : null}
          {kind === 'untestable' && Object.hasOwn(REASONS, reason) ? (
            <span class="ours small soft">{REASONS[reason as keyof typeof REASONS]}</span>
          ) : null}
        </span>
      </summary>
      <input type="hidden" name="mark" value={id} />
      <input type="hidden" name={`${id}:at`} value={`${mark.start}-${mark.end}`} />
      <input type="hidden" name={`${id}:kind`} value={kind} />
      {mark.asked ? <p class="small vague">This stands in a line of the interviewer.</p> : null}
      {own.length === 0 ? null : (
        <p class="problem">{own.map(({ message }) => sentence(message)).join(' ')}</p>
      )}
      {kind === 'forecast' ? (
        <ForecastFields frame={frame} mark={mark} around={around} focus={focus} />
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
        <InText id={id} />
      </p>
    </details>
  )
}

/** The way to the passage, where the text stands above the cards. */
const InText = ({ id }: { id: string }) => (
  <a class="in-text small" href={`#at-${id}`}>
    In the text
  </a>
)

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
    <article
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
        <InText id={`s${place}`} />
      </p>
    </article>
  )
}

const LIST = new Intl.ListFormat('en-GB')

/** So many of each, in words: `3 forecasts, 1 duplicate and 2 untestable remarks`. */
export const inWords = (counts: { forecasts?: number; duplicates: number; remarks: number }): string =>
  LIST.format(
    (
      [
        [counts.forecasts ?? 0, 'forecast'],
        [counts.duplicates, 'duplicate'],
        [counts.remarks, 'untestable remark'],
      ] as const
    ).flatMap(([n, noun]) => (n === 0 ? [] : [counted(n, noun)])),
  )
