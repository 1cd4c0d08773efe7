import { expect, test } from 'vitest'
import { speakerIn } from '../../src/reading/speaker.ts'

test('the speaker is the name that says most, in full where the text has it so', () => {
  const text =
    'Analyst Nora Vale commented on it. “It will rain,” Vale said. “And snow,” Vale noted. Ivo Bell said nothing.'
  expect(speakerIn(text)).toBe('Nora Vale')
  expect(speakerIn('“It will rain,” said Ada Hall.')).toBe('Ada Hall')
  expect(speakerIn('It will rain.')).toBeNull()
  expect(speakerIn('“It will rain,” Vale said.')).toBeNull()
})
