import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { answerSheet, answerTable, phrasesOf, SurveyProblem, surveyOf } from '../../src/interchange/survey.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const tableOf = (columns: Record<string, readonly (number | string)[]>) => {
  const [first = []] = Object.values(columns)
  return [
    ['reader', ...Object.keys(columns)].join(','),
    ...first.map((_, i) => [i + 1, ...Object.values(columns).map((answers) => answers[i] ?? '')].join(',')),
  ].join('\n')
}
const upTo = (n: number, of: (i: number) => number = (i) => i) => Array.from({ length: n }, (_, i) => of(i))
const problemOf = (table: string | Uint8Array) => {
  try {
    surveyOf(typeof table === 'string' ? bytes(table) : table)
  } catch (error) {
    if (error instanceof SurveyProblem) return error.message
    throw error
  }
  return null
}

describe('the answers of readers', () => {
  test('give the 10th percentile, the median and the 90th, as numpy has them, with n', () => {
    const { readers, rows } = surveyOf(bytes(tableOf({ вероятно: upTo(21, (i) => i * 5) })))
    expect(readers).toBe(21)
    expect(rows).toEqual([{ words: 'вероятно', low: 0.1, mid: 0.5, high: 0.9, n: 21 }])
    // numpy.percentile([0, …, 24], [10, 50, 90]) = [2.4, 12, 21.6]
    expect(surveyOf(bytes(tableOf({ a: upTo(25) }))).rows[0]).toMatchObject({
      low: 0.024,
      mid: 0.12,
      high: 0.216,
    })
  })

  test('that lie four standard deviations off are left out, and counted', () => {
    const { rows, left_out } = surveyOf(bytes(tableOf({ a: [...upTo(40, (i) => 70 + (i % 5)), 0] })))
    expect(left_out).toEqual([1])
    expect(rows[0]).toMatchObject({ n: 40, low: 0.7, high: 0.74 })
  })

  test('may be separated by semicolons, hold a percent sign or a comma, or be missing', () => {
    const rows = upTo(22, (i) => i).map((i) => `${i};${i === 3 ? '' : `${60 + i},5 %`};${i}`)
    const { rows: measured } = surveyOf(bytes(`﻿reader;вряд ли;a\r\n${rows.join('\r\n')}`))
    expect(measured.map(({ words, n }) => [words, n])).toEqual([
      ['вряд ли', 21],
      ['a', 22],
    ])
  })

  test.each([
    ['fewer than 20 readers', tableOf({ a: upTo(19) }), '19 readers answered: at least 20'],
    ['too few for one phrase', tableOf({ a: upTo(20), b: upTo(19) }), '“b” has 19 answers'],
    ['no number', tableOf({ a: [...upTo(20), 'many'] }), 'Line 22, “a”: "many" is no number from 0 to 100'],
    ['more than all', tableOf({ a: [...upTo(20), 101] }), '"101" is no number'],
    ['less than nothing', tableOf({ a: [...upTo(20), -1] }), '"-1" is no number'],
    ['a phrase twice', tableOf({ Вероятно: upTo(20), 'вероятно ': upTo(20) }), 'stands there twice'],
    ['no phrase', 'reader\n1\n2', 'There are no words'],
    ['nothing', '', 'The table is empty'],
    ['rows of unequal length', `${tableOf({ a: upTo(20) })}\n1,2,3`, 'cannot be read'],
    ['bytes that are no text', new Uint8Array([0xff, 0xfe, 0x41]), 'not UTF-8'],
  ])('are refused with %s, and the place is named', (_, table, message) => {
    expect(problemOf(table)).toContain(message)
  })

  test('of any kind give bands that do not decrease, within what was answered', () => {
    const answers = fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 20, maxLength: 60 })
    fc.assert(
      fc.property(answers, (given) => {
        if (problemOf(tableOf({ a: given })) !== null) return
        const [row] = surveyOf(bytes(tableOf({ a: given }))).rows
        expect(row && row.low <= row.mid && row.mid <= row.high).toBe(true)
        expect(row?.low).toBeGreaterThanOrEqual(Math.min(...given) / 100)
        expect(row?.high).toBeLessThanOrEqual(Math.max(...given) / 100)
      }),
    )
  })
})

test('a sheet and a table are made of phrases, which no mark in them breaks', () => {
  const phrases = phrasesOf('вероятно; скорее всего\n<b>"a, b"</b>')
  expect(phrases).toHaveLength(3)
  expect(answerTable(phrases)).toBe('reader,вероятно,скорее всего,"<b>""a, b""</b>"\n')
  const sheet = answerSheet('ru', phrases)
  expect(sheet).toContain('<html lang="ru">')
  expect(sheet).toContain('&lt;b>')
  expect(sheet).not.toContain('<b>"a')
  expect(answerSheet('hy', ['հավանաբար'])).toContain('lang="hy"')
  expect(() => phrasesOf(' ; \n')).toThrow('no words')
})
