import { filledIn, readDraft } from '../../capture/draft.ts'
import { quoteAt } from '../../capture/quote.ts'
import { AnalystRequest, nameKeysOf } from '../../core/analyst.ts'
import { Dated, type DaySpan, dueAt, latestDate, spanOf } from '../../core/calendar.ts'
import type { CaptureDraft, Mark } from '../../core/capture.ts'
import { LedgerError, type Problem } from '../../core/error.ts'
import type { LedgerRecords } from '../../core/folder.ts'
import { claimKey, ProbabilityRequest } from '../../core/forecast.ts'
import { isTooVague, VAGUE_REFUSAL } from '../../core/probability.ts'
import { type Question, QuestionRequest } from '../../core/question.ts'
import { type Source, SourceRequest } from '../../core/source.ts'
import { Statement } from '../../core/statement.ts'
import { addressKey } from '../../core/text.ts'
import { textHash } from '../../log/entry.ts'
import { type NormalisedText, normalise } from '../../reading/quote.ts'
import {
  findAnalyst,
  findAnalystsByName,
  findQuestion,
  findSource,
  findSourceByAddress,
  findSourceByText,
  findSourceText,
  findStatement,
  takenIds,
} from '../../store/lookups.ts'
import { completeProbability } from '../forecast/probability.ts'
import type { Ledger, Unit } from '../ledger.ts'
import { firstFree, freeId, idClaim, statementIds } from '../naming.ts'
import { laddersOf } from './ladder.ts'

/** A capture as records with their ids: all that is new in it, and what its quotes are checked against. */
export type CapturedRecords = {
  records: LedgerRecords
  source: string
  /** What quotes are checked against; null where the source is recorded without a text. */
  within: NormalisedText | null
  /** The text to keep with the source, where it is not kept yet. */
  text: string | null
  claims: string[]
  /** The id of each statement with the place of its mark. */
  places: Map<string, number>
}

type Home = { id: string; said: DaySpan; hasText: boolean; keeps: boolean }
type Placed = { mark: Mark; at: string; place: number; id: string }

const LONG = 100_000

/**
 * Makes records of a capture. Everything that is wrong is told at once, each with a pointer into the capture such as
 * `/marks/3/question/criteria`; then nothing is made.
 */
export async function recordsOfCapture(
  ledger: Ledger,
  unit: Unit,
  draft: CaptureDraft,
  isClaimed: (claim: string) => boolean,
): Promise<CapturedRecords> {
  const { db } = ledger
  const problems: Problem[] = []
  const problem = (pointer: string, message: string) => {
    problems.push({ pointer, message })
  }
  const within = normalise(draft.text)
  if (within.text === '') problem('/text', 'is empty: paste what was said')
  if (draft.marks.length === 0) problem('/marks', 'are none: mark at least one passage')

  const records: LedgerRecords = { analysts: [], sources: [], statements: [], questions: [], forecasts: [] }
  const claims: string[] = []
  const used = new Set<string>()
  const isTaken = (claim: string) => used.has(claim) || isClaimed(claim)
  const use = (...taken: string[]) => {
    for (const claim of taken) used.add(claim)
    claims.push(...taken)
  }

  const home = await homeOf()
  const speakers = new Map<string, string | null>()
  const names = new Map<string, string>()
  const marks: Placed[] = []
  const inOrder = draft.marks
    .map((mark, place) => ({ mark, place }))
    .sort((a, b) => a.mark.start - b.mark.start)
  for (const { mark, place } of inOrder)
    marks.push({ mark, place, at: `/marks/${place}`, id: await idOf(mark) })
  const byMark = new Map(marks.map((placed) => [placed.mark.id, placed]))
  const asked = new Map<string, { question: Question; decided: boolean }>()
  const ladders = await laddersOf(db, marks)
  // A mark may share the question of one that stands behind it.
  for (const placed of marks) if (placed.mark.kind === 'forecast') await ask(placed)
  for (const placed of marks) {
    // Each looks through the whole text.
    if (within.text.length > LONG) await ledger.pause(0)
    await record(placed)
  }
  if (problems.length > 0) {
    const count = problems.length === 1 ? 'one thing is' : `${problems.length} things are`
    throw new LedgerError('invalid', `Nothing was logged: ${count} to be mended first.`, problems)
  }
  const { id: source, hasText, keeps } = home as Home
  const text = keeps ? draft.text : null
  return {
    records,
    source,
    within: hasText ? within : null,
    text,
    claims,
    places: new Map(marks.map(({ id, place }) => [id, place])),
  }

  async function homeOf(): Promise<Home | null> {
    if (typeof draft.source === 'string') return heldHome(draft.source.trim())
    const { coverage } = (filledIn(draft.source) ?? {}) as { coverage?: unknown }
    if (coverage === undefined || coverage === 'unstated')
      problem(
        '/source/coverage',
        'say whether every forecast of this text was marked (complete), or a selection (selected, and why)',
      )
    const request = readDraft(SourceRequest, draft.source, '/source', problems)
    if (request === null) return null
    const said = spanOf(request.published)
    if (said.from > latestDate(unit.now)) problem('/source/published', 'lies in the future')
    const held = request.url === undefined ? null : await findSourceByAddress(db, addressKey(request.url))
    if (held !== null)
      problem('/source/url', `belongs to ${held.record.id}: log into that source, or correct the address`)
    const id = await freeId(ledger, 'source', `${said.from.slice(0, 7)} ${request.title}`, isTaken)
    const { text: _, ...fields } = request
    const text_sha256 = textHash(within.text)
    const same = held === null ? await findSourceByText(db, text_sha256) : null
    // The same text under two addresses is two publications.
    if (same !== null && (request.url === undefined || same.record.url === undefined))
      problem('/source', `has the text of ${same.record.id}, which is logged already: log into that source`)
    const record: Source = { id, ...fields, text_sha256 }
    records.sources.push({ record })
    use(
      `text:${text_sha256}`,
      idClaim('source', id),
      ...(request.url === undefined ? [] : [`address:${addressKey(request.url)}`]),
    )
    return { id, said, hasText: true, keeps: true }
  }

  async function heldHome(id: string): Promise<Home | null> {
    const held = await findSource(db, id)
    if (held === null) {
      problem('/source', id === '' ? 'is required' : `there is no source ${JSON.stringify(id)}`)
      return null
    }
    const { record } = held
    const said = spanOf(record.published)
    if (record.text_sha256 === undefined) return { id, said, hasText: false, keeps: false }
    if (record.text_sha256 !== textHash(within.text))
      problem('/text', `is not the text of ${id}: its quotes could not be found again`)
    return { id, said, hasText: true, keeps: (await findSourceText(db, id)) === null }
  }

  async function idOf({ kind, question, start, end }: Mark): Promise<string> {
    const { title } = (kind === 'forecast' && typeof question === 'object' ? question : {}) as {
      title?: unknown
    }
    const words =
      typeof title === 'string' && title.trim() !== ''
        ? title
        : within.text.slice(start, Math.min(end, start + 300))
    const ids = statementIds(ledger, home?.id ?? 'source', words)
    const id = firstFree('statement', ids, await takenIds(db, ['statement', 'question'], ids), isTaken)
    use(idClaim('statement', id))
    return id
  }

  async function speakerOf(speaker: Mark['analyst'], at: string): Promise<string | null> {
    const key = JSON.stringify(speaker)
    const known = speakers.get(key)
    if (known !== undefined) return known
    const found = await findSpeaker(speaker, at)
    speakers.set(key, found)
    return found
  }

  async function findSpeaker(speaker: Mark['analyst'], at: string): Promise<string | null> {
    if (typeof speaker === 'string' && speaker.trim() !== '') {
      const held = await findAnalyst(db, speaker.trim())
      if (held === null) problem(at, `there is no analyst ${JSON.stringify(speaker)}`)
      return held?.record.id ?? null
    }
    const request = readDraft(AnalystRequest, speaker, at, problems)
    if (request === null) return null
    const keys = nameKeysOf(request)
    const held = await findAnalystsByName(db, keys)
    if (held.length > 1)
      problem(at, `these names belong to ${held.map(({ record }) => record.id).join(' and ')}`)
    const known = held[0]?.record.id ?? keys.map((key) => names.get(key)).find((id) => id !== undefined)
    if (known !== undefined) return known
    const id = await freeId(ledger, 'analyst', request.name, isTaken)
    records.analysts.push({ record: { id, ...request } })
    for (const key of keys) names.set(key, id)
    use(idClaim('analyst', id), ...keys.map((key) => `name:${key}`))
    return id
  }

  async function ask({ mark, at, id }: Placed): Promise<void> {
    const { question } = mark
    const place = `${at}/question`
    if (typeof question === 'string' && question.startsWith('#')) return
    if (typeof question === 'string' && question.trim() !== '') {
      const held = await findQuestion(db, question.trim())
      if (held === null) return problem(place, `there is no question ${JSON.stringify(question)}`)
      asked.set(mark.id, { question: held.record, decided: held.outcome !== null || held.due_at <= unit.now })
      return
    }
    const request = readDraft(QuestionRequest, ladders.get(mark.id) ?? question, place, problems)
    if (request === null) return
    const record: Question = { id, ...request }
    records.questions.push({ record, resolution: null, condition_met: null })
    asked.set(mark.id, { question: record, decided: dueAt(record.deadline) <= unit.now })
  }

  async function record(placed: Placed): Promise<void> {
    const { mark, at, id } = placed
    const [speaker, speakerAt] =
      filledIn(mark.analyst) === undefined ? [draft.analyst, '/analyst'] : [mark.analyst, `${at}/analyst`]
    const analyst = await speakerOf(speaker, speakerAt)
    const quote = quoteAt(within, mark, at, problems)
    const duplicate_of = mark.kind === 'duplicate' ? await originalOf(placed) : undefined
    if (mark.kind === 'untestable' && mark.reason === undefined)
      problem(`${at}/reason`, 'say why it cannot be tested')
    if (mark.kind === 'forecast') forecast(placed, analyst)
    if (analyst === null || quote === null || duplicate_of === null || home === null) return
    if (mark.kind === 'untestable' && mark.reason === undefined) return
    const statement = readDraft(
      Statement,
      {
        id,
        source: home.id,
        analyst,
        quote,
        timecode: mark.timecode,
        voice: mark.voice ?? 'quote',
        kind: mark.kind,
        reason: mark.kind === 'untestable' ? mark.reason : undefined,
        because: mark.because,
        duplicate_of,
        checked: 'unchecked',
      },
      at,
      problems,
    )
    if (statement !== null) records.statements.push(statement)
  }

  async function originalOf({ mark, at }: Placed): Promise<string | null> {
    const named = mark.duplicate_of?.trim() ?? ''
    const no = (message: string) => {
      problem(`${at}/duplicate_of`, message)
      return null
    }
    if (named === '') return no('say which passage it repeats')
    const other = byMark.get(named)
    if (other !== undefined)
      return other.mark.kind === 'duplicate'
        ? no('is itself a duplicate: name the passage that is repeated')
        : other.id
    const held = named.includes('_') ? await findStatement(db, named) : null
    if (held === null) return no('is neither a mark of this capture nor a recorded statement')
    if (held.record.source !== home?.id)
      return no('is in another source: the same claim in a later source is a forecast again')
    return held.record.kind === 'duplicate'
      ? no('is itself a duplicate: name the passage that is repeated')
      : held.record.id
  }

  function forecast({ mark, at, id }: Placed, analyst: string | null): void {
    if (mark.voice === 'headline')
      problem(`${at}/voice`, 'a headline is the editor’s paraphrase and carries no forecast')
    const shared =
      typeof mark.question === 'string' && mark.question.startsWith('#') ? mark.question.slice(1) : mark.id
    const found = asked.get(shared)
    if (found === undefined && shared !== mark.id)
      problem(`${at}/question`, 'names a mark that asks no question of its own')
    const dated =
      filledIn(mark.said_on) === undefined
        ? undefined
        : readDraft(Dated, mark.said_on, `${at}/said_on`, problems)
    const said = dated === undefined ? home?.said : dated === null ? undefined : spanOf(dated)
    if (dated !== undefined && said !== undefined && said.from > latestDate(unit.now))
      problem(`${at}/said_on`, 'lies in the future')
    const { date } = found?.question.deadline ?? {}
    if (date !== undefined && said !== undefined && date < said.from)
      problem(
        typeof mark.question === 'string' ? `${at}/question` : `${at}/question/deadline/date`,
        `lies before the statement of ${said.from}: a forecast looks forward`,
      )
    const given = readDraft(ProbabilityRequest, mark.probability, `${at}/probability`, problems)
    if (given === null || found === undefined) return
    try {
      const probability = completeProbability(given, found.question, found.decided)
      if (isTooVague(probability) && mark.accept_vague !== true) problem(`${at}/accept_vague`, VAGUE_REFUSAL)
      if (analyst === null || said === undefined) return
      const record = {
        id,
        question: found.question.id,
        analyst,
        statement: id,
        said_on: { from: said.from, to: said.to },
        probability,
      }
      const first = records.forecasts.find((other) => claimKey(other.record) === claimKey(record))
      if (first !== undefined) problem(`${at}/question`, answeredAt(first.record.id))
      records.forecasts.push({ record, withdrawn: null, retracted: null })
    } catch (error) {
      if (!(error instanceof LedgerError)) throw error
      for (const { pointer, message } of error.problems) problem(at + pointer, message)
    }
  }

  function answeredAt(id: string): string {
    const { start = 0, end = 0 } = marks.find((placed) => placed.id === id)?.mark ?? {}
    return `is answered by the same analyst in “${within.text.slice(start, Math.min(end, start + 100))}” already: mark this passage as a duplicate of that one`
  }
}
