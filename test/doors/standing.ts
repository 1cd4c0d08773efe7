import { afterAll, beforeAll, expect } from 'vitest'
import { sourceOf } from '../../src/core/slug.ts'
import { readHead } from '../../src/store/append.ts'
import { keptLedger } from '../support/ledger.ts'
import { type Changes, changed, doorsOf, type Refused } from './doors.ts'

/** A forecast as the API takes it; every other door gets the same in its own form. */
export const FORECAST = {
  analyst: { name: 'Ada Lovelace' },
  source: {
    title: 'The morning interview',
    type: 'interview',
    url: 'https://radio.example/1',
    published: '2026-11-20',
    coverage: 'unstated',
  },
  quote: 'a cut is likely',
  voice: 'quote',
  question: {
    title: 'Rates fall',
    criteria: 'The bank publishes a lower rate.',
    deadline: { date: '2026-12-31', time_zone: 'UTC' },
  },
  probability: { words: 'likely' },
}

type Held = Awaited<ReturnType<typeof keptLedger>>
export let held: Held
export let doors: Awaited<ReturnType<typeof doorsOf>>
/** The ids of what stands in the ledger before anything is refused. */
export const ids: Record<
  'source' | 'forecast' | 'again' | 'elsewhere' | 'past' | 'open' | 'conditional',
  string
> = {
  source: '',
  forecast: '',
  again: '',
  elsewhere: '',
  past: '',
  open: '',
  conditional: '',
}

export const CONDITION = { text: 'The board meets.', deadline: { date: '2026-11-10', time_zone: 'UTC' } }
export const question = (title: string, changes: Changes = {}) =>
  changed({ ...structuredClone(FORECAST.question), title }, changes)

/** Said by each file of tests: a ledger of its own, with what is refused against. */
export function standing(): void {
  beforeAll(stand)
  afterAll(async () => {
    doors.close()
    await held.close()
  })
}

async function stand() {
  held = await keptLedger()
  doors = await doorsOf(held)
  const ask = async (asked: object) =>
    ((await doors.post('/api/questions', asked)).record as { id: string }).id
  ids.past = await ask(question('The old rate falls', { '/deadline/date': '2026-11-15' }))
  ids.open = await ask(question('The next rate falls'))
  ids.conditional = await ask(
    question('The board cuts', { '/deadline/date': '2026-11-15', '/condition': CONDITION }),
  )
  const made = await doors.post('/api/forecasts', FORECAST)
  ids.forecast = made.record.id as string
  ids.source = sourceOf(ids.forecast)
  const remark = repeating({ quote: 'likely, a cut', duplicate_of: ids.forecast })
  ids.again = (await doors.post('/api/statements', remark)).record.id as string
  const later = changed(FORECAST, { '/source/url': 'https://radio.example/later' })
  ids.elsewhere = (await doors.post('/api/forecasts', later)).record.id as string
}

/** A remark that says again what another statement says, in the interview that stands there. */
export const repeating = ({ quote, duplicate_of }: { quote: string; duplicate_of: string }) => ({
  analyst: FORECAST.analyst,
  source: ids.source,
  quote,
  kind: 'duplicate',
  duplicate_of,
})

/** A folder of one analyst and one interview; the ids of files are their own. */
export function filesOf(
  { analyst, source, ...said }: typeof FORECAST,
  { id = 'morning', more = {} }: { id?: string; more?: object } = {},
) {
  return {
    'analysts.yaml': { analysts: [{ id: 'ada-lovelace', ...analyst }] },
    [`2026/${id}.yaml`]: {
      source: { id, ...source },
      analyst: 'ada-lovelace',
      statements: [{ id: 'said', ...said, ...more }],
    },
  }
}

/** Nothing of what is refused was written. */
export async function unwritten(work: () => Promise<Refused>): Promise<Refused> {
  const before = await readHead(held.ledger.db)
  const refused = await work()
  expect(await readHead(held.ledger.db)).toEqual(before)
  return refused
}
