import { describe, expect, it } from 'vitest'
import cases from '../fixtures/names.json' with { type: 'json' }
import { client, forecastBody, questionBody } from './client.ts'

const pairs = (rows: string[][]) => rows as [string, string][]
const isFound = async (changes: Record<string, unknown>, q: string, list = 'forecasts') => {
  const { post, get } = await client()
  const logged = await post('/api/forecasts', forecastBody(changes))
  expect(logged.status, logged.text).toBe(201)
  const { json } = await get(`/api/${list}?q=${encodeURIComponent(q)}`)
  return (json.items as unknown[]).length === 1
}
const quoting = (words: string) => ({ quote: `So ${words} said`, probability: 0.5 })

describe('a search finds', () => {
  it.each(pairs(cases.found))('%s by %s, in a name, a quote, a title and a source', async (word, q) => {
    expect(await isFound({ analyst: { name: `Ann ${word}`, id: 'ann' } }, q), 'a name').toBe(true)
    expect(await isFound({ analyst: { name: `Ann ${word}`, id: 'ann' } }, q, 'analysts')).toBe(true)
    expect(await isFound(quoting(word), q), 'a quote').toBe(true)
    expect(await isFound({ question: questionBody({ title: `${word} resigns` }) }, q, 'questions')).toBe(true)
    const source = { title: `Talk with ${word}`, type: 'interview', published: '2026-11-01' }
    expect(await isFound({ source }, q), 'a source').toBe(true)
  })

  it.each(pairs(cases.inside))('a part of %s: %s', async (text, q) => {
    expect(await isFound({ quote: text, probability: 0.5 }, q)).toBe(true)
    expect(await isFound({ question: questionBody({ title: text }) }, q, 'questions')).toBe(true)
  })

  it.each(pairs(cases.not_found))('but not %s by %s', async (text, q) => {
    expect(await isFound(quoting(text), q)).toBe(false)
  })

  it.each([
    ['a soft hyphen in a word', 'The cease\u00adfire will hold', 'ceasefire'],
    ['a blank of no width', 'The new war\u200bship sinks', 'warship'],
    ['curly quotes and another apostrophe', '“They won’t sign” the ‘pact’', "won't sign the 'pact'"],
    ['a letter for an apostrophe', 'Про обʼєкт домовляться', "об'єкт"],
    ['dashes of print', 'A peace—of sorts – may last', 'peace-of sorts'],
    ['a ligature', 'The o\ufb03ce closes', 'office'],
    ['letters of full width', 'The ｂａｎｋ fails', 'bank'],
    ['a word divided at the end of a line', 'The con-\nflict will go on', 'conflict'],
    ['a non-breaking hyphen', 'A long\u2011term plan fails', 'long-term'],
    ['a stress for learners', 'Переда\u0301ча вла\u0301сти состоится', 'передача власти'],
    ['tatweel and vowel signs', 'ستقوم الحـــرب', 'الحرب'],
  ])('a quote with %s as it is plainly typed', async (_, quote, q) => {
    expect(await isFound({ quote, probability: 0.5 }, q)).toBe(true)
  })

  it('the outlet, and what was corrected since', async () => {
    const source = { title: 'Talk', publisher: 'Новая газета', type: 'interview', published: '2026-11-01' }
    expect(await isFound({ source }, 'novaya')).toBe(true)
  })
})
