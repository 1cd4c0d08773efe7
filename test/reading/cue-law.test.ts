import fc from 'fast-check'
import { expect, test } from 'vitest'
import { atOnce } from '../../src/core/steps.ts'
import { sentenceSteps } from '../../src/reading/sentence.ts'
import { suggestionSteps } from '../../src/reading/suggestion.ts'
import { secondAt, transcriptIn } from '../../src/reading/transcript.ts'
import { voicedSentences } from '../../src/reading/voice.ts'
import cases from '../fixtures/cue-sentences.json' with { type: 'json' }
import { cutOf, FORMATS, written } from '../support/cues.ts'

const { sentences } = cases
const textOf = (file: string) => transcriptIn(file)?.text ?? 'no transcript'
const read = (text: string) =>
  atOnce(suggestionSteps(text, '2024-04-03')).map(
    ({ start: _, end: __, paragraph: ___, quote: ____, ...rest }) => rest,
  )
const saidIn = (text: string) => voicedSentences(text).map(({ sentence }) => sentence.text)

const one = (text: string) => ({ lines: [text], starts: [0] })

test.each(sentences)('where cues cut it changes nothing: %s', (sentence) => {
  const plain = atOnce(sentenceSteps(sentence)).map(({ text }) => text)
  for (const format of FORMATS) {
    const whole = textOf(written(format, one(sentence)))
    expect(saidIn(whole)).toEqual(plain)
    fc.assert(
      fc.property(cutOf(sentence), (cut) => {
        const text = textOf(written(format, cut))
        expect(saidIn(text)).toEqual(plain)
        expect(read(text)).toEqual(read(whole))
      }),
      { numRuns: 12, seed: sentence.length },
    )
  }
})

test('nor does it among others, and each word leads back to the second of its cue', () => {
  const some = fc.shuffledSubarray(
    sentences.filter((sentence) => /[.?!]$/u.test(sentence)),
    { minLength: 2, maxLength: 6 },
  )
  fc.assert(
    fc.property(
      some.chain((list) => fc.tuple(fc.constant(list), cutOf(list.join(' ')), fc.constantFrom(...FORMATS))),
      ([list, cut, format]) => {
        const found = transcriptIn(written(format, cut))
        expect(found).not.toBeNull()
        const { text = '', cues = [] } = found ?? {}
        expect(saidIn(text)).toEqual(saidIn(textOf(written(format, one(list.join(' '))))))
        let at = 0
        for (const [i, line] of cut.lines.entries())
          for (const word of line.split(' ')) {
            at = text.indexOf(word, at)
            expect([word, secondAt(cues, at)]).toEqual([word, cut.starts[i]])
            at += word.length
          }
      },
    ),
    { numRuns: 150, seed: 1 },
  )
})
