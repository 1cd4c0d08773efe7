import { describe, expect, test } from 'vitest'
import { readFolder } from '../../src/interchange/predictions-file.ts'
import { ANALYSTS, codes, TALK, talk } from './talk.ts'

describe('a statement', () => {
  test('made after the deadline is refused, and perhaps made after it is a warning', () => {
    const said = (date: string) => codes(talk(['    question:', `    said_on: ${date}\n    question:`]))
    expect(said('2025-04-08')).toEqual([])
    expect(said('2025-04-09')).toEqual(['16:24 error deadline_before_statement'])
    expect(said('2025-04')).toEqual(['16:24 warning deadline_before_statement'])
    expect(said('{from: 2025-04-09, to: 2025-05-01, because: The page was changed}')).toEqual([
      '16:24 error deadline_before_statement',
    ])
  })

  test('on a question written elsewhere is held against that question', () => {
    const later = `source: {id: later, type: post, title: Later, published: 2026-01-01}
statements:
  - {id: war, analyst: jane-roe, quote: no war, question: talk_war, probability: {Baku: 1}}
`
    const files = [
      { path: '2024/talk.yaml', bytes: TALK },
      ANALYSTS,
      { path: '2026/later.yaml', bytes: later },
    ]
    expect(
      readFolder(files).findings.map(({ path, line, column, code }) => `${path}:${line}:${column} ${code}`),
    ).toEqual(['2026/later.yaml:3:59 deadline_before_statement', '2026/later.yaml:3:82 probability_unfit'])
  })

  test('may repeat another by its local or by its full id, but not a duplicate and not itself', () => {
    const repeats = (id: string) => codes(`${TALK}  - {id: again, quote: no war, duplicate_of: ${id}}\n`)
    expect(repeats('war')).toEqual([])
    expect(repeats('talk_war')).toEqual([])
    expect(repeats('again')).toEqual(['23:46 error duplicate_chain'])
    expect(repeats('wars')).toEqual(['23:46 error unknown_reference'])
  })

  test('in words is read through the lexicon or with the numbers of the editor', () => {
    const worded = (text: string) => codes(talk(['{words: there will be no war, categorical: "no"}', text]))
    expect(worded('{words: very likely}')).toEqual([])
    expect(worded('{words: very likely, low: 0.75, mid: 0.9, high: 0.95}')).toEqual([])
    expect(worded('{words: very likely, low: 0.7, mid: 0.9, high: 0.95, because: He smiled.}')).toEqual([])
    expect(worded('{words: very likely, low: 0.7, mid: 0.9, high: 0.95, lexicon: "0.1"}')).toEqual([])
    expect(worded('{words: very likely, low: 0.7, mid: 0.9, high: 0.95}')).toEqual([
      '16:18 error own_numbers',
    ])
    expect(worded('{words: hocus pocus, low: 0.7, mid: 0.9, high: 0.95}')).toEqual([
      '16:18 error own_numbers',
    ])
    expect(worded('{words: very likely, hihg: 0.9}')).toEqual(['16:39 error unknown_key'])
    expect(worded('{words: it will, categorical: "yes", low: 0.9}')).toEqual(['16:55 error unknown_key'])
    expect(worded('{words: it will, categorical: maybe}')).toEqual(['16:48 error invalid'])
    expect(worded('{words: very likely, mid: 0.9}')).toEqual(['16:18 error invalid'])
    expect(worded('{words: hocus pocus}')).toEqual(['16:18 error unknown_words'])
    expect(worded('{words: hocus pocus, categorical: "no"}')).toEqual([])
    expect(worded('{words: very likely, categorical: "yes"}')).toEqual(['16:18 error flat_words'])
  })

  test('with a number among its words is refused, whichever way it is written', () => {
    const worded = (text: string) => codes(talk(['{words: there will be no war, categorical: "no"}', text]))
    expect(worded('{words: "50/50 that he will win"}')).toEqual(['16:18 error unknown_words'])
    expect(worded('{words: a 70 percent chance, categorical: "yes"}')).toEqual(['16:18 error flat_words'])
  })

  test('says again what another of its source says only as a duplicate', () => {
    const again = (more: string) =>
      codes(`${TALK}  - {id: again, quote: no war, question: talk_war, probability: 0.1${more}}\n`)
    expect(again('')).toEqual(['23:42 error repeated_forecast'])
    expect(again(', retracted: {because: By mistake}')).toEqual([])
    expect(again(', analyst: john-doe')).toEqual(['23:79 error unknown_reference'])
    expect(
      codes(`${TALK}  - {id: again, quote: no war, question: talk_war, probability: 0.1}\n`, {
        importing: true,
      }),
    ).toEqual(['23:42 warning repeated_forecast'])
  })

  test('dated after today is refused, in each of its dates', () => {
    const text = talk(
      ['  coverage: complete', '  coverage: complete\n  accessed: 2024-05-02'],
      [
        '    question:',
        '    said_on: 2024-05-02\n    withdrawn: {withdrawn_on: 2024-05-02, because: x}\n    question:',
      ],
    )
    expect(codes(text, { today: '2026-01-01' })).toEqual([])
    expect(codes(text, { today: '2024-04-07' })).toEqual([
      '5:14 error future_date',
      '7:13 error future_date',
      '13:14 error future_date',
      '14:31 error future_date',
      '22:17 error future_date',
      '24:68 error future_date',
    ])
  })
})

describe('a quote', () => {
  const quoted = (quote: string, text: string) =>
    codes(talk(['    quote: by the end of next year there will be no war', `    quote: ${quote}`]), {
      texts: new Map([['talk', text]]),
    })

  test('stands in the text of its source exactly once', () => {
    expect(quoted('no war', 'There will be no war.')).toEqual([])
    expect(quoted('no […] war', 'There will be no new war.')).toEqual([])
    expect(quoted('no war', 'There will be peace.')).toEqual(['11:12 error quote_not_found'])
    expect(quoted('no war', 'no war, no war')).toEqual(['11:12 error quote_ambiguous'])
    expect(quoted('{exact: no war, prefix: "then "}', 'no war, then no war')).toEqual([])
    expect(quoted('{exact: no war, prefix: "but "}', 'no war, then no war')).toEqual([
      '11:12 error quote_not_found',
    ])
    expect(quoted('war […] no', 'no war')).toEqual(['11:12 error quote_not_found'])
    expect(quoted('"[…]"', 'no war')).toEqual(['11:12 error quote_not_found'])
  })

  test('is not looked for where the text is not there', () => {
    expect(codes(TALK, { texts: new Map([['other', '']]) })).toEqual([])
  })
})
