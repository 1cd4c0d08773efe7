import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { addDays, addMonthsTo } from '../../src/core/calendar.ts'
import { type FolderForecast, type LedgerRecords, recordsOf } from '../../src/core/folder.ts'
import type { Question } from '../../src/core/question.ts'
import type { FileResolution } from '../../src/core/resolution.ts'
import type { Source } from '../../src/core/source.ts'
import { readFolder } from '../../src/interchange/predictions-file.ts'
import { runFlagDue } from '../../src/jobs/flag-due.ts'
import { importFolder } from '../../src/ledger/import/import-folder.ts'
import { randomNumbers } from '../../src/scoring/random.ts'
import type { TestLedger } from './ledger.ts'

const FOLDER = new URL('../../predictions', import.meta.url).pathname

async function take(test: TestLedger, records: LedgerRecords): Promise<void> {
  const { refused } = await importFolder(test.ledger, test.unit, records)
  if (refused.length > 0) throw new Error(JSON.stringify(refused, null, 1))
}

/** The interview of the repository, as the first start imports it. */
export async function importWorkedExample(test: TestLedger): Promise<void> {
  const files = readdirSync(FOLDER, { recursive: true })
    .map(String)
    .filter((path) => path.endsWith('.yaml'))
    .map((path) => ({ path: `predictions/${path}`, bytes: readFileSync(join(FOLDER, path)) }))
  const { folder, findings } = readFolder(files)
  if (folder === null) throw new Error(JSON.stringify(findings, null, 1))
  await take(test, recordsOf(folder))
}

export const INVENTED = {
  overconfident: 'ada-overton',
  calibrated: 'ben-calder',
  words: 'cleo-marsh',
  few: 'dan-ellery',
  new: 'eve-farrow',
} as const

const NAMES: Record<string, string> = {
  'ada-overton': 'Ada Overton (invented)',
  'ben-calder': 'Ben Calder (invented)',
  'cleo-marsh': 'Cleo Marsh (invented)',
  'dan-ellery': 'Dan Ellery (invented)',
  'eve-farrow': 'Eve Farrow (invented)',
}

const MONTHS = 76
const FIRST = '2020-01-10'
const CHANCES = [0.05, 0.1, 0.2, 0.3, 0.4, 0.6, 0.7, 0.8, 0.9, 0.95]

/** Pushed away from one half, to the next 5 %. */
const overconfident = (p: number) => {
  const odds = (p / (1 - p)) ** 2.2
  return Math.min(0.98, Math.max(0.02, Math.round((odds / (1 + odds)) * 20) / 20))
}

const worded = (p: number, month: number): FolderForecast['probability'] => {
  if (month % 17 === 5) return { words: 'might happen' }
  if (p >= 0.95) return { words: 'it will happen', categorical: 'yes' }
  if (p <= 0.05) return { words: 'it will not happen', categorical: 'no' }
  if (p >= 0.9) return { words: 'highly likely' }
  if (p >= 0.6) return { words: 'likely' }
  if (p >= 0.3) return { words: 'unlikely' }
  return { words: 'highly unlikely' }
}

/**
 * Four invented analysts with a known truth, and a fifth with nothing decided: one states numbers and overstates
 * them, one is calibrated, one only uses words, one has too few. Everything is logged as it is said.
 */
export async function importInvented(test: TestLedger): Promise<void> {
  const random = randomNumbers([11, 22, 33, 44])
  const waiting: { question: Question; resolution: FileResolution; on: string }[] = []
  await atDay(test, addDays(FIRST, -2), {
    ...nothing(),
    analysts: Object.entries(NAMES).map(([id, name]) => ({ record: { id, name } })),
  })
  for (let month = 0; month < MONTHS; month++) {
    const said = addMonthsTo(FIRST, month)
    for (const due of waiting.filter((item) => item.on <= said)) await decide(test, due)
    waiting.splice(0, waiting.length, ...waiting.filter((item) => item.on > said))

    const chance = CHANCES[Math.floor(random() * CHANCES.length)] as number
    const happened = random() < chance
    const question = questionOf(month, said)
    const resolution = resolutionOf(question, month, happened)
    waiting.push({ question, resolution, on: addDays(question.deadline.date, 4) })
    const records = nothing()
    records.questions.push({ record: question, resolution: null, condition_met: null })
    say(records, 'ada-overton', question, said, overconfident(chance))
    if (month % 10 !== 0) say(records, 'ben-calder', question, addDays(said, 1), chance)
    if (month % 2 === 0 || month > 60) say(records, 'cleo-marsh', question, said, worded(chance, month))
    if (month >= MONTHS - 9 && month < MONTHS - 5)
      say(records, 'dan-ellery', question, said, chance < 0.5 ? 0.2 : { low: 0.6, high: 0.8 })
    await atDay(test, addDays(said, 2), records)
  }
  const last = { ...nothing() }
  const open = {
    ...questionOf(MONTHS, '2026-11-10'),
    deadline: { date: '2027-06-30', time_zone: 'Europe/Paris' },
  }
  last.questions.push({ record: open, resolution: null, condition_met: null })
  say(last, 'eve-farrow', open, '2026-11-10', 0.35)
  say(last, 'ada-overton', open, '2026-11-10', 0.6)
  for (const due of waiting.filter((item) => item.on <= '2026-11-01').slice(1)) await decide(test, due)
  await atDay(test, '2026-11-12', last)
  await runFlagDue(test.ledger, test.unit.now)
  test.at('2026-11-22T10:00:00.000Z')
}

const nothing = (): LedgerRecords => ({
  analysts: [],
  sources: [],
  statements: [],
  questions: [],
  forecasts: [],
})

async function atDay(test: TestLedger, day: string, records: LedgerRecords): Promise<void> {
  test.at(`${day}T09:00:00.000Z`)
  await take(test, records)
}

function decide(
  test: TestLedger,
  { question, resolution, on }: { question: Question; resolution: FileResolution; on: string },
) {
  return atDay(test, on, { ...nothing(), questions: [{ record: question, resolution, condition_met: null }] })
}

const questionOf = (month: number, said: string): Question => ({
  id: `series-${month}`,
  title: `Series ${month} closes above its mark within three months`,
  criteria: `The published value of invented series ${month} is above its mark on the day of the deadline.`,
  deadline: {
    date: addMonthsTo(said, 3),
    time_zone: 'Europe/Paris',
    ...(month % 3 === 0 ? { because: 'Three months, as in every question on this series.' } : {}),
  },
  tags: [month % 2 === 0 ? 'markets' : 'weather'],
  ...(month % 8 === 1 ? { family: `pair-${Math.floor(month / 16)}` } : {}),
  ...(month % 9 === 4 ? { low_information: 'The mark was far away.' } : {}),
})

function resolutionOf(question: Question, month: number, happened: boolean): FileResolution {
  const outcome = month === 30 ? 'annulled' : month === 45 ? 'ambiguous' : happened ? 'yes' : 'no'
  return {
    outcome,
    ...(outcome === 'annulled' ? { annulled_because: 'moot' } : {}),
    known_on: addDays(question.deadline.date, 1),
    evidence: [
      {
        url: `https://example.com/series/${month}`,
        says: `Invented value of series ${month}.`,
        accessed: addDays(question.deadline.date, 2),
      },
    ],
    rationale: 'As published.',
  }
}

function say(
  records: LedgerRecords,
  analyst: string,
  question: Question,
  said: string,
  probability: FolderForecast['probability'],
): void {
  const source: Source = {
    id: `${said}-${analyst}`,
    type: 'interview',
    title: `Interview of ${said} with ${NAMES[analyst]}`,
    publisher: 'Radio Invented',
    url: `https://example.com/${said}/${analyst}`,
    published: said,
    coverage: 'complete',
  }
  const id = `${source.id}_${question.id}`
  const words =
    typeof probability === 'object' && 'words' in probability ? String(probability.words) : 'a number, on air'
  records.sources.push({ record: source })
  records.statements.push({
    id,
    source: source.id,
    analyst,
    quote: { exact: `On ${question.id}: ${words}` },
    voice: 'quote',
    kind: 'forecast',
    checked: 'unchecked',
  })
  records.forecasts.push({
    record: {
      id,
      question: question.id,
      analyst,
      statement: id,
      said_on: { from: said, to: said },
      probability,
    },
    withdrawn: null,
    retracted: null,
  })
}
