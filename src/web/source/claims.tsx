import type { Source } from '../../core/source.ts'
import type { StandingStatement } from '../../core/statement.ts'
import * as paths from '../../http/paths.ts'
import type { ForecastItem } from '../../store/forecasts.ts'
import { TimeCode, VerifyByEar } from '../forecast/verify.tsx'
import { ProbabilityBand } from '../ui/band.tsx'
import { DateWithZone } from '../ui/date.tsx'
import { Titled } from '../ui/link.tsx'
import { NotFinal } from '../ui/not-final.tsx'
import { Quote } from '../ui/quote.tsx'
import { UNTESTABLE } from '../ui/record-words.ts'
import { VerdictMark } from '../ui/verdict-mark.tsx'

type ClaimsProps = {
  source: Source
  statements: readonly StandingStatement[]
  forecasts: ReadonlyMap<string, ForecastItem>
  mayVerify: boolean
}

/** The quotes in order, each with what became of it. */
export function Claims({ source, statements, forecasts, mayVerify }: ClaimsProps) {
  const byId = new Map(statements.map((statement) => [statement.id, statement]))
  const unchecked = statements.every(({ checked }) => checked === 'unchecked')
  return (
    <>
      <h2>What was said, and what became of it</h2>
      {unchecked ? (
        <p class="small soft">
          All are unchecked: the text of the source is not held here, so no quote was compared with it.
        </p>
      ) : null}
      <NotFinal reserves={[...forecasts.values()].map(({ reserve }) => reserve)} />
      <ol class="claims">
        {statements.map((statement) => {
          const item = forecasts.get(statement.id)
          return (
            <li
              id={statement.id}
              class={`claim ${statement.kind}${(item?.forecast.retraction ?? null) === null ? '' : ' struck'}`}
            >
              <div class="passage">
                <Quote statement={statement} source={source} />
                <span class="small soft">
                  {statement.timecode === undefined ? null : (
                    <>
                      {' '}
                      at <TimeCode source={source} timecode={statement.timecode} />
                    </>
                  )}
                  {statement.checked === 'unchecked' && !unchecked ? ' unchecked' : ''}
                </span>
                {mayVerify ? <VerifyByEar statement={statement} source={source} /> : null}
              </div>
              <div class="became">
                {item === undefined ? null : <Fate item={item} />}
                {statement.kind === 'duplicate' ? (
                  <Duplicate
                    source={source}
                    of={statement.duplicate_of ?? ''}
                    original={byId.get(statement.duplicate_of ?? '')}
                  />
                ) : null}
                {statement.reason === undefined ? null : (
                  <p class="tight">
                    <b>Nothing to check:</b> {UNTESTABLE[statement.reason]}.
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

function Fate({ item }: { item: ForecastItem }) {
  const { question, forecast, statement } = item
  return (
    <>
      <p class="standing tight">
        <VerdictMark item={item} said={false} />
        {question.record.low_information === undefined ? null : <span class="label">hard to get wrong</span>}
        {forecast.retraction === null ? null : <span class="label">retracted</span>}
      </p>
      <p class="tight">
        <span class="soft small">Our question:</span>{' '}
        <Titled href={paths.forecast(forecast.record.id)}>{question.record.title}</Titled>
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

type DuplicateProps = { of: string; original: StandingStatement | undefined; source: Source }

const Duplicate = ({ of, original, source }: DuplicateProps) => (
  <p class="tight">
    <b>Said twice</b>, as{' '}
    {original === undefined ? (
      <a href={paths.forecast(of)}>{of}</a>
    ) : (
      <a href={`#${original.id}`}>
        <Quote statement={original} source={source} />
      </a>
    )}
    , logged once.
  </p>
)
