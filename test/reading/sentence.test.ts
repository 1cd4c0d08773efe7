import fc from 'fast-check'
import { expect, test } from 'vitest'
import { atOnce } from '../../src/core/steps.ts'
import { sentenceSteps } from '../../src/reading/sentence.ts'

const sentencesOf = (text: string) => atOnce(sentenceSteps(text))
const texts = (text: string) => sentencesOf(text).map((sentence) => sentence.text)

test('a line break ends a sentence and a paragraph, with or without a full stop', () => {
  expect(
    sentencesOf('A headline\nFirst. Second!\n\n Third?').map(({ text, paragraph }) => [text, paragraph]),
  ).toEqual([
    ['A headline', 0],
    ['First.', 1],
    ['Second!', 1],
    ['Third?', 2],
  ])
})

test('titles, initials and abbreviated months end no sentence', () => {
  expect(texts('Mr. Orlok met J. R. Varga on Nov. 3 in St. Strelsau. They spoke.')).toEqual([
    'Mr. Orlok met J. R. Varga on Nov. 3 in St. Strelsau.',
    'They spoke.',
  ])
})

test('a quoted question that runs on into "he asked" stays one sentence', () => {
  expect(texts('“Who will pay?” he asked. Nobody knew.')).toEqual([
    '“Who will pay?” he asked.',
    'Nobody knew.',
  ])
})

test('sentences stand where they say, in order, and leave out nothing but white space', () => {
  const piece = fc.constantFrom(
    ...[
      'Yes',
      'no',
      '. ',
      '? ',
      '! ',
      '” ',
      '“',
      '\n',
      '\r\n',
      '  ',
      'Mr. ',
      'U.S. ',
      '3.5',
      '\u2029',
      'é',
      '…',
      '—',
    ],
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const text = pieces.join('')
      let at = 0
      for (const { start, end, text: words } of sentencesOf(text)) {
        expect(text.slice(at, start).trim()).toBe('')
        expect(text.slice(start, end)).toBe(words)
        expect(words.trim()).toBe(words)
        at = end
      }
      expect(text.slice(at).trim()).toBe('')
    }),
    { numRuns: 500 },
  )
})

test('a paragraph that is read in pieces has the sentences that it would have as a whole', () => {
  const sentences = Array.from(
    { length: 900 },
    (_, i) => `Sentence ${i} came ${'late '.repeat(i % 60)}and went!`,
  )
  const long = `So it was ${'and so on '.repeat(900)}until the end?`
  const all = [...sentences.slice(0, 300), long, ...sentences.slice(300)]
  expect(sentencesOf(all.join(' ')).map(({ text }) => text)).toEqual(all)
})

test('a paragraph of a megabyte is split in a few seconds', () => {
  const started = performance.now()
  const sentences = sentencesOf('The talks went on. '.repeat(52_000))
  expect(sentences).toHaveLength(52_000)
  expect(sentences.at(-1)?.paragraph).toBe(0)
  expect(sentencesOf('word '.repeat(200_000)).length).toBeGreaterThan(0)
  expect(performance.now() - started).toBeLessThan(8_000)
})
