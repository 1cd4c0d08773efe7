import type { Statement } from '../../core/statement.ts'
import type { ForecastItem } from '../../store/forecasts.ts'
import { ProbabilityBand } from '../components/band.tsx'
import { DateWithZone } from '../components/date.tsx'
import { StateMark } from '../components/mark.tsx'
import { Quote } from '../components/quote.tsx'
import { UNTESTABLE } from './record-words.ts'

type Annulled = 'condition_not_met' | 'moot' | undefined
type ClaimsProps = {
  statements: readonly Statement[]
  forecasts: ReadonlyMap<string, ForecastItem>
  reasons: ReadonlyMap<string, Annulled>
}

/** The quotes in order, each with what became of it. */
export function Claims({ statements, forecasts, reasons }: ClaimsProps) {
  const byId = new Map(statements.map((statement) => [statement.id, statement]))
  return (
    <>
      <h2>What was said, and what became of it</h2>
      {statements.every(({ checked }) => checked === 'unchecked') ? (
        <p class="small soft">
          No quote was compared with the text of the source, because the text is not held here: they are
          unchecked.
        </p>
      ) : null}
      <ol class="claims">
        {statements.map((statement) => {
          const item = forecasts.get(statement.id)
          return (
            <li
              id={statement.id}
              class={`claim ${statement.kind}${(item?.forecast.retraction ?? null) === null ? '' : ' struck'}`}
            >
              <div class="passage">
                <Quote statement={statement} />
                <span class="small soft">
                  {statement.timecode === undefined ? '' : ` at ${statement.timecode}`}
                  {statement.checked === 'unchecked' ? ' unchecked' : ''}
                </span>
              </div>
              <div class="fate">
                {item === undefined ? null : (
                  <Fate item={item} annulled_because={reasons.get(item.question.record.id)} />
                )}
                {statement.kind === 'duplicate' ? (
                  <Duplicate
                    of={statement.duplicate_of ?? ''}
                    original={byId.get(statement.duplicate_of ?? '')}
                  />
                ) : null}
                {statement.reason === undefined ? null : (
                  <p class="tight">
                    <b>Not testable:</b> {UNTESTABLE[statement.reason]}.
                    {statement.because === undefined ? null : <span class="soft"> {statement.because}</span>}
                  </p>
                )}
              </div>
            </li>
          )
        })}
      </ol>
    </>
  )
}

function Fate({ item, annulled_because }: { item: ForecastItem; annulled_because: Annulled }) {
  const { question, forecast, statement, state } = item
  return (
    <>
      <p class="tight">
        <b>Forecast</b>{' '}
        <StateMark
          state={state}
          outcome={question.outcome}
          disputed={question.disputed}
          annulled_because={annulled_because}
        />
        {question.record.low_information === undefined ? null : <span class="label">hard to get wrong</span>}
        {forecast.retraction === null ? null : <span class="label">retracted</span>}
      </p>
      <p class="tight">
        <span class="soft small">Our question:</span>{' '}
        <a href={`/forecasts/${forecast.record.id}`}>
          <bdi>{question.record.title}</bdi>
        </a>
      </p>
      <ProbabilityBand
        probability={forecast.record.probability}
        outcome={question.outcome}
        voice={statement.voice}
      />
      <p class="small soft tight">
        Deadline <DateWithZone deadline={question.record.deadline} />
      </p>
    </>
  )
}

const Duplicate = ({ of, original }: { of: string; original: Statement | undefined }) => (
  <p class="tight">
    <b>Duplicate</b> of{' '}
    {original === undefined ? (
      <a href={`/forecasts/${of}`}>{of}</a>
    ) : (
      <a href={`#${original.id}`}>
        <Quote statement={original} />
      </a>
    )}
    , logged once.
  </p>
)
