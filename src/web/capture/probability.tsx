import { tooVague } from '../../core/probability.ts'
import type { Typed } from '../../http/form.ts'
import { readWords } from '../../reading/lexicon.ts'
import { ProbabilityBand } from '../ui/band.tsx'
import { Choice, Field, type FormFrame, fieldId, type Labels, Messages } from '../ui/field.tsx'
import { percentRange } from '../ui/number.ts'
import { typedIn } from '../ui/problem.ts'
import { numberOr } from '../ui/typed.ts'

export const probabilityLabels: Labels = {
  manner: 'How likely they made the event',
  '/probability/words': 'The words that say it',
  percent: 'Probability, %',
  low: 'Lowest, %',
  high: 'Highest, %',
  shares: 'Options, one a line',
  from: 'From',
  to: 'To',
  level: 'How sure, %',
  band_low: 'Low end, %',
  band_mid: 'Middle, %',
  band_high: 'High end, %',
  '/probability/because': 'Why this band',
}

/** How likely the analyst made the event: in words, flatly, in numbers. */
export function ProbabilityFields({ frame }: { frame: FormFrame }) {
  const words = typedIn(frame.draft, '/probability/words')
  const reading = words === '' ? null : readWords(words)
  return (
    <div class="manner">
      <Choice
        frame={frame}
        name="manner"
        hint="Of the event as you worded it: “there will be no war” is a flat no to “a war begins”."
        options={[
          ['worded', 'In words: “likely”, “hardly”'],
          ['yes', 'Flatly: it will happen'],
          ['no', 'Flatly: it will not'],
          ['stated', 'A number'],
          ['range', 'A range'],
          ['options', 'A number for each option'],
          ['interval', 'An interval'],
        ]}
      />
      <div class="if-words">
        <Field
          frame={frame}
          name="/probability/words"
          maxlength={300}
          hint={
            reading === null
              ? 'As they stand in the quote. They are read through the lexicon.'
              : `The lexicon reads “${reading.matched}” as ${percentRange(reading.low, reading.high)}.`
          }
        />
      </div>
      <div class="if-band">
        <details open={typedIn(frame.draft, 'band_mid') !== ''}>
          <summary>Another band than the lexicon’s</summary>
          <div class="pair">
            <Field frame={frame} name="band_low" />
            <Field frame={frame} name="band_mid" />
            <Field frame={frame} name="band_high" />
          </div>
          <Field frame={frame} name="/probability/because" maxlength={2000} />
        </details>
      </div>
      <div class="if-stated">
        <Field frame={frame} name="percent" placeholder="70" />
      </div>
      <div class="if-range pair">
        <Field frame={frame} name="low" placeholder="60" />
        <Field frame={frame} name="high" placeholder="70" />
      </div>
      <div class="if-options">
        <Field frame={frame} name="shares" rows={3} placeholder="Labour: 60" />
      </div>
      <div class="if-interval pair">
        <Field frame={frame} name="from" hint="A number or a date." />
        <Field frame={frame} name="to" />
        <Field frame={frame} name="level" placeholder="80" />
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

/** `70`, `70 %` or `70,5` as a share of one; what is no number stays as it was typed, for the schema to refuse. */
function share(text: string): number | string | undefined {
  const number = text.replace(/\s*%$/u, '').replace(',', '.')
  if (number === '') return undefined
  return /^\d{1,15}(\.\d{1,15})?$/u.test(number) ? Number((Number(number) / 100).toPrecision(15)) : text
}

/** The probability of a request, as the form describes it. */
export function probabilityOf(typed: Typed): unknown {
  const field = (name: string) => typed.get(name)?.[0] ?? ''
  const words = field('/probability/words')
  switch (field('manner')) {
    case 'stated':
      return share(field('percent'))
    case 'range':
      return { low: share(field('low')), high: share(field('high')) }
    case 'yes':
    case 'no':
      return { words: words || field('/quote/exact').slice(0, 300), categorical: field('manner') }
    case 'options':
      return Object.fromEntries(
        field('shares')
          .split('\n')
          .filter((line) => line.includes(':'))
          .map((line) => [
            line.slice(0, line.lastIndexOf(':')).trim(),
            share(line.slice(line.lastIndexOf(':') + 1).trim()),
          ]),
      )
    case 'interval':
      return { interval: [numberOr(field('from')), numberOr(field('to'))], level: share(field('level')) }
    case 'worded': {
      const [low, mid, high] = ['band_low', 'band_mid', 'band_high'].map((name) => share(field(name)))
      const because = field('/probability/because')
      const band = low === undefined && mid === undefined && high === undefined ? {} : { low, mid, high }
      return { words: words === '' ? undefined : words, ...band, ...(because === '' ? {} : { because }) }
    }
    default:
      return undefined
  }
}

/** The field to which a refusal of the probability belongs, by the manner that was chosen. */
export function probabilityField(at: string, manner: string): string | null {
  if (at !== '/probability' && !at.startsWith('/probability/')) return null
  if (at === '/probability/because') return at
  const part = at.slice('/probability/'.length)
  if (manner === 'worded')
    return { low: 'band_low', mid: 'band_mid', high: 'band_high' }[part] ?? '/probability/words'
  if (manner === 'yes' || manner === 'no') return '/probability/words'
  if (manner === 'stated') return 'percent'
  if (manner === 'range') return part === 'high' ? 'high' : 'low'
  if (manner === 'options') return 'shares'
  if (manner === 'interval') return part === 'level' ? 'level' : 'from'
  return 'manner'
}
