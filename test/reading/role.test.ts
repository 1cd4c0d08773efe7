import { expect, test } from 'vitest'
import { atOnce } from '../../src/core/steps.ts'
import { passageSteps } from '../../src/reading/passage.ts'
import { transcriptIn } from '../../src/reading/transcript.ts'
import { turnsIn } from '../../src/reading/turn.ts'

const textOf = (text: string) => transcriptIn(text)?.text ?? text
const suggested = (text: string) => atOnce(passageSteps(textOf(text), '2024-04-03'))

test.each([
  [
    'times and no names, on one line',
    '00:00 You said that peace was not likely by the end of the year. 00:13 No, I still hold by that position.',
  ],
  [
    'times and no names',
    '00:00\nYou said that peace was not likely by the end of the year.\n00:13\nNo, I still hold by that position.',
  ],
  [
    'times that cut sentences',
    '00:00 You said that peace was not\n00:05 likely by the end of the year.\n00:13 No, I still hold\n00:15 by that position.',
  ],
  [
    'letters',
    'Q: You said that peace was not likely by the end of the year.\nA: No, I still hold by that position.',
  ],
  [
    'bold letters',
    '**Q:** You said that peace was not likely by the end of the year.\n\n**A:** No, I still hold by that position.',
  ],
  [
    'letters with a stop',
    'Q. You said that peace was not likely by the end of the year.\nA. No, I still hold by that position.',
  ],
  [
    'capitals on lines of their own',
    'INTERVIEWER\nYou said that peace was not likely by the end of the year.\nANSWER\nNo, I still hold by that position.',
  ],
  [
    'a role in brackets',
    'Ann Bell (host): You said that peace was not likely by the end of the year.\nJane Roe: No, I still hold by that position.\nAnn Bell (host): Thank you.',
  ],
  [
    'dashes',
    '– You said that peace was not likely by the end of the year. Do you stand by it?\n– No, I still hold by that position.',
  ],
  [
    'names of those who ask',
    'Bell: You said that peace was not likely by the end of the year. Is it still so?\nRoe: No, I still hold by that position.\nBell: And why do you?\nRoe: I know them.',
  ],
  [
    'marks of captions',
    'WEBVTT\n\n00:00.000 --> 00:03.000\n>> You said that peace was not likely by the end of the year.\n\n00:03.000 --> 00:06.000\n>> No, I still hold by that position.',
  ],
])(
  'in a transcript with %s the interviewer suggests nothing, and the answer says what it answers',
  (_, text) => {
    const found = suggested(text)
    expect(found.map(({ text: words }) => words)).toEqual(['No, I still hold by that position.'])
    expect(found[0]?.heard?.answers).toContain('peace was not likely by the end of the year')
    expect(found[0]?.heard?.unsure).toBe(false)
    expect(found[0]?.words).toBeNull()
    expect(found[0]?.horizon).toMatchObject({ to: '2024-12-31' })
  },
)

test('where nothing says who speaks that is asked', () => {
  const found = suggested(
    '0:01 The price will double.\n0:05 Do you think so?\n0:07 I think it will double.\n0:12 The war will end.',
  )
  expect(found.map(({ text, heard }) => [text, heard?.unsure])).toEqual([
    ['The price will double.', true],
    ['I think it will double.', false],
    ['The war will end.', true],
  ])
  const numbered = suggested(
    'Speaker 1: It will rain.\nSpeaker 2: It will not rain.\nSpeaker 1: It will snow.',
  )
  expect(numbered.map(({ heard }) => [heard?.speaker, heard?.unsure])).toEqual([
    [null, true],
    [null, true],
    [null, true],
  ])
})

test('a panel in which everybody asks now and then has no interviewer', () => {
  const text =
    'Roe: It will rain. Will it not?\nBell: It will not rain.\nRoe: It will snow.\nBell: Will you pay? It will be dear.'
  expect(turnsIn(text).map(({ interviewer }) => interviewer)).toEqual([false, false, false, false])
})

test('an article with a dash or a question in it is no interview', () => {
  for (const text of [
    '- Bread\n- Butter\n- Milk',
    '– It will rain.\n– It will snow.',
    'Will it rain?\n\nIt will rain. I say so.\n\nWhy?\n\nBecause it will.',
    'Q is a letter.\nA is another.',
  ])
    expect(turnsIn(text)).toEqual([])
})
