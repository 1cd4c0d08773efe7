import { filledIn, readDraft } from '../../capture/draft.ts'
import { quoteAt } from '../../capture/quote.ts'
import { AnalystRequest, meant, nameKeysOf } from '../../core/analyst.ts'
import { Dated, type DaySpan, spanOf } from '../../core/calendar.ts'
import type { CaptureDraft, Mark } from '../../core/capture.ts'
import { LedgerError, type Problem } from '../../core/error.ts'
import { ProbabilityRequest } from '../../core/forecast.ts'
import { type NormalisedText, normalise } from '../../core/normalised-text.ts'
import { QuestionRequest } from '../../core/question.ts'
import { ReferenceRequest } from '../../core/reference.ts'
import { SourceRequest } from '../../core/source.ts'
import { Statement, Translation } from '../../core/statement.ts'
import { textHash } from '../../log/entry.ts'
import {
  findAnalystsByName,
  findSource,
  findSourceByText,
  findSourceText,
  takenIds,
} from '../../store/lookups.ts'
import { newAnalyst } from '../analyst/analyst.ts'
import type { Wanted } from '../decide/decide-records.ts'
import { referenceWanted } from '../decide/reference.ts'
import type { Ledger } from '../ledger.ts'
import { firstFree, freeId, idClaim, statementIds } from '../naming.ts'
import { sourceTitle } from '../source/source.ts'
import { laddersOf } from './ladder.ts'

type Home = {
  id: string
  said: DaySpan
  /** Whether quotes are checked against its text, and whether that is yet to be kept. */
  hasText: boolean
  keeps: boolean
}
/** A mark with its place in the capture, and the id of what becomes of it. */
export type Placed = { mark: Mark; at: string; id: string; speakerAt: string }

/** A capture on its way to records. What cannot be read of it is a problem, and null in the record. */
export type Reading = {
  ledger: Ledger
  draft: CaptureDraft
  within: NormalisedText
  problems: Problem[]
  wanted: Wanted & { texts: Map<string, NormalisedText | null>; unread: Set<string> }
  /** The source, where it could be read. */
  home: Home | null
  marks: Placed[]
  isTaken: (claim: string) => boolean
  take: (claim: string) => void
  /** Speakers as they stand in the draft, and the ids of new ones by their names. */
  speakers: Map<string, string | null>
  names: Map<string, string>
  /** Where each new one is named. */
  speakersAt: Map<string, string>
  /** By mark, the question that it asks or answers itself; null where it could not be read. */
  asked: Map<string, string | null>
}

const LONG = 100_000

/** Reads a capture as the records that it wants, each under a free id. */
export async function readCapture(
  ledger: Ledger,
  draft: CaptureDraft,
  isClaimed: (claim: string) => boolean,
): Promise<Reading> {
  const r = begin(ledger, draft, isClaimed)
  if (r.within.text === '') problem(r, '/text', 'is empty: paste what was said')
  if (draft.marks.length === 0) problem(r, '/marks', 'are none: mark at least one passage')
  r.home = await readHome(r)
  if (r.home !== null) r.wanted.texts.set(r.home.id, r.home.hasText ? r.within : null)
  r.marks.push(...(await placeMarks(r)))
  const ladders = await laddersOf(ledger.db, r.marks)
  // A mark may share the question of one that stands behind it.
  for (const placed of r.marks) readQuestion(r, placed, ladders.get(placed.mark.id))
  for (const placed of r.marks) {
    // Each looks through the whole text.
    if (r.within.text.length > LONG) await ledger.pause(0)
    await readMark(r, placed)
  }
  return r
}

function begin(ledger: Ledger, draft: CaptureDraft, isClaimed: (claim: string) => boolean): Reading {
  const taken = new Set<string>()
  return {
    ledger,
    draft,
    within: normalise(draft.text),
    problems: [],
    wanted: {
      analysts: [],
      sources: [],
      statements: [],
      questions: [],
      references: [],
      forecasts: [],
      texts: new Map(),
      unread: new Set(),
    },
    home: null,
    marks: [],
    isTaken: (claim) => taken.has(claim) || isClaimed(claim),
    take: (claim) => taken.add(claim),
    speakers: new Map(),
    names: new Map(),
    speakersAt: new Map(),
    asked: new Map(),
  }
}

/** Notes what is wrong, and answers what stands for what could not be read. */
function problem({ problems }: Reading, pointer: string, message: string): null {
  problems.push({ pointer, message })
  return null
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value.trim() : '')

async function readHome(r: Reading): Promise<Home | null> {
  const { source } = r.draft
  if (typeof source === 'string') return heldHome(r, source.trim())
  const { coverage } = (filledIn(source) ?? {}) as { coverage?: unknown }
  if (coverage === undefined || coverage === 'unstated')
    problem(
      r,
      '/source/coverage',
      'say whether every forecast of this text was marked (complete), or a selection (selected, and why)',
    )
  const request = readDraft(SourceRequest, source, '/source', r.problems)
  if (request === null) return null
  const { text: _, ...fields } = request
  const said = spanOf(request.published)
  const id = await freeId(r.ledger, 'source', sourceTitle(request), r.isTaken)
  r.take(idClaim('source', id))
  const text_sha256 = textHash(r.within.text)
  const same = await findSourceByText(r.ledger.db, text_sha256)
  // The same text under two addresses is two publications.
  if (same !== null && (request.url === undefined || same.record.url === undefined))
    problem(r, '/source', `has the text of ${same.record.id}, which is logged already: log into that source`)
  r.wanted.sources.push({ record: { id, ...fields, text_sha256 } })
  return { id, said, hasText: true, keeps: true }
}

async function heldHome(r: Reading, id: string): Promise<Home | null> {
  const { db } = r.ledger
  const held = await findSource(db, id)
  if (held === null)
    return problem(r, '/source', id === '' ? 'is required' : `there is no source ${JSON.stringify(id)}`)
  const { published, text_sha256 } = held.record
  const said = spanOf(published)
  if (text_sha256 === undefined) return { id, said, hasText: false, keeps: false }
  if (text_sha256 !== textHash(r.within.text))
    problem(r, '/text', `is not the text of ${id}: its quotes could not be found again`)
  return { id, said, hasText: true, keeps: (await findSourceText(db, id)) === null }
}

/** The marks in the order of the text, each under an id that is free for a statement and its question. */
async function placeMarks(r: Reading): Promise<Placed[]> {
  const marks = r.draft.marks
    .map((mark, place) => ({ mark, at: `/marks/${place}`, ids: idsOf(r, mark) }))
    .sort((a, b) => a.mark.start - b.mark.start)
  const taken = await takenIds(
    r.ledger.db,
    ['statement', 'question'],
    marks.flatMap(({ ids }) => ids),
  )
  return marks.map(({ mark, at, ids }) => {
    const id = firstFree('statement', ids, taken, r.isTaken)
    r.take(idClaim('statement', id))
    const speakerAt = filledIn(mark.analyst) === undefined ? '/analyst' : `${at}/analyst`
    return { mark, at, id, speakerAt }
  })
}

function idsOf({ ledger, within, home }: Reading, { kind, question, start, end }: Mark): string[] {
  const { title } = (kind === 'forecast' && typeof question === 'object' ? question : {}) as {
    title?: unknown
  }
  const words = textOf(title) === '' ? within.text.slice(start, Math.min(end, start + 300)) : String(title)
  return statementIds(ledger, home?.id ?? 'source', words)
}

/** The question of a forecast, unless it shares that of another mark. */
function readQuestion(r: Reading, { mark, at, id }: Placed, rung: unknown): void {
  const named = textOf(mark.question)
  if (mark.kind !== 'forecast' || named.startsWith('#')) return
  if (named !== '') {
    r.asked.set(mark.id, named)
    return
  }
  const request = readDraft(QuestionRequest, rung ?? mark.question, `${at}/question`, r.problems)
  r.asked.set(mark.id, request === null ? null : id)
  if (request === null) r.wanted.unread.add(`question:${id}`)
  else r.wanted.questions.push({ record: { id, ...request }, resolution: null, condition_met: null })
}

async function readMark(r: Reading, placed: Placed): Promise<void> {
  const { mark, at, id, speakerAt } = placed
  const { kind, reason } = mark
  const analyst = await readSpeaker(r, speakerAt === '/analyst' ? r.draft.analyst : mark.analyst, speakerAt)
  const quote = quoteAt(r.within, mark, at, r.problems)
  const duplicate_of = kind === 'duplicate' ? readOriginal(r, placed) : undefined
  const lacksReason = kind === 'untestable' && reason === undefined
  if (lacksReason) problem(r, `${at}/reason`, 'say why it cannot be tested')
  if (kind === 'forecast') readForecast(r, placed, analyst)
  const source = r.home?.id ?? null
  const translation =
    filledIn(mark.translation) === undefined
      ? undefined
      : readDraft(Translation, mark.translation, `${at}/translation`, r.problems)
  const fields = {
    id,
    source,
    analyst,
    quote,
    translation: translation ?? undefined,
    timecode: mark.timecode,
    voice: mark.voice ?? 'quote',
    kind,
    reason: kind === 'untestable' ? reason : undefined,
    because: mark.because,
    duplicate_of: duplicate_of ?? undefined,
    checked: 'unchecked' as const,
  }
  const isWhole = ![source, analyst, quote, duplicate_of].includes(null) && !lacksReason
  const statement = isWhole ? readDraft(Statement, fields, at, r.problems) : null
  if (statement === null || translation === null) r.wanted.unread.add(`statement:${id}`)
  const verified = mark.verified_by_ear === true ? { verified_by_ear: true as const } : {}
  r.wanted.statements.push({ ...(statement ?? fields), ...verified })
}

/** A speaker by id, or by what is known of a new one: matched by name, in the ledger and in the capture. */
async function readSpeaker(r: Reading, speaker: Mark['analyst'], at: string): Promise<string | null> {
  const named = textOf(speaker)
  if (named !== '') return named
  const key = JSON.stringify(speaker)
  const known = r.speakers.get(key)
  if (known !== undefined) return known
  const found = await readAnalyst(r, speaker, at)
  r.speakers.set(key, found)
  return found
}

async function readAnalyst(r: Reading, speaker: Mark['analyst'], at: string): Promise<string | null> {
  const request = readDraft(AnalystRequest, speaker, at, r.problems)
  if (request === null) return null
  const keys = nameKeysOf(request)
  const held = meant(request, await findAnalystsByName(r.ledger.db, keys))
  if (held.length > 1)
    problem(r, at, `these names belong to ${held.map(({ record }) => record.id).join(' and ')}`)
  const known = held[0]?.record.id ?? keys.map((key) => r.names.get(key)).find((id) => id !== undefined)
  if (known !== undefined) return known
  try {
    const record = await newAnalyst(r.ledger, request, r.isTaken, at)
    const { id } = record
    r.take(idClaim('analyst', id))
    for (const key of keys) r.names.set(key, id)
    r.speakersAt.set(id, at)
    r.wanted.analysts.push({ record, sought: true })
    return id
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error
    r.problems.push(...error.problems)
    return null
  }
}

/** What a duplicate repeats: another mark, or a recorded statement. */
function readOriginal(r: Reading, { mark, at }: Placed): string | null {
  const named = textOf(mark.duplicate_of)
  if (named === '') return problem(r, `${at}/duplicate_of`, 'say which passage it repeats')
  const other = r.marks.find((placed) => placed.mark.id === named)
  if (other !== undefined) return other.id
  return named.includes('_')
    ? named
    : problem(r, `${at}/duplicate_of`, 'is neither a mark of this capture nor a recorded statement')
}

function readForecast(r: Reading, { mark, at, id }: Placed, analyst: string | null): void {
  const dated =
    filledIn(mark.said_on) === undefined
      ? undefined
      : readDraft(Dated, mark.said_on, `${at}/said_on`, r.problems)
  const said = dated === undefined ? (r.home?.said ?? null) : dated === null ? null : spanOf(dated)
  const question = answered(r, mark, at)
  const reference =
    filledIn(mark.reference) === undefined
      ? null
      : readDraft(ReferenceRequest, mark.reference, `${at}/reference`, r.problems)
  if (reference !== null && question !== null)
    r.wanted.references.push({ ...referenceWanted(question, reference, 'kept'), beside: id })
  const record = {
    id,
    question,
    analyst,
    statement: id,
    said_on: said === null ? null : { from: said.from, to: said.to },
    probability: readDraft(ProbabilityRequest, mark.probability, `${at}/probability`, r.problems),
  }
  const accept_vague = mark.accept_vague === true
  r.wanted.forecasts.push({ record, withdrawn: null, retracted: null, accept_vague })
}

/** The question that a mark answers: its own, or that of the mark which it names. */
function answered(r: Reading, { id, question }: Mark, at: string): string | null {
  const named = textOf(question)
  const found = r.asked.get(named.startsWith('#') ? named.slice(1) : id)
  if (found !== undefined) return found
  return problem(r, `${at}/question`, 'names a mark that asks no question of its own')
}
