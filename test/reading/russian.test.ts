import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { atOnce } from '../../src/core/steps.ts'
import { readingAnswerSteps } from '../../src/reading/reading-answer.ts'
import { isName, nominative, speakerIn, spokenRange } from '../../src/reading/russian/name.ts'
import { RUSSIAN } from '../../src/reading/russian/russian.ts'
import { suggestionSteps } from '../../src/reading/suggestion.ts'
import { flatProblem, leansProblem, readWords, wordsProblem } from '../../src/reading/wording.ts'

type Case = { input: string; says?: 'yes' | 'no' }
const CASES = readdirSync('test/reading/cases')
  .filter((name) => name.startsWith('russian'))
  .flatMap((name): Case[] => JSON.parse(readFileSync(`test/reading/cases/${name}`, 'utf8')).cases ?? [])
const sided = CASES.filter(({ says }) => says !== undefined)
const itemsOf = (text: string, published = '2024-04-03') => atOnce(readingAnswerSteps(text, published)).items

describe('words of probability', () => {
  test.each(sided)('ask, and their side is carried: $input', ({ input, says }) => {
    const reading = itemsOf(input)[0]?.reading
    expect(reading).toMatchObject({ kind: 'asks', says })
    expect(reading?.why).toContain('is not measured in Russian: give a band with a reason')
    expect(reading?.low).toBeUndefined()
  })

  test('name a denial, so that a number for them is mirrored', () => {
    const reading = itemsOf('Скорее всего, войны не будет.')[0]?.reading
    expect(reading).toMatchObject({ denied: true, says: 'no', unmeasured: 'скорее всего' })
    expect(reading?.why).toContain('the event is denied here')
    expect(itemsOf('Скорее всего, будет война.')[0]?.reading).not.toHaveProperty('denied')
  })

  test('are never read through English, at no door', () => {
    for (const words of ['вероятно', 'скорее всего', 'возможно', 'вряд ли']) {
      expect(readWords(words)).toBeNull()
      expect(wordsProblem({ words })?.message).toContain(
        'not measured in Russian: give low, mid, high and because',
      )
      expect(leansProblem(words)).toBeNull()
      expect(flatProblem(words)).toContain('not measured in Russian')
    }
    // An editor who translates them gives no band with that.
    expect(readWords('likely', { language: 'ru' })).toBeNull()
    expect(
      wordsProblem({ words: 'likely', low: 0.6, mid: 0.75, high: 0.85 }, { language: 'ru' }),
    ).toMatchObject({
      pointer: '/because',
    })
    expect(readWords('likely', { language: 'en' })).not.toBeNull()
    expect(leansProblem('likely', { language: 'en' })).toContain('English')
  })

  test('that hold a number are that number', () => {
    expect(wordsProblem({ words: 'вероятность 70 процентов' })?.message).toContain('give probability: 0.7')
    expect(leansProblem('с вероятностью 70 %')).toContain('probability: 0.7')
  })
})

test('what is said flatly is a hit or a miss, and its band is said to be assumed', () => {
  const [{ reading } = { reading: undefined }] = itemsOf('Война закончится в этом году.')
  expect(reading).toMatchObject({ kind: 'flat', says: 'yes', measured: false })
  expect(reading?.why).toContain('assumed')
})

test('an interview in Russian suggests its forecasts, in the words of the speaker', () => {
  const text = `Интервью с политологом
«Новой войны в этом году, скорее всего, не будет, — сказал Калачев.
Армения получает оружие, и это видно всем», — добавил он.
«Давление на Ереван продолжится», — считает эксперт.
«Зачем воевать?» — спросил он.`
  const found = atOnce(suggestionSteps(text, '2024-04-08'))
  expect(found.map(({ quote }) => quote && text.slice(quote.start, quote.end))).toEqual([
    'Новой войны в этом году, скорее всего, не будет',
    'Давление на Ереван продолжится',
  ])
  expect(found[0]?.horizon).toMatchObject({ to: '2024-12-31' })
})

describe('names in their cases', () => {
  test.each([
    ['Калачева', 'Константин Калачев'],
    ['Калачеву', 'Константин Калачёв'],
    ['Калачевым', 'Калачев'],
    ['Константина Калачева', 'Константин Калачев'],
    ['К. Калачева', 'Константин Калачев'],
    ['Марии Захаровой', 'Мария Захарова'],
    ['Лаврову', 'Сергей Лавров'],
    ['Павла Фельгенгауэра', 'Павел Фельгенгауэр'],
    ['Достоевского', 'Фёдор Достоевский'],
  ])('%s may be %s', (written, name) => {
    expect(isName(written, name)).toBe(true)
  })
  test.each([
    ['Лаврову', 'Константин Калачев'],
    ['Петрова', 'Петренко'],
    ['Калашникова', 'Калачев'],
    ['Kalachev', 'Калачев'],
  ])('%s is not %s', (written, name) => {
    expect(isName(written, name)).toBe(false)
  })
  test.each([
    ['Константина Калачева', 'Константин Калачев'],
    ['Анны Петровой', 'Анна Петрова'],
    ['Сергея Лаврова', 'Сергей Лавров'],
    ['Дмитрия Достоевского', 'Дмитрий Достоевский'],
    ['Марии Захаровой', 'Мария Захарова'],
    ['Игоря Бунина', 'Игорь Бунин'],
  ])('%s is written %s by itself', (genitive, name) => {
    expect(nominative(genitive)).toBe(name)
  })

  test('the one who says most is found, whatever the cases', () => {
    expect(
      speakerIn('По словам политолога Константина Калачева, всё решено. Калачев отметил, что ждать недолго.'),
    ).toBe('Константин Калачев')
    expect(speakerIn('Погода хорошая.')).toBeNull()
    expect(RUSSIAN.isName?.('Калачеву', 'Константин Калачев')).toBe(true)
  })
})

test.each([
  ['«Войны не будет», — сказал Калачев.', 'Войны не будет'],
  ['«Войны не будет»', 'Войны не будет'],
  ['— Войны не будет, — сказал он.', 'Войны не будет'],
  ['“Будет кризис”, – считает эксперт.', 'Будет кризис'],
])('of %s only the words of the speaker are a quote', (sentence, words) => {
  const { start, end } = spokenRange(sentence)
  expect(sentence.slice(start, end)).toBe(words)
})
