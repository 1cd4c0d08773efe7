import { expect, test } from 'vitest'
import { newMark } from '../../src/capture/proposal.ts'
import { normalise } from '../../src/core/normalised-text.ts'
import { languageOf } from '../../src/reading/languages.ts'

const proposed = (text: string) => {
  const within = normalise(text)
  const range = { start: 0, end: within.text.length }
  const around = {
    within,
    zone: 'UTC',
    published: '2026-11-20',
    suggested: { language: languageOf(text, 'en') },
  }
  const { question } = newMark(range, 'forecast', { marks: [], ...around })
  return (question as { criteria: string; title?: string }) ?? {}
}

test.each([
  ['I give it a 70 percent chance that the coalition falls apart by the end of 2027.'],
  ['There is a 30 % chance that he resigns this year.'],
  ['The bill will pass, and I am 80 percent sure of it.'],
])('%s: a percentage that says how likely it is asks for no figure', (text) => {
  const { criteria } = proposed(text)
  expect(criteria).toContain('two independent news organisations')
  expect(criteria).not.toContain('threshold')
})

test.each([
  ['There is a 70 percent chance that inflation exceeds 3 percent next year.', 'meets the threshold'],
  ['There is a 70 percent chance that the price of oil falls below 50 million.', 'meets the threshold'],
  ['It is likely that rates rise next year.', 'shows it'],
  ['The pressure will continue.', 'three separate acts'],
])('%s: what is measured decides', (text, words) => {
  expect(proposed(text).criteria).toContain(words)
})
