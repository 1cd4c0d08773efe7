import type { ReadingContext } from '../../reading/own-lexicon.ts'
import type { FormFrame } from '../ui/field.tsx'
import { typedIn } from '../ui/problem.ts'
import { Part } from './fields.tsx'
import { OwnBand, ProbabilityFields } from './probability.tsx'

type SentenceProps = {
  frame: FormFrame
  reading: ReadingContext
  /** Whether it asks a question of its own; else only how likely it was said to be. */
  asks: boolean
  focus?: boolean
}

/**
 * A claim as one sentence whose parts are edited where they stand: the event, by when, said as what, and what counts
 * as yes. Each part is a field with its label, which is heard and not drawn: the words between them say the same.
 */
export const ClaimSentence = ({ frame, reading, asks, focus = false }: SentenceProps) => (
  <div class="claim-sentence">
    {asks ? (
      <div class="if-new-question">
        <Part
          frame={frame}
          name="/question/title"
          rows={1}
          autofocus={focus}
          placeholder="A new war begins"
        />{' '}
        <span class="joint">by</span> <Part frame={frame} name="/question/deadline/date" />
      </div>
    ) : null}
    <span class="joint">{asks ? ', said as' : 'Said as'}</span>{' '}
    <ProbabilityFields frame={frame} reading={reading} />
    {asks ? (
      <div class="if-new-question">
        <span class="joint last">and counts as yes when</span>{' '}
        <Part frame={frame} name="/question/criteria" rows={2} />
        <OurDate frame={frame} />
      </div>
    ) : null}
    <OwnBand frame={frame} />
  </div>
)

/** Where the day ends, and whose it is. */
function OurDate({ frame }: { frame: FormFrame }) {
  const zone = typedIn(frame.draft, '/question/deadline/time_zone')
  const because = typedIn(frame.draft, '/question/deadline/because')
  return (
    <p class="day-note small soft" id={`day-${frame.id}`} data-live>
      {zone === '' ? 'The time zone of the day is missing.' : `The day ends in ${zone.replaceAll('_', ' ')}.`}
      {because === '' ? null : (
        <>
          {' '}
          It is our date: <bdi dir="auto">{because}</bdi>
        </>
      )}
    </p>
  )
}
