import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isNear, nameKey, nearKeys } from '../../src/core/name.ts'
import { personName } from '../../src/core/text.ts'
import cases from '../fixtures/names.json' with { type: 'json' }

const pairs = (rows: string[][]) => rows as [string, string][]
const share = (one: string, other: string) => nearKeys(one).some((key) => nearKeys(other).includes(key))

describe('the key of a name', () => {
  it.each(pairs(cases.same))('is one for %s and %s', (one, other) => {
    expect(nameKey(one)).toBe(nameKey(other))
  })

  it.each(pairs([...cases.near, ...cases.apart]))('tells %s from %s', (one, other) => {
    expect(nameKey(one)).not.toBe(nameKey(other))
  })

  it('is its own key', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (name) => {
        expect(nameKey(nameKey(name))).toBe(nameKey(name))
      }),
      { numRuns: 2_000 },
    )
  })

  const letters = fc.string({
    unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwyzабвгдежзиклмнопрстуфхцчшыэюяաբգდეზαβγ'),
    minLength: 2,
    maxLength: 10,
  })
  const name = fc.array(letters, { minLength: 1, maxLength: 3 })
  const respelled = (word: string) =>
    fc.constantFrom(
      word,
      word.toUpperCase(),
      [...word].map((letter) => `${letter}\u0301`).join(''),
      word.replaceAll('i', 'İ'),
      word.replaceAll('i', 'ı'),
      `${word[0]}’${word.slice(1)}`,
      `${word.slice(0, 1)}ʼ${word.slice(1)}`,
      word.normalize('NFD'),
    )
  it('is that of any respelling: case, marks, dots, apostrophes, hyphens', () => {
    const both = name.chain((words) =>
      fc.tuple(fc.constant(words), fc.tuple(...words.map(respelled)), fc.constantFrom(' ', '-', ' - ', '. ')),
    )
    fc.assert(
      fc.property(both, ([words, others, between]) => {
        expect(nameKey(others.join(between))).toBe(nameKey(words.join(' ')))
      }),
      { numRuns: 1_000 },
    )
  })
})

describe('one person may be meant', () => {
  it.each(pairs(cases.near))('by %s and %s', (one, other) => {
    expect([isNear(one, other), isNear(other, one)]).toEqual([true, true])
    expect(share(one, other)).toBe(true)
  })

  it.each(pairs(cases.apart))('but not by %s and %s', (one, other) => {
    expect([isNear(one, other), isNear(other, one)]).toEqual([false, false])
  })

  it('in any order of the words, found by a key', () => {
    const word = fc.string({ unit: fc.constantFrom(...'abdefgklmnoprstuv'), minLength: 3, maxLength: 9 })
    fc.assert(
      fc.property(fc.uniqueArray(word, { minLength: 2, maxLength: 4 }), fc.nat(), (words, n) => {
        const turned = [...words.slice(n % words.length), ...words.slice(0, n % words.length)]
        const [last = '', ...first] = turned
        for (const other of [turned.join(' '), `${last}, ${first.join(' ')}`]) {
          expect(isNear(words.join(' '), other), `${words} ${other}`).toBe(true)
          expect(share(words.join(' '), other)).toBe(true)
        }
      }),
      { numRuns: 500 },
    )
  })
})

describe('letters of two scripts in one word', () => {
  it.each([
    ['Adа Lovelace', 'mixes Latin and Cyrillic letters in one word: “а” is Cyrillic'],
    ['Ivаn Petrov', 'mixes Latin and Cyrillic letters in one word: “а” is Cyrillic'],
    ['Иван Петpов', 'mixes Latin and Cyrillic letters in one word: “p” is Latin'],
    ['Οdysseus', 'mixes Latin and Greek letters in one word: “Ο” is Greek'],
    ['Հovik', 'mixes Latin and Armenian letters in one word: “Հ” is Armenian'],
  ])('are named: %s', (name, message) => {
    expect(
      personName()
        .safeParse(name)
        .error?.issues.map((issue) => issue.message),
    ).toEqual([message])
  })

  it.each(['Иван Petrov', 'Ада Лавлейс', 'Οδυσσεύς', 'Ада', 'СОР Ace', 'Anna-Мария'])(
    'and those of one script a word are let be: %s',
    (name) => {
      expect(personName().safeParse(name).success).toBe(true)
    },
  )
})
