import type { Rung } from '../../capture/question.ts'
import * as paths from '../../http/paths.ts'
import { type FormFrame, Messages } from '../ui/field.tsx'
import { typedIn } from '../ui/problem.ts'
import { REFERENCE, ReferenceFields } from '../ui/reference-form.tsx'
import type { AroundMark } from './around.ts'
import { Fold, Part, Parts } from './fields.tsx'

/** A button that saves everything and does one thing. */
export const Do = ({ does, quiet = true, children }: { does: string; quiet?: boolean; children: string }) => (
  <button type="submit" name="do" value={does} class={quiet ? 'quiet' : undefined}>
    {children}
  </button>
)

/** The next lower rung of a ladder, where there are questions that could be one. */
export const ImpliedQuestion = ({ frame, rungs }: { frame: FormFrame; rungs: readonly Rung[] }) =>
  rungs.length === 0 && typedIn(frame.draft, '/question/implies') === '' ? null : (
    <Part frame={frame} name="/question/implies" options={[['', 'No other question'], ...rungs]} />
  )

const FINE_PRINT = ['/question/fine_print', '/question/resolution_sources', '/question/tags']
const CONDITION = ['/question/condition/deadline/date', '/question/condition/deadline/because']
const TIES = ['/question/condition/text', CONDITION, ['/question/family', '/question/opens']]
const RANGE = ['/question/range/low', '/question/range/high', '/question/range/unit']
const ANSWERS = ['/question/type', '/question/options', RANGE, '/question/low_information']

/** When a question counts, under which condition and with which others; and one that is not yes or no. */
export const MoreOfQuestion = ({ frame }: { frame: FormFrame }) => (
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

type AskedProps = { frame: FormFrame; around: AroundMark; focus: boolean }

/** The question of a mark: one that another holds, or one of its own. */
export function AskedQuestion(props: AskedProps) {
  const { frame } = props
  const chosen = typedIn(frame.draft, 'question')
  if (chosen === '') return <OwnQuestion {...props} />
  return (
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
}

/** A question of a forecast's own, with those that are like it and what it still lacks. */
const OwnQuestion = ({ frame, around, focus }: AskedProps) => (
  <>
    <Part frame={frame} name="/question/title" autofocus={focus} />
    <SimilarQuestions frame={frame} around={around} />
    <Parts
      frame={frame}
      names={[
        '/question/criteria',
        ['/question/deadline/date', '/question/deadline/time_zone'],
        '/question/deadline/because',
      ]}
    />
    <ImpliedQuestion frame={frame} rungs={around.rungs} />
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
    <Fold
      frame={frame}
      summary="Fine print, sources, topics"
      names={[...FINE_PRINT, ...TIES.flat(), ...ANSWERS.flat()]}
    >
      <Parts frame={frame} names={FINE_PRINT} />
      <MoreOfQuestion frame={frame} />
    </Fold>
    <ComparedWith frame={frame} />
  </>
)

const SimilarQuestions = ({ frame, around: { similar } }: Pick<AskedProps, 'frame' | 'around'>) => (
  <div class="similar" id={`similar-${frame.id}`} data-live>
    {similar.length === 0 ? null : (
      <>
        <p class="small soft">Asked already? One question can hold several forecasts.</p>
        <ul>
          {similar.map(({ id, title, deadline }) => (
            <li>
              <bdi>{title}</bdi> <span class="small soft">until {deadline}</span>{' '}
              <Do does={`ask:${frame.id}:${id}`}>Use this one</Do>
            </li>
          ))}
        </ul>
      </>
    )}
  </div>
)
