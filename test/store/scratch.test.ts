import fc from 'fast-check'
import { expect, test } from 'vitest'
import { scratchOnDisk } from '../../src/node/scratch.ts'
import { memoryScratch } from '../../src/store/scratch.ts'
import { afterTest } from '../support/after-test.ts'

const made = () => {
  const room = scratchOnDisk()
  afterTest(async () => room.close())
  return room
}

test('what is put on a disk comes back in the order in which memory gives it, whatever the keys are', () => {
  const key = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 4 }),
    fc.constantFrom('', 'a', 'ab', '\uffff', '😀'),
  )
  const [disk, memory] = [made(), memoryScratch()]
  fc.assert(
    fc.property(fc.array(key), (keys) => {
      const [there, here] = [disk.pile<number>(), memory.pile<number>()]
      for (const [i, one] of keys.entries()) {
        there.add(i, one)
        here.add(i, one)
      }
      expect([...there]).toEqual([...here])
      // More may come after the first reading, and all of it may go.
      there.add(-1, 'a')
      here.add(-1, 'a')
      expect([...there]).toEqual([...here])
      there.clear()
      expect([...there]).toEqual([])
    }),
  )
})

test('more than a page comes back, once each', () => {
  const pile = made().pile<number>()
  const all = Array.from({ length: 2_345 }, (_, i) => i)
  for (const i of all) pile.add(i)
  expect([...pile]).toEqual(all)
})

test('under a key stands what was set there last', () => {
  const index = made().index<{ n: number }>()
  index.set('a', { n: 1 })
  index.set('a', { n: 2 })
  expect([index.get('a'), index.get('A')]).toEqual([{ n: 2 }, undefined])
})
