import fc from 'fast-check'
import { Analyst } from '../../src/core/analyst.ts'
import { spanOf } from '../../src/core/calendar.ts'
import { type FolderForecast, type LedgerRecords, sourcePath } from '../../src/core/folder.ts'
import { ProbabilityRequest } from '../../src/core/forecast.ts'
import { Question } from '../../src/core/question.ts'
import { FileReference, referenceKinds, saidIn } from '../../src/core/reference.ts'
import { ConditionRequest, FileResolution } from '../../src/core/resolution.ts'
import { Slug, statementId } from '../../src/core/slug.ts'
import { Source } from '../../src/core/source.ts'
import { Quote, type StandingStatement, Statement } from '../../src/core/statement.ts'
import { long, short } from './texts.ts'

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined })
const shape = <T extends Record<string, fc.Arbitrary<unknown>>>(fields: T) =>
  fc
    .record(fields)
    .map((record) => Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)))
/** The schema has the last word on what is valid, so a generator may propose what it likes. */
const valid = <T>(
  arbitrary: fc.Arbitrary<unknown>,
  schema: { safeParse: (value: unknown) => { success: boolean } },
) => arbitrary.filter((value) => schema.safeParse(value).success) as fc.Arbitrary<T>

const day = fc
  .integer({ min: 0, max: 12_000 })
  .map((days) => new Date(Date.UTC(2000, 0, 1) + days * 86_400_000).toISOString().slice(0, 10))
const dated = fc.oneof(
  day,
  day.map((date) => date.slice(0, 7)),
  day.map((date) => date.slice(0, 4)),
  fc.tuple(day, day, maybe(short)).map(([a, b, because]) => {
    const [from, to] = [a, b].toSorted() as [string, string]
    return { from, to, ...(because === undefined ? {} : { because }) }
  }),
)
const slug = fc
  .stringMatching(/^[a-z0-9]{1,6}(-[a-z0-9]{1,6}){0,2}$/u)
  .filter((value) => Slug.safeParse(value).success)
const tags = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'no', '2024'), { maxLength: 4 })
const chance = fc.oneof(
  fc.constantFrom(0, 1, 0.5, 1e-6, 0.1),
  fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true }),
)
const number = fc.oneof(
  fc.integer().map((value) => value + 0),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
)
const address = fc
  .tuple(fc.constantFrom('a', 'b?c=1,2', 'd#e:f', `x/${'y'.repeat(120)}`, "q='[z]"), slug)
  .map(([path, name]) => `https://${name}.example/${path}`)

const deadline = shape({ date: day, time_zone: fc.constantFrom('UTC', 'Asia/Yerevan'), because: maybe(long) })
const evidence = shape({ url: address, archive_url: maybe(address), says: long, accessed: day })
const resolution = valid<FileResolution>(
  shape({
    outcome: fc.oneof(fc.constantFrom('yes', 'no', 'annulled', 'ambiguous', '2024-04-08'), number, short),
    known_on: day,
    evidence: fc.array(evidence, { minLength: 1, maxLength: 2 }),
    rationale: long,
    because_early: maybe(short),
    proposed_by: maybe(short),
    confirmed_by: maybe(short),
  }).map((r) => (r.outcome === 'annulled' ? { ...r, annulled_because: 'moot' } : r)),
  FileResolution,
)
const condition = valid<ConditionRequest>(
  shape({
    met_on: day,
    evidence: fc.array(evidence, { minLength: 1, maxLength: 1 }),
    rationale: maybe(long),
  }),
  ConditionRequest,
)
const options = fc.uniqueArray(short, { minLength: 2, maxLength: 4 })

const question = (id: string) =>
  valid<Question>(
    fc
      .tuple(
        shape({
          title: short,
          criteria: long,
          fine_print: maybe(long),
          resolution_sources: maybe(fc.array(short, { maxLength: 3 })),
          opens: maybe(day),
          deadline,
          condition: maybe(shape({ text: long, deadline })),
          family: maybe(slug),
          low_information: maybe(short),
          tags: maybe(tags),
        }),
        fc.oneof(
          shape({
            type: maybe(fc.constant('binary')),
            early: maybe(fc.uniqueArray(fc.constantFrom('yes', 'no'))),
          }),
          shape({ type: fc.constant('multiple_choice'), options, ordered: maybe(fc.boolean()) }),
          shape({
            type: fc.constant('numeric'),
            range: shape({ low: number, high: number, unit: maybe(short) }),
          }),
          shape({ type: fc.constant('date'), range: shape({ low: day, high: day }) }),
        ),
      )
      .map(([common, own]) => ({ id, ...common, ...own })),
    Question,
  )

const probability = valid<FolderForecast['probability']>(
  fc.oneof(
    chance,
    shape({ low: chance, high: chance }),
    shape({
      words: short,
      low: maybe(chance),
      mid: maybe(chance),
      high: maybe(chance),
      lexicon: maybe(fc.constant('0.2')),
      because: maybe(long),
    }),
    shape({ words: short, categorical: fc.constantFrom('yes', 'no') }),
    options.map((names) => Object.fromEntries(names.map((name) => [name, 1 / names.length]))),
    fc.constant({ quantiles: { '0.05': 1, '0.5': 2.5, '0.95': 1e21 } }),
    fc.constant({ quantiles: { '0.1': '2024-04-08', '0.9': '2025-04-08' } }),
    fc.constant({ interval: [-1.5, 2], level: 0.8 }),
    fc.constant({ interval: ['2024-04-08', '2025-04-08'], level: 0.8 }),
  ),
  ProbabilityRequest,
)
const quote = valid<Quote>(
  shape({
    exact: long,
    prefix: maybe(short),
    suffix: maybe(long),
    start: maybe(fc.nat(1000)),
    end: maybe(fc.nat(1000)),
  }),
  Quote,
)

const instant = fc
  .integer({ min: 0, max: 800_000_000 })
  .map((seconds) => new Date(Date.UTC(2000, 0, 1) + seconds * 1000).toISOString())
const reference = valid<FileReference>(
  shape({
    kind: fc.constantFrom(...referenceKinds),
    probability: maybe(chance),
    of: maybe(shape({ k: fc.nat(9), n: fc.integer({ min: 1, max: 9 }), class: short })),
    source: maybe(long),
    url: maybe(address),
    observed_at: maybe(instant),
    withdrawn: maybe(shape({ because: short })),
  }),
  FileReference,
)
type Compared = LedgerRecords['references'][number]
/** Of each question at most one is declared the primary, and none that stands says what another says. */
function compared(
  some: readonly { question: string; reference: FileReference; primary: boolean }[],
): Compared[] {
  const found: Compared[] = []
  for (const { question, reference, primary } of some) {
    const { withdrawn = null, primary: _, ...fields } = reference
    const record = saidIn(fields)
    const others = found.filter((other) => other.question === question)
    if (others.some((other) => JSON.stringify(other.record) === JSON.stringify(record))) continue
    const isFirst = primary && !others.some((other) => other.primary)
    found.push({ question, record, primary: isFirst, withdrawn })
  }
  return found
}

const recorded = <T>(record: fc.Arbitrary<T>) =>
  fc.tuple(record, maybe(short)).map(([value, amends]) => ({ record: value, ...(amends && { amends }) }))

/** Every kind of record a folder can hold, in canonical order: sources by path, statements by source. */
export const records: fc.Arbitrary<LedgerRecords> = fc
  .record({
    people: fc.uniqueArray(slug, { minLength: 1, maxLength: 3 }),
    documents: fc.uniqueArray(slug, { minLength: 1, maxLength: 3 }),
    locals: fc.uniqueArray(slug, { maxLength: 6 }),
    named: fc.uniqueArray(slug, { minLength: 1, maxLength: 3 }),
  })
  .chain(({ people, documents, locals, named }) => {
    const person = fc.constantFrom(...people)
    const statementIds = locals.map((local, index) =>
      statementId(documents[index % documents.length] ?? '', local),
    )
    const questionIds = [...named, ...statementIds.slice(0, 4)]
    return fc
      .record({
        analysts: fc.tuple(
          ...people.map((id) =>
            recorded(
              valid<Analyst>(
                shape({
                  id: fc.constant(id),
                  name: fc.constantFrom('Jane Roe', 'Константин Калачёв', "O'Brien"),
                  aliases: maybe(fc.constant(['J. Roe', 'Jane "J" Roe'])),
                  affiliation: maybe(short),
                  wikidata: maybe(fc.constant('Q42')),
                  note: maybe(long),
                }),
                Analyst,
              ),
            ),
          ),
        ),
        sources: fc.tuple(
          ...documents.map((id) =>
            recorded(
              valid<Source>(
                shape({
                  id: fc.constant(id),
                  type: fc.constantFrom('interview', 'post'),
                  title: short,
                  url: maybe(address),
                  language: maybe(fc.constant('no')),
                  published: dated,
                  accessed: maybe(day),
                  coverage: maybe(fc.constantFrom('complete', 'selected', 'unstated')),
                  selected_because: maybe(short),
                }),
                Source,
              ),
            ),
          ),
        ),
        questions: fc.tuple(
          ...questionIds.map((id) =>
            fc
              .tuple(recorded(question(id)), fc.option(resolution), fc.option(condition))
              .map(([record, resolution, condition_met]) => ({ ...record, resolution, condition_met })),
          ),
        ),
        references: fc.array(
          fc.record({ question: fc.constantFrom(...questionIds), reference, primary: fc.boolean() }),
          { maxLength: 4 },
        ),
        remarks: fc.tuple(
          ...statementIds.map((id) =>
            fc.record({
              base: shape({
                id: fc.constant(id),
                source: fc.constant(id.split('_')[0] ?? ''),
                analyst: person,
                quote,
                translation: maybe(
                  shape({
                    text: long,
                    by: short,
                    language: maybe(fc.constantFrom('en', 'pt-BR')),
                    machine: maybe(fc.boolean()),
                  }),
                ),
                verified_by_ear: maybe(fc.constant(true)),
                timecode: maybe(fc.constantFrom('12:34', '1:02:03')),
                voice: fc.constantFrom('quote', 'paraphrase', 'headline'),
                because: maybe(long),
                note: maybe(short),
                checked: fc.constant('unchecked'),
              }),
              kind: fc.oneof(
                { weight: 3, arbitrary: fc.constant({ kind: 'forecast' }) },
                {
                  weight: 1,
                  arbitrary: fc.record({
                    kind: fc.constant('untestable'),
                    reason: fc.constantFrom('motive', 'no_event'),
                  }),
                },
                {
                  weight: 1,
                  arbitrary: fc.record({
                    kind: fc.constant('duplicate'),
                    duplicate_of: fc.constantFrom(...statementIds),
                  }),
                },
              ),
              forecast: fc.record({
                question: fc.constantFrom(...questionIds),
                said_on: maybe(dated),
                probability,
                withdrawn: fc.option(shape({ withdrawn_on: day, because: short })),
                retracted: fc.option(shape({ because: short })),
              }),
            }),
          ),
        ),
      })
      .map(({ analysts, sources, questions, references: some, remarks }) => {
        const references = compared(some)
        const records = {
          analysts,
          sources,
          questions,
          statements: [],
          references,
          forecasts: [],
        } as unknown as LedgerRecords
        for (const { base, kind, forecast } of remarks) {
          const { verified_by_ear, ...said } = { ...base, ...kind } as StandingStatement
          const statement: StandingStatement = {
            ...Statement.parse(said),
            ...(verified_by_ear === undefined ? {} : { verified_by_ear }),
          }
          records.statements.push(statement)
          if (statement.kind !== 'forecast') continue
          const source = sources.find(({ record }) => record.id === statement.source)
          records.forecasts.push({
            record: {
              id: statement.id,
              question: forecast.question,
              analyst: statement.analyst,
              statement: statement.id,
              said_on: spanOf(forecast.said_on ?? source?.record.published ?? '2024'),
              probability: forecast.probability,
            },
            withdrawn: forecast.withdrawn as LedgerRecords['forecasts'][number]['withdrawn'],
            retracted: forecast.retracted as LedgerRecords['forecasts'][number]['retracted'],
          })
        }
        return sorted(records)
      })
  })

/** The same records with sources in the order of their files, and the rest in an order that means nothing. */
export function sorted(records: LedgerRecords): LedgerRecords {
  const paths = new Map(records.sources.map(({ record }) => [record.id, sourcePath(record)]))
  const by =
    <T>(key: (item: T) => string) =>
    (a: T, b: T) =>
      key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0
  return {
    analysts: records.analysts.toSorted(by(({ record }) => record.id)),
    sources: records.sources.toSorted(by(({ record }) => paths.get(record.id) ?? '')),
    statements: records.statements.toSorted(by(({ source }) => paths.get(source) ?? '')),
    questions: records.questions.toSorted(by(({ record }) => record.id)),
    // Their order on one question is that of recording.
    references: records.references.toSorted(by(({ question }) => question)),
    forecasts: records.forecasts.toSorted(by(({ record }) => record.id)),
  }
}
