import fc from 'fast-check'
import { expect, test } from 'vitest'
import { differences } from '../../src/web/question/difference.tsx'

const words = fc
  .array(fc.constantFrom('a ', 'b ', 'c\n', 'war', ''), { maxLength: 12 })
  .map((parts) => parts.join(''))

test('what stayed and what is gone make the text before, what stayed and what is new the text after', () => {
  fc.assert(
    fc.property(words, words, (from, to) => {
      const parts = differences(from, to)
      const without = (kind: string) =>
        parts
          .filter((part) => part.kind !== kind)
          .map(({ text }) => text)
          .join('')
      expect([without('new'), without('gone')]).toEqual([from, to])
    }),
  )
})

test('the same text has no difference, and one word is one', () => {
  expect(differences('a war begins', 'a war begins')).toEqual([{ kind: 'same', text: 'a war begins' }])
  expect(differences('a war begins', 'a new war begins')).toEqual([
    { kind: 'same', text: 'a ' },
    { kind: 'new', text: 'new ' },
    { kind: 'same', text: 'war begins' },
  ])
})

test('a text too long to compare word by word is shown as replaced', () => {
  const long = 'x '.repeat(1100)
  expect(differences(`${long}a`, `${long}b`).map(({ kind }) => kind)).toEqual(['gone', 'new'])
})
