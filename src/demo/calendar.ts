import { addDays } from '../core/calendar.ts'
import type { AdjudicationRequest, PassageRequest } from '../core/coding.ts'
import { ForecastRequest, StatementRequest } from '../core/forecast.ts'
import type { AmendmentRequest, QuestionRequest } from '../core/question.ts'
import type { ReferenceRequest } from '../core/reference.ts'
import type { BlindOutcome, ConditionRequest, ResolutionRequest } from '../core/resolution.ts'
import type { SourceRequest } from '../core/source.ts'
import { adjudicate, pairsOf } from '../ledger/coding/adjudicate.ts'
import { saveCoding, submitCoding } from '../ledger/coding/code.ts'
import { openRound } from '../ledger/coding/round.ts'
import { recordForecast } from '../ledger/forecast/record-forecast.ts'
import { recordStatement } from '../ledger/forecast/record-statement.ts'
import { withdrawForecast } from '../ledger/forecast/withdraw-forecast.ts'
import type { Answer, Ledger, Unit } from '../ledger/ledger.ts'
import { amendQuestion } from '../ledger/question/amend-question.ts'
import { recordCondition } from '../ledger/question/record-condition.ts'
import { recordQuestion } from '../ledger/question/record-question.ts'
import { recordReference } from '../ledger/question/record-reference.ts'
import { confirmResolution } from '../ledger/resolution/confirm-resolution.ts'
import { disputeResolution } from '../ledger/resolution/dispute-resolution.ts'
import { proposeResolution } from '../ledger/resolution/propose-resolution.ts'
import { sealOutcome } from '../ledger/resolution/seal-outcome.ts'
import { recordSource } from '../ledger/source/record-source.ts'
import { findRound } from '../store/coding.ts'

/** The order of what is done on one day; what shares a day and a step goes into one group. */
const STEPS = [
  'source',
  'coding',
  'question',
  'reference',
  'forecast',
  'later',
  'propose',
  'confirm',
  'dispute',
] as const
type Step = (typeof STEPS)[number]
type Act = { day: string; step: Step; run: (unit: Unit) => Promise<unknown> }
type By = Unit['by']

/** What is said in an interview: a forecast on a question by its key, or a remark; both may bear a key. */
export type Claim = { key?: string; quote: string; translation?: ForecastRequest['translation'] } & (
  | {
      question: string | QuestionRequest
      probability: unknown
      voice?: 'paraphrase'
    }
  | { reason: StatementRequest['reason']; voice?: 'headline' }
  | { duplicate_of: string; voice?: 'headline' | 'paraphrase' }
)
export type Interview = {
  /** The id where the name has letters of which none can be made. */
  analyst: string | { id: string; name: string }
  said: string
  /** The day after, unless it was logged later. */
  logged?: string
  source?: Partial<SourceRequest>
  claims: readonly Claim[]
}

/** How who adjudicates decides between two codings. */
export type Joined = (pairs: ReturnType<typeof pairsOf>) => AdjudicationRequest

const CHOSEN = 'Drawn by lot among what is read from end to end.'

/** Told how many acts are done, of how many. */
export type Progress = (done: number, of: number) => void
export type Calendar = ReturnType<typeof demoCalendar>

/**
 * A calendar of verbs, written in any order and carried out day by day: the clock of the ledger never runs
 * backwards. Keys stand for the ids that the verbs answer.
 */
export function demoCalendar(ledger: Ledger, members: Members) {
  const acts: Act[] = []
  const ids = new Map<string, string>()
  const idOf = (key: string): string => {
    const id = ids.get(key)
    if (id === undefined) throw new Error(`nothing is called ${key} yet`)
    return id
  }
  const on = (day: string, step: Step, run: Act['run']) => acts.push({ day, step, run })
  const keep = async (key: string | undefined, answer: Promise<Answer>) => {
    type Payload = { id?: string; question?: string; record?: { id: string } }
    const payload = (await answer).event.payload as Payload
    if (key === undefined) return
    ids.set(key, String(payload.record?.id ?? payload.id))
    if (payload.question !== undefined) ids.set(`${key}/question`, payload.question)
  }
  const as = (by: By, unit: Unit): Unit => ({ ...unit, by })
  const writing = (unit: Unit): Unit => as(members.writes, unit)

  function interview(key: string, told: Interview): void {
    const { analyst, said, logged = addDays(said, 1), claims } = told
    const request = requestOf(key, told)
    on(logged, 'source', (unit) => keep(key, recordSource(ledger, writing(unit), request)))
    for (const claim of claims) {
      const common = () => ({
        analyst: typeof analyst === 'string' ? { name: analyst } : analyst,
        source: idOf(key),
        quote: claim.quote,
        ...(claim.translation === undefined ? {} : { translation: claim.translation }),
        ...('voice' in claim ? { voice: claim.voice } : {}),
      })
      if ('probability' in claim)
        on(logged, 'forecast', (unit) => {
          const { question, probability } = claim
          const asked = typeof question === 'string' ? idOf(question) : question
          const request = ForecastRequest.parse({ ...common(), question: asked, probability })
          return keep(claim.key, recordForecast(ledger, writing(unit), request))
        })
      else
        on(logged, 'later', (unit) => {
          const remark =
            'reason' in claim
              ? { kind: 'untestable', reason: claim.reason }
              : { kind: 'duplicate', duplicate_of: idOf(claim.duplicate_of) }
          const request = StatementRequest.parse({ ...common(), ...remark })
          return keep(claim.key, recordStatement(ledger, writing(unit), request))
        })
    }
  }

  /** `implies` is the key of the next lower rung, which was asked on an earlier day. */
  const question = (key: string, day: string, request: QuestionRequest, implies?: string) =>
    on(day, 'question', (unit) => {
      const rung = implies === undefined ? {} : { implies: idOf(implies) }
      return keep(key, recordQuestion(ledger, writing(unit), { ...request, ...rung }))
    })

  /** One after the other: the first of them counts. */
  const references = (key: string, day: string, requests: readonly ReferenceRequest[]) =>
    on(day, 'reference', async (unit) => {
      for (const request of requests) await recordReference(ledger, writing(unit), idOf(key), request)
    })

  const propose = (key: string, day: string, request: ResolutionRequest) =>
    on(day, 'propose', (unit) =>
      keep(`${key}/outcome`, proposeResolution(ledger, as(members.proposes, unit), idOf(key), request)),
    )

  const confirm = (key: string, day: string) =>
    on(day, 'confirm', (unit) =>
      confirmResolution(ledger, as(members.confirms, unit), idOf(key), idOf(`${key}/outcome`)),
    )

  return {
    interview,
    question,
    references,
    ...byTwo(ledger, members, { on, ids, idOf }),
    propose,
    confirm,
    /** Proposed on one day and confirmed by another person on the next. */
    decide: (key: string, day: string, request: ResolutionRequest) => {
      propose(key, day, request)
      confirm(key, addDays(day, 1))
    },
    dispute: (key: string, day: string, because: string) =>
      on(day, 'dispute', (unit) =>
        disputeResolution(ledger, writing(unit), idOf(key), idOf(`${key}/outcome`), { because }),
      ),
    amend: (key: string, day: string, request: AmendmentRequest) =>
      on(day, 'later', (unit) => amendQuestion(ledger, writing(unit), idOf(key), request)),
    meet: (key: string, day: string, request: ConditionRequest) =>
      on(day, 'later', (unit) => recordCondition(ledger, as(members.proposes, unit), idOf(key), request)),
    withdraw: (key: string, day: string, because: string) =>
      on(day, 'later', (unit) =>
        withdrawForecast(ledger, writing(unit), idOf(key), {
          withdrawn_on: day,
          because,
          url: `https://example.com/courier/withdrawn-${key}`,
        }),
      ),

    /** Does what lies before a day. */
    carryOut: (before: string, progress: Progress): Promise<void> =>
      carryOut(
        acts.filter(({ day }) => day < before),
        members.writes,
        progress,
      ),
  }
}

type Members = { writes: By; proposes: By; confirms: By; adjudicates: By }
type Planning = {
  on: (day: string, step: Step, run: Act['run']) => unknown
  ids: Map<string, string>
  idOf: (key: string) => string
}

/** What two do on their own, and a third joins. */
function byTwo(ledger: Ledger, members: Members, { on, ids, idOf }: Planning) {
  /** Two code a text before its claims are logged; a third records the joint reading a week later. */
  function code(
    key: string,
    day: string,
    codings: readonly [PassageRequest[], PassageRequest[]],
    joined: Joined,
  ): void {
    on(day, 'coding', async (unit) => {
      const { event } = await openRound(
        ledger,
        { ...unit, by: members.writes },
        { source: idOf(key), because: CHOSEN },
      )
      const { id } = event.payload as { id: string }
      ids.set(`${key}/round`, id)
      for (const [i, by] of [members.proposes, members.confirms].entries()) {
        await saveCoding(ledger, { ...unit, by }, id, { passages: codings[i] ?? [] })
        await submitCoding(ledger, { ...unit, by }, id)
      }
    })
    on(addDays(day, 7), 'later', async (unit) => {
      const id = idOf(`${key}/round`)
      const round = await findRound(ledger.db, id)
      if (round === null) throw new Error(`no round ${id}`)
      await adjudicate(ledger, { ...unit, by: members.adjudicates }, id, joined(pairsOf(round)))
    })
  }

  /** Two decide a question on their own, before an outcome is proposed. */
  const sealed = (key: string, day: string, outcomes: readonly [BlindOutcome, BlindOutcome]) =>
    on(day, 'later', async (unit) => {
      for (const [i, by] of [members.confirms, members.adjudicates].entries())
        await sealOutcome(ledger, { ...unit, by }, idOf(key), {
          ...(outcomes[i] as BlindOutcome),
          drawn_blind: true,
        })
    })

  return { code, sealed }
}

/** The source of an interview, unless it says otherwise: a newspaper's page with a question and its answers. */
function requestOf(key: string, { analyst, said, source, claims }: Interview): SourceRequest {
  return {
    type: 'interview',
    title: `${typeof analyst === 'string' ? analyst : analyst.name}, in conversation`,
    publisher: 'The Valdora Courier, an invented newspaper',
    url: `https://example.com/courier/${key}`,
    language: 'en',
    published: said,
    coverage: 'complete',
    text: `“What do you expect?” our reporter asked.\n\n${claims.map(({ quote }) => `${quote}.`).join('\n\n')}\n\nThis conversation is invented.`,
    ...source,
  }
}

/** Each step of each day as one group. */
async function carryOut(acts: readonly Act[], by: By, progress: Progress): Promise<void> {
  const groups = new Map<string, Act[]>()
  for (const act of acts) {
    const name = `${act.day} ${STEPS.indexOf(act.step)}`
    groups.set(name, [...(groups.get(name) ?? []), act])
  }
  let done = 0
  for (const name of [...groups.keys()].sort()) {
    const group = groups.get(name) as Act[]
    const now = new Date(`${name.slice(0, 10)}T1${name.slice(-1)}:00:00.000Z`)
    await Promise.all(group.map(({ run }) => run({ now, by, summaries_later: true })))
    done += group.length
    progress(done, acts.length)
  }
}
