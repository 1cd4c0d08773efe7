import { addDays } from '../../src/core/calendar.ts'
import type { LedgerRecords } from '../../src/core/folder.ts'
import { outcomeOf } from '../../src/demo/world.ts'
import { importFolder } from '../../src/ledger/import/import-folder.ts'
import { changePolicy } from '../../src/ledger/members/membership.ts'
import type { ForecastUnit, UnitStatement } from '../../src/scoring/forecast-unit.ts'
import { AS_OF, day } from '../scoring/a-unit.ts'
import { type GeneratedAnalyst, generatedAnalysts } from './generated-analysts.ts'
import { keptLedger, type TestLedger } from './ledger.ts'

/** Live is what is logged within 30 days of being said: what was said in one of these windows is logged at its end. */
const WINDOW = 20
const LATE = 40
const MOST = 500
const BEGIN = '2013-12-01'
const TODAY = AS_OF.toISOString().slice(0, 10)

const dayOf = (instant: Date): string => instant.toISOString().slice(0, 10)
export const idOf = (name: string): string => name.toLowerCase().replaceAll(' ', '-')

/**
 * The ledger in which all of them were logged, day by day, as it stands at AS_OF; of each at most 500 questions.
 * Whoever made it closes it.
 */
export async function generatedLedger(): Promise<
  TestLedger & { close: () => Promise<void>; analysts: GeneratedAnalyst[] }
> {
  const analysts = generatedAnalysts().map(({ units, ...who }) => ({ ...who, units: units.slice(0, MOST) }))
  const held = await keptLedger({}, new Date(`${BEGIN}T08:00:00.000Z`))
  await changePolicy(held.ledger, held.unit, 'off')
  const all = analysts.map(recordsOf)
  const take = async (on: string, records: LedgerRecords) => {
    held.at(`${on}T20:00:00.000Z`)
    const { refused } = await importFolder(held.ledger, held.unit, records)
    if (refused.length > 0) throw new Error(JSON.stringify(refused.slice(0, 5), null, 1))
  }
  const days = new Map<string, Set<string>>()
  for (const [id, on] of all.flatMap(({ logged }) => [...logged]))
    days.set(on, (days.get(on) ?? new Set()).add(id))
  const whole = joined(all.map(({ records }) => records))
  for (const on of [...days.keys()].sort()) {
    if (on < TODAY) await take(on, undecided(whole, days.get(on) ?? new Set()))
  }
  await take(TODAY, whole)
  return { ...held, analysts }
}

type Logged = { records: LedgerRecords; logged: Map<string, string> }

/** Everything of one analyst as files would say it, and the day on which each statement is logged. */
function recordsOf({ name, units }: GeneratedAnalyst): Logged {
  const analyst = idOf(name)
  const records = nothing()
  const logged = new Map<string, string>()
  records.analysts.push({ record: { id: analyst, name } })
  const sources = new Map<string, LedgerRecords['sources'][number]['record']>()
  for (const unit of units) {
    const question = `${analyst}-${unit.id}`
    records.questions.push(questionOf(question, unit))
    if (unit.reference != null)
      records.references.push({
        question,
        record: { kind: 'nothing_changes', probability: unit.reference },
        primary: true,
        withdrawn: null,
      })
    unit.statements.forEach((said, k) => {
      const source = `${analyst}-${unit.source}${k === 0 ? '' : `-again-${k}-${unit.id}`}`
      const known = sources.get(source)
      const published =
        known === undefined || said.said_on < String(known.published) ? said.said_on : known.published
      sources.set(source, sourceOf(source, unit, said, String(published)))
      const id = `${source}_${unit.id}`
      records.statements.push({
        id,
        source,
        analyst,
        quote: { exact: `What ${name} said of ${unit.id}, as number ${k + 1}` },
        voice: said.voice,
        kind: 'forecast',
        checked: 'unchecked',
      })
      records.forecasts.push({
        record: {
          id,
          question,
          analyst,
          statement: id,
          said_on: { from: said.said_on, to: said.said_on },
          probability: probabilityOf(said),
          ...(unit.cluster == null ? {} : { cluster: unit.cluster }),
        },
        withdrawn:
          said.withdrawn_on == null
            ? null
            : { withdrawn_on: said.withdrawn_on, because: 'As was said then.' },
        retracted: said.retracted ? { because: 'It was logged by mistake.' } : null,
      })
      logged.set(id, loggedOn(unit, said))
    })
  }
  records.sources.push(...[...sources.values()].map((record) => ({ record })))
  return { records, logged }
}

function loggedOn({ known_from, deadline_on }: ForecastUnit, { logged, said_on }: UnitStatement): string {
  if (logged === 'afterwards') return TODAY
  const last =
    known_from === null || dayOf(known_from) > deadline_on ? deadline_on : addDays(dayOf(known_from), -1)
  if (logged === 'late') return addDays(said_on, LATE) <= last ? addDays(said_on, LATE) : TODAY
  const since = Math.round((day(said_on).getTime() - day(BEGIN).getTime()) / 86_400_000)
  const end = addDays(BEGIN, Math.ceil((since + 1) / WINDOW) * WINDOW)
  return end <= last ? end : said_on
}

function sourceOf(id: string, unit: ForecastUnit, said: UnitStatement, published: string) {
  const coverage = said.coverage ?? unit.coverage
  return {
    id,
    type: unit.source_type as 'interview',
    title: `Source ${id}`,
    published,
    coverage,
    // Words that nobody measured are of a language without a survey.
    ...(typeof said.probability === 'object' && 'leans' in said.probability ? { language: 'de' } : {}),
    ...(coverage === 'selected' ? { selected_because: 'Only this was of interest.' } : {}),
  }
}

function questionOf(id: string, unit: ForecastUnit): LedgerRecords['questions'][number] {
  const deadline = { date: unit.deadline_on, time_zone: 'UTC' }
  const isConditional = unit.annulled_because === 'condition_not_met'
  return {
    record: {
      id,
      title: `${unit.title} (${id})`,
      criteria: 'Two newspapers of record report it.',
      type: unit.type,
      deadline: { ...deadline, ...(unit.deadline_ours ? { because: 'No horizon was named.' } : {}) },
      ...(unit.options ? { options: [...unit.options] } : {}),
      ...(unit.ordered ? { ordered: true } : {}),
      ...(unit.range ? { range: unit.range as { low: number; high: number } } : {}),
      ...(unit.family ? { family: unit.family } : {}),
      ...(unit.low_information ? { low_information: 'It was announced already.' } : {}),
      ...(isConditional ? { condition: { text: 'There is a vote at all.', deadline } } : {}),
    },
    resolution: resolutionOf(unit),
    condition_met: null,
  }
}

function resolutionOf(unit: ForecastUnit) {
  const known = unit.known_from === null ? addDays(unit.deadline_on, 1) : dayOf(unit.known_from)
  switch (unit.state) {
    case 'resolved': {
      const outcome = unit.outcome ?? 'not_by_deadline'
      const early = known < unit.deadline_on ? { because_early: 'It was known by then.' } : {}
      return outcomeOf(outcome, known, early)
    }
    case 'annulled':
      return outcomeOf('annulled', known, { annulled_because: unit.annulled_because ?? 'moot' })
    case 'ambiguous':
      return outcomeOf('ambiguous', known)
    default:
      return null
  }
}

/** Words are read by the ledger itself. */
function probabilityOf({
  probability,
}: UnitStatement): LedgerRecords['forecasts'][number]['record']['probability'] {
  const isRead = typeof probability === 'object' && 'words' in probability && 'mid' in probability
  return (isRead ? { words: probability.words } : probability) as { words: string }
}

/** Some of the statements, with all that they need, before anything became of them. */
function undecided(all: LedgerRecords, ids: ReadonlySet<string>): LedgerRecords {
  const statements = all.statements.filter(({ id }) => ids.has(id))
  const forecasts = all.forecasts.filter(({ record }) => ids.has(record.id))
  const of = <T>(values: readonly T[]) => new Set(values)
  const [analysts, sources, questions] = [
    of(statements.map(({ analyst }) => analyst)),
    of(statements.map(({ source }) => source)),
    of(forecasts.map(({ record }) => record.question)),
  ]
  return {
    analysts: all.analysts.filter(({ record }) => analysts.has(record.id)),
    sources: all.sources.filter(({ record }) => sources.has(record.id)),
    statements,
    questions: all.questions
      .filter(({ record }) => questions.has(record.id))
      .map((question) => ({ ...question, resolution: null })),
    references: all.references.filter(({ question }) => questions.has(question)),
    forecasts: forecasts.map(({ record }) => ({ record, withdrawn: null, retracted: null })),
  }
}

const nothing = (): LedgerRecords => ({
  analysts: [],
  sources: [],
  statements: [],
  questions: [],
  references: [],
  forecasts: [],
})

function joined(all: readonly LedgerRecords[]): LedgerRecords {
  const whole = nothing()
  for (const records of all)
    for (const [noun, some] of Object.entries(records))
      (whole[noun as keyof LedgerRecords] as unknown[]).push(...some)
  return whole
}
