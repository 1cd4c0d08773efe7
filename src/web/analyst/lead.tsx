import type { Child } from 'hono/jsx'
import type { Analyst } from '../../core/analyst.ts'
import { expectedText, partOf } from '../../scoring/figure-text.ts'
import type { readAnalystPage } from '../../store/documents/analyst.ts'
import type { RecordDocument } from '../../store/documents/track-record.ts'
import { unbroken } from '../ui/number.ts'
import { sentenceText } from '../ui/record-words.ts'

/** The finding, what it rests on, and how sure it is. */
export const Lead = ({ lead: { sentence, numbers, how_sure } }: Pick<RecordDocument, 'lead'>) => (
  <>
    <p class="lead">{sentenceText(sentence)}</p>
    {numbers === null ? null : <p class="lead-numbers">{sentenceText(numbers)}</p>}
    {how_sure === null ? null : (
      <p class="how-sure">
        <b>How sure?</b> {sentenceText(how_sure)}
      </p>
    )}
  </>
)

type Logged = NonNullable<Awaited<ReturnType<typeof readAnalystPage>>>['all']['logged']
type Fact = [what: string, value: Child]

/** The figures of a record at a glance, those that there are. */
export function factsOf({ claims, counts, categorical }: RecordDocument, logged: Logged): Fact[] {
  const { n, came_true, promised } = claims
  const facts: Fact[] = []
  if (n > 0)
    facts.push(
      [
        'Came true',
        <>
          <b>{came_true.toLocaleString('en')}</b> of {n.toLocaleString('en')}
        </>,
      ],
      ['To be expected', expectedText(promised, n, came_true)],
    )
  if (categorical.n > 0) facts.push(['Said flatly, came true', partOf(categorical.hits, categorical.n)])
  const waiting = counts.open + counts.due + counts.proposed
  if (waiting > 0) facts.push(['Not decided yet', waiting.toLocaleString('en')])
  if (counts.forecasts > 0) facts.push(['Too vague to be wrong', counts.too_vague.toLocaleString('en')])
  const before = logged.forecasts - logged.afterwards
  if (logged.forecasts > 0)
    facts.push([
      'Written down before the outcome',
      before === logged.forecasts
        ? `all ${before.toLocaleString('en')}`
        : before === 0
          ? `none of ${logged.forecasts.toLocaleString('en')}`
          : partOf(before, logged.forecasts),
    ])
  return facts
}

type RailProps = { record: RecordDocument; logged: Logged; note: Analyst['note']; children?: Child }

/** Beside the lead: the record at a glance, and what can be done with it. */
export const Rail = ({ record, logged, note, children }: RailProps) => (
  <aside class="rail" aria-label="At a glance">
    <dl>
      {factsOf(record, logged).map(([what, value]) => (
        <>
          <dt>{what}</dt>
          <dd>{typeof value === 'string' ? unbroken(value) : value}</dd>
        </>
      ))}
    </dl>
    <p class="rail-tools">{children}</p>
    {note === undefined ? null : (
      <p class="small soft">
        <bdi>{note}</bdi>
      </p>
    )}
  </aside>
)
