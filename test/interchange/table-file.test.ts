import fc from 'fast-check'
import { expect, test } from 'vitest'
import { heldFile, lineReader, type TableFile } from '../../src/interchange/table-file.ts'
import { readTable } from '../../src/interchange/table-rows.ts'

/** The same bytes in pieces of so many. */
const inPieces = (path: string, bytes: Uint8Array, size: number): TableFile => ({
  path,
  size: bytes.length,
  pieces: function* () {
    // One buffer for all, as a file is read: what was asked for before is overwritten.
    const piece = new Uint8Array(size)
    for (let at = 0; at < bytes.length; at += size) {
      const part = bytes.subarray(at, at + size)
      piece.set(part)
      yield piece.subarray(0, part.length)
    }
  },
})

const wide = (text: string, isLittle: boolean) => {
  const bytes = new Uint8Array(2 * text.length)
  for (let i = 0; i < text.length; i++)
    new DataView(bytes.buffer).setUint16(2 * i, text.charCodeAt(i), isLittle)
  return bytes
}
const encoded: ((text: string) => Uint8Array)[] = [
  (text) => new TextEncoder().encode(text),
  (text) => new TextEncoder().encode(`\ufeff${text}`),
  (text) => wide(`\ufeff${text}`, true),
  (text) => wide(`\ufeff${text}`, false),
]

test('a table is the same in pieces of any size as in one: its rows, their lines, and what is wrong with it', () => {
  const cell = fc.oneof(
    fc.constantFrom('', '0.7', 'é😀', '"a, b"', '"say ""so"""', '"two\nlines"', 'x"y', '"open', ' '),
    fc.string({ maxLength: 3 }),
  )
  const row = fc.oneof(fc.array(cell, { minLength: 2, maxLength: 2 }), fc.array(cell, { maxLength: 3 }))
  const table = fc.record({
    rows: fc.array(row, { maxLength: 6 }),
    ending: fc.constantFrom('\n', '\r\n', '\r'),
    encode: fc.constantFrom(...encoded),
    size: fc.integer({ min: 1, max: 20 }),
  })
  fc.assert(
    fc.property(table, ({ rows, ending, encode, size }) => {
      const text = ['a,b', ...rows.map((cells) => cells.join(','))].join(ending)
      const bytes = encode(text)
      const [whole, parts] = [readTable(heldFile('t.csv', bytes)), readTable(inPieces('t.csv', bytes, size))]
      // Within quotes csv-parse counts some line breaks twice, on which parts do not agree.
      const isPlain = ending === '\n' && !/[\r]/u.test(text)
      const told = ({ findings }: typeof whole) =>
        findings.map((finding) => (isPlain ? finding : { code: finding.code, message: finding.message }))
      expect(told(parts)).toEqual(told(whole))
      const cells = ({ rows: all }: typeof whole) =>
        all && [...all].map((one) => (isPlain ? one : { cells: one.cells }))
      expect(cells(parts)).toEqual(cells(whole))
      expect(parts.count).toBe(whole.count)
    }),
    { numRuns: 1000 },
  )
})

test('lines are found in any order, in pieces of any size', () => {
  const text = 'one\r\ntwo\n\nfour\rfive\n'
  for (let size = 1; size < 12; size++) {
    const lineOf = lineReader(inPieces('t.csv', new TextEncoder().encode(text), size))
    expect([1, 2, 4, 3, 5, 1, 9].map(lineOf)).toEqual(['one', 'two', 'four', '', 'five', 'one', ''])
  }
})

test('a row that never ends is refused before all of it is held', () => {
  const line = new TextEncoder().encode(`${'x'.repeat(99)}\n`)
  let read = 0
  const endless: TableFile = {
    path: 't.csv',
    size: Number.MAX_SAFE_INTEGER,
    pieces: function* () {
      yield new TextEncoder().encode('a,b\n1,2\n3,"')
      for (let i = 0; i < 1_000_000; i++) {
        read++
        yield line
      }
    },
  }
  const { rows, findings } = readTable(endless)
  expect([rows, findings.map(({ code }) => code)]).toEqual([null, ['table_syntax']])
  expect(read).toBeLessThan(100_000)
})
