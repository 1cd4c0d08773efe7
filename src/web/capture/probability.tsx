import { tooVague } from '../../core/probability.ts'
import { readWords } from '../../reading/wording.ts'
import { ProbabilityBand } from '../ui/band.tsx'
import { type FormFrame, fieldId, Messages } from '../ui/field.tsx'
import { percentRange } from '../ui/number.ts'
import { typedIn } from '../ui/problem.ts'
import { Fold, Part, Parts } from './fields.tsx'

/** How likely the analyst made the event: in words, flatly, in numbers. */
export function ProbabilityFields({ frame }: { frame: FormFrame }) {
  const words = typedIn(frame.draft, '/probability/words')
  const reading = words === '' ? null : readWords(words)
  return (
    <div class="manner">
      <Part frame={frame} name="manner" />
      <div class="if-words">
        <Part
          frame={frame}
          name="/probability/words"
          hint={
            reading === null
              ? 'As they stand in the quote. They are read through the lexicon.'
              : `The lexicon reads “${reading.matched}” as ${percentRange(reading.low, reading.high)}.`
          }
        />
      </div>
      <div class="if-band">
        <Fold
          frame={frame}
          summary="Another band than the lexicon’s"
          names={[['band_low', 'band_mid', 'band_high'], '/probability/because']}
          filled={['band_mid']}
        />
      </div>
      <div class="if-stated">
        <Part frame={frame} name="percent" />
      </div>
      <div class="if-range">
        <Parts frame={frame} names={[['low', 'high']]} />
      </div>
      <div class="if-options">
        <Part frame={frame} name="shares" />
      </div>
      <div class="if-interval">
        <Parts frame={frame} names={[['from', 'to', 'level']]} />
      </div>
      <Reading frame={frame} />
    </div>
  )
}

/** The band that the words stand for; where they are too vague to score, somebody has to say that they may stay. */
function Reading({ frame }: { frame: FormFrame }) {
  const { draft } = frame
  const manner = typedIn(draft, 'manner')
  const read = manner === 'worded' ? readWords(typedIn(draft, '/probability/words')) : null
  const ownBand = typedIn(draft, 'band_mid') !== ''
  const id = fieldId(frame.id, 'accept_vague')
  const asks = frame.draft.problems.some(({ pointer }) => pointer === 'accept_vague')
  return (
    <div class="read" id={`read-${frame.id}`} data-live>
      {read === null || ownBand ? null : (
        <ProbabilityBand
          probability={{
            words: read.matched,
            low: read.low,
            mid: read.mid,
            high: read.high,
            lexicon: read.lexicon,
          }}
        />
      )}
      {(read !== null && tooVague(read) && !ownBand) || asks ? (
        <div class="vague">
          <label for={id}>
            <input
              type="checkbox"
              id={id}
              name={`${frame.prefix ?? ''}accept_vague`}
              value="yes"
              checked={draft.typed.has('accept_vague')}
            />{' '}
            These words are too vague to score: log them as such
          </label>
          <Messages frame={frame} name="accept_vague" />
        </div>
      ) : null}
    </div>
  )
}
