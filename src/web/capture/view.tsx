import { namesTyped } from '../../capture/namesake.ts'
import { asksOf } from '../../capture/proposal.ts'
import { acceptable, MOST_SHOWN, openSuggestions } from '../../capture/suggestion.ts'
import { latestDate } from '../../core/calendar.ts'
import type { CaptureDraft } from '../../core/capture.ts'
import type { Problem } from '../../core/error.ts'
import { type NormalisedText, normalise, rawRange } from '../../core/normalised-text.ts'
import type { SecondReading } from '../../core/second-reading.ts'
import type { Source } from '../../core/source.ts'
import * as paths from '../../http/paths.ts'
import { mayDelete } from '../../ledger/capture/save-capture.ts'
import { turnAt, turnsIn } from '../../reading/turn.ts'
import type { CaptureRow } from '../../store/captures.ts'
import { readCapturePage } from '../../store/documents/capture.ts'
import type { Held } from '../../store/lookups.ts'
import { type FormFrame, fieldId, placeOf, sentence } from '../ui/field.tsx'
import { Page } from '../ui/layout.tsx'
import { counted } from '../ui/number.ts'
import { Original } from '../ui/original.tsx'
import type { PageContext } from '../ui/page.ts'
import { type Draft, fieldOf, typedIn } from '../ui/problem.ts'
import { aroundMark, titlesAsked } from './around.ts'

import { CapturedText, type Highlight } from './article.tsx'
import { MarkCard, type ShownMark } from './card.tsx'
import { markForm, Part, textForm } from './fields.tsx'
import { partOf, placedProblems } from './form.ts'
import { LeftOutOfText, OfTranscript } from './left-out.tsx'
import { Do } from './question.tsx'
import { readText } from './read.ts'
import { SecondReader } from './second.tsx'
import { CaptureSource } from './source.tsx'
import { besideEachOther } from './speaker.tsx'
import { StepBar } from './step-bar.tsx'
import { inWords, type Suggestion, SuggestionCard, suggestionsOf } from './suggestion.tsx'
import { shortened } from './words.ts'

/** A capture, its draft as it stands on the page, and the same as fields, with what is wrong with them. */
export type Shown = {
  capture: CaptureRow
  draft: CaptureDraft
  form: Draft
  recorded: Held<Source> | null
  /** The mark that was worked on last. */
  at: string | null
}

/** What a passage can repeat: other marks of the text, and what is recorded of its source. */
const originalsAmong = (
  marks: readonly ShownMark[],
  statements: Awaited<ReturnType<typeof readCapturePage>>['statements'],
): (readonly [string, string])[] => [
  ...marks
    .filter(({ mark }) => mark.kind !== 'duplicate')
    .map(({ mark, words }) => [mark.id, shortened(words, 90)] as const),
  ...statements
    .filter(({ record }) => record.kind !== 'duplicate')
    .map(({ record }) => [record.id, shortened(record.quote.exact, 90)] as const),
]

const askedOf = ({ capture, draft, recorded }: Shown) => ({
  capture: capture.id,
  source: recorded?.record.id ?? null,
  titles: titlesAsked(draft.marks),
  names: namesTyped(draft),
})

/** The page of one capture, as it was saved or as it was typed. */
export async function textPage(context: PageContext, shown: Shown) {
  const { capture, draft, form, recorded } = shown
  const { db } = context.host.ledger
  const within = normalise(draft.text)
  const {
    suggested: all,
    published,
    reading,
    note,
    language,
  } = await readText(context, draft, recorded, within)
  const open = openSuggestions(draft, all)
  const marks = shownMarks(draft, form, within, language)
  const suggested = suggestionsOf(open)
  const suggestions = suggested.slice(0, MOST_SHOWN)
  const read = await readCapturePage(db, askedOf(shown), context.now)
  const { sources, analysts, statements } = read
  const speakers = besideEachOther(draft, read.speakers)
  const originals = originalsAmong(marks, statements)
  const ofText = form.problems.filter(({ pointer }) => !pointer.startsWith('/marks/'))
  const frame: FormFrame = { id: 'capture', fields: textForm, draft: { ...form, problems: ofText } }
  const problems = marks.map(({ part }, i) => problemsOfMark(form.problems, i, part))
  const title = recorded?.record.title ?? typedIn(form, '/source/title')
  const cards = [
    ...marks.map((mark, i) => ({
      start: mark.mark.start,
      card: (
        <MarkCard
          shown={mark}
          problems={problems[i] ?? []}
          around={aroundMark(
            mark.mark,
            draft.marks,
            published,
            read,
            asksOf(mark.mark, within, published, reading),
          )}
          originals={originals.filter(([id]) => id !== mark.mark.id)}
          speaker={typedIn(form, '/analyst/name')}
          speakers={speakers}
          reading={reading}
          heard={draft.transcript !== undefined || typedIn(form, '/source/transcript') !== ''}
          focus={mark.mark.id === shown.at}
        />
      ),
    })),
    ...suggestions.map((suggestion) => ({
      start: suggestion.start,
      card: <SuggestionCard suggestion={suggestion} language={language} />,
    })),
  ].sort((a, b) => a.start - b.start)
  return (
    <Page title={typedIn(form, '/source/title') || capture.title} context={context} active="capture">
      <form method="post" action={paths.capture(capture.id)} id="capture" class="reader" data-save>
        {/* Enter in a field saves; the first button of a form is the one it presses. */}
        <button class="unseen" type="submit" name="do" value="save" tabindex={-1}>
          Save
        </button>
        <input type="hidden" name="rev" value={capture.rev} id="rev" data-live />
        {(form.typed.get('ignored') ?? []).map((place) => (
          <input type="hidden" name="ignored" value={place} />
        ))}
        <div class="reader-head">
          <StepBar at="mark" back={{ text: paths.captures() }} />
          <h1>{title || 'A text without a title'}</h1>
          <p class="status small soft" role="status" id="status">
            {form.message === null ? `Saved as version ${capture.rev + 1}. Nothing is logged yet.` : ''}
          </p>
          {recorded === null ? null : (
            <p class="notice">
              This text is logged already, as{' '}
              <a href={paths.source(recorded.record.id)}>
                <Original language={language}>{recorded.record.title}</Original>
              </a>
              : {counted(statements.length, 'passage')} of it. What you mark here is added.
            </p>
          )}
          <CaptureProblems frame={frame} marks={marks} problems={problems} />
          <CaptureSource
            frame={frame}
            sources={sources.items.map(({ record }) => [record.id, record.title] as const)}
            analysts={analysts.items.map(({ record }) => record.name)}
            speakers={speakers}
            latest={latestDate(context.now)}
          />
        </div>
        <div class="reader-text">
          {draft.transcript === undefined ? null : <OfTranscript heard={draft.transcript} />}
          <CapturedText
            text={draft.text}
            language={language}
            highlights={highlightsOf(within, marks, suggestions)}
          />
          <LeftOutOfText parts={draft.left_out ?? []} />
          <section class="by-words" aria-labelledby="by-words">
            <h2 id="by-words">Mark another passage</h2>
            <Part frame={frame} name="words" />
            <p class="actions">
              <Do does="forecast">Forecast</Do>
              <Do does="duplicate">Duplicate</Do>
              <Do does="untestable">Untestable</Do>
            </p>
          </section>
        </div>
        <div class="reader-cards" id="cards">
          <Counts marked={marks.length} left={suggested.length} shown={suggestions.length} note={note} />
          <AcceptAll {...acceptable(open)} />
          {cards.map(({ card }) => card)}
          {secondOf(context, read.second, { draft, within, language })}
          <LastActions marks={marks} left={suggested.length} />
          {context.viewer !== null && mayDelete(context.viewer, capture) ? <ThrowAway /> : null}
        </div>
      </form>
    </Page>
  )
}

type OfText = Pick<Parameters<typeof SecondReader>[0], 'draft' | 'within' | 'language'>

/** The last that a model proposed, where it was asked, and the way to ask it. */
const secondOf = ({ host }: PageContext, readings: readonly SecondReading[], of: OfText) => (
  <SecondReader reader={host.secondReader} reading={readings.at(-1) ?? null} {...of} />
)

const ThrowAway = () => (
  <details>
    <summary>Throw this capture away</summary>
    <p class="small">The text and every mark go. Nothing of it was logged.</p>
    <Do does="delete">Throw it away</Do>
  </details>
)

function shownMarks(
  draft: CaptureDraft,
  form: Draft,
  within: NormalisedText,
  language: string | undefined,
): ShownMark[] {
  const turns = turnsIn(within.raw)
  return draft.marks.map((mark): ShownMark => {
    const part = partOf(form.typed, mark.id)
    const turn = turnAt(turns, rawRange(within, mark.start, mark.end).end - 1)
    const answers = turn?.answers ?? null
    return {
      mark,
      part,
      language,
      words: typedIn({ typed: part }, '/exact') || within.text.slice(mark.start, mark.end),
      asked: turn?.interviewer === true,
      answers: answers === null ? null : within.raw.slice(answers.start, answers.end),
      unsure: turn?.unsure === true && typedIn({ typed: part }, '/analyst/name') === '',
    }
  })
}

/** What is wrong with one mark, as its card shows it. */
function problemsOfMark(problems: readonly Problem[], i: number, part: Draft['typed']): Problem[] {
  const at = `/marks/${i}`
  const own = problems.filter(({ pointer }) => pointer === at || pointer.startsWith(`${at}/`))
  return placedProblems(
    own.map(({ pointer, message }) => ({ pointer: pointer.slice(at.length), message })),
    part,
  )
}

const MARKED_AS = {
  forecast: 'Marked as a forecast',
  duplicate: 'Marked as a duplicate',
  untestable: 'Marked as not testable',
}

const highlightsOf = (
  within: NormalisedText,
  marks: readonly ShownMark[],
  suggestions: readonly Suggestion[],
): Highlight[] => [
  ...marks.map(({ mark: { id, start, end, kind } }) => ({
    raw: rawRange(within, start, end),
    href: `#${id}`,
    kind,
    says: MARKED_AS[kind],
  })),
  ...suggestions.map(({ start, end, says }) => ({
    raw: rawRange(within, start, end),
    href: `#s${start}-${end}`,
    kind: 'suggested' as const,
    says: `Suggested: ${says.join('; ')}`,
  })),
]

type CountsProps = { marked: number; left: number; shown: number; note: string | null }

/** What is marked and left, or why nothing is suggested. */
const Counts = ({ marked, left, shown, note }: CountsProps) => (
  <>
    <p class="small soft tight" id="counts" data-live>
      {counted(marked, 'passage')} marked ·{' '}
      {note === null ? `${counted(left, 'suggestion')} left` : 'nothing is suggested'}
      {left > shown ? `, the first ${shown} here` : ''}
    </p>
    <div id="unread" data-live>
      {note === null ? null : (
        <p class="notice">{note}. If it is in another language, name that among the facts of the source.</p>
      )}
    </div>
  </>
)

function AcceptAll({ duplicates, remarks }: ReturnType<typeof acceptable>) {
  if (duplicates.length + remarks.length === 0) return null
  const counts = { duplicates: duplicates.length, remarks: remarks.length }
  return (
    <p class="actions">
      <Do does="accept">{`Accept ${inWords(counts)} as suggested`}</Do>
    </p>
  )
}

/** To save, to check, and to leave what nobody decided on; nothing is checked without a mark. */
function LastActions({ marks, left }: { marks: readonly ShownMark[]; left: number }) {
  const ofKind = (kind: string) => marks.filter(({ mark }) => mark.kind === kind).length
  const counts = {
    forecasts: ofKind('forecast'),
    duplicates: ofKind('duplicate'),
    remarks: ofKind('untestable'),
  }
  const isMarked = marks.length > 0
  return (
    <>
      <p class="actions end">
        {left > 0 && isMarked ? <Do does="ignore-rest">{`Leave ${counted(left, 'suggestion')}`}</Do> : null}
        <Do does="save">Save</Do>
        {isMarked ? <Do does="check" quiet={false}>{`Check ${inWords(counts)}`}</Do> : null}
      </p>
      {isMarked ? (
        <p class="small soft tight">
          Nothing is logged yet: next you see how each will count, and log all of it at once.
        </p>
      ) : null}
    </>
  )
}

type ProblemsProps = {
  frame: FormFrame
  marks: readonly ShownMark[]
  /** Of each mark. */
  problems: readonly (readonly Problem[])[]
}

/** Why nothing was written, with the way to every field. */
function CaptureProblems({ frame, marks, problems }: ProblemsProps) {
  const { message, problems: ofText } = frame.draft
  if (message === null) return null
  return (
    <div class="notice bad" role="alert" id="problems">
      <p>
        <b>{message}</b>
      </p>
      <ul>
        {ofText.map((problem) => {
          const name = placeOf(frame, problem)
          return name === null ? (
            <li>{sentence(`${problem.pointer.slice(1)} ${problem.message}`.trim())}</li>
          ) : (
            <li>
              <a href={`#${fieldId(frame.id, name)}`}>{textForm[name]?.label}</a>: {sentence(problem.message)}
            </li>
          )
        })}
        {marks.flatMap(({ mark, words }, i) =>
          (problems[i] ?? []).map((problem) => {
            const name = fieldOf(problem, Object.keys(markForm))
            return (
              <li>
                <a href={`#${name === null ? mark.id : fieldId(mark.id, name)}`}>
                  “<bdi>{shortened(words, 50)}</bdi>”{name === null ? '' : `, ${markForm[name]?.label}`}
                </a>
                : {sentence(problem.message)}
              </li>
            )
          }),
        )}
      </ul>
    </div>
  )
}
