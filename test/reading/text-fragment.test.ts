import { expect, test } from 'vitest'
import { textFragment } from '../../src/reading/text-fragment.ts'

// Each of these was followed in a browser, on a page that prints what stands beside it.
test.each<[exact: string, fragment: string | null]>([
  ['There will be no war', 'There will be no war'],
  ['A cease‑fire will hold — for good', 'A cease‑fire will hold — for good'],
  ['Yes, there & then, war-like things', 'Yes%2C there %26 then%2C war%2Dlike things'],
  ['We won\'t go to "war" with them', "We won't go to,with them"],
  ['"Pas de guerre"', 'Pas de guerre'],
  ['no war […] for the next year', 'no war,for the next year'],
  ['no war [...] for now [...] and the next year', 'no war,and the next year'],
  ['[Azerbaijan] will not attack', 'will not attack'],
  ['I think [Azerbaijan] will not attack', 'I think,will not attack'],
  ['[T]here will be no war', 'will be no war'],
  ['I know that th[ey] will go home', 'I know that,will go home'],
  ['We will win [sic].', 'We will win'],
  ['不会有战争，今年不会', '不会有战争，今年不会'],
  ['[…]', null],
  ['[They]', null],
])('the link to %j names words of the source alone', (exact, fragment) => {
  const plain = textFragment(exact)
  expect(plain).toBe(
    fragment === null
      ? null
      : fragment
          .split(/(%26|%2C|%2D|,)/u)
          .map((part) => (/^(?:%..|,)$/u.test(part) ? part : encodeURIComponent(part)))
          .join(''),
  )
})

test('a long passage is named by its beginning and its end, in whole words', () => {
  const exact = Array.from({ length: 80 }, (_, i) => `word${i}`).join(' ')
  const [start, end, ...more] = textFragment(exact)?.split(',').map(decodeURIComponent) ?? []
  expect([exact.startsWith(`${start} `), exact.endsWith(` ${end}`), more]).toEqual([true, true, []])
  expect((start?.length ?? 99) + (end?.length ?? 99)).toBeLessThanOrEqual(120)
})
