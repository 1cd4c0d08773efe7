import type { Analyst } from '../../core/analyst.ts'
import { latestDate } from '../../core/calendar.ts'
import type { Draft } from '../../core/entry.ts'
import { LedgerError } from '../../core/error.ts'
import type { FolderForecast, LedgerRecords } from '../../core/folder.ts'
import { claimKey, type Forecast } from '../../core/forecast.ts'
import type { MeasuredLexicon } from '../../core/lexicon.ts'
import { type NormalisedText, normalise } from '../../core/normalised-text.ts'
import { OBJECTION_HOURS } from '../../core/objection.ts'
import type { Question } from '../../core/question.ts'
import type { Outcome } from '../../core/resolution.ts'
import { sourceOf } from '../../core/slug.ts'
import type { Source } from '../../core/source.ts'
import type { StandingStatement } from '../../core/statement.ts'
import { canonicalJson } from '../../log/canonical-json.ts'
import { languageSaid } from '../../reading/languages.ts'
import { isMeasuredLanguage } from '../../reading/wording.ts'
import { forecastRecordsOn } from '../../store/forecasts.ts'
import { type Holdings, readHoldings } from '../../store/holdings.ts'
import { listLexicons } from '../../store/lexicons.ts'
import type { QuestionRow, ResolutionRow } from '../../store/lookups.ts'
import { readPolicy } from '../../store/members.ts'
import { type Persons, readPersons } from '../../store/persons.ts'
import type { ReferenceRow } from '../../store/question-references.ts'
import { readTexts } from '../../store/source-text.ts'
import { type Ledger, newId, type Unit } from '../ledger.ts'
import { type Rung, readLadders } from './ladder.ts'

/** What a door could not read is null: it has refused that itself. */
type Read<T, K extends keyof T> = Omit<T, K> & { [P in K]: T[P] | null }
export type WantedStatement = Read<StandingStatement, 'source' | 'analyst' | 'quote'>
export type WantedAnalyst = LedgerRecords['analysts'][number] & {
  /** The door looked for somebody of these names and found nobody. */
  sought?: true
}
export type WantedSource = LedgerRecords['sources'][number] & {
  /** The door looked for it and did not find it. */
  sought?: true
}
export type WantedQuestion = LedgerRecords['questions'][number]
export type WantedReference = LedgerRecords['references'][number] & {
  /** What becomes of one that stands already: a file means the held one, a forecast leaves it, alone it is refused. */
  again?: 'kept' | 'refused'
  /** The forecast that it came with, or its place in the request. */
  beside?: string
}
export type WantedForecast = Omit<LedgerRecords['forecasts'][number], 'record'> & {
  record: Read<FolderForecast, 'question' | 'analyst' | 'said_on' | 'probability'>
  /** Whether words too vague to score stay; where nobody asks, they do. */
  accept_vague?: boolean
}

/** The records that a door wants in the ledger. */
export type Wanted = Pick<LedgerRecords, 'questions'> & {
  analysts: WantedAnalyst[]
  sources: WantedSource[]
  statements: WantedStatement[]
  references: WantedReference[]
  forecasts: WantedForecast[]
  /** What quotes are checked against where the ledger does not keep it; null where it is not at hand. */
  texts?: ReadonlyMap<string, NormalisedText | null>
  /** Whether an id is wanted beside these, in another part of a long import. */
  isWanted?: (id: string) => boolean
  /** `noun:id` of other records of which the door has refused something: they make no entry either. */
  unread?: ReadonlySet<string>
}

/** A reference that is held, or was decided on; `met` once something that is wanted was found to be it. */
export type KnownReference = Pick<ReferenceRow, 'id' | 'record' | 'withdrawn_because'> & { met: boolean }

export type Refused = { noun: string; id: string; error: LedgerError }

/** What is wanted, what the ledger holds of it, and what was decided so far. */
export type Deciding = {
  ledger: Ledger
  unit: Unit
  wanted: Wanted
  held: Holdings
  /** The latest date on earth. */
  today: string
  texts: ReadonlyMap<string, NormalisedText | null>
  fourEyes: boolean
  /** For so long what is confirmed is open to objection. */
  objectionHours: number
  /** What the ledger measured itself, where words are wanted that no survey measured. */
  own: readonly MeasuredLexicon[]
  /** The ladders of the wanted questions, with these. */
  rungs: ReadonlyMap<string, Rung>
  /** What the wanted resolutions decide, by question: not where an outcome stands already. */
  outcomes: ReadonlyMap<string, Outcome>
  /** The forecasts on questions that are amended. */
  forecasts: readonly Forecast[]
  statements: ReadonlyMap<string, WantedStatement>
  analysts: ReadonlyMap<string, Analyst>
  /** Whoever the new ones among them might be. */
  persons: Persons
  /** By a name as it is spelled, the wanted analyst to whom it belongs. */
  spellings: Map<string, Analyst>
  sources: ReadonlyMap<string, Source>
  /** `noun:id` → stream, of what is new. */
  streams: Map<string, string>
  /** The wanted questions as they stand with what was decided. */
  questions: Map<string, QuestionRow>
  /** By question, the references as they stand with what was decided. */
  references: Map<string, KnownReference[]>
  drafts: Draft[]
  refused: Refused[]
  recorded: Record<string, number>
  unchanged: number
  /** The first deadline that an amendment must not pass. */
  until: Date | undefined
  /** New forecasts on questions that others may answer at the same moment. */
  answers: string[]
}

/** Reads what the ledger holds of the wanted records, in as many reads for many as for few. */
export async function begin(
  ledger: Ledger,
  unit: Unit,
  wanted: Wanted,
  given: Holdings | undefined,
): Promise<Deciding> {
  const { db } = ledger
  const held = given ?? (await readHoldings(db, wanted))
  const rungs = wanted.questions.map(({ record }) => record).filter(isRungAmong(wanted, held))
  const needsPolicy =
    wanted.forecasts.some(({ withdrawn }) => withdrawn !== null) ||
    wanted.questions.some(({ resolution }) => resolution !== null)
  const policy = needsPolicy ? await readPolicy(db) : null
  for (const { record, retracted } of wanted.forecasts) {
    const known = held.forecast.get(record.id)
    if (known?.retraction === null && retracted === null) {
      const { type } =
        sourceWanted({ sources: byId(wanted.sources), held }, sourceOf(known.record.statement)) ?? {}
      held.claims.set(claimKey(known.record, type), record.id)
    }
  }
  const among = {
    held,
    statements: new Map(wanted.statements.map((statement) => [statement.id, statement])),
    sources: byId(wanted.sources),
  }
  return {
    ledger,
    unit,
    wanted,
    today: latestDate(unit.now),
    texts: await textsOf(ledger, wanted, held),
    own: await lexiconsFor(ledger, wanted, among),
    fourEyes: policy?.four_eyes_in_force ?? false,
    objectionHours: policy?.objection_hours ?? OBJECTION_HOURS,
    rungs: await readLadders(
      db,
      rungs,
      rungs.flatMap(({ id }) => held.question.get(id)?.record ?? []),
    ),
    forecasts: await forecastRecordsOn(
      db,
      wanted.questions.flatMap(({ record, amends }) => (amends === undefined ? [] : [record.id])),
    ),
    outcomes: new Map(
      wanted.questions.flatMap(({ record: { id }, resolution }) =>
        resolution === null || standingOf(held, id) !== undefined ? [] : [[id, resolution.outcome] as const],
      ),
    ),
    ...among,
    analysts: byId(wanted.analysts),
    persons: await readPersons(db, wanted.analysts.map(({ record }) => record).filter(isNews(held))),
    spellings: new Map(),
    streams: new Map(),
    questions: new Map(),
    references: new Map(),
    drafts: [],
    refused: [],
    recorded: {},
    unchanged: 0,
    until: undefined,
    answers: [],
  }
}

/** Those that the ledger does not hold, or not under these names. */
const isNews =
  (held: Holdings) =>
  (record: Analyst): boolean =>
    canonicalJson(held.analyst.get(record.id)?.record ?? null) !== canonicalJson(record)

const byId = <T extends { id: string }>(wanted: readonly { record: T }[]): Map<string, T> =>
  new Map(wanted.map(({ record }) => [record.id, record]))

/** A question that implies another or is implied, in the ledger or in what is wanted. */
function isRungAmong(wanted: Wanted, held: Holdings): (question: Question) => boolean {
  const implied = new Set([...held.implied, ...wanted.questions.map(({ record }) => record.implies)])
  return ({ id, implies }) => implies !== undefined || implied.has(id)
}

/** The texts of the sources from which something new is quoted. */
async function textsOf(
  { db }: Ledger,
  { statements, texts }: Wanted,
  held: Holdings,
): Promise<ReadonlyMap<string, NormalisedText | null>> {
  const sought = statements.flatMap(({ id, source }) =>
    source === null || texts?.has(source) === true || held.statement.has(id) ? [] : [source],
  )
  const kept = await readTexts(db, [...new Set(sought)])
  return new Map([...[...kept].map(([id, text]) => [id, normalise(text)] as const), ...(texts ?? [])])
}

/** A source as it will be. */
export const sourceWanted = (
  { sources, held }: Pick<Deciding, 'sources' | 'held'>,
  id: string,
): Source | undefined => sources.get(id) ?? held.source.get(id)?.record

/** In what language a wanted forecast was made. */
export function languageWanted(
  among: Pick<Deciding, 'sources' | 'statements' | 'held'>,
  statement: string,
): string | undefined {
  const { statements, held } = among
  const quote = statements.get(statement)?.quote ?? held.statement.get(statement)?.record.quote
  return languageSaid(sourceWanted(among, sourceOf(statement))?.language, quote?.exact ?? '')
}

async function lexiconsFor(
  { db }: Ledger,
  wanted: Wanted,
  among: Pick<Deciding, 'sources' | 'statements' | 'held'>,
): Promise<MeasuredLexicon[]> {
  const asks = wanted.forecasts.some(({ record: { probability, statement } }) => {
    if (typeof probability !== 'object' || probability === null || !('words' in probability)) return false
    const language = languageWanted(among, statement)
    return !isMeasuredLanguage(String(probability.words), { language })
  })
  return asks ? (await listLexicons(db)).map(({ record }) => record) : []
}

/** The outcome of a question that stands: one in force, or else one that is proposed. */
export function standingOf({ resolutions }: Holdings, id: string): ResolutionRow | undefined {
  const open = resolutions.get(id)?.filter((row) => row.superseded_by === null) ?? []
  return open.find((row) => row.confirmed_at !== null) ?? open[0]
}

/** The stream of something new. */
export function begun(d: Deciding, noun: string, id: string): string {
  const stream = newId(d.ledger)
  d.streams.set(`${noun}:${id}`, stream)
  return stream
}

/** The streams of what an entry refers to. */
export const refs = (d: Deciding, ...pairs: [noun: string, id: string][]): string[] =>
  pairs
    .map(([noun, id]) => d.streams.get(`${noun}:${id}`) ?? d.held.streams.get(`${noun}:${id}`))
    .filter((stream) => stream !== undefined)

/** Adds an entry, counted as one of these. */
export function put(d: Deciding, noun: string, entry: Draft): void {
  d.drafts.push(entry)
  d.recorded[noun] = (d.recorded[noun] ?? 0) + 1
}

/**
 * Does the work for a record where none of the checks refuses it, and answers whether it is done. Every check is made:
 * all that is wrong is told at once. What was not read whole makes no entry.
 */
export function decide(
  d: Deciding,
  noun: string,
  record: { id: string },
  checks: readonly (() => void)[],
  work: () => void,
): boolean {
  const { id } = record
  const before = d.refused.length
  for (const check of checks) attempt(d, noun, id, check)
  const isRead =
    Object.values<unknown>(record).every((value) => value !== null) &&
    d.wanted.unread?.has(`${noun}:${id}`) !== true
  if (d.refused.length > before || !isRead) return false
  attempt(d, noun, id, work)
  return d.refused.length === before
}

function attempt(d: Deciding, noun: string, id: string, work: () => void): void {
  try {
    work()
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error
    d.refused.push({ noun, id, error })
  }
}

/** Refuses what the ledger holds otherwise. */
export function frozen(d: Deciding, noun: string, id: string, how: string): void {
  const message = `is in the ledger already and differs from this file; ${how}`
  d.refused.push({ noun, id, error: new LedgerError('frozen', message) })
}
