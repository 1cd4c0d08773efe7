import { expect, test } from 'vitest'
import { arrivals, forms, pages } from '../../src/web/pages.ts'

test('every form of a subject stands in the table of addresses, and nothing else does', async () => {
  for (const { at, load } of [...forms, arrivals]) {
    const held = (await load()).forms.map(({ path }) => path)
    expect([...held].sort()).toEqual([...at].sort())
  }
  const all = forms.flatMap(({ at }) => at)
  expect(all.length).toBeGreaterThan(50)
  expect(new Set(all).size).toBe(all.length)
  expect(new Set(pages.map(({ path }) => path)).size).toBe(pages.length)
})
