import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { atOnce } from '../../src/core/steps.ts'
import { speakerIn } from '../../src/reading/speaker.ts'
import { suggestionSteps } from '../../src/reading/suggestion.ts'
import { turnAt, turnsIn } from '../../src/reading/turn.ts'
import { voicedSentences } from '../../src/reading/voice.ts'

const PANEL = `The winter ahead
[00:12:30] Moderator: Will the price of gas rise? I think it will rise.
[00:12:41] Jane Roe: It will double by March. Nobody is ready.
IVO BELL (13:05): I do not think so. It will fall.
[14:10] Jane Roe: Then we will see.
`
const turns = (text: string) =>
  turnsIn(text).map(({ start, end, speaker, timecode }) => [
    speaker,
    timecode,
    text.slice(start, end).trim().split('\n')[0]?.slice(0, 12),
  ])

describe('a transcript', () => {
  test('names who speaks, and when', () => {
    expect(turns(PANEL)).toEqual([
      ['Moderator', '00:12:30', 'Will the pri'],
      ['Jane Roe', '00:12:41', 'It will doub'],
      ['IVO BELL', '13:05', 'I do not thi'],
      ['Jane Roe', '14:10', 'Then we will'],
    ])
    expect(turnsIn(PANEL).map(({ interviewer }) => interviewer)).toEqual([true, false, false, false])
  })

  test.each([
    [
      'names on lines of their own',
      'Jane Roe  12:34\nIt will rain.\nIvo Bell  12:40\nNo.\nJane Roe  12:50\nYes.',
    ],
    ['time codes first', '12:34 Jane Roe\nIt will rain.\n12:40 Ivo Bell\nNo.\n12:50 Jane Roe\nYes.'],
  ])('may have %s', (_, text) => {
    expect(turns(text)).toEqual([
      ['Jane Roe', '12:34', 'It will rain'],
      ['Ivo Bell', '12:40', 'No.'],
      ['Jane Roe', '12:50', 'Yes.'],
    ])
    expect(voicedSentences(text).map(({ sentence }) => sentence.text)).toEqual([
      'It will rain.',
      'No.',
      'Yes.',
    ])
  })

  test('is no article with captions and no letter: nobody is called Photo', () => {
    const article =
      'The price rose.\nPhoto: The News\nIt will rise again.\nPhoto: The Post\nRead More: Gas\nSo they say.'
    const letter = 'From: Jane Roe\nTo: Ivo Bell\nSubject: Gas\nIt will rise.\nFrom: Ivo Bell\nNo.'
    for (const text of [article, letter]) expect([turnsIn(text), speakerIn(text)]).toEqual([[], null])
    const between = PANEL.replace('[14:10]', 'Photo: The News\n[14:10]')
    expect(turns(between).map(([speaker]) => speaker)).toEqual(turns(PANEL).map(([speaker]) => speaker))
  })

  test('of questions and answers, or of time codes alone, names nobody', () => {
    expect(turns('Q: Will it rain?\nA: It will.\nQ: When?\nA: Soon.').map(([speaker]) => speaker)).toEqual([
      'Q',
      null,
      'Q',
      null,
    ])
    expect(turns('0:01 It will rain.\n0:05 Soon.\n1:02:03 So I think.')).toEqual([
      [null, '0:01', 'It will rain'],
      [null, '0:05', 'Soon.'],
      [null, '1:02:03', 'So I think.'],
    ])
  })

  test.each([
    'Konstantin Kalachev: Baku is now not ready\nHe spoke.\nThere will be no war.',
    'Armenia: 3 million people.\nAzerbaijan: 10 million people.\nGeorgia: 4 million people.',
    'At 12:30 it began.\nAt 13:00 it ended.',
    '',
  ])('is not this: %j', (text) => {
    expect(turnsIn(text)).toEqual([])
  })

  test('the words of the interviewer suggest nothing, and those of the others without their labels', () => {
    expect(atOnce(suggestionSteps(PANEL)).map(({ text, voice }) => [text, voice])).toEqual([
      ['It will double by March.', 'quote'],
      ['I do not think so.', 'quote'],
      ['It will fall.', 'quote'],
      ['Then we will see.', 'quote'],
    ])
    expect(speakerIn(PANEL)).toBe('Jane Roe')
    expect(speakerIn(PANEL.replaceAll('Jane Roe', 'JANE ROE'))).toBe('Jane Roe')
  })

  test('may have any number of speakers', () => {
    const lines = Array.from(
      { length: 200_000 },
      (_, i) => `A${String.fromCodePoint(0x4e00 + (i % 20_000), 0x4e00 + Math.floor(i / 20_000))}: Yes.`,
    )
    expect(turnsIn(lines.join('\n'))).toEqual([])
    expect(turnsIn([...lines, lines[0]].join('\n'))).toHaveLength(200_001)
  })

  test('has turns in order that do not overlap, whatever the text', () => {
    const line = fc.oneof(
      fc.constantFrom('Jane Roe: ', '[1:02] Bell: ', '12:34', 'Q: ', '12:34 Jane Roe', ''),
      fc.string({ maxLength: 20 }),
    )
    const texts = fc.array(
      fc.tuple(line, line).map((parts) => parts.join('')),
      { maxLength: 12 },
    )
    fc.assert(
      fc.property(texts, (lines) => {
        const text = lines.join('\n')
        const found = turnsIn(text)
        for (const [i, turn] of found.entries()) {
          expect(turn.at <= turn.start && turn.start <= turn.end).toBe(true)
          expect(turn.end).toBe(found[i + 1]?.at ?? text.length)
          expect(turnAt(found, turn.at)).toBe(turn)
        }
      }),
    )
  })
})
