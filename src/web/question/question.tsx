import type { Child } from 'hono/jsx'
import { notFound } from '../../core/error.ts'
import { may } from '../../core/member.ts'
import { reserveText } from '../../core/objection.ts'
import { stateOf } from '../../core/state.ts'
import * as paths from '../../http/paths.ts'
import type { Viewer } from '../../http/session.ts'
import { mayAmend } from '../../ledger/question/amend-question.ts'
import { ENTRIES_SHOWN, FORECASTS_SHOWN, readQuestionPage } from '../../store/documents/question.ts'
import { standing } from '../../store/due.ts'
import type { ForecastItem } from '../../store/forecasts.ts'
import type { QuestionRow } from '../../store/lookups.ts'
import type { QuestionItem } from '../../store/nouns.ts'
import { DecidedTwice } from '../due/decided-twice.tsx'
import { DeskView } from '../due/desk.tsx'
import { HappenedLayer } from '../forecast/happened.tsx'
import { QuestionLayer, readBy } from '../forecast/layers.tsx'
import { AmendedLately, TellUs } from '../ui/amended.tsx'
import { ProbabilityBand } from '../ui/band.tsx'
import { Byline } from '../ui/byline.tsx'
import { Chip, Layer } from '../ui/card.tsx'
import { DateWithZone, Day } from '../ui/date.tsx'
import { Page } from '../ui/layout.tsx'
import { Titled } from '../ui/link.tsx'
import { StateMark } from '../ui/mark.tsx'
import { memberNames } from '../ui/member-names.ts'
import { NotFinal } from '../ui/not-final.tsx'
import { counted } from '../ui/number.ts'
import { Original } from '../ui/original.tsx'
import type { PageContext } from '../ui/page.ts'
import { Quote } from '../ui/quote.tsx'
import { LOGGED } from '../ui/record-words.ts'
import { ReplyView } from '../ui/reply.tsx'
import { TakenOut, TakeOut } from '../ui/taken-out.tsx'
import { VerdictMark } from '../ui/verdict-mark.tsx'
import { isAmendable } from './amend.tsx'
import { History } from './history.tsx'
import { References, type ReturnedReference, referenceForms } from './references.tsx'
import { QuestionVoices } from './voices.tsx'

/** An event: who said what of it, its rules, what happened, and all that was ever written about it. */
export async function questionPage(context: PageContext, returned?: ReturnedReference) {
  const { host, now, params, viewer } = context
  const id = params.id ?? ''
  const read = await readQuestionPage(host.ledger.db, id, now, viewer !== null)
  if (read === null) throw notFound('question', id)
  const { question, on, forecasts, resolutions, replies, history, flagging, family, members } = read
  const nameOf = memberNames(members)
  const fourEyes = read.policy?.four_eyes_in_force ?? false
  const shown = forecasts.slice(0, FORECASTS_SHOWN)
  const events = [...history.slice(0, ENTRIES_SHOWN), ...flagging].sort((a, b) => a.seq - b.seq)
  const names = new Map(forecasts.map(({ forecast, analyst }) => [forecast.record.id, analyst.name]))
  const state = stateOf(standing(question), now)
  const more = on.forecasts - shown.length
  const undecided = question.outcome === null
  return (
    <Page title={question.record.title} context={context} json={paths.api.question(id)}>
      <div class="with-rail">
        <div>
          <p class="crumbs">
            <a href={paths.ledger()}>Ledger</a> › Question
          </p>
          <h1>
            <bdi>{question.record.title}</bdi>
          </h1>
          <AmendedLately notices={read.notices} />
          <p class="standing">
            <StateMark {...question} state={state} reserve={reserveText(question, now)} whole />
            <span class="soft small">
              Deadline <DateWithZone deadline={question.record.deadline} />
            </span>
          </p>
          {undecided && on.forecasts > 0 && on.standing === 0 ? (
            <p class="notice">
              Every forecast on this question was retracted: nobody is waiting for what came of it, and it is
              not listed as due.
            </p>
          ) : null}
          <TakenOut rows={read.taken} />
          {viewer === null ? null : (
            <Actions question={question} viewer={viewer} fourEyes={fourEyes} now={now} />
          )}
          <QuestionVoices question={question} items={forecasts} now={now} all={on.forecasts} />
          <div class="layers">
            <Layer number={1} title="Said" by={counted(on.forecasts, 'forecast')}>
              {on.forecasts === 0 ? (
                <p>
                  Nobody’s words are logged on this question: it is part of a family, or was made by hand.
                </p>
              ) : null}
              <ol class="sayings">
                {shown.map((item) => (
                  <Saying item={item}>
                    {replies
                      .filter(({ record }) => record.forecast === item.forecast.record.id)
                      .map((reply) => (
                        <ReplyView reply={reply} analyst={item.analyst.name} nameOf={nameOf} />
                      ))}
                  </Saying>
                ))}
              </ol>
              {more === 0 ? null : (
                <p>
                  And {more.toLocaleString('en')} more, in{' '}
                  <a href={paths.api.forecasts({ question: id })}>the API</a>.
                </p>
              )}
            </Layer>
            <QuestionLayer question={question} nameOf={nameOf} />
            <Readings items={shown} />
            <HappenedLayer question={question} resolutions={resolutions} nameOf={nameOf} now={now} />
          </div>
          <DecidedTwice {...read} nameOf={nameOf} viewer={viewer} />
          <References
            question={question}
            rows={read.references}
            viewer={viewer}
            fourEyes={fourEyes}
            nameOf={nameOf}
            now={now}
            returned={returned}
          />
          {family.length > 1 ? <Family family={family} here={id} /> : null}
          {viewer === null || read.desk === null ? null : (
            <Newsroom
              question={question}
              desk={read.desk}
              viewer={viewer}
              members={members}
              nameOf={nameOf}
              now={now}
            />
          )}
          <h2 id="history">History</h2>
          <p class="soft">
            {history.length > ENTRIES_SHOWN ? (
              <>
                The first {ENTRIES_SHOWN} entries of the ledger about this question; those about itself are
                all in <a href={paths.api.history(id)}>the API</a>.
              </>
            ) : (
              'Every entry of the ledger about this question, oldest first.'
            )}{' '}
            {read.taken.length === 0
              ? 'Nothing here was ever changed or removed.'
              : 'Nothing here was ever changed; words were taken out, as an entry says.'}
          </p>
          <History
            events={events}
            nameOf={nameOf}
            analystOf={(forecast) => names.get(forecast) ?? 'an analyst'}
          />
          <TakeOut viewer={viewer} kind="question" id={id} />
          <TellUs about={`question:${id}`} />
        </div>
        <AtAGlance question={question} forecasts={on.forecasts} people={on.analysts} />
      </div>
    </Page>
  )
}

type ActionsProps = { question: QuestionRow; viewer: Viewer; fourEyes: boolean; now: Date }

/** What a member may do with it. */
const Actions = ({ question, viewer, fourEyes, now }: ActionsProps) => (
  <p class="actions">
    {question.outcome === null && may(viewer.role, 'resolver') ? (
      <a class="button" href={paths.resolve(question.record.id)}>
        Decide what happened
      </a>
    ) : null}
    {isAmendable(question, now) && mayAmend(viewer, question, fourEyes) ? (
      <a class="button quiet" href={paths.amend(question.record.id)}>
        Amend
      </a>
    ) : null}
  </p>
)

/** What is refused of a reference is shown on the page of its question. */
export const questionForms = referenceForms(questionPage)

type GlanceProps = { question: QuestionRow; forecasts: number; people: number }

/** Beside the page: what one looks for first, and where it is as data. */
function AtAGlance({ question: { record, known_on, outcome, at }, forecasts, people }: GlanceProps) {
  const tags = record.tags ?? []
  return (
    <aside class="rail" aria-label="At a glance">
      <dl>
        <dt>Deadline</dt>
        <dd>
          <Day day={record.deadline.date} />
        </dd>
        <dt>{record.deadline.because === undefined ? 'Named by' : 'Date set by'}</dt>
        <dd>{record.deadline.because === undefined ? 'the speaker' : 'us, with a reason'}</dd>
        {outcome === null || known_on === null ? null : (
          <>
            <dt>Known on</dt>
            <dd>
              <Day day={known_on} />
            </dd>
          </>
        )}
        <dt>Forecasts</dt>
        <dd>{forecasts.toLocaleString('en')}</dd>
        <dt>People</dt>
        <dd>{people.toLocaleString('en')}</dd>
        <dt>Written down</dt>
        <dd>
          <Day day={at.slice(0, 10)} />
        </dd>
      </dl>
      {tags.length === 0 ? null : (
        <p class="chips">
          {tags.map((tag) => (
            <Chip href={paths.ledger({ tag })}>{tag}</Chip>
          ))}
        </p>
      )}
      <p class="rail-tools">
        <a href="#history">History</a>
        <a href={paths.api.question(record.id)}>JSON</a>
      </p>
    </aside>
  )
}

type NewsroomProps = Pick<
  Parameters<typeof DeskView>[0],
  'desk' | 'viewer' | 'members' | 'nameOf' | 'now'
> & {
  question: QuestionRow
}

/** What members keep about it among themselves. */
const Newsroom = ({ question, ...props }: NewsroomProps) => (
  <section id="newsroom">
    <h2>Newsroom</h2>
    <DeskView {...props} question={question.record.id} back="question" snoozes={question.outcome === null} />
  </section>
)

const Saying = ({ item, children }: { item: ForecastItem; children?: Child }) => (
  <li class={item.forecast.retraction === null ? '' : 'struck'}>
    <a class="said" href={paths.forecast(item.forecast.record.id)}>
      <Quote statement={item.statement} source={item.source} />
    </a>
    <p class="standing tight">
      <VerdictMark item={item} said={false} />
    </p>
    <p class="standing tight">
      <Byline analyst={item.analyst} source={item.source} said_on={item.forecast.record.said_on} />{' '}
      <span class="label">{LOGGED[item.logged]}</span>
      {item.statement.checked === 'unchecked' ? <span class="label">unchecked</span> : null}
      {item.forecast.withdrawal === null ? null : <span class="label">withdrawn</span>}
      {item.forecast.retraction === null ? null : <span class="label">retracted</span>}
    </p>
    {children}
  </li>
)

/** Layer 3 for everybody at once: yes/no readings beneath each other on one scale, the others in words. */
function Readings({ items }: { items: readonly ForecastItem[] }) {
  const kept = items.filter(({ forecast }) => forecast.retraction === null)
  if (kept.length === 0) return null
  return (
    <Layer number={3} title="Our reading of the words" by="Beside each name: who says that it means so much">
      <ul class="plain-list readings">
        {kept.map(({ analyst, forecast, statement }) => (
          <li>
            <ProbabilityBand probability={forecast.record.probability} voice={statement.voice} />
            <span class="small">
              <Original>{analyst.name}</Original>{' '}
              <span class="aside soft">{readBy(forecast.record.probability, statement.voice)}</span>
            </span>
          </li>
        ))}
      </ul>
    </Layer>
  )
}

/** The rungs of a ladder of thresholds, or several deadlines of one event. */
const Family = ({ family, here }: { family: readonly QuestionItem[]; here: string }) => {
  const titles = new Map(family.map(({ record }) => [record.id, record.title]))
  const own = family.find(({ record }) => record.id === here)?.reserve
  return (
    <section>
      <h2>Related questions</h2>
      <p class="soft">
        Questions about one thing: what becomes of one bears on the others, so they count together wherever a
        range is given.
      </p>
      <NotFinal reserves={family.map(({ reserve }) => (reserve === own ? null : reserve))} />
      <ol class="family">
        {family.map((rung) => (
          <li>
            {rung.record.id === here ? (
              <b>
                <bdi>{rung.record.title}</bdi>
              </b>
            ) : (
              <Titled href={paths.question(rung.record.id)}>{rung.record.title}</Titled>
            )}{' '}
            <StateMark {...rung} />{' '}
            <span class="small soft">
              <span class="nowrap">
                · {rung.forecasts === 0 ? 'no forecast' : counted(rung.forecasts, 'forecast')}
              </span>
              {titles.has(rung.record.implies ?? '') ? (
                <>
                  {' '}
                  · cannot happen without “<bdi>{titles.get(rung.record.implies ?? '')}</bdi>”
                </>
              ) : null}
            </span>
          </li>
        ))}
      </ol>
    </section>
  )
}
