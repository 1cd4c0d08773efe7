import { notFound } from '../../core/error.ts'
import { may } from '../../core/member.ts'
import { ANSWER_DAYS, isFinal, isOpenReserve } from '../../core/objection.ts'
import { bandOf } from '../../core/probability.ts'
import { typeOf } from '../../core/question.ts'
import * as paths from '../../http/paths.ts'
import { scoreText } from '../../scoring/figure-text.ts'
import type { ForecastLine } from '../../scoring/forecast-lines.ts'
import { readForecastPage } from '../../store/documents/forecast.ts'
import type { ForecastItem } from '../../store/forecasts.ts'
import type { QuestionRow, ResolutionRow } from '../../store/lookups.ts'
import { CodedNote } from '../coding/on-forecast.tsx'
import { Cite, citationOf } from '../share/cite.tsx'
import { ShareCode } from '../share/embed.tsx'
import { AmendedLately, TellUs } from '../ui/amended.tsx'
import { ProbabilityBand } from '../ui/band.tsx'
import { WrittenBy } from '../ui/byline.tsx'
import { claimTitle } from '../ui/claim-title.ts'
import { Day, Days, Instant, spanText } from '../ui/date.tsx'
import { claimReviewOf } from '../ui/json-ld.tsx'
import { Page } from '../ui/layout.tsx'
import { ExternalLink } from '../ui/link.tsx'
import { Reserve } from '../ui/mark.tsx'
import { memberNames, type NameOf } from '../ui/member-names.ts'
import { percent } from '../ui/number.ts'
import type { PageContext } from '../ui/page.ts'
import type { Draft } from '../ui/problem.ts'
import { LOGGED, WHY_NOT } from '../ui/record-words.ts'
import { ReplyView } from '../ui/reply.tsx'
import { Stamped } from '../ui/stamped.tsx'
import { TakenOut, TakeOut } from '../ui/taken-out.tsx'
import { itemVerdictText } from '../ui/verdict-mark.tsx'
import { HappenedLayer } from './happened.tsx'
import { ForecastHead } from './head.tsx'
import { QuestionLayer, ReadingLayer, SaidLayer } from './layers.tsx'
import { Proof } from './proof.tsx'
import { Rail } from './rail.tsx'
import { ReplyForms } from './reply-form.tsx'

/** One forecast: the quote first, then our question, our reading, and what happened. */
export async function forecastPage(context: PageContext, returned?: Draft) {
  const { viewer, now } = context
  const id = context.params.id ?? ''
  const mayAsk = viewer !== null && may(viewer.role, 'recorder')
  const read = await readForecastPage(context.host.ledger.db, id, now, mayAsk)
  if (read === null) throw notFound('forecast', id)
  const { item, resolutions, replies, own, on, line } = read
  const { question, analyst } = item
  const nameOf = memberNames(read.members)
  const elsewhere = on.analysts - 1
  const title = claimTitle(item)
  return (
    <Page
      title={title}
      description={`${itemVerdictText(item, now)}. ${whereSaid(item)}`}
      context={context}
      json={paths.api.forecast(id)}
      data={claimReviewOf(item, finalOf(item, resolutions, now), read.archived, context.origin)}
    >
      <div class="with-rail">
        <div>
          <AmendedLately notices={read.notices} here={id} />
          <ForecastHead item={item} resolutions={resolutions} now={now} />
          <Struck item={item} nameOf={nameOf} />
          <TakenOut rows={read.taken} />
          <div class={item.forecast.retraction === null ? 'layers' : 'layers struck'}>
            <SaidLayer item={item} archived={read.archived} mayVerify={mayAsk} nameOf={nameOf} />
            <QuestionLayer question={question} nameOf={nameOf} linked />
            <ReadingLayer item={item}>
              <CodedNote rounds={read.rounds} known_from={question.known_from} />
            </ReadingLayer>
            <HappenedLayer question={question} resolutions={resolutions} nameOf={nameOf} now={now}>
              {line === undefined || item.forecast.retraction !== null ? null : (
                <Score
                  line={line}
                  question={question}
                  reserve={item.reserve}
                  revised={own.some(
                    (one) => one.forecast.retraction === null && one.forecast.record.id !== id,
                  )}
                />
              )}
            </HappenedLayer>
          </div>
          {replies.map((reply) => (
            <ReplyView reply={reply} analyst={analyst.name} nameOf={nameOf} />
          ))}
          {mayAsk ? (
            <ReplyForms
              forecast={id}
              analyst={analyst.name}
              asked={read.asked}
              heard={read.heard?.reply ?? null}
              links={read.links}
              answerDays={read.policy?.answer_days ?? ANSWER_DAYS}
              now={now}
              fourEyes={read.policy?.four_eyes_in_force ?? false}
              viewer={viewer.member}
              nameOf={nameOf}
              today={now.toISOString().slice(0, 10)}
              draft={returned}
            />
          ) : null}
          {own.length > 1 ? <Revisions own={own} here={id} /> : null}
          <p>
            <a href={paths.question(question.record.id)}>The question and its full history</a>
            {elsewhere === 0
              ? null
              : `, with forecasts by ${elsewhere} other ${elsewhere === 1 ? 'analyst' : 'analysts'}`}{' '}
            · <a href={paths.api.forecast(id)}>This page as JSON</a>
          </p>
          <p class="small soft">
            <WrittenBy verb="Written down" name={nameOf(item.forecast.by)} at={item.forecast.at} />, entry{' '}
            {item.forecast.seq} of the ledger
            <Stamped at={read.stamp} />.
          </p>
          <Proof entries={read.entries} context={context} />
          <TakeOut viewer={viewer} kind="forecast" id={id} />
          <TellUs about={`forecast:${id}`} />
          <div id="cite">
            <Cite what="this forecast" citation={citationOf(item, context)} />
          </div>
          <div id="share">
            <ShareCode origin={context.origin} path={paths.forecast(id)} title={title} height={420} />
          </div>
        </div>
        <Rail item={item} now={now} />
      </div>
    </Page>
  )
}

/** The resolution in force, once nobody can object to it any more; else null. */
const finalOf = (
  { question }: ForecastItem,
  resolutions: readonly ResolutionRow[],
  now: Date,
): ResolutionRow | null =>
  isFinal(question, now)
    ? (resolutions.find(
        ({ confirmed_at, superseded_by }) => confirmed_at !== null && superseded_by === null,
      ) ?? null)
    : null

/** Where and when, for who reads only the description. */
const whereSaid = ({ analyst, source, forecast, logged }: ForecastItem): string =>
  `Said by ${analyst.name}, ${headingOf({ source })}, ${spanText(forecast.record.said_on)}; ${LOGGED[logged]}.`

const headingOf = ({ source }: Pick<ForecastItem, 'source'>) => source.publisher ?? source.title

function Struck({ item: { forecast }, nameOf }: { item: ForecastItem; nameOf: NameOf }) {
  const { withdrawal, retraction } = forecast
  return (
    <>
      {retraction === null ? null : (
        <p class="notice bad">
          Retracted: logged by mistake, so it is struck through, counted, and scored nowhere.{' '}
          {retraction.because} By <bdi>{nameOf(retraction.by)}</bdi> on <Instant at={retraction.at} />. A
          retraction stays; if it was the mistake, log the same words on the same question again.
        </p>
      )}
      {withdrawal === null ? null : (
        <p class="notice">
          Withdrawn by the analyst on <Day day={withdrawal.withdrawn_on} />: {withdrawal.because}
          {withdrawal.url === undefined ? null : (
            <>
              {' '}
              <ExternalLink href={withdrawal.url} />
            </>
          )}
          {withdrawal.heard_by === undefined ? null : (
            <>
              {' '}
              Heard by <bdi>{nameOf(withdrawal.heard_by)}</bdi>, recorded by{' '}
              <bdi>{nameOf(withdrawal.by)}</bdi>.
            </>
          )}
        </p>
      )}
    </>
  )
}

/** The score of this one forecast in words, or why it has none. */
type ScoreProps = { line: ForecastLine; question: QuestionRow; reserve: string | null; revised: boolean }

function Score({ line, question, reserve, revised }: ScoreProps) {
  const score = line.brier === null ? null : scoreText(line.brier)
  return (
    <p class="score">
      {score === null ? null : (
        <>
          <b>Score {score}</b>{' '}
          <span class="soft">
            (0 is perfect, 1 is worst
            {typeOf(question.record) === 'binary' ? <>; always saying {percent(0.5)} scores .25</> : ''}
            {Array.isArray(line.brier) ? '; a range, because it depends on what the words meant' : ''}).
          </span>{' '}
        </>
      )}
      {line.why_not === undefined ? null : <span>{WHY_NOT[line.why_not]}</span>}
      {revised && score !== null
        ? ' It is that of what was said first on the question; what was said later is in no score.'
        : null}
      {/* What is only not final says so above, at the outcome. */}
      {reserve === null || isOpenReserve(reserve) || score === null ? null : (
        <>
          {' '}
          <Reserve text={reserve} />
        </>
      )}
    </p>
  )
}

function Revisions({ own, here }: { own: ForecastItem[]; here: string }) {
  return (
    <>
      <h2>Said again later</h2>
      <p class="soft">
        What was said first counts. A different probability afterwards is a change of mind: it is listed, and
        in no score.
      </p>
      <ol class="revisions">
        {own.map((item) => (
          <li class={item.forecast.retraction === null ? '' : 'struck'}>
            <Days span={item.forecast.record.said_on} />:{' '}
            {item.forecast.record.id === here ? (
              'this one'
            ) : (
              <a href={paths.forecast(item.forecast.record.id)}>{headingOf(item)}</a>
            )}
            {bandOf(item.forecast.record.probability) === null ? null : (
              <ProbabilityBand probability={item.forecast.record.probability} voice={item.statement.voice} />
            )}
          </li>
        ))}
      </ol>
    </>
  )
}
