import type { AnchorKind } from '../../core/anchor.ts'
import { reserveWord } from '../../core/objection.ts'
import * as paths from '../../http/paths.ts'
import type { ForecastItem } from '../../store/forecasts.ts'
import { probabilityText, Reading } from '../ui/band.tsx'
import { DateWithZone, Days, Instant } from '../ui/date.tsx'
import { LOGGED } from '../ui/record-words.ts'
import { itemVerdict } from '../ui/verdict-mark.tsx'

/** Beside the words: the forecast at a glance, and what can be done with it. */
export function Rail({ item, now }: { item: ForecastItem; now: Date }) {
  const { forecast, question, logged, proven } = item
  const { record } = forecast
  const { text, happened } = itemVerdict(item, now)
  return (
    <aside class="rail at-a-glance" aria-label="At a glance">
      <dl>
        <dt>The claim</dt>
        <dd>
          <b>{text}</b>
          {happened === null ? null : <span class="aside">{happened}</span>}
          {item.reserve === null ? null : <span class="aside">{reserveWord(item.reserve)}</span>}
        </dd>
        <dt>Probability</dt>
        <dd>
          <Reading text={probabilityText(record.probability, item.statement.voice)} />
        </dd>
        <dt>Said</dt>
        <dd>
          <Days span={record.said_on} />
        </dd>
        <dt>Deadline</dt>
        <dd>
          <DateWithZone deadline={question.record.deadline} />
        </dd>
        <dt>Written down</dt>
        <dd>
          <Instant at={forecast.at} />, entry {forecast.seq.toLocaleString('en')}
          <span class="aside">
            {LOGGED[logged]}
            <Shown logged={logged} proven={proven} />
          </span>
        </dd>
      </dl>
      <p class="rail-tools">
        <a href={paths.question(question.record.id)}>The question</a>
        <a href="#cite">Cite</a>
        <a href="#share">Embed or share</a>
        <a href={paths.api.forecast(record.id)}>JSON</a>
      </p>
    </aside>
  )
}

/** Who shows that it was logged by then, and where that can be looked up. */
const BY: Record<AnchorKind, string> = {
  timestamp: 'a time stamp of',
  opentimestamps: 'a proof in',
  witness: 'the signature of the witness',
}

/** Whether somebody outside shows when it was logged, or our own clock alone says so. */
function Shown({ logged, proven }: Pick<ForecastItem, 'logged' | 'proven'>) {
  if (logged === 'afterwards' && proven === null) return null
  if (proven === null)
    return <>; by our own clock only: nobody outside attests a checkpoint from before the outcome</>
  return (
    <>
      ; proven by <a href={paths.api.anchor(proven.seq)}>{BY[proven.kind]}</a> <bdi>{proven.by}</bdi> on{' '}
      <Instant at={proven.at} />
    </>
  )
}
