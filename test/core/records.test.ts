import { describe, expect, it } from 'vitest'
import { Analyst, AnalystRequest, nameKeysOf } from '../../src/core/analyst.ts'
import { Envelope, entryTypes, payloads } from '../../src/core/entry.ts'
import { errorCodes, invalid, LedgerError, notFound, pointer } from '../../src/core/error.ts'
import { ForecastRequest, StatementRequest } from '../../src/core/forecast.ts'
import { Member, may, roles } from '../../src/core/member.ts'
import { coverageOf, Source, SourceRequest } from '../../src/core/source.ts'
import { Statement } from '../../src/core/statement.ts'

type Schema = {
  safeParse: (value: unknown) => {
    success: boolean
    error?: { issues: { path: PropertyKey[]; message: string }[] }
  }
}
const accepts = (schema: Schema, value: unknown) => schema.safeParse(value).success
const pathsOf = (schema: Schema, value: unknown) =>
  schema.safeParse(value).error?.issues.map(({ path }) => pointer(path)) ?? []

describe('a source', () => {
  const source = { id: 'talk', type: 'interview', title: 'A talk', published: '2026-11' }

  it('needs a reason exactly when only a selection of it was logged', () => {
    expect(accepts(Source, { ...source, coverage: 'complete' })).toBe(true)
    expect(accepts(Source, { ...source, coverage: 'selected', selected_because: 'Only on the war.' })).toBe(
      true,
    )
    expect(pathsOf(Source, { ...source, coverage: 'selected' })).toEqual(['/selected_because'])
    expect(pathsOf(Source, { ...source, selected_because: 'x' })).toEqual(['/selected_because'])
    expect(pathsOf(SourceRequest, { ...source, id: undefined, coverage: 'selected' })).toContain(
      '/selected_because',
    )
  })

  it('counts as unstated where nobody said how much of it was logged', () => {
    expect(coverageOf({})).toBe('unstated')
    expect(coverageOf({ coverage: 'complete' })).toBe('complete')
  })

  it.each([
    { language: 'English' },
    { translated_from: '12' },
    { text_sha256: 'ABC' },
    { url: 'ftp://x' },
    { type: 'rumour' },
    { published: 'soon' },
    { text: 'x' },
  ])('cannot have %j', (change) => {
    expect(accepts(Source, { ...source, ...change })).toBe(false)
  })

  it('is asked for with its text, which is not part of the record', () => {
    const { id: _, ...request } = source
    expect(
      accepts(SourceRequest, {
        ...request,
        text: 'First line.\nSecond line.',
        language: 'en',
        translated_from: 'zh-Hant',
      }),
    ).toBe(true)
    expect(accepts(SourceRequest, source)).toBe(false)
    expect(accepts(SourceRequest, { ...request, text: 'x'.repeat(1_000_001) })).toBe(false)
  })
})

describe('an analyst', () => {
  it('answers to a name and aliases, each once', () => {
    expect(nameKeysOf({ name: 'Weiß' })).toEqual(['weiss'])
    expect(nameKeysOf({ name: 'Ada Lovelace', aliases: ['ADA LOVELACE', 'Countess'] })).toEqual([
      'ada lovelace',
      'countess',
    ])
  })

  it('has a wikidata id of the right form', () => {
    expect(accepts(Analyst, { id: 'ada', name: 'Ada', wikidata: 'Q7259' })).toBe(true)
    expect(accepts(Analyst, { id: 'ada', name: 'Ada', wikidata: 'Q0' })).toBe(false)
    expect(accepts(AnalystRequest, { id: 'ada', name: 'Ada' })).toBe(true)
    expect(accepts(AnalystRequest, { id: 'Ada', name: 'Ada' })).toBe(false)
  })
})

describe('a statement', () => {
  const statement = {
    id: 'talk_war',
    source: 'talk',
    analyst: 'ada',
    quote: { exact: 'no war' },
    voice: 'quote',
    kind: 'forecast',
    checked: 'found',
  }
  const { id: _, kind: __, checked: ___, ...said } = statement

  it('has a reason exactly when it is untestable, and an original exactly when it is a duplicate', () => {
    for (const [schema, base] of [
      [Statement, statement],
      [StatementRequest, { ...said, quote: 'no war' }],
    ] as const) {
      expect(accepts(schema, { ...base, kind: 'untestable', reason: 'motive' })).toBe(true)
      expect(accepts(schema, { ...base, kind: 'duplicate', duplicate_of: 'talk_war' })).toBe(true)
      expect(pathsOf(schema, { ...base, kind: 'untestable' })).toEqual(['/reason'])
      expect(pathsOf(schema, { ...base, kind: 'duplicate' })).toEqual(['/duplicate_of'])
      expect(
        pathsOf(schema, { ...base, kind: 'duplicate', duplicate_of: 'talk_war', reason: 'motive' }),
      ).toEqual(['/reason'])
    }
    expect(accepts(StatementRequest, { ...said, quote: 'x', kind: 'forecast' })).toBe(false)
  })

  it('has a time code of minutes and seconds, with hours before them where there are some', () => {
    for (const timecode of ['12:34', '1:02:03', '100:00'])
      expect(accepts(Statement, { ...statement, timecode })).toBe(true)
    for (const timecode of ['1234', '1:2', '12:34:56:78'])
      expect(accepts(Statement, { ...statement, timecode })).toBe(false)
  })
})

describe('a request to log a forecast', () => {
  const request = { analyst: 'ada', source: 'talk', quote: 'no war', question: 'war', probability: 0.1 }

  it.each([
    [{ analyst: { name: 'Ada', email: 'x' } }, '/analyst'],
    [{ analyst: 7 }, '/analyst'],
    [{ source: { title: 'x' } }, '/source'],
    [{ source: 'No Slug' }, '/source'],
    [
      { question: { title: 'x', criteria: 'x', deadline: { date: '2025-02-29', time_zone: 'UTC' } } },
      '/question/deadline/date',
    ],
    [{ quote: '' }, '/quote'],
    [{ quote: { exact: 'x', before: 'y' } }, '/quote'],
    [{ said_on: 'later' }, '/said_on'],
    [{ timecode: 'noon' }, '/timecode'],
    [{ tags: Array.from({ length: 21 }, () => 'x') }, '/tags'],
    [{ reference: { probability: 2, says: 'x' } }, '/reference/probability'],
  ])('with %j is refused at %j', (change, path) => {
    const paths = pathsOf(ForecastRequest, { ...request, ...change })
    expect(paths.some((found) => found.startsWith(path))).toBe(true)
  })

  it.each([{ id: 'talk_war' }, { seq: 7 }, { by: 'me' }, { recorded_at: '2020-01-01' }])(
    'cannot set what is ours to set: %j',
    (change) => {
      expect(ForecastRequest.safeParse({ ...request, ...change }).error?.issues[0]?.code).toBe(
        'unrecognized_keys',
      )
    },
  )

  it('may name everything by id', () => {
    expect(ForecastRequest.parse(request)).toEqual(request)
  })
})

describe('an entry', () => {
  it('has one of the listed types, and every type has a payload', () => {
    expect(entryTypes).toContain('questions.flagged')
    for (const type of entryTypes)
      expect(payloads[type].safeParse({ nonsense: true }).success, type).toBe(false)
  })

  it('has an envelope of exactly these fields', () => {
    const envelope = {
      v: 1,
      at: '2026-11-22T10:00:00.000Z',
      by: 'A'.repeat(22),
      type: 'retracted',
      stream: 'B'.repeat(22),
      rev: 0,
      refs: [],
      sealed: 'C'.repeat(43),
    }
    expect(accepts(Envelope, envelope)).toBe(true)
    for (const change of [
      { v: 2 },
      { at: '2026-11-22T10:00:00Z' },
      { by: 'me' },
      { type: 'edited' },
      { rev: -1 },
      { rev: 0.5 },
      { refs: ['x'] },
      { sealed: '' },
      { more: 1 },
    ])
      expect(accepts(Envelope, { ...envelope, ...change }), JSON.stringify(change)).toBe(false)
  })
})

describe('a role', () => {
  it('may do what those before it may', () => {
    for (const [i, role] of roles.entries())
      for (const [j, needed] of roles.entries()) expect(may(role, needed)).toBe(i >= j)
  })

  it('belongs to a member with a name that can be read', () => {
    expect(accepts(Member, { id: 'A'.repeat(22), name: 'Ada', role: 'admin' })).toBe(true)
    expect(accepts(Member, { id: 'A'.repeat(22), name: '\u001b[31m', role: 'admin' })).toBe(false)
    expect(accepts(Member, { id: 'ada', name: 'Ada', role: 'admin' })).toBe(false)
  })
})

describe('a refusal', () => {
  it('names its place as an RFC 6901 pointer', () => {
    expect(pointer(['a', 0, 'b/c', 'd~e'])).toBe('/a/0/b~1c/d~0e')
    expect(pointer([])).toBe('')
    const error = invalid('/probability', 'must lie between 0 and 1')
    expect(error).toBeInstanceOf(LedgerError)
    expect(error).toMatchObject({
      code: 'invalid',
      message: 'must lie between 0 and 1',
      problems: [{ pointer: '/probability', message: 'must lie between 0 and 1' }],
    })
    expect(invalid('/quote', 'is not there', 'quote_not_found').code).toBe('quote_not_found')
  })

  it('has one of the listed codes, and quotes no more than a hundred characters of an id', () => {
    expect(new Set(errorCodes).size).toBe(errorCodes.length)
    expect(notFound('question', 'x'.repeat(5000)).message).toBe(`There is no question "${'x'.repeat(100)}".`)
    expect(new LedgerError('conflict', 'x').problems).toEqual([])
  })
})
