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

  it('the outlet, and what was corrected since', async () => {
    const source = { title: 'Talk', publisher: 'Новая газета', type: 'interview', published: '2026-11-01' }
    expect(await isFound({ source }, 'novaya')).toBe(true)
  })
})
