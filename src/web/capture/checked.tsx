import { type CheckSentence, checkSentences, type Piece } from '../../capture/check-sentence.ts'
import type { Draft, EntryType, Payload } from '../../core/entry.ts'
import type { Forecast } from '../../core/forecast.ts'
import type { Question } from '../../core/question.ts'
import type { Statement } from '../../core/statement.ts'
import type { Database } from '../../store/database.ts'
import { readNamed } from '../../store/documents/logged.ts'
import { ProbabilityBand } from '../ui/band.tsx'
import { DateWithZone } from '../ui/date.tsx'
import { Original } from '../ui/original.tsx'
import { VerdictShape } from '../ui/verdict-mark.tsx'
import { REASONS } from './fields.tsx'
import { shortened } from './words.ts'

/** Something that was said, as it will stand in the ledger. */
type Said = { statement: Statement; analyst: string }
export type CheckedForecast = Said & { forecast: Forecast; question: Question }
export type CheckedRemark = Said & { reason: string }
export type CheckedAll = {
  forecasts: CheckedForecast[]
  untestable: CheckedRemark[]
  duplicates: CheckedRemark[]
}

const payloadsOf = <T extends EntryType>(entries: readonly Draft[], type: T): Payload<T>[] =>
  entries.flatMap((entry) => (entry.type === type ? [entry.payload as Payload<T>] : []))

const byId = <T extends { id: string }>(records: readonly T[]) =>
  new Map(records.map((record) => [record.id, record]))

/** What entries would bring into the ledger, with what they name of it. */
export async function readChecked(db: Database, entries: readonly Draft[]): Promise<CheckedAll> {
  const forecasts = payloadsOf(entries, 'forecast.recorded')
  const statements = byId(payloadsOf(entries, 'statement.recorded'))
  const questions = byId(payloadsOf(entries, 'question.recorded'))
  const analysts = byId(payloadsOf(entries, 'analyst.recorded').map(({ record }) => record))
  const all = [...statements.values()]
  const missing = (ids: readonly (string | undefined)[], held: ReadonlyMap<string, unknown>) => [
    ...new Set(ids.filter((id): id is string => id !== undefined && !held.has(id))),
  ]
  const named = await readNamed(db, {
    questions: missing(
      forecasts.map(({ question }) => question),
      questions,
    ),
    analysts: missing(
      all.map(({ analyst }) => analyst),
      analysts,
    ),
    statements: missing(
      all.map(({ duplicate_of }) => duplicate_of),
      statements,
    ),
  })
  const nameOf = (id: string) => (analysts.get(id) ?? named.analysts[id]?.record)?.name ?? id
  const wordsOf = (id: string) =>
    (statements.get(id) ?? named.statements.find(({ record }) => record.id === id)?.record)?.quote.exact ?? id
  const remarks = (kind: Statement['kind'], reasonOf: (statement: Statement) => string) =>
    all
      .filter((statement) => statement.kind === kind)
      .map((statement) => ({ statement, analyst: nameOf(statement.analyst), reason: reasonOf(statement) }))
  return {
    forecasts: forecasts.flatMap((forecast) => {
      const statement = statements.get(forecast.statement)
      const question = questions.get(forecast.question) ?? named.questions[forecast.question]?.record
      return statement === undefined || question === undefined
        ? []
        : [{ forecast, question, statement, analyst: nameOf(statement.analyst) }]
    }),
    untestable: remarks('untestable', ({ reason }) => (reason === undefined ? '' : REASONS[reason])),
    duplicates: remarks('duplicate', ({ duplicate_of = '' }) => `“${shortened(wordsOf(duplicate_of), 90)}”`),
  }
}

const Pieces = ({ pieces }: { pieces: readonly Piece[] }) => (
  <>{pieces.map((piece) => (typeof piece === 'string' ? piece : <bdi dir="auto">{piece.typed}</bdi>))}</>
)

const Fate = ({ sentence: { kind, pieces, reads } }: { sentence: CheckSentence }) => (
  <li class={`would-be ${kind}`}>
    <VerdictShape kind={kind} />
    <div>
      <Pieces pieces={pieces} />
      {reads.length === 0 ? null : (
        <p class="reads small soft">
          Pages will read:{' '}
          {reads.map((line, i) => (
            <>
              {i === 0 ? null : ' or '}“<bdi>{line}</bdi>”
            </>
          ))}
        </p>
      )}
    </div>
  </li>
)

type ClaimProps = { claim: CheckedForecast; language: string | undefined; change: string | null }

/** One forecast as the sentence under which it will count as not come true, with what decides that. */
export function CheckedClaim({ claim, language, change }: ClaimProps) {
  const { forecast, question, statement, analyst } = claim
  const { probability } = forecast
  const { voice, quote } = statement
  const sentences = checkSentences({ question, probability, voice, words: quote.exact })
  const words = <Original language={language}>{shortened(quote.exact, 240)}</Original>
  return (
    <article class="card checked" id={statement.id}>
      <p class="tight">
        {voice === 'quote' ? <q>{words}</q> : <span>as reported: {words}</span>}{' '}
        <span class="small soft">
          <Original>{analyst}</Original>
        </span>
      </p>
      <ul class="would-count">
        {sentences.map((sentence) => (
          <Fate sentence={sentence} />
        ))}
      </ul>
      <dl class="facts compact">
        <dt>
          {question.type === undefined || question.type === 'binary' ? 'Counts as yes when' : 'Decided by'}
        </dt>
        <dd class="prose">
          <bdi dir="auto">{question.criteria}</bdi>
        </dd>
        <dt>Said as</dt>
        <dd>
          <ProbabilityBand probability={probability} voice={voice} />
        </dd>
        <dt>Last day that counts</dt>
        <dd>
          <DateWithZone deadline={question.deadline} />
          {question.deadline.because === undefined ? null : (
            <p class="small soft tight">
              <bdi dir="auto">{question.deadline.because}</bdi>
            </p>
          )}
        </dd>
      </dl>
      {change === null ? null : (
        <p class="tight">
          <a href={change}>Change it</a>
        </p>
      )}
    </article>
  )
}

type RemarksProps = {
  id: string
  title: string
  says: string
  remarks: readonly CheckedRemark[]
  language: string | undefined
  changeOf: (id: string) => string | null
}

/** What is logged and in no score: each with the reason. */
export const CheckedRemarks = ({ id, title, says, remarks, language, changeOf }: RemarksProps) =>
  remarks.length === 0 ? null : (
    <section aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <p class="small soft tight">{says}</p>
      <ul class="plain-list checked-remarks">
        {remarks.map(({ statement, reason }) => {
          const change = changeOf(statement.id)
          return (
            <li>
              <q>
                <Original language={language}>{shortened(statement.quote.exact)}</Original>
              </q>{' '}
              <span class="soft">
                · <bdi>{reason}</bdi>
              </span>{' '}
              {change === null ? null : (
                <a class="small" href={change}>
                  Change
                </a>
              )}
            </li>
          )
        })}
      </ul>
    </section>
  )
