import type { Analyst } from './analyst.ts'
import { type Dated, type DaySpan, spanOf } from './calendar.ts'
import type { Amends } from './correction.ts'
import type { Forecast, RetractionRequest, WithdrawalRequest, WordsRequest } from './forecast.ts'
import type { FileStatement, PredictionsFolder, SourceFile } from './predictions-file.ts'
import type { Probability } from './probability.ts'
import type { Question } from './question.ts'
import { type FileReference, type ReferenceSaid, type ReferenceWithdrawal, saidIn } from './reference.ts'
import type { ConditionRequest, FileResolution } from './resolution.ts'
import { localId, statementId } from './slug.ts'
import type { Source } from './source.ts'
import type { StandingStatement, Statement } from './statement.ts'

type Recorded<T> = { record: T; amends?: Amends }

/** A forecast as files carry it: words may still wait for the lexicon. */
export type FolderForecast = Omit<Forecast, 'probability' | 'reference'> & {
  probability: Probability | WordsRequest
}

/** What a folder says, as flat records with full ids: the meeting point of files and ledger. */
export type LedgerRecords = {
  analysts: Recorded<Analyst>[]
  sources: Recorded<Source>[]
  /** In the order of the files, and within a file as it stands there. */
  statements: StandingStatement[]
  questions: (Recorded<Question> & {
    resolution: FileResolution | null
    condition_met: ConditionRequest | null
  })[]
  /** Of each question in the order of recording. */
  references: {
    question: string
    record: ReferenceSaid
    /** Declared the one that counts. */
    primary: boolean
    withdrawn: ReferenceWithdrawal | null
  }[]
  forecasts: {
    record: FolderForecast
    withdrawn: WithdrawalRequest | null
    retracted: RetractionRequest | null
  }[]
}

/** Where a source's file stands in the folder: under the latest year it can be of. */
export const sourcePath = (source: Pick<Source, 'id' | 'published'>): string =>
  `${spanOf(source.published).to.slice(0, 4)}/${source.id}.yaml`

/** What a statement of a file was classified as. The check has made sure that exactly one holds. */
export const kindOfStatement = (
  statement: Pick<FileStatement, 'untestable' | 'duplicate_of'>,
): Statement['kind'] =>
  statement.untestable !== undefined
    ? 'untestable'
    : statement.duplicate_of !== undefined
      ? 'duplicate'
      : 'forecast'

/** The full id behind `duplicate_of`, which may name a statement of the same file by its local id. */
export const fullId = (source: string, id: string): string =>
  id.includes('_') ? id : statementId(source, id)

/** The id of the question that a statement is about. */
const questionIdOf = (source: string, statement: FileStatement): string | undefined =>
  typeof statement.question === 'object'
    ? (statement.question.id ?? statementId(source, statement.id))
    : statement.question

/** The question as it is recorded: with its id, and with the tags of its file before its own. */
export function inlineQuestion(
  file: { source: { id: string }; tags?: string[] | undefined },
  statement: FileStatement,
): Question | null {
  if (typeof statement.question !== 'object') return null
  const { amends: _, references: __, tags: own, ...rest } = statement.question
  const tags = file.tags === undefined ? own : [...new Set([...file.tags, ...(own ?? [])])]
  return present({ ...rest, id: questionIdOf(file.source.id, statement), tags }) as Question
}

/** Every record of a folder that passed the check, with full ids. */
export function recordsOf(folder: PredictionsFolder): LedgerRecords {
  const statements: StandingStatement[] = []
  const references: LedgerRecords['references'] = folder.questions.flatMap(({ id, references }) =>
    referencesOf(id, references),
  )
  const questions: LedgerRecords['questions'] = folder.questions.map(
    ({ resolution, condition_met, references: _, ...question }) => ({
      ...recorded<Question>(question),
      resolution: resolution ?? null,
      condition_met: condition_met ?? null,
    }),
  )
  const forecasts: LedgerRecords['forecasts'] = []
  for (const file of folder.sources) {
    for (const statement of file.statements) {
      const record = statementRecord(file, statement)
      statements.push(record)
      if (record.kind !== 'forecast') continue
      const question = inlineQuestion(file, statement)
      if (question !== null) {
        const inline = statement.question as InlineQuestion
        references.push(...referencesOf(question.id, inline.references))
        questions.push({
          ...withAmends(question, inline.amends),
          resolution: statement.resolution ?? null,
          condition_met: statement.condition_met ?? null,
        })
      }
      forecasts.push({
        record: {
          id: record.id,
          question: questionIdOf(file.source.id, statement) as string,
          analyst: record.analyst,
          statement: record.id,
          said_on: spanOf(statement.said_on ?? file.source.published),
          probability: statement.probability as FolderForecast['probability'],
        },
        withdrawn: statement.withdrawn ?? null,
        retracted: statement.retracted ?? null,
      })
    }
  }
  return {
    analysts: folder.analysts.map((analyst) => recorded<Analyst>(analyst)),
    sources: folder.sources.map((file) => recorded<Source>(file.source)),
    statements,
    questions,
    references,
    forecasts,
  }
}

type InlineQuestion = Exclude<FileStatement['question'], string | undefined>

const referencesOf = (
  question: string,
  references: readonly FileReference[] = [],
): LedgerRecords['references'] =>
  references.map(({ primary, withdrawn, ...fields }) => ({
    question,
    record: saidIn(fields),
    primary: primary === true,
    withdrawn: withdrawn ?? null,
  }))

/**
 * The folder that says these records, in its canonical form: files in the order of their paths, each question in
 * the file of its first statement (by `said_on`, then by path), the others in `questions.yaml`.
 */
export function folderOf(records: LedgerRecords): PredictionsFolder {
  const sources = records.sources
    .map((source) => ({ source, path: sourcePath(source.record) }))
    .sort((a, b) => compare(a.path, b.path))
    .map(({ source }) => source)
  const statementsOf = new Map<string, StandingStatement[]>(sources.map((source) => [source.record.id, []]))
  for (const statement of records.statements) statementsOf.get(statement.source)?.push(statement)
  const forecasts = new Map(records.forecasts.map((forecast) => [forecast.record.id, forecast]))
  const questions = new Map(records.questions.map((question) => [question.record.id, question]))
  const inFileOrder = sources
    .flatMap((source) => statementsOf.get(source.record.id) ?? [])
    .flatMap((statement) => forecasts.get(statement.id) ?? [])
  const references = new Map<string, FileReference[]>()
  for (const { question, record, primary, withdrawn } of records.references)
    references.set(question, [
      ...(references.get(question) ?? []),
      { ...record, ...(primary ? { primary } : {}), ...(withdrawn === null ? {} : { withdrawn }) },
    ])
  const homes = new Map<string, string>()
  for (const { record } of inFileOrder.toSorted((a, b) =>
    compare(a.record.said_on.to, b.record.said_on.to),
  )) {
    if (questions.has(record.question) && !homes.has(record.question)) homes.set(record.question, record.id)
  }

  return {
    analysts: records.analysts.map(unrecorded),
    questions: records.questions
      .filter((question) => !homes.has(question.record.id))
      .map(({ resolution, condition_met, ...question }) =>
        present({
          ...unrecorded(question),
          references: references.get(question.record.id),
          resolution: resolution ?? undefined,
          condition_met: condition_met ?? undefined,
        }),
      ),
    sources: sources.map((source) => {
      const statements = statementsOf.get(source.record.id) ?? []
      const inlined = new Map(
        statements.flatMap(({ id }) => {
          const question = questions.get(forecasts.get(id)?.record.question ?? '')
          return question !== undefined && homes.get(question.record.id) === id ? [[id, question]] : []
        }),
      )
      const analyst = only(statements.map((statement) => statement.analyst))
      const tags = commonStart([...inlined.values()].map((question) => question.record.tags ?? []))
      return present({
        source: unrecorded(source),
        analyst,
        tags: tags.length === 0 ? undefined : tags,
        statements: statements.map((statement) => {
          const forecast = forecasts.get(statement.id)
          const home = inlined.get(statement.id)
          return fileStatement(source.record, statement, {
            analyst: analyst === undefined ? statement.analyst : undefined,
            forecast,
            question: home && {
              ...home,
              tags: ownTags(home.record.tags, tags.length),
              references: references.get(home.record.id),
            },
          })
        }),
      })
    }),
  }
}

function statementRecord(file: SourceFile, statement: FileStatement): StandingStatement {
  const kind = kindOfStatement(statement)
  return present({
    id: statementId(file.source.id, statement.id),
    source: file.source.id,
    analyst: (statement.analyst ?? file.analyst) as string,
    quote: typeof statement.quote === 'string' ? { exact: statement.quote } : statement.quote,
    translation: statement.translation,
    verified_by_ear: statement.verified_by_ear,
    timecode: statement.timecode,
    voice: statement.voice ?? 'quote',
    kind,
    reason: statement.untestable?.reason,
    because: statement.untestable?.because ?? statement.because,
    duplicate_of:
      statement.duplicate_of === undefined ? undefined : fullId(file.source.id, statement.duplicate_of),
    note: statement.note,
    checked: 'unchecked' as const,
  })
}

type Home = LedgerRecords['questions'][number] & {
  tags: string[] | undefined
  references: FileReference[] | undefined
}

function fileStatement(
  source: Source,
  statement: StandingStatement,
  at: {
    analyst: string | undefined
    forecast: LedgerRecords['forecasts'][number] | undefined
    question: Home | undefined
  },
): FileStatement {
  const { quote, reason, duplicate_of } = statement
  const said = at.forecast?.record.said_on
  return present({
    id: localId(statement.id),
    analyst: at.analyst,
    quote: Object.keys(present(quote)).length === 1 ? quote.exact : quote,
    translation: statement.translation,
    verified_by_ear: statement.verified_by_ear === undefined ? undefined : (true as const),
    timecode: statement.timecode,
    voice: statement.voice === 'quote' ? undefined : statement.voice,
    note: statement.note,
    said_on: said === undefined || sameSpan(said, spanOf(source.published)) ? undefined : datedOf(said),
    untestable: reason && present({ reason, because: statement.because }),
    duplicate_of:
      duplicate_of !== undefined && duplicate_of === statementId(source.id, localId(duplicate_of))
        ? localId(duplicate_of)
        : duplicate_of,
    because: reason === undefined ? statement.because : undefined,
    question: at.question === undefined ? at.forecast?.record.question : inlined(at.question, statement.id),
    probability: at.forecast?.record.probability,
    withdrawn: at.forecast?.withdrawn ?? undefined,
    retracted: at.forecast?.retracted ?? undefined,
    resolution: at.question?.resolution ?? undefined,
    condition_met: at.question?.condition_met ?? undefined,
  })
}

function inlined(question: Home, statement: string): InlineQuestion {
  const { id, ...rest } = unrecorded(question)
  const { tags, references } = question
  return present({ ...rest, id: id === statement ? undefined : id, tags, references })
}

const withAmends = <T>(record: T, amends: Amends | undefined): Recorded<T> =>
  amends === undefined ? { record } : { record, amends }

const recorded = <T>({ amends, ...record }: T & { amends?: Amends | undefined }): Recorded<T> =>
  withAmends(record as T, amends)

const unrecorded = <T>({ record, amends }: Recorded<T>): T & { amends?: Amends | undefined } => ({
  ...record,
  ...(amends === undefined ? {} : { amends }),
})

/** The same value without the keys that hold nothing. */
const present = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as T

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const only = (values: string[]): string | undefined => (new Set(values).size === 1 ? values[0] : undefined)

// The tags of a file come first in each of its questions, so only a common start can be told from them again.
function commonStart(lists: string[][]): string[] {
  const [first = [], ...others] = lists
  const end = first.findIndex((tag, at) => others.some((list) => list[at] !== tag))
  return end === -1 ? first : first.slice(0, end)
}

const ownTags = (tags: string[] | undefined, shared: number): string[] | undefined =>
  shared > 0 && tags?.length === shared ? undefined : tags?.slice(shared)

const sameSpan = (a: DaySpan, b: DaySpan): boolean => a.from === b.from && a.to === b.to

/** The shortest date that means exactly this span. */
function datedOf(span: DaySpan): Dated {
  const coarse = [span.from, span.from.slice(0, 7), span.from.slice(0, 4)]
  return coarse.find((date) => sameSpan(spanOf(date), span)) ?? span
}
