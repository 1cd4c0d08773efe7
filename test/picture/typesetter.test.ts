import { expect, test } from 'vitest'
import { pictures } from '../../src/node/pictures.ts'
import { FONT_FILES } from '../../src/picture/fonts.ts'

const { type, png } = await pictures()
const LETTERS: Record<string, string> = {
  latin: 'Hamburg',
  'latin-ext': 'Żółď',
  cyrillic: 'Привет',
  'cyrillic-ext': 'ӘҢ',
  greek: 'Σωτηρία',
  'greek-ext': 'ἀἐ',
  vietnamese: 'ắ',
  armenian: 'Արփի',
  georgian: 'ლელა',
}

const drawn = (family: string, weight: number, text: string) =>
  png(
    `<svg xmlns="http://www.w3.org/2000/svg" width="300" height="60"><text x="5" y="40" font-size="30" font-weight="${weight}" font-family="${family}">${text}</text></svg>`,
  ).length

test.each(FONT_FILES)('$file is read, and draws its letters', ({ family, style }) => {
  const text = LETTERS[family.replace('-serif', '')] ?? ''
  const weight = style === 'bold' ? 700 : 400
  expect(drawn(family, weight, text)).toBeGreaterThan(drawn(family, weight, '') + 200)
  expect(type.width(text, style)).toBeGreaterThan(0.3)
})

test('lines hold all of a text, or end in an ellipsis; none is wider than its room', () => {
  const text = 'Whether it rains or snows, nobody will be able to say it was not foretold.'
  expect(type.lines(text, 'serif', 20, 9).join(' ')).toBe(text)
  expect(type.lines(text, 'serif', 12, 2)).toHaveLength(2)
  expect(type.lines(text, 'serif', 12, 2)[1]).toMatch(/…$/u)
  for (const line of type.lines(`${text} ${'W'.repeat(100)}`, 'bold', 10, 99))
    expect(type.width(line, 'bold')).toBeLessThanOrEqual(10)
  expect(type.lines('e\u0301'.repeat(40), 'serif', 5, 99).every((line) => !line.startsWith('\u0301'))).toBe(
    true,
  )
  expect(type.lines('', 'serif', 10, 2)).toEqual([''])
})

test('what no font has is told apart: words without some of their letters are other words, signs are named', () => {
  expect(type.drawable('戦争', 'serif')).toBeNull()
  expect(type.drawable('no שלום', 'sans')).toBeNull()
  expect(type.drawable('no 🙂🙂 war → peace', 'sans')).toBe('no [emoji] war [sign] peace')
  expect(type.drawable('no\u202e war\u0000', 'bold')).toBe('no war')
})
