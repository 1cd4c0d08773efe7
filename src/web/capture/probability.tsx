import { tooVague } from '../../core/probability.ts'
import { languageName, languageOf } from '../../reading/languages.ts'
import type { ReadingContext } from '../../reading/own-lexicon.ts'
import { isMeasuredLanguage, readWording, readWords } from '../../reading/wording.ts'
import { ProbabilityBand } from '../ui/band.tsx'
import { type FormFrame, fieldId, Messages } from '../ui/field.tsx'
import { percentRange } from '../ui/number.ts'
import { typedIn } from '../ui/problem.ts'
import { Fold, MANNERS, MEASURED_MANNERS, Part, Parts } from './fields.tsx'

/** How likely the analyst made the event: in words, flatly, in numbers. */
export function ProbabilityFields({ frame, reading }: { frame: FormFrame; reading: ReadingContext }) {
  const words = typedIn(frame.draft, '/probability/words')
  const isMeasured = isMeasuredLanguage(words, reading)
  return (
    <div class="manner">
      <Part
        frame={frame}
        name="manner"
        options={[['', 'how?'], ...(isMeasured && !isLeaning(frame) ? MEASURED_MANNERS : MANNERS)]}
      />
      <div class="if-words">
        <Part frame={frame} name="/probability/words" hint={hintFor(words, reading)} />
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
      <Reading frame={frame} reading={reading} />
    </div>
  )
}

/** A band of the editor's own, for words that the lexicon reads otherwise or not at all. */
export const OwnBand = ({ frame }: { frame: FormFrame }) => (
  <div class="if-band">
    <Fold
      frame={frame}
      summary="Another band than the lexicon’s"
      names={[['band_low', 'band_mid', 'band_high'], '/probability/because']}
      filled={['band_mid']}
    />
  </div>
)

const isLeaning = ({ draft }: FormFrame): boolean => typedIn(draft, 'manner').startsWith('leans')

/** What is known of the words: of a language that nobody measured, that a band must be given or none at all. */
function hintFor(words: string, reading: ReadingContext): string {
  const read = words === '' ? null : readWords(words, reading)
  if (read !== null) return `The lexicon reads “${read.matched}” as ${percentRange(read.low, read.high)}.`
  if (isMeasuredLanguage(words, reading))
    return 'As they stand in the quote. They are read through the lexicon.'
  const name = languageName(reading.language ?? languageOf(words).tag)
  const denied = words !== '' && readWording(words, reading).denied === true
  return `As they stand in the quote. No words are measured in ${name}: give a band with a reason, or log them as not measured.${denied ? ' The event is denied here: the band is of its happening.' : ''}`
}

/** The band that the words stand for; where they are too vague to score, somebody has to say that they may stay. */
function Reading({ frame, reading }: { frame: FormFrame; reading: ReadingContext }) {
  const { draft } = frame
  const manner = typedIn(draft, 'manner')
  const read = manner === 'worded' ? readWords(typedIn(draft, '/probability/words'), reading) : null
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
      {manner === 'yes' || manner === 'no' ? (
        <ProbabilityBand probability={{ words: manner, categorical: manner }} />
      ) : null}
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
