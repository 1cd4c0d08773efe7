import type { Rung } from '../../capture/question.ts'
import { dateShown } from '../../core/typed-date.ts'
import * as paths from '../../http/paths.ts'
import type { ReadingContext } from '../../reading/own-lexicon.ts'
import { type FormFrame, Messages } from '../ui/field.tsx'
import { typedIn } from '../ui/problem.ts'
import { REFERENCE, ReferenceFields } from '../ui/reference-form.tsx'
import type { AroundMark } from './around.ts'
import { Fold, Part, Parts } from './fields.tsx'
import { ClaimSentence } from './sentence.tsx'

/** A button that saves everything and does one thing. */
export const Do = ({ does, quiet = true, children }: { does: string; quiet?: boolean; children: string }) => (
  <button type="submit" name="do" value={does} class={quiet ? 'quiet' : undefined}>
    {children}
  </button>
)

/** The next lower rung of a ladder, where there are questions that could be one. */
const ImpliedQuestion = ({ frame, rungs }: { frame: FormFrame; rungs: readonly Rung[] }) =>
  rungs.length === 0 && typedIn(frame.draft, '/question/implies') === '' ? null : (
    <Part frame={frame} name="/question/implies" options={[['', 'No other question'], ...rungs]} />
  )

const FINE_PRINT = ['/question/fine_print', '/question/resolution_sources', '/question/tags']
const OUR_DATE = ['/question/deadline/time_zone', '/question/deadline/because']
const CLAUSES = ['/question/if_yes', '/question/if_no']
const CONDITION = ['/question/condition/deadline/date', '/question/condition/deadline/because']
const TIES = ['/question/condition/text', CONDITION, ['/question/family', '/question/opens']]
const RANGE = ['/question/range/low', '/question/range/high', '/question/range/unit']
const ANSWERS = ['/question/type', '/question/options', RANGE, '/question/low_information']

/** When a question counts, under which condition and with which others; and one that is not yes or no. */
const MoreOfQuestion = ({ frame }: { frame: FormFrame }) => (
  <>
    <Fold
      frame={frame}
      summary="A condition, a development, a first day"
      names={TIES}
      filled={TIES.flat().filter((name) => !name.endsWith('because'))}
    />
    <Fold
      frame={frame}
      summary="Not a yes/no question, or hard to get wrong"
      names={ANSWERS}
      filled={['/question/options', '/question/range/low', '/question/low_information']}
    />
  </>
)

/** What to compare with, asked for when a question is written: folded, and nobody has to say it. */
export const ComparedWith = ({ frame }: { frame: FormFrame }) => (
  <Fold
    frame={frame}
    summary="Is it an easy call? What to compare it with"
    names={Object.keys(REFERENCE)}
    filled={['/reference/kind']}
  >
    <ReferenceFields frame={frame} />
  </Fold>
)

type RestProps = { frame: FormFrame; rungs: readonly Rung[] }

/** What most questions do without: the zone and the reason of the day, fine print, clauses, ties, other answers. */
export const RestOfQuestion = ({ frame, rungs }: RestProps) => (
  <Fold
    frame={frame}
    summary="Fine print, topics, condition and more"
    names={[...OUR_DATE, ...FINE_PRINT, ...CLAUSES, ...TIES.flat(), ...ANSWERS.flat(), '/question/implies']}
  >
    <Parts frame={frame} names={OUR_DATE} />
    <ImpliedQuestion frame={frame} rungs={rungs} />
    <Parts frame={frame} names={[...FINE_PRINT, CLAUSES]} />
    <MoreOfQuestion frame={frame} />
  </Fold>
)

type AskedProps = { frame: FormFrame; around: AroundMark; reading: ReadingContext; focus: boolean }

/** The question of a mark: one that another holds, or one of its own, as the sentence that it is. */
export function AskedQuestion({ frame, around, reading, focus }: AskedProps) {
  const chosen = typedIn(frame.draft, 'question')
  return (
    <>
      {chosen === '' ? null : <SharedQuestion frame={frame} chosen={chosen} />}
      <ClaimSentence frame={frame} reading={reading} asks={chosen === ''} focus={focus} />
      {chosen === '' ? (
        <>
          <SimilarQuestions frame={frame} around={around} />
          {/* A help that blocks nothing. */}
          <div class="checks" id={`checks-${frame.id}`} data-live>
            {around.lacks.length === 0 ? null : (
              <ul class="small">
                {around.lacks.map((says) => (
                  <li>{says}</li>
                ))}
              </ul>
            )}
          </div>
          <RestOfQuestion frame={frame} rungs={around.rungs} />
          <ComparedWith frame={frame} />
        </>
      ) : null}
    </>
  )
}

const SharedQuestion = ({ frame, chosen }: { frame: FormFrame; chosen: string }) => (
  <div class="shared">
    <input type="hidden" name={`${frame.prefix}question`} value={chosen} />
    <p>
      Answers the question{' '}
      {chosen.startsWith('#') ? (
        <a href={`#${chosen.slice(1)}`}>of another passage here</a>
      ) : (
        <a href={paths.question(chosen)}>{chosen}</a>
      )}
      . <Do does={`own:${frame.id}`}>Ask a question of its own</Do>
    </p>
    <Messages frame={frame} name="question" />
  </div>
)

const SimilarQuestions = ({ frame, around: { similar } }: Pick<AskedProps, 'frame' | 'around'>) => (
  <div class="similar" id={`similar-${frame.id}`} data-live>
    {similar.length === 0 ? null : (
      <>
        <p class="small soft">Asked already? One question can hold several forecasts.</p>
        <ul>
          {similar.map(({ id, title, deadline }) => (
            <li>
              <bdi>{title}</bdi> <span class="small soft">until {dateShown(deadline)}</span>{' '}
              <Do does={`ask:${frame.id}:${id}`}>Use this one</Do>
            </li>
          ))}
        </ul>
      </>
    )}
  </div>
)
