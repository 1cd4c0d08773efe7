import { type Analyst, nameKeysOf } from '../../core/analyst.ts'
import { dueAt } from '../../core/calendar.ts'
import type { Draft } from '../../core/entry.ts'
import { invalid, LedgerError, refuseIf } from '../../core/error.ts'
import type { FolderForecast, LedgerRecords } from '../../core/folder.ts'
import { claimKey, deadlineProblem } from '../../core/forecast.ts'
import type { Probability } from '../../core/probability.ts'
import type { Question } from '../../core/question.ts'
import type { FileResolution } from '../../core/resolution.ts'
import { sourceOf } from '../../core/slug.ts'
import type { Source } from '../../core/source.ts'
import { originalProblem, type Statement } from '../../core/statement.ts'
import { addressKey } from '../../core/text.ts'
import { canonicalJson } from '../../log/canonical-json.ts'
import { type NormalisedText, normalise } from '../../reading/quote.ts'
import type { Statement as Sql } from '../../store/database.ts'
import { forecastRecordsOn, requireSingle } from '../../store/forecasts.ts'
import { type Holdings, readHoldings } from '../../store/holdings.ts'
import { findSourceText, type QuestionRow, type ResolutionRow } from '../../store/lookups.ts'
import { readPolicy } from '../../store/members.ts'
import { fileResolution } from '../../store/records.ts'
import { draft } from '../draft.ts'
import { FOUR_EYES_SAID } from '../forecast/heard.ts'
import { completeProbability } from '../forecast/probability.ts'
import { checkQuote } from '../forecast/quote.ts'
import { repeats } from '../forecast/repeated-forecast.ts'
import { requireWithdrawalDay } from '../forecast/withdraw-forecast.ts'
import { type Ledger, newId, requireRole, type Unit } from '../ledger.ts'
import { amendmentEntry } from '../question/amend-question.ts'
import { keepingLadders, requireConsistent, requireLadder } from '../question/ladder.ts'
import { conditionEntry } from '../question/record-condition.ts'
import { proposalEntries } from '../resolution/proposal.ts'
import { BATCH, writeInBatches } from './batches.ts'
import { twinsOfImport } from './twins.ts'

/** What a file says and the ledger will not take: nothing of the import is written while one of these stands. */
export type Refusal = { noun: string; id: string; code: string; message: string }
export type Imported = {
  entries: number
  recorded: Record<string, number>
  unchanged: number
  refused: Refusal[]
}

/**
 * Brings the ledger up to what the files say. What is in the ledger is frozen: a record that differs is refused
 * unless its file says `amends: <reason>`; a resolution may be added. Importing again changes nothing.
 * Everything is decided before anything is written, and up to 5,000 entries are one batch; more are several.
 */
export async function importFolder(ledger: Ledger, unit: Unit, records: LedgerRecords): Promise<Imported> {
  requireRole(unit, 'recorder')
  return ledger.writes.run(unit.now, async () => {
    const { drafts, beside, until, ...result } = await decideRecords(ledger, unit, records)
    if (result.refused.length > 0 || drafts.length === 0) return { done: { ...result, entries: 0 } }
    const answer: Imported = { ...result, entries: drafts.length }
    if (drafts.length <= BATCH)
      return { command: { entries: drafts, beside, claims: ['import'], until }, answer: () => answer }
    await writeInBatches(ledger, unit, drafts, until)
    return { done: answer }
  })
}

/**
 * The entries that bring the ledger up to these records, and what it will not take. `texts` are those of sources
 * whose text is not kept yet, to check their quotes against; null for one that is not at hand.
 */
export async function decideRecords(
  ledger: Ledger,
  unit: Unit,
  records: LedgerRecords,
  texts: ReadonlyMap<string, NormalisedText | null> = new Map(),
): Promise<Omit<Imported, 'entries'> & { drafts: Draft[]; beside: Sql[]; until: Date | undefined }> {
  const importing = await begin(ledger, unit, records, texts)
  for (const { record, amends } of records.analysts) importing.recordNoun('analyst', record, amends)
  for (const { record, amends } of records.sources) importing.recordNoun('source', record, amends)
  for (const statement of records.statements) await importing.recordStatement(statement)
  for (const question of records.questions) await importing.recordQuestion(question)
  for (const question of records.questions) await importing.checkRung(question)
  for (const forecast of records.forecasts) importing.recordForecast(forecast)
  for (const question of records.questions) await importing.decideQuestion(question)
  const decided = importing.end()
  const twins = await twinsOfImport(ledger.db, records, decided.drafts)
  return {
    ...decided,
    refused: [...decided.refused, ...twins.refused.map((twin) => ({ code: 'duplicate', ...twin }))],
    beside: [...decided.beside, ...twins.beside],
  }
}

// What a check or a restoration may leave out of a record and still say the same.
const sameStatement = (statement: Statement) => {
  const { checked: _, quote, ...rest } = statement
  const { start: __, end: ___, ...selector } = quote
  return canonicalJson({ ...rest, quote: selector })
}
const sameNoun = (said: Analyst | Source, held: Analyst | Source) =>
  canonicalJson(
    'text_sha256' in held && !('text_sha256' in said) ? { ...said, text_sha256: held.text_sha256 } : said,
  ) === canonicalJson(held)

const addressesOf = ({ url }: Source): string[] => (url === undefined ? [] : [`address:${addressKey(url)}`])

async function begin(
  ledger: Ledger,
  unit: Unit,
  records: LedgerRecords,
  given: ReadonlyMap<string, NormalisedText | null>,
) {
  const { db } = ledger
  const held: Holdings = await readHoldings(db, records)
  const policy = await readPolicy(db)
  const drafts: Draft[] = []
  const refused: Refusal[] = []
  const recorded: Record<string, number> = {}
  let unchanged = 0
  /** The first deadline that an amendment of the import must not pass. */
  let until: Date | undefined
  const beside = records.questions.map(({ record }) => record)
  const implied = new Set([...held.implied, ...beside.map(({ implies }) => implies)])
  const isRung = ({ id, implies }: Question) => implies !== undefined || implied.has(id)
  const standingOf = (id: string): ResolutionRow | undefined => {
    const open = held.resolutions.get(id)?.filter((row) => row.superseded_by === null) ?? []
    return open.find((row) => row.confirmed_at !== null) ?? open[0]
  }
  /** The rungs as they are decided afterwards: what is only proposed decides nothing. */
  const decided = records.questions.flatMap(({ record, resolution }) => {
    const outcome =
      standingOf(record.id) === undefined ? resolution?.outcome : held.question.get(record.id)?.outcome
    return isRung(record) ? [{ ...record, outcome: outcome ?? null }] : []
  })
  const streams = new Map<string, string>()
  const stated = new Map(records.statements.map((statement) => [statement.id, statement]))
  const questions = new Map<string, QuestionRow>()
  const texts = new Map(given)
  const { claims } = held
  for (const { record, retracted } of records.forecasts) {
    const known = held.forecast.get(record.id)
    if (known?.retraction === null && retracted === null) claims.set(claimKey(known.record), record.id)
  }
  /** New forecasts on questions that others may answer at the same moment. */
  const answers: string[] = []

  const streamOf = (noun: string, id: string): string | undefined =>
    streams.get(`${noun}:${id}`) ?? held.streams.get(`${noun}:${id}`)
  const put = (noun: string, entry: Draft) => {
    drafts.push(entry)
    recorded[noun] = (recorded[noun] ?? 0) + 1
  }
  const refuse = (noun: string, id: string, code: string, message: string) => {
    refused.push({ noun, id, code, message })
  }
  const refuseAs = (noun: string, id: string, error: unknown) => {
    if (!(error instanceof LedgerError)) throw error
    const detail = error.problems.map(({ pointer, message }) => `${pointer} ${message}`).join('; ')
    refuse(noun, id, error.code, detail === '' ? error.message : detail)
  }
  const attempt = (noun: string, id: string, work: () => void) => {
    try {
      work()
    } catch (error) {
      refuseAs(noun, id, error)
    }
  }
  const begun = (noun: string, id: string): string => {
    const stream = newId(ledger)
    streams.set(`${noun}:${id}`, stream)
    return stream
  }
  const frozen = (noun: string, id: string, how: string) =>
    refuse(noun, id, 'frozen', `is in the ledger already and differs from this file; ${how}`)
  const refs = (...pairs: [string, string][]) =>
    pairs.map(([noun, id]) => streamOf(noun, id)).filter((stream) => stream !== undefined)

  /** What one source says of a question is one claim. */
  const requireNew = (record: FolderForecast, isRetracted: boolean): void => {
    if (isRetracted) return
    const claim = claimKey(record)
    const first = claims.get(claim)
    if (first !== undefined) throw repeats(first, { ...record, source: sourceOf(record.statement) })
    claims.set(claim, record.id)
    if (held.question.has(record.question)) answers.push(record.id)
  }

  const requireOriginal = ({ duplicate_of, source }: Statement): void => {
    if (duplicate_of === undefined) return
    const original = stated.get(duplicate_of) ?? held.statement.get(duplicate_of)?.record
    if (original !== undefined) refuseIf('/duplicate_of', originalProblem(original, source))
  }

  /** A name or an address belongs to one record. */
  const requireOwn = (noun: 'analyst' | 'source', record: Analyst | Source): void => {
    const keys = 'name' in record ? nameKeysOf(record).map((key) => `name:${key}`) : addressesOf(record)
    for (const key of keys) {
      const owner = held.owners.get(key) ?? record.id
      if (owner !== record.id)
        throw new LedgerError(
          'duplicate',
          `its ${noun === 'analyst' ? 'name' : 'address'} belongs to ${owner}`,
        )
      held.owners.set(key, record.id)
    }
  }

  return {
    recordNoun(noun: 'analyst' | 'source', record: Analyst | Source, amends: string | undefined): void {
      const known = held[noun].get(record.id)
      const type = `${noun}.recorded` as const
      if (known === undefined) {
        attempt(noun, record.id, () => {
          requireOwn(noun, record)
          const stream = begun(noun, record.id)
          put(noun, draft(unit, type, { stream, rev: 0 }, { record } as never))
        })
      } else if (sameNoun(record, known.record)) unchanged++
      else if (amends === undefined) frozen(noun, record.id, 'say why with `amends: <reason>` beside its id')
      else
        attempt(noun, record.id, () => {
          requireOwn(noun, record)
          put(
            noun,
            draft(unit, type, { stream: known.stream, rev: known.rev + 1 }, {
              record,
              because: amends,
            } as never),
          )
        })
    },

    async recordStatement(statement: Statement): Promise<void> {
      const known = held.statement.get(statement.id)
      if (known !== undefined) {
        if (sameStatement(statement) === sameStatement(known.record)) unchanged++
        else
          frozen(
            'statement',
            statement.id,
            'the words of a statement never change: retract it and log another',
          )
        return
      }
      if (!texts.has(statement.source)) {
        const text = await findSourceText(db, statement.source)
        texts.set(statement.source, text === null ? null : normalise(text))
      }
      attempt('statement', statement.id, () => {
        requireOriginal(statement)
        const stream = begun('statement', statement.id)
        const checked = { ...statement, ...checkQuote(statement.quote, texts.get(statement.source) ?? null) }
        const about = refs(['source', statement.source], ['analyst', statement.analyst])
        put('statement', draft(unit, 'statement.recorded', { stream, rev: 0, refs: about }, checked))
      })
    },

    async recordQuestion({ record, amends }: LedgerRecords['questions'][number]): Promise<void> {
      const known = held.question.get(record.id)
      if (known === undefined) {
        attempt('question', record.id, () => {
          const stream = begun('question', record.id)
          questions.set(record.id, newRow(record, stream))
          put('question', draft(unit, 'question.recorded', { stream, rev: 0 }, record))
        })
        return
      }
      questions.set(record.id, known)
      if (canonicalJson(record) === canonicalJson(known.record)) {
        unchanged++
        return
      }
      if (amends === undefined) {
        frozen('question', record.id, 'say why with `amends: <reason>` in the question')
        return
      }
      const forecasts = await forecastRecordsOn(db, record.id)
      attempt('question', record.id, () => {
        put('amendment', amendmentEntry(unit, known, record, amends, forecasts))
        if (until === undefined || known.due_at < until) until = known.due_at
        questions.set(record.id, {
          ...newRow(record, known.stream),
          rev: known.rev + 1,
          condition_met: known.condition_met,
        })
      })
    },

    /** A ladder is checked as a whole, with the rungs that the ledger holds. */
    async checkRung({ record, resolution }: LedgerRecords['questions'][number]): Promise<void> {
      const { id } = record
      if (!isRung(record)) return
      const known = held.question.get(id)?.record
      try {
        await requireLadder(ledger, record, { held: known, beside })
        if (resolution !== null && standingOf(id) === undefined)
          await requireConsistent(ledger, record, resolution.outcome, decided)
      } catch (error) {
        refuseAs('question', id, error)
      }
    },

    recordForecast({ record, withdrawn, retracted }: LedgerRecords['forecasts'][number]): void {
      const known = held.forecast.get(record.id)
      const question = questions.get(record.question) ?? held.question.get(record.question)
      attempt('forecast', record.id, () => {
        if (question === undefined)
          throw new LedgerError('not_found', `there is no question ${record.question}`)
        const probability = (): Probability => {
          // What the ledger holds was decided when it was logged: today's lexicon and clock have no say in it.
          const isHeld =
            canonicalJson(record.probability) === canonicalJson(known?.record.probability ?? null)
          const afterwards = known === undefined && (question.outcome !== null || question.due_at <= unit.now)
          return isHeld
            ? (record.probability as Probability)
            : completeProbability(record.probability, question.record, afterwards)
        }
        const backward = known === undefined ? deadlineProblem(question.record, record.said_on, true) : null
        if (backward !== null) throw invalid(backward.pointer, backward.message)
        const complete = { ...record, probability: probability() }
        let stream = known?.stream
        let rev = known?.rev ?? 0
        if (known === undefined) {
          requireNew(record, retracted !== null)
          stream = begun('forecast', record.id)
          const about = refs(
            ['question', record.question],
            ['analyst', record.analyst],
            ['statement', record.statement],
          )
          put('forecast', draft(unit, 'forecast.recorded', { stream, rev: 0, refs: about }, complete))
        } else if (canonicalJson(complete) === canonicalJson(known.record)) unchanged++
        else return frozen('forecast', record.id, 'a forecast never changes: retract it and log another')
        const at = () => ({ stream: stream as string, rev: ++rev })
        if (isNews(withdrawn, known?.withdrawal)) {
          requireWithdrawalDay(unit, record, withdrawn)
          if (policy?.four_eyes_in_force === true && withdrawn.url === undefined)
            throw new LedgerError('four_eyes', FOUR_EYES_SAID)
          if (withdrawn.withdrawn_on > question.record.deadline.date)
            throw new LedgerError('frozen', 'a forecast is not withdrawn after its deadline')
          put('withdrawal', draft(unit, 'forecast.withdrawn', at(), { forecast: record.id, ...withdrawn }))
        }
        if (isNews(retracted, known?.retraction))
          put('retraction', draft(unit, 'retracted', at(), { forecast: record.id, ...retracted }))
      })
    },

    async decideQuestion({
      record,
      resolution,
      condition_met,
    }: LedgerRecords['questions'][number]): Promise<void> {
      const question = questions.get(record.id)
      if (question === undefined) return
      attempt('condition', record.id, () => {
        if (!isNews(condition_met, question.condition_met)) return
        put('condition', conditionEntry(unit, question, condition_met))
        question.rev++
        question.condition_met = { ...condition_met, at: '', by: '' }
      })
      if (resolution === null) return
      const standing = standingOf(record.id)
      if (standing !== undefined) {
        if (canonicalJson(fileResolution(standing)) === canonicalJson(resolution)) unchanged++
        else frozen('resolution', record.id, 'an outcome is corrected by a new resolution that supersedes it')
        return
      }
      attempt('resolution', record.id, () => {
        const known = held.resolutions.get(record.id) ?? []
        const proposal = proposalEntries(unit, question, known, asRequest(resolution))
        for (const entry of proposal) put('resolution', entry)
        if (policy?.four_eyes_in_force === true) return
        const { id } = (proposal[0] as Draft<'resolution.proposed'>).payload
        drafts.push(
          draft(
            unit,
            'resolution.confirmed',
            { stream: question.stream, rev: question.rev + proposal.length + 1 },
            { question: record.id, id },
          ),
        )
      })
    },

    end: () => {
      const single = answers.length === 0 ? [] : [requireSingle(answers)]
      const rungs = beside
        .filter(isRung)
        .flatMap((rung) => [rung, held.question.get(rung.id)?.record ?? rung])
      return { drafts, beside: [...single, ...keepingLadders(rungs)], recorded, unchanged, refused, until }
    },
  }
}

/** Whether a file adds an act to what is held; another one than the held one is refused. */
function isNews<T extends object>(said: T | null, held: object | null | undefined): said is T {
  if (said === null) return false
  if (held === null || held === undefined) return true
  const same = Object.entries(said).every(
    ([name, value]) => canonicalJson(value) === canonicalJson(held[name as never] ?? null),
  )
  if (!same) throw new LedgerError('frozen', 'is in the ledger already and differs from this file')
  return false
}

function asRequest({ proposed_by, confirmed_by, ...fields }: FileResolution) {
  const claimed = {
    ...(proposed_by === undefined ? {} : { proposed_by }),
    ...(confirmed_by === undefined ? {} : { confirmed_by }),
  }
  return Object.keys(claimed).length === 0 ? fields : { ...fields, claimed }
}

/** A question that is recorded in the same batch: nothing has happened on its stream yet. */
const newRow = (record: Question, stream: string): QuestionRow => ({
  record,
  stream,
  seq: -1,
  at: '',
  by: '',
  rev: 0,
  due_at: dueAt(record.deadline),
  deadline_rev: 0,
  condition_due_at: record.condition === undefined ? null : dueAt(record.condition.deadline),
  condition_met: null,
  outcome: null,
  annulled_because: null,
  known_on: null,
  known_from: null,
  pending: null,
  disputed: false,
})
