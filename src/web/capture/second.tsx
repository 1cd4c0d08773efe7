import { openSecond } from '../../capture/second.ts'
import type { CaptureDraft } from '../../core/capture.ts'
import type { NormalisedText } from '../../core/normalised-text.ts'
import { LONGEST_SENT, type SecondItem, type SecondReading } from '../../core/second-reading.ts'
import type { Host } from '../../http/host.ts'
import { Instant } from '../ui/date.tsx'
import { counted, percentRange } from '../ui/number.ts'
import { Original } from '../ui/original.tsx'
import { UNTESTABLE } from '../ui/record-words.ts'
import { Do } from './question.tsx'
import { shortened } from './words.ts'

type SecondProps = {
  reader: Host['secondReader']
  reading: SecondReading | null
  draft: CaptureDraft
  within: NormalisedText
  language: string | undefined
}

/** What a language model makes of the text, once a member has sent it there: proposals, and nothing else. */
export function SecondReader({ reader, reading, draft, within, language }: SecondProps) {
  if (reader === undefined && reading === null) return null
  const open = openSecond(draft, reading, within)
  return (
    <section id="second" class="second" aria-labelledby="second-title" tabindex={-1}>
      <h2 id="second-title">A second reader</h2>
      {reading === null ? null : <Answered reading={reading} left={open.length} />}
      {open.map(({ item, number, range }) => (
        <SecondCard
          item={item}
          takes={`second:${reading?.n}:${number}`}
          leaves={`ignore:${range.start}-${range.end}`}
          model={reading?.model ?? ''}
          language={language}
        />
      ))}
      {reader === undefined ? null : (
        <AskSecond reader={reader} length={draft.text.length} again={reading !== null} />
      )}
    </section>
  )
}

type AskProps = { reader: NonNullable<Host['secondReader']>; length: number; again: boolean }

/** Says where the text goes before it goes there. */
function AskSecond({ reader: { model, sent_to }, length, again }: AskProps) {
  if (length > LONGEST_SENT)
    return (
      <p class="small soft">
        A model could be asked, but takes at most {LONGEST_SENT.toLocaleString('en-GB')} characters; this text
        has {length.toLocaleString('en-GB')}.
      </p>
    )
  return (
    <details open={!again}>
      <summary>{again ? 'Ask again' : 'Ask a language model'}</summary>
      <p class="small">
        The whole text ({counted(length, 'character')}), its language and its day of publication go to{' '}
        <b>{sent_to}</b>, outside of this ledger, where <b>{model}</b> reads them. It proposes passages;
        nothing is marked or logged unless you take it over. It may take half a minute.
      </p>
      <p class="actions">
        <Do does="second">{`Send the text to ${sent_to}`}</Do>
      </p>
    </details>
  )
}

/** What came back, and what of it is not shown. */
function Answered({ reading, left }: { reading: SecondReading; left: number }) {
  const { model, sent_to, asked_at, problem, items, dropped } = reading
  const proposed = items.length + dropped.not_in_text + dropped.malformed + dropped.too_many
  const gone = [
    [dropped.not_in_text, 'dropped because the words do not stand in the text'],
    [dropped.malformed, 'dropped as incomplete'],
    [dropped.too_many, 'beyond what is shown'],
  ] as const
  return (
    <p class={problem === null ? 'small soft' : 'notice bad'} role="status">
      {model} at {sent_to} was asked on <Instant at={asked_at} />
      {problem === null ? (
        <>
          : {counted(proposed, 'passage')} proposed
          {gone.map(([n, why]) => (n === 0 ? '' : `; ${n} ${why}`)).join('')}; {left} to decide on.
        </>
      ) : (
        <>. {problem} Nothing is proposed.</>
      )}
    </p>
  )
}

type CardProps = {
  item: SecondItem
  takes: string
  leaves: string
  model: string
  language: string | undefined
}

/** One proposal of a model, marked as such. */
function SecondCard({ item, takes, leaves, model, language }: CardProps) {
  const { kind, exact, reason, event, criteria, words, low, high, why } = item
  return (
    <article class="card suggested" aria-label={`Proposed by a model: ${shortened(exact, 60)}`} tabindex={-1}>
      <span class="card-title">
        Proposed by {model}: {kind === 'forecast' ? 'a forecast' : 'untestable'}
      </span>
      <p class="tight">
        <q>
          <Original language={language}>{shortened(exact)}</Original>
        </q>
      </p>
      {event === undefined ? null : (
        <p class="small tight">
          Event: <Original>{event}</Original>
        </p>
      )}
      {criteria === undefined ? null : (
        <p class="small tight">
          Counts when: <Original>{criteria}</Original>
        </p>
      )}
      {words === undefined ? null : (
        <p class="small tight">
          How likely: “<Original language={language}>{words}</Original>”
          {low === undefined || high === undefined
            ? ''
            : `, which it takes for ${percentRange(low, high)}. That is its guess: only the words are taken over.`}
        </p>
      )}
      {reason === undefined ? null : <p class="small tight">{UNTESTABLE[reason]}</p>}
      {why === undefined ? null : (
        <p class="small soft tight">
          <Original>{why}</Original>
        </p>
      )}
      <p class="actions">
        <Do does={takes}>Take over</Do>
        <Do does={leaves}>Leave</Do>
      </p>
    </article>
  )
}
