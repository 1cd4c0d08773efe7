import { describe, expect, it } from 'vitest'
import { type Changes, changed, inFile, onPage, placeIn, type Refused } from './doors.ts'
import { doors, FORECAST, filesOf, ids, standing, unwritten } from './standing.ts'

standing()

const TEXT = 'The bank met. We think a cut is likely, the speaker said.'
const RATE = {
  kind: 'base_rate',
  of: { k: 3, n: 20, class: 'meetings of the bank' },
  source: 'Its minutes',
}
const PRICE = {
  kind: 'market',
  probability: 0.4,
  url: 'https://market.example/rates',
  observed_at: '2026-11-21T10:00:00.000Z',
}
type Sent = Record<string, unknown>

type Row = {
  what: string
  sent: Sent
  changes: Changes
  /** The field, as the API points at it, and as the form calls it where that is another. */
  at: string
  says: string
  field?: string
}

const wrong: Row[] = [
  {
    what: 'a base rate without its cases',
    sent: RATE,
    changes: { '/of': undefined },
    at: '/of',
    says: 'is needed for base_rate',
    field: '/reference/of/k',
  },
  {
    what: 'a base rate from nowhere',
    sent: RATE,
    changes: { '/source': undefined },
    at: '/source',
    says: 'is needed for base_rate',
  },
  {
    what: 'more cases than there were',
    sent: RATE,
    changes: { '/of/k': 21 },
    at: '/of/k',
    says: 'must not exceed n',
  },
  {
    what: 'a probability that is another than its cases say',
    sent: RATE,
    changes: { '/probability': 0.85 },
    at: '/probability',
    says: 'is not about 3 of 20, which is 0.15',
    field: 'reference_percent',
  },
  {
    what: 'more than certain',
    sent: PRICE,
    changes: { '/probability': 1.5 },
    at: '/probability',
    says: 'must lie between 0 and 1',
    field: 'reference_percent',
  },
  {
    what: 'a price without an address',
    sent: PRICE,
    changes: { '/url': undefined },
    at: '/url',
    says: 'is needed for market',
  },
  {
    what: 'a price at no address',
    sent: PRICE,
    changes: { '/url': 'market.example/rates' },
    at: '/url',
    says: 'must be a full http or https address without user name or password',
  },
  {
    what: 'a price without its instant',
    sent: PRICE,
    changes: { '/observed_at': undefined },
    at: '/observed_at',
    says: 'is needed for market',
  },
  {
    what: 'a price at no instant',
    sent: PRICE,
    changes: { '/observed_at': 'yesterday' },
    at: '/observed_at',
    says: 'must be an instant such as 2027-01-31T00:00:00.000Z',
  },
  {
    what: 'a price from the future',
    sent: PRICE,
    changes: { '/observed_at': '2026-11-24T10:00:00.000Z' },
    at: '/observed_at',
    says: 'lies in the future',
  },
]

const OF_FORM: Readonly<Record<string, string>> = { probability: 'reference_percent' }

/** The fields of a form: the probability in percent, the others at their pointers. */
function fieldsOf(reference: Sent): Record<string, string> {
  const fields: Record<string, string> = {}
  for (const [name, value] of Object.entries(reference)) {
    if (name === 'probability') fields[OF_FORM.probability as string] = String(Number(value) * 100)
    else if (typeof value === 'object' && value !== null)
      for (const [part, inner] of Object.entries(value)) fields[`/reference/${name}/${part}`] = String(inner)
    else fields[`/reference/${name}`] = String(value)
  }
  return fields
}

const ONE = {
  '/analyst/name': FORECAST.analyst.name,
  '/source/title': 'Another interview',
  '/source/type': 'interview',
  '/source/published': '2026-11-20',
  '/source/coverage': 'unstated',
  '/quote/exact': 'a cut is likely',
  '/voice': 'quote',
  '/question/title': 'Rates fall soon',
  '/question/criteria': 'The bank publishes a lower rate.',
  '/question/deadline/date': '2026-12-31',
  '/question/deadline/time_zone': 'UTC',
  manner: 'worded',
  '/probability/words': 'likely',
}

const captureOf = (reference: Sent) => {
  const { analyst, source, quote, ...said } = FORECAST
  const mark = { id: 'm1', ...placeIn(TEXT, quote), kind: 'forecast', ...said, reference }
  const question = { ...said.question, title: 'Rates fall in a capture' }
  const selected = { coverage: 'selected', selected_because: 'Only the rates matter here.' }
  return {
    source: { ...source, url: 'https://radio.example/9', title: 'A ninth', ...selected },
    analyst,
    text: TEXT,
    marks: [{ ...mark, question }],
  }
}

const optionsOf = (reference: Sent): string[] => {
  const { of, observed_at, ...said } = reference as {
    of?: { k: number; n: number; class: string }
    observed_at?: string
  }
  return [
    ...Object.entries(said).flatMap(([name, value]) => [`--${name}`, String(value)]),
    ...(of === undefined ? [] : ['--of', `${of.k}/${of.n}`, '--class', of.class]),
    ...(observed_at === undefined ? [] : ['--observed', observed_at]),
  ]
}
const OPTION: Readonly<Record<string, string>> = {
  '/of': '--of',
  '/of/k': '--of',
  '/observed_at': '--observed',
}

async function command(reference: Sent): Promise<Refused> {
  const { json } = await doors.command('reference', 'add', ids.open, ...optionsOf(reference), '--json')
  const { message = '', problems } = json.error as {
    message?: string
    problems?: { pointer: string; message: string }[]
  }
  if (problems !== undefined) return problems.map((problem) => [problem.pointer, problem.message])
  return [...message.matchAll(/(--[a-z-]+) ([^;]*?)(?:;|\.$)/gu)].map(([, option = '', said = '']) => [
    option,
    said,
  ])
}

describe('what a reference must be', () => {
  it.each(wrong)('$what is refused alike by every door', async ({ sent, changes, at, says, field }) => {
    const reference = changed(sent, changes)
    const refused: [string, string] = [at, says]
    expect(await unwritten(() => doors.api(`/api/questions/${ids.open}/references`, reference))).toEqual([
      refused,
    ])
    const asked = { ...FORECAST.question, title: 'Rates fall, asked alone', references: [reference] }
    expect(await unwritten(() => doors.api('/api/questions', asked))).toEqual([[`/references/0${at}`, says]])
    const beside = {
      ...FORECAST,
      source: { ...FORECAST.source, url: 'https://radio.example/7', title: 'A seventh' },
      question: { ...FORECAST.question, title: 'Rates fall beside' },
      reference,
    }
    expect(await unwritten(() => doors.api('/api/forecasts', beside))).toEqual([[`/reference${at}`, says]])
    expect(await unwritten(() => doors.capture(captureOf(reference)))).toEqual([
      [`/marks/0/reference${at}`, says],
    ])
    const inForm = field ?? `/reference${at}`
    const one = () => doors.page('/capture/one', { ...ONE, ...fieldsOf(reference) })
    expect(await unwritten(one)).toEqual([onPage('capture', [inForm, says])])
    const own = () => doors.page(`/questions/${ids.open}/references`, fieldsOf(reference))
    expect(await unwritten(own)).toEqual([onPage('reference', [inForm, says])])
    const files = filesOf(changed(FORECAST, { '/question/references': [reference] }), { id: 'evening' })
    expect(await unwritten(() => doors.files(files))).toEqual([inFile(refused)])
    const [told] = await unwritten(() => command(reference))
    const [option, sentence] = told ?? []
    expect([at, OPTION[at], `--${at.slice(1)}`]).toContain(option)
    expect(sentence).toMatch(says === 'must not exceed n' ? /^k must not exceed n$/u : says)
  })

  it('of a question that is no yes or no, it is refused alike', async () => {
    const numeric = {
      ...FORECAST,
      quote: 'it will be two percent',
      question: { ...FORECAST.question, title: 'The rate', type: 'numeric', range: { low: 0, high: 9 } },
      probability: { interval: [1, 3], level: 0.8 },
    }
    const source = { ...FORECAST.source, url: 'https://radio.example/5', title: 'A fifth' }
    const says =
      'is for yes/no questions: numbers and dates are compared with their range, options with equal shares'
    const beside = { ...numeric, source, reference: RATE }
    expect(await unwritten(() => doors.api('/api/forecasts', beside))).toEqual([['/reference/kind', says]])
    const asked = { ...numeric.question, title: 'The rate, asked alone', references: [RATE] }
    expect(await unwritten(() => doors.api('/api/questions', asked))).toEqual([['/references/0/kind', says]])
    const files = filesOf(changed(numeric as never, { '/question/references': [RATE] }), { id: 'evening' })
    expect(await unwritten(() => doors.files(files))).toEqual([['references', says]])
    const { record } = await doors.post('/api/forecasts', { ...numeric, source })
    const { question } = record as { question: string }
    expect(await unwritten(() => doors.api(`/api/questions/${question}/references`, RATE))).toEqual([
      ['/kind', says],
    ])
    const page = () => doors.page(`/questions/${question}/references`, fieldsOf(RATE))
    expect(await unwritten(page)).toEqual([onPage('reference', ['/reference/kind', says])])
  })

  it('what is recorded already is refused where it is asked for alone, and left as it is beside a forecast', async () => {
    const path = `/api/questions/${ids.elsewhere}/references`
    expect(await doors.api(path, RATE)).toEqual([])
    const twice: [string, string] = ['/kind', 'is recorded already, as ref1']
    expect(await unwritten(() => doors.api(path, RATE))).toEqual([twice])
    const page = () => doors.page(`/questions/${ids.elsewhere}/references`, fieldsOf(RATE))
    expect(await unwritten(page)).toEqual([onPage('reference', ['/reference/kind', twice[1]])])
  })
})
