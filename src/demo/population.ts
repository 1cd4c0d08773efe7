import { addDays } from '../core/calendar.ts'
import type { LedgerRecords } from '../core/folder.ts'
import type { Source } from '../core/source.ts'
import { importFolder } from '../ledger/import/import-folder.ts'
import type { Ledger, Unit } from '../ledger/ledger.ts'
import { randomNumbers } from '../scoring/random.ts'
import type { Progress } from './calendar.ts'
import { outcomeOf } from './world.ts'

export type Size = {
  forecasts: number
  analysts: number
  sources: number
  decided: number
  /** So many of the analysts made so many forecasts each, beside those that fall to them as to everybody. */
  prolific?: { analysts: number; forecasts: number }
}

const SEED: Parameters<typeof randomNumbers>[0] = [0x6d, 0x61, 0x6e, 0x79]
const DAY0 = '2016-01-01'
/** Forecasts of one import: with fewer the time for what an import asks the ledger first would count. */
const AT_ONCE = 5_000

/**
 * Fills a founded ledger with as many invented forecasts as a measurement asks for, each on a question of its own,
 * `decided` of them resolved. Imported as files are; the same size makes the same content.
 */
export async function populate(
  ledger: Ledger,
  unit: Unit,
  size: Size,
  progress: Progress = () => {},
): Promise<void> {
  const random = randomNumbers(SEED)
  const below = (most: number) => Math.floor(random() * most)
  const perSource = Math.ceil(size.forecasts / size.sources)
  let records = nothing()
  const flush = async () => {
    const { refused } = await importFolder(ledger, unit, records)
    if (refused.length > 0) throw new Error(JSON.stringify(refused[0]))
    records = nothing()
  }
  for (let i = 0; i < size.analysts; i++)
    records.analysts.push({ record: { id: `analyst-${i}`, name: `Invented Person ${i}` } })
  const author = authors(size, below)
  let said = ''
  for (let made = 0; made < size.forecasts; made++) {
    const [s, k] = [Math.floor(made / perSource), made % perSource]
    if (k === 0) {
      said = addDays(DAY0, below(3000))
      records.sources.push({ record: sourceOf(s, said) })
    }
    const claim = { made, source: `source-${s}`, id: `source-${s}_claim-${k}`, said }
    say(records, claim, author(made), random() < size.decided, random)
    if (records.forecasts.length === AT_ONCE) {
      await flush()
      progress(made + 1, size.forecasts)
    }
  }
  await flush()
}

/** Who made a forecast: anybody, and every so often one of the prolific. */
function authors(
  { forecasts, analysts, prolific }: Size,
  below: (most: number) => number,
): (made: number) => string {
  if (prolific === undefined) return () => `analyst-${below(analysts)}`
  const every = Math.floor(forecasts / (prolific.analysts * prolific.forecasts))
  return (made) => `analyst-${made % every === 0 ? (made / every) % prolific.analysts : below(analysts)}`
}

const sourceOf = (number: number, published: string): Source => ({
  id: `source-${number}`,
  type: 'interview',
  title: `Invented interview ${number}`,
  published,
  coverage: 'complete',
})

/** One claim by one analyst: the words, their question, the forecast, and what came of it. */
function say(
  { statements, questions, forecasts }: LedgerRecords,
  { made, source, id, said }: { made: number; source: string; id: string; said: string },
  analyst: string,
  decided: boolean,
  random: () => number,
): void {
  const probability = Math.round(random() * 20) / 20
  const deadline = addDays(said, 90 + Math.floor(random() * 300))
  const outcome = random() < probability ? 'yes' : 'no'
  statements.push({
    id,
    source,
    analyst,
    quote: { exact: `Invented claim ${made} about the price of bread` },
    voice: 'quote',
    kind: 'forecast',
    checked: 'unchecked',
  })
  questions.push({
    record: {
      id,
      title: `Invented event ${made} happens`,
      criteria: 'It is reported by two newspapers of record.',
      deadline: { date: decided ? deadline : addDays(deadline, 5000), time_zone: 'UTC' },
      tags: [`topic-${Math.floor(random() * 20)}`],
    },
    resolution: decided ? outcomeOf(outcome, addDays(deadline, 1)) : null,
    condition_met: null,
  })
  forecasts.push({
    record: { id, question: id, analyst, statement: id, said_on: { from: said, to: said }, probability },
    withdrawn: null,
    retracted: null,
  })
}

const nothing = (): LedgerRecords => ({
  analysts: [],
  sources: [],
  statements: [],
  questions: [],
  references: [],
  forecasts: [],
})
