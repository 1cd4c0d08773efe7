import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { atOnce } from '../../src/core/steps.ts'
import { languageOf, rulesOf, unreadNote } from '../../src/reading/languages.ts'
import { readingAnswerSteps } from '../../src/reading/reading-answer.ts'
import { remarkSteps } from '../../src/reading/remark.ts'
import { suggestionSteps } from '../../src/reading/suggestion.ts'

const CASES: [tag: string, text: string][] = JSON.parse(readFileSync('test/fixtures/languages.json', 'utf8'))
const IN: ReadonlyMap<string, string> = new Map(CASES)

describe('the language of a text', () => {
  test.each(CASES)('is found: %s %s', (tag, text) => {
    expect(languageOf(text).tag).toBe(tag)
  })

  test('of at least 25 is named in English, and only what has rules is read', () => {
    const tags = new Set(CASES.map(([tag]) => tag))
    expect(tags.size).toBeGreaterThanOrEqual(25)
    for (const tag of tags) {
      const { name, read } = languageOf(IN.get(tag) ?? '')
      expect(name).toMatch(/^\p{Lu}\p{Ll}+/u)
      expect(read, tag).toBe(tag === 'en' || tag === 'ru')
    }
    expect(languageOf(IN.get('hy') ?? '').name).toBe('Armenian')
  })

  test.each(['Merkel', 'Nein.', 'Война', '戦', '', '1, 2, 3', '???'])('of %j is not sure', (text) => {
    expect(languageOf(text).unsure).toBe(true)
  })

  test('of a mixed one is that of most of it', () => {
    const [ru = '', en = ''] = [IN.get('ru'), IN.get('en')]
    expect(languageOf(`${en}\n${ru}\n${ru}\n${ru}`).tag).toBe('ru')
    expect(languageOf(`${ru}\n${en}\n${en}\n${en}`).tag).toBe('en')
  })

  test('that somebody told wins', () => {
    expect(languageOf(IN.get('en') ?? '', 'hy-AM')).toEqual({ tag: 'hy-AM', name: 'Armenian', read: false })
  })

  test('is found in whatever stands there, and in a text of any length', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => typeof languageOf(text).tag === 'string'))
    expect(languageOf(`${IN.get('hy')}\n`.repeat(20_000)).tag).toBe('hy')
  })
})

describe('a text that is not read', () => {
  const unread = CASES.filter(([tag]) => rulesOf(tag) === null)
  test.each(unread)('says so and suggests nothing: %s %s', (_, text) => {
    const { language, note, items } = atOnce(readingAnswerSteps(text, '2024-04-03'))
    expect(items).toEqual([])
    expect(note).toBe(`This text is ${language.name}: passages are not suggested; mark them yourself`)
    expect(atOnce(suggestionSteps(text, '2024-04-03'))).toEqual([])
    expect(atOnce(remarkSteps(text))).toEqual([])
  })

  test('is one by what is told, whatever it looks like', () => {
    const text = '“They will probably sign by June. They should.”'
    expect(atOnce(readingAnswerSteps(text, '2024-04-03', { language: 'nl' })).items).toEqual([])
    expect(atOnce(remarkSteps(text, { language: 'nl' }))).toEqual([])
    expect(unreadNote(languageOf(text))).toBeNull()
  })
})
