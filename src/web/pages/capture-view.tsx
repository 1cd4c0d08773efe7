import { latestDate } from '../../core/calendar.ts'
import type { Source } from '../../core/source.ts'
import { Statement } from '../../core/statement.ts'
import { inTurns } from '../../core/steps.ts'
import { mayDelete } from '../../ledger/save-capture.ts'
import { normalise, rawRange } from '../../reading/quote.ts'
import { turnAt, turnsIn } from '../../reading/turn.ts'
import type { CaptureRow } from '../../store/captures.ts'
import type { Held } from '../../store/lookups.ts'
import { listAnalysts, listSources, statementsOf } from '../../store/nouns.ts'
import { counted } from '../components/number.ts'
import { placedProblems } from '../forms/capture.ts'
import { draftFrom, partOf, rangeOf } from '../forms/capture-draft.ts'
import { markLabels, markNames } from '../forms/capture-mark.tsx'
import { MOST_SHOWN, openSuggestions, publishedOf, suggestedSteps } from '../forms/capture-proposal.ts'
import { Do, type ShownMark } from '../forms/capture-question.tsx'
import { CaptureSource, sourceLabels } from '../forms/capture-source.tsx'
import { acceptable } from '../forms/capture-step.ts'
import { Field, type FormFrame, fieldId, sentence } from '../forms/field.tsx'
import { type Draft, fieldOf, typedIn } from '../forms/problem.ts'
import { Page } from '../layout.tsx'
import type { PageContext } from '../page.ts'
import { aroundMarks } from './capture-around.ts'
import { CapturedText, type Highlight } from './capture-article.tsx'
import { inWords, MarkCard, SuggestionCard, shortened } from './capture-card.tsx'
import { suggestionCards } from './capture-suggestions.ts'

export type Shown = { capture: CaptureRow; draft: Draft; recorded: Held<Source> | null; at: string | null }

const MOST = 200
/** What was refused comes back as something that can be saved. */
const Kind = Statement.shape.kind.catch('forecast')

/** The page of one capture, from what was typed into it. */
export async function textPage(context: PageContext, { capture, draft, recorded, at }: Shown) {
  const { db } = context.host.ledger
  const { text } = capture.draft
  const within = normalise(text)
  const { typed } = draft
  const typedDraft = draftFrom(typed, text) as CaptureRow['draft']
  const published = publishedOf(typedDraft.source, recorded?.record.published ?? null)
  const turns = turnsIn(within.raw)
  const marks = (typed.get('mark') ?? []).map((id): ShownMark => {
    const part = partOf(typed, id)
    const { start, end } = rangeOf(typedIn({ typed: part }, 'at'))
    const kind = Kind.parse(typedIn({ typed: part }, 'kind'))
    return {
      id,
      start,
      end,
      kind,
      words: typedIn({ typed: part }, '/exact') || within.text.slice(start, end),
      asked: turnAt(turns, rawRange(within, start, end).end - 1)?.interviewer === true,
      part,
    }
  })
  const read = await inTurns(suggestedSteps(within, published), context.host.ledger.pause)
  const open = openSuggestions(typedDraft, read)
  const suggested = suggestionCards(open)
  const suggestions = suggested.slice(0, MOST_SHOWN)
  const [sources, analysts, statements, aroundMark] = await Promise.all([
    listSources(db, { limit: MOST }),
    listAnalysts(db, {}, { limit: MOST }),
    recorded === null ? [] : statementsOf(db, recorded.record.id),
    aroundMarks(context, marks, published),
  ])
  const originals = [
    ...marks
      .filter(({ kind }) => kind !== 'duplicate')
      .map(({ id, words }) => [id, shortened(words, 90)] as const),
    ...statements
      .filter(({ record }) => record.kind !== 'duplicate')
      .map(({ record }) => [record.id, shortened(record.quote.exact, 90)] as const),
  ]
  const frame: FormFrame = {
    id: 'capture',
    names: Object.keys(sourceLabels),
    draft: { ...draft, problems: draft.problems.filter(({ pointer }) => !pointer.startsWith('/marks/')) },
  }
  const problemsOf = (i: number, mark: ShownMark) =>
    placedProblems(
      draft.problems.flatMap(({ pointer, message }) =>
        pointer === `/marks/${i}` || pointer.startsWith(`/marks/${i}/`)
          ? [{ pointer: pointer.slice(`/marks/${i}`.length), message }]
          : [],
      ),
      mark.part,
    )
  const cards = [
    ...marks.map((mark, i) => ({
      start: mark.start,
      card: (
        <MarkCard
          mark={mark}
          draft={{ typed: mark.part, problems: problemsOf(i, mark), message: null }}
          around={aroundMark(mark)}
          originals={originals.filter(([id]) => id !== mark.id)}
          speaker={typedIn(draft, '/analyst/name')}
          focus={mark.id === at}
        />
      ),
    })),
    ...suggestions.map((suggestion) => ({
      start: rangeOf(suggestion.place).start,
      card: <SuggestionCard suggestion={suggestion} />,
    })),
  ].sort((a, b) => a.start - b.start)
  const highlights: Highlight[] = [
    ...marks.map((mark) => ({
      raw: rawRange(within, mark.start, mark.end),
      href: `#${mark.id}`,
      kind: mark.kind,
      says: {
        forecast: 'Marked as a forecast',
        duplicate: 'Marked as a duplicate',
        untestable: 'Marked as not testable',
      }[mark.kind],
    })),
    ...suggestions.map(({ place, says }) => {
      const { start, end } = rangeOf(place)
      return {
        raw: rawRange(within, start, end),
        href: `#s${place}`,
        kind: 'suggested' as const,
        says: `Suggested: ${says.join('; ')}`,
      }
    }),
  ]
  const ready = acceptable(open)
  const ofKind = (kind: ShownMark['kind']) => marks.filter((mark) => mark.kind === kind).length
  const n = ready.duplicates.length + ready.remarks.length
  return (
    <Page title={typedIn(draft, '/source/title') || capture.title} context={context} active="capture">
      <form method="post" action={`/captures/${capture.id}`} id="capture" class="reader" data-save>
        {/* Enter in a field saves; the first button of a form is the one it presses. */}
        <button class="unseen" type="submit" name="do" value="save" tabindex={-1}>
          Save
        </button>
        <input type="hidden" name="rev" value={capture.rev} id="rev" data-live />
        {(typed.get('ignored') ?? []).map((place) => (
          <input type="hidden" name="ignored" value={place} />
        ))}
        <div class="reader-text">
          <h1>{recorded?.record.title ?? (typedIn(draft, '/source/title') || 'A text without a title')}</h1>
          <p class="status small soft" role="status" id="status">
            {draft.message === null ? `Saved as version ${capture.rev + 1}. Nothing is logged yet.` : ''}
          </p>
          {recorded === null ? null : (
            <p class="notice">
              This text is logged already, as{' '}
              <a href={`/sources/${recorded.record.id}`}>
                <bdi>{recorded.record.title}</bdi>
              </a>
              : {counted(statements.length, 'passage')} of it. What you mark here is added.
            </p>
          )}
          <CaptureProblems frame={frame} draft={draft} marks={marks} problemsOf={problemsOf} />
          <CaptureSource
            frame={frame}
            sources={sources.items.map(({ record }) => [record.id, record.title] as const)}
            analysts={analysts.items.map(({ record }) => record.name)}
            latest={latestDate(context.now)}
          />
          <CapturedText text={text} highlights={highlights} />
          <section class="by-words" aria-labelledby="by-words">
            <h2 id="by-words">Mark another passage</h2>
            <Field
              frame={frame}
              name="words"
              label="Its words, typed or pasted"
              rows={2}
              maxlength={5000}
              hint="Its first and last words are enough, with [...] between them."
            />
            <p class="actions">
              <Do does="forecast">Forecast</Do>
              <Do does="duplicate">Duplicate</Do>
              <Do does="untestable">Untestable</Do>
            </p>
          </section>
        </div>
        <div class="reader-cards" id="cards">
          <p class="small soft tight" id="counts" data-live>
            {counted(marks.length, 'passage')} marked · {counted(suggested.length, 'suggestion')} left
            {suggested.length > suggestions.length ? `, the first ${suggestions.length} here` : ''}
          </p>
          {n === 0 ? null : (
            <p class="actions">
              <Do does="accept">
                {`Accept ${inWords({ duplicates: ready.duplicates.length, remarks: ready.remarks.length })} as suggested`}
              </Do>
            </p>
          )}
          {cards.map(({ card }) => card)}
          <p class="actions end">
            {suggested.length === 0 || marks.length === 0 ? null : (
              <Do does="ignore-rest">{`Leave ${counted(suggested.length, 'suggestion')}`}</Do>
            )}
            <Do does="save">Save</Do>
            {marks.length === 0 ? null : (
              <Do does="log" quiet={false}>
                {`Log ${inWords({ forecasts: ofKind('forecast'), duplicates: ofKind('duplicate'), remarks: ofKind('untestable') })}`}
              </Do>
            )}
          </p>
          {marks.length === 0 ? null : (
            <p class="small soft tight">
              All at once. Afterwards nothing is edited: a correction is an entry of its own.
            </p>
          )}
          {context.viewer === null || !mayDelete(context.viewer, capture) ? null : (
            <details>
              <summary>Throw this capture away</summary>
              <p class="small">The text and every mark go. Nothing of it was logged.</p>
              <Do does="delete">Throw it away</Do>
            </details>
          )}
        </div>
      </form>
    </Page>
  )
}

/** Why nothing was written, with the way to every field. */
function CaptureProblems({
  frame,
  draft,
  marks,
  problemsOf,
}: {
  frame: FormFrame
  draft: Draft
  marks: readonly ShownMark[]
  problemsOf: (i: number, mark: ShownMark) => readonly { pointer: string; message: string }[]
}) {
  if (draft.message === null) return null
  return (
    <div class="notice bad" role="alert" id="problems">
      <p>
        <b>{draft.message}</b>
      </p>
      <ul>
        {frame.draft.problems.map((problem) => {
          const name = fieldOf(problem, frame.names)
          return name === null ? (
            <li>{sentence(`${problem.pointer.slice(1)} ${problem.message}`.trim())}</li>
          ) : (
            <li>
              <a href={`#${fieldId(frame.id, name)}`}>{sourceLabels[name] ?? name}</a>:{' '}
              {sentence(problem.message)}
            </li>
          )
        })}
        {marks.flatMap((mark, i) =>
          problemsOf(i, mark).map((problem) => {
            const name = fieldOf(problem, markNames)
            return (
              <li>
                <a href={`#${name === null ? mark.id : fieldId(mark.id, name)}`}>
                  “<bdi>{shortened(mark.words, 50)}</bdi>”
                  {name === null ? '' : `, ${markLabels[name] ?? name}`}
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
