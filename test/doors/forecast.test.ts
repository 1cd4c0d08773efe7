import { describe, expect, it } from 'vitest'
import { repeats } from '../../src/ledger/decide/forecast.ts'
import { listForecasts } from '../../src/store/forecasts.ts'
import { type Changes, changed, inFile, onPage, placeIn } from './doors.ts'
import { doors, FORECAST, filesOf, held, ids, repeating, standing, unwritten } from './standing.ts'

standing()

const TEXT = 'The bank met. We think a cut is likely, the speaker said.'

/** The fields of a form: every value at its pointer, a probability by the manner of saying it. */
function formOf({ quote, probability, ...body }: typeof FORECAST): Record<string, string> {
  const { words, categorical } = probability as { words: string; categorical?: string }
  const fields: Record<string, string> = {
    '/quote/exact': quote,
    manner: categorical ?? 'worded',
    '/probability/words': words,
  }
  const put = (at: string, value: unknown) => {
    if (typeof value !== 'object' || value === null) fields[at] = String(value)
    else for (const [key, inner] of Object.entries(value)) put(`${at}/${key}`, inner)
  }
  for (const [key, value] of Object.entries(body))
    if (typeof value === 'string' && (key === 'source' || key === 'question')) fields[key] = value
    else put(`/${key}`, value)
  // The days of one question are days of one zone.
  delete fields['/question/condition/deadline/time_zone']
  return fields
}

/** A capture of the text with this one forecast marked. */
function captureOf({ analyst, source, quote, ...said }: typeof FORECAST) {
  const mark = { id: 'm1', ...placeIn(TEXT, quote), kind: 'forecast', ...said }
  const selected = { coverage: 'selected', selected_because: 'Only the rates matter here.' }
  return { source: { ...source, ...selected }, analyst, text: TEXT, marks: [mark] }
}

type Row = {
  what: string
  changes: Changes
  /** The field, as the API points at it. */
  at: string
  says: string
  /** The field of the form where it is another. */
  field?: string
  /** What the form says where it also names what was typed. */
  saysThere?: string
}

const forecasts: Row[] = [
  {
    what: 'a headline with a forecast',
    changes: { '/voice': 'headline' },
    at: '/voice',
    says: 'a headline is not the words of the analyst and carries no forecast',
  },
  {
    what: 'a deadline before the statement',
    changes: { '/question/deadline/date': '2026-11-19' },
    at: '/question/deadline/date',
    says: 'lies before the statement of 2026-11-20: a forecast looks forward',
  },
  {
    what: 'a publication in the future',
    changes: { '/source/published': '2026-11-24' },
    at: '/source/published',
    says: 'lies in the future',
  },
  {
    what: 'a saying in the future',
    changes: { '/said_on': '2026-11-24' },
    at: '/said_on',
    says: 'lies in the future',
  },
  {
    what: 'a time code of another kind',
    changes: { '/timecode': '12.34' },
    at: '/timecode',
    says: 'must be a time such as 12:34 or 1:02:03',
  },
  {
    what: 'a language by its name',
    changes: { '/source/language': 'English' },
    at: '/source/language',
    says: 'must be a language tag such as en or pt-BR',
  },
  {
    what: 'a day that is in no calendar',
    changes: { '/question/deadline/date': '2027-02-29' },
    at: '/question/deadline/date',
    says: 'is not a day of the calendar',
    saysThere: '“2027-02-29” is not a day of the calendar',
  },
  {
    what: 'a time zone of nowhere',
    changes: { '/question/deadline/time_zone': 'Mars/Base' },
    at: '/question/deadline/time_zone',
    says: 'is not an IANA time zone such as Asia/Yerevan',
  },
  {
    what: 'words of probability as said flatly',
    changes: { '/probability': { words: 'likely', categorical: 'yes' } },
    at: '/probability/categorical',
    says: 'does not go with “likely”, which readers take as 60 to 85 %: leave it out, or give only the words that say it flatly',
    field: '/probability/words',
  },
  {
    what: 'words that the lexicon lacks',
    changes: { '/probability/words': 'in the tea leaves' },
    at: '/probability/words',
    says: 'are not in the lexicon: give low, mid, high and because, or categorical "yes" or "no"',
  },
  {
    what: 'a question without criteria',
    changes: { '/question/criteria': undefined },
    at: '/question/criteria',
    says: 'is required',
  },
  {
    what: 'an event of too many words',
    changes: { '/question/title': 'a'.repeat(301) },
    at: '/question/title',
    says: 'must be at most 300 characters',
  },
  {
    what: 'an id that is a word of the addresses',
    changes: { '/question/family': 'analysts' },
    at: '/question/family',
    says: 'is a reserved word',
  },
  {
    what: 'a first day after the last',
    changes: { '/question/opens': '2027-01-01' },
    at: '/question/opens',
    says: 'must not lie after the deadline',
  },
  {
    what: 'a condition that may be met after the deadline',
    changes: {
      '/question/condition': { text: 'The board meets.', deadline: { date: '2027-01-01', time_zone: 'UTC' } },
    },
    at: '/question/condition',
    says: 'must be decided by the deadline of the question',
    field: '/question/condition/text',
  },
  {
    what: 'an address of another kind',
    changes: { '/source/url': 'ftp://radio.example/1' },
    at: '/source/url',
    says: 'must be a full http or https address without user name or password',
  },
  {
    what: 'a selection without a reason',
    changes: { '/source/coverage': 'selected', '/source/selected_because': undefined },
    at: '/source/selected_because',
    says: 'is given exactly when coverage is "selected"',
  },
]

/** The capture that the mark is in asks for a selection and gives its reason itself. */
const inCapture = ({ changes }: Row) => !('/source/coverage' in changes)

describe('a forecast is refused alike at every door:', () => {
  describe.each(forecasts)('$what', (row) => {
    const { changes, at, says } = row
    // Another interview than the one that stands there.
    const body = changed(FORECAST, { '/source/url': 'https://radio.example/2', ...changes })

    it('by the API', async () => {
      expect(await unwritten(() => doors.api('/api/forecasts', body))).toEqual([[at, says]])
    })

    it('on the page', async () => {
      const refused = await unwritten(() => doors.page('/capture/one', { ...formOf(body), key: 'k' }))
      expect(refused).toEqual([onPage('capture', [row.field ?? at, row.saysThere ?? says])])
    })

    if (inCapture(row))
      it('when a capture is logged', async () => {
        const refused = await unwritten(() => doors.capture(captureOf(body)))
        expect(refused).toEqual([[at.startsWith('/source') ? at : `/marks/0${at}`, says]])
      })

    it('when a file is imported', async () => {
      expect(await unwritten(() => doors.files(filesOf(body)))).toEqual([inFile([at, says])])
    })
  })

  it('what is sent without a fault is taken', async () => {
    const other = (n: number) => changed(FORECAST, { '/source/url': `https://radio.example/ok${n}` })
    const count = async () =>
      (await listForecasts(held.ledger.db, {}, held.host.now(), { limit: 100 })).items.length
    const before = await count()
    expect(await doors.api('/api/forecasts', other(1))).toEqual([])
    expect(await doors.page('/capture/one', { ...formOf(other(2)), key: 'k' })).toEqual([])
    expect(await doors.capture(captureOf(other(3)))).toEqual([])
    expect(await doors.files(filesOf(other(4), { id: 'taken' }))).toEqual([])
    expect(await count()).toBe(before + 4)
  })
})

describe('what stands in the ledger is refused alike at every door:', () => {
  /** The source and the analyst as the ledger holds them, in a file of its own. */
  const inItsFile = (body: typeof FORECAST, more: object = {}) =>
    filesOf(body, { id: ids.source, more: { id: 'again', ...more } })

  it('the same words of the same analyst in the same source', async () => {
    const refused: [string, string] = ['/quote', `is recorded already, as ${ids.forecast}`]
    expect(await unwritten(() => doors.api('/api/forecasts', FORECAST))).toEqual([refused])
    expect(await unwritten(() => doors.page('/capture/one', { ...formOf(FORECAST), key: 'other' }))).toEqual([
      onPage('capture', ['/quote/exact', refused[1]]),
    ])
    expect(await unwritten(() => doors.files(inItsFile(FORECAST)))).toEqual([inFile(refused)])
  })

  it('a second answer to one question in one source', async () => {
    const question = ids.forecast
    const again = { ...FORECAST, quote: 'we see a cut', question } as unknown as typeof FORECAST
    const refused = repeats(ids.forecast, { source: ids.source, analyst: 'ada-lovelace', question })
    const says = refused.problems[0]?.message as string
    expect(await unwritten(() => doors.api('/api/forecasts', again))).toEqual([['/question', says]])
    expect(await unwritten(() => doors.page('/capture/one', { ...formOf(again), key: 'k' }))).toEqual([
      onPage('capture', ['question', says]),
    ])
    expect(await unwritten(() => doors.files(inItsFile(again)))).toEqual([['question', says]])
  })

  it('a question that was over before it was answered', async () => {
    const says = 'its deadline, 2026-11-15, lies before the statement of 2026-11-20: a forecast looks forward'
    const url = 'https://radio.example/2'
    const late = changed({ ...FORECAST, question: ids.past as never }, { '/source/url': url })
    expect(await unwritten(() => doors.api('/api/forecasts', late))).toEqual([['/question', says]])
    expect(await unwritten(() => doors.page('/capture/one', { ...formOf(late), key: 'k' }))).toEqual([
      onPage('capture', ['question', says]),
    ])
    expect(await unwritten(() => doors.capture(captureOf(late)))).toEqual([['/marks/0/question', says]])
    expect(await unwritten(() => doors.files(filesOf(late)))).toEqual([['question', says]])
  })

  it.each([
    ['of a duplicate', 'again', 'is itself a duplicate: name the passage that is repeated'],
    [
      'of another source',
      'elsewhere',
      'is in another source: the same claim in a later source is a forecast again',
    ],
  ] as const)('a duplicate %s', async (_, of, says) => {
    const at = '/duplicate_of'
    const remark = repeating({ quote: 'We think a cut is likely', duplicate_of: ids[of] })
    expect(await unwritten(() => doors.api('/api/statements', remark))).toEqual([[at, says]])
    const { analyst, source, quote, ...said } = remark
    const fields = { source, '/analyst/name': analyst.name, '/quote/exact': quote, '/voice': 'quote' }
    const typed = { ...fields, '/kind': said.kind, [at]: said.duplicate_of, key: 'k' }
    expect(await unwritten(() => doors.page('/capture/one/statements', typed))).toEqual([
      onPage('capture', [at, says]),
    ])
    const mark = { id: 'm1', ...placeIn(TEXT, quote), ...said }
    const draft = { source, analyst, text: TEXT, marks: [mark] }
    expect(await unwritten(() => doors.capture(draft))).toEqual([[`/marks/0${at}`, says]])
    const { question: _q, probability: _p, ...statement } = FORECAST
    const file = inItsFile(statement as typeof FORECAST, { quote, duplicate_of: said.duplicate_of })
    expect(await unwritten(() => doors.files(file))).toEqual([inFile([at, says])])
  })

  it('another person of a name that is taken', async () => {
    const taken = { id: 'another', name: 'ADA LOVELACE' }
    expect(await unwritten(() => doors.api('/api/analysts', { name: taken.name }))).toEqual([
      ['/name', 'belongs to ada-lovelace'],
    ])
    expect(await unwritten(() => doors.files({ 'analysts.yaml': { analysts: [taken] } }))).toEqual([
      inFile(['/name', 'belongs to ada-lovelace']),
    ])
  })
})

describe('what an analyst did later is refused alike at every door:', () => {
  it.each([
    ['before the statement', '2026-11-19', 'lies before the statement of 2026-11-20'],
    ['in the future', '2026-11-24', 'lies in the future'],
  ])('%s', async (_, day, says) => {
    const withdrawn = { withdrawn_on: day, because: 'It turned out otherwise.' }
    const path = `/api/forecasts/${ids.forecast}/withdrawal`
    expect(await unwritten(() => doors.api(path, withdrawn))).toEqual([['/withdrawn_on', says]])
    const other = changed(FORECAST, { '/source/url': 'https://radio.example/2' })
    const file = filesOf(other, { more: { withdrawn } })
    expect(await unwritten(() => doors.files(file))).toEqual([['withdrawn_on', says]])

    const reply = { replied_on: day, text: 'I never said so.' }
    const of = `/forecasts/${ids.forecast}`
    expect(await unwritten(() => doors.api(`/api${of}/replies`, reply))).toEqual([['/replied_on', says]])
    const fields = { '/replied_on': day, '/text': reply.text }
    expect(await unwritten(() => doors.page(`${of}/replies`, fields))).toEqual([
      onPage('reply', ['/replied_on', says]),
    ])
  })
})
