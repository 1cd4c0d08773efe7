import { expect, test } from 'vitest'
import { writtenDate } from '../../src/reading/english/words/written-date.ts'

test.each([
  ['April 2024', '2024-04'],
  ['about April 2024', '2024-04'],
  ['early April, 2024', '2024-04'],
  ['the beginning of April 2024', '2024-04'],
  ['3 April 2024', '2024-04-03'],
  ['3rd of April 2024', '2024-04-03'],
  ['April 3, 2024', '2024-04-03'],
  ['Apr. 3 2024', '2024-04-03'],
  ['Sept 2024', '2024-09'],
  ['2024-04-03', '2024-04-03'],
  ['13/4/2024', '2024-04-13'],
])('%s is %s', (text, date) => {
  expect(writtenDate(text)).toBe(date)
})

test.each(['2024', 'April', 'Smarch 2024', '03/04/2024', 'yesterday', ''])('%j is left as it is', (text) => {
  expect(writtenDate(text)).toBeNull()
})
