import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { findQuestion, findStatement } from '../../src/store/lookups.ts'
import { QUOTE_CASES } from '../reading/quote-cases.ts'
import { patient } from '../support/by-files.ts'
import { capturing } from '../web/capture-page.ts'
import { changed, inFile, onPage } from './doors.ts'
import { doors, FORECAST, filesOf, held, standing, unwritten } from './standing.ts'

standing()

let sources = 0
const said = (text: string, quote: string) =>
  changed(FORECAST, {
    '/source/url': `https://radio.example/quote/${++sources}`,
    '/source/text': text,
    '/quote': quote,
    // Words would be of the language of the quote, and not measured in most.
    '/probability': 0.7,
  })

const REFUSED: [text: string, quote: string, says: string][] = [
  [
    'The warning was clear.',
    'war',
    'is not in the text of the source. The text has “warning”: a quote ends where a word ends.',
  ],
  [
    'I say that there will be no war.',
    'there Will be no war',
    'is not in the text of the source. The text says “will”, not “Will”; nothing else differs, and an editor’s own letter stands in brackets: [T]here. The nearest passage is “there will be no war”.',
  ],
  [
    'He fears that İlham will win.',
    'Ilham will win',
    'is not in the text of the source. The text has İ (capital I with dot), not I, in “İlham”. The nearest passage is “İlham will win”.',
  ],
  [
    'There will be no peace this year.',
    'There will be no war this year',
    'is not in the text of the source. The text says “peace”, not “war”. The nearest passage is “There will be no peace this year”.',
  ],
]

describe.each(REFUSED)('in %j the quote %j is refused with one sentence', (text, quote, says) => {
  it('by the API', async () => {
    const body = said(text, quote)
    expect(await unwritten(() => doors.api('/api/forecasts', body))).toEqual([['/quote', says]])
  })

  it('on the page of one forecast', async () => {
    const { analyst, source, question, probability } = said(text, quote)
    const fields = {
      ...named('/analyst', analyst),
      ...named('/source', source),
      ...named('/question', { title: question.title, criteria: question.criteria }),
      ...named('/question/deadline', question.deadline),
      percent: String(Number(probability) * 100),
      '/quote/exact': quote,
      manner: 'stated',
      key: 'k',
    }
    expect(await unwritten(() => doors.page('/capture/one', fields))).toEqual([
      onPage('capture', ['/quote/exact', says]),
    ])
  })

  it('where a passage of a capture is marked by its words', async () => {
    const { press } = await capturing(undefined, text)
    const { status, text: page } = await press('untestable', { words: quote })
    expect(status).toBe(422)
    expect(page).toContain(`${says.charAt(0).toUpperCase()}${says.slice(1)}`)
  })

  it('when a file is imported', async () => {
    const { text: _, ...source } = said(text, quote).source as typeof FORECAST.source & { text: string }
    const files = filesOf({ ...FORECAST, source, quote }, { id: 'quoted' })
    expect(await unwritten(() => doors.files(files, text))).toEqual([inFile(['quote', says])])
  })
})

const named = (at: string, values: object): Record<string, string> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [`${at}/${name}`, String(value)]))

describe('by the API', () => {
  it(
    'every spelling that is found is recorded as the source has it, every other refused by name',
    async () => {
      for (const { text, quote, at, says } of Object.values(QUOTE_CASES).flat()) {
        // A number: the words of most of these languages nobody measured.
        const body = { ...said(text, quote), probability: 0.7 }
        const { record, errors } = await doors.post('/api/forecasts', body)
        if (at === null) {
          expect(errors?.map(({ message }) => message).join(), quote).toContain(says)
          continue
        }
        expect(errors, quote).toBeUndefined()
        const held_ = await findStatement(held.ledger.db, record.id as string)
        expect(held_?.record.checked).toBe('found')
        // What an editor put in is the only thing that the source does not have.
        const own = held_?.record.quote.exact.split(/\[[^\]]*\]|\(sic!\)/u).map((part) => part.trim()) ?? []
        for (const part of own.filter((words) => /[\p{L}\p{N}]/u.test(words))) expect(at).toContain(part)
      }
    },
    patient(60_000),
  )

  it('what is hidden in a text, and no quote may hold, does not keep a quote from being found', async () => {
    const body = said('\ufeffThe war wi\u2060ll \u202aend\u202c in May.', 'The war will end in May')
    const { record, errors } = await doors.post('/api/forecasts', body)
    expect(errors).toBeUndefined()
    const { quote } = (await findStatement(held.ledger.db, record.id as string))?.record ?? {}
    expect(quote?.exact).toBe('The war will end in May')
  })

  it('what is exported with another spelling of a quote says nothing new', async () => {
    const body = said('A cease\u2011fire will hold \u2014 we hope.', 'A cease-fire will hold - we hope')
    expect((await doors.post('/api/forecasts', body)).errors).toBeUndefined()
    const folder = mkdtempSync(join(tmpdir(), 'spelled-'))
    try {
      await doors.command('export', folder, '--json')
      for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
        if (!name.endsWith('.yaml')) continue
        const path = join(folder, name)
        const text = readFileSync(path, 'utf8')
        writeFileSync(
          path,
          text.replaceAll('cease\u2011fire', 'cease-fire').replaceAll('hold \u2014', 'hold --'),
        )
      }
      const imported = async () => {
        const { code, json } = await doors.command('import', folder, '--json')
        return code === 0 ? [] : ([['', JSON.stringify(json)]] as [string, string][])
      }
      expect(await unwritten(imported)).toEqual([])
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })

  it.each(['\r\n', '\r', '\u2028', '\u0085', '\u000b'])(
    'lines that end in %j are recorded like all others',
    async (end) => {
      const text = ['There will be', 'no war.', 'None at all.'].join(end)
      const title = `War comes ${encodeURIComponent(end)}`
      const changes = { '/question/title': title, '/question/criteria': `One.${end}Two.` }
      const { record, errors } = await doors.post(
        '/api/forecasts',
        changed(said(text, `There will be${end}no war`), changes),
      )
      expect(errors).toBeUndefined()
      const id = record.id as string
      expect((await findStatement(held.ledger.db, id))?.record.quote).toMatchObject({
        exact: 'There will be no war',
        start: 0,
      })
      expect((await findQuestion(held.ledger.db, id))?.record.criteria).toBe('One.\nTwo.')
    },
  )
})
