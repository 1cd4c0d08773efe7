import { may } from '../../core/member.ts'
import { type BlindOutcome, outcomeText, sealProblem } from '../../core/resolution.ts'
import * as paths from '../../http/paths.ts'
import type { Viewer } from '../../http/session.ts'
import type { SealedRow } from '../../store/blind-outcomes.ts'
import type { QuestionRow, ResolutionRow } from '../../store/lookups.ts'
import { Day } from '../ui/date.tsx'
import { ANNULLED_WORDS } from '../ui/mark.tsx'
import type { NameOf } from '../ui/member-names.ts'
import { Grounds } from '../ui/resolution.tsx'

const saidOf = ({ outcome, annulled_because }: BlindOutcome): string =>
  `${outcomeText(outcome)}${annulled_because === undefined ? '' : `, ${ANNULLED_WORDS[annulled_because]}`}`

type TwiceProps = {
  question: QuestionRow
  sealed: readonly SealedRow[]
  resolutions: readonly ResolutionRow[]
  nameOf: NameOf
  viewer: Viewer | null
}

/** What two members decided of one question, each on their own; before both have, only that one has. */
export function DecidedTwice({ question, sealed, resolutions, nameOf, viewer }: TwiceProps) {
  if (sealed.length === 0) return null
  const { id } = question.record
  const shown = sealed.flatMap(({ by, outcome }) => (outcome === null ? [] : [{ by, outcome }]))
  const [first, second] = shown.map(({ outcome }) => outcome)
  const resolves = viewer !== null && may(viewer.role, 'resolver')
  const seals = resolves && sealProblem(sealed, resolutions.length, viewer.member) === null
  if (first === undefined || second === undefined)
    return (
      <section id="decided-twice">
        <h2>Decided twice</h2>
        <p>
          One member has decided it on their own, and sealed the outcome until a second one has.
          {resolutions.length > 0 ? ' Another outcome was proposed before that: it stays sealed.' : ''}{' '}
          {seals ? <a href={paths.resolve(id, { blind: 'yes' })}>Decide it blind</a> : null}
        </p>
      </section>
    )
  const same = first.outcome === second.outcome
  return (
    <section id="decided-twice">
      <h2>Decided twice</h2>
      <p>
        Two members decided it before an outcome was proposed, neither of them shown what the other made of
        it. {same ? `Both say ${saidOf(first)}.` : `One says ${saidOf(first)}, the other ${saidOf(second)}.`}{' '}
        {resolutions.length === 0 ? 'Neither is in force: an outcome has still to be proposed.' : ''}
      </p>
      <div class="two-codings">
        {shown.map(({ by, outcome }, i) => (
          <section>
            <h3>
              <bdi>{nameOf(by)}</bdi>: {saidOf(outcome)}
            </h3>
            <p class="soft small">
              Known on <Day day={outcome.known_on} />.
            </p>
            <Grounds record={outcome} />
            {!resolves || resolutions.length > 0 ? null : (
              <p>
                <a href={paths.resolve(id, { sealed: i + 1 })}>Propose this one</a>
              </p>
            )}
          </section>
        ))}
      </div>
    </section>
  )
}

/** In the inbox: that somebody has sealed an outcome, since an open proposal ends the chance to decide it twice. */
export const SealedNote = ({ question }: { question: QuestionRow }) => {
  const { id } = question.record
  if (question.sealed === 0) return null
  return (
    <p class="small">
      {question.sealed === 1 ? (
        <>
          One member has decided it on their own, sealed until a second one has.{' '}
          <a href={paths.resolve(id, { blind: 'yes' })}>Decide it blind, too</a>
        </>
      ) : (
        <>
          Two members have decided it, each on their own.{' '}
          <a href={`${paths.resolve(id)}#decided-twice`}>See both</a>
        </>
      )}
    </p>
  )
}
