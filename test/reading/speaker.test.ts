import { expect, test } from 'vitest'
import { speakerIn, spokenRange } from '../../src/reading/speaker.ts'

test('the speaker is the name that says most, in full where the text has it so', () => {
  const text =
    'Analyst Nora Vale commented on it. “It will rain,” Vale said. “And snow,” Vale noted. Ivo Bell said nothing.'
  expect(speakerIn(text)).toBe('Nora Vale')
  expect(speakerIn('“It will rain,” said Ada Hall.')).toBe('Ada Hall')
  expect(speakerIn('It will rain.')).toBeNull()
  expect(speakerIn('“It will rain,” Vale said.')).toBeNull()
})

const spoken = (sentence: string) => {
  const { start, end } = spokenRange(sentence)
  return sentence.slice(start, end)
}

test('a spoken sentence is freed of its marks and of who said it, and of nothing else', () => {
  expect(spoken('"It will rain," Vale said.')).toBe('It will rain')
  expect(spoken('It will rain on us," the expert noted on Monday.')).toBe('It will rain on us')
  expect(spoken('"It will rain."')).toBe('It will rain.')
  expect(spoken('It will "rain" on us.')).toBe('It will "rain" on us.')
  expect(spoken('"')).toBe('"')
})
