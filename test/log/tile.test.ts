import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { utf8 } from '../../src/log/encoding.ts'
import {
  entryBundle,
  parseEntryBundle,
  parseTilePath,
  tileNodes,
  tilePath,
  tilesOf,
  tileWidth,
} from '../../src/log/tile.ts'

describe('the address of a tile', () => {
  it.each([
    ['tile/0/000', { level: 0, index: 0, width: 256 }],
    ['tile/2/x001/x234/067', { level: 2, index: 1_234_067, width: 256 }],
    ['tile/entries/x001/000.p/12', { level: 'entries', index: 1000, width: 12 }],
    ['tile/63/999.p/255', { level: 63, index: 999, width: 255 }],
  ] as const)('%s is written and read as the specification says', (path, tile) => {
    expect(tilePath(tile)).toBe(path)
    expect(parseTilePath(path)).toEqual(tile)
  })

  it.each([
    'tile/00/000',
    'tile/64/000',
    'tile/0/0',
    'tile/0/x000/001',
    'tile/0/001/001',
    'tile/0/x001/x001',
    'tile/0/000.p/0',
    'tile/0/000.p/256',
    'tile/0/000.p/01',
    'tile/data/000',
    'tile/0/000/',
    'tile/0/../000',
    `tile/0/${'x999/'.repeat(6)}999`,
  ])('%s is none', (path) => {
    expect(parseTilePath(path)).toBeNull()
  })
})

describe('the tiles of a tree', () => {
  it('of 70,000 leaves are those of the example of the specification', () => {
    const tiles = tilesOf(70_000).filter(({ level }) => level !== 'entries')
    const count = (level: number, full: boolean) =>
      tiles.filter((tile) => tile.level === level && (tile.width === 256) === full)
    expect([count(0, true).length, count(1, true).length, tiles.length]).toEqual([273, 1, 277])
    expect(
      [count(0, false), count(1, false), count(2, false)].map((part) => part.map((one) => one.width)),
    ).toEqual([[112], [17], [1]])
  })

  it('of 256 leaves are a full one and one of width 1 above it', () => {
    expect(tilesOf(256).map(tilePath)).toEqual(['tile/entries/000', 'tile/0/000', 'tile/1/000.p/1'])
    expect(tilesOf(0)).toEqual([])
    expect([tileWidth(0, 1, 256), tileWidth(1, 0, 255)]).toEqual([0, 0])
  })

  it('that a larger tree adds are all that the smaller did not have', () => {
    fc.assert(
      fc.property(fc.nat(200_000), fc.nat(3000), (from, more) => {
        const before = new Set(tilesOf(from).map(tilePath))
        const added = tilesOf(from + more, from).map(tilePath)
        expect(new Set(added)).toEqual(
          new Set(
            tilesOf(from + more)
              .map(tilePath)
              .filter((path) => !before.has(path)),
          ),
        )
      }),
      { numRuns: 40 },
    )
  })

  it('hold the hashes of nodes 8 levels apart', () => {
    expect(tileNodes({ level: 1, index: 2, width: 2 })).toEqual([
      { level: 8, index: 512 },
      { level: 8, index: 513 },
    ])
  })
})

describe('a bundle of entries', () => {
  it('gives back its entries, also empty and largest ones', () => {
    const entries = [utf8('{"v":1}'), new Uint8Array(), new Uint8Array(65_535).fill(7)]
    const bundle = entryBundle(entries)
    expect([...bundle.subarray(0, 3)]).toEqual([0, 7, 0x7b])
    expect(parseEntryBundle(bundle)).toEqual(entries)
    expect(parseEntryBundle(new Uint8Array())).toEqual([])
    expect(() => entryBundle([new Uint8Array(65_536)])).toThrow(RangeError)
  })

  it('that is cut anywhere else than between two entries is none', () => {
    const bundle = entryBundle([utf8('abc'), utf8('de')])
    for (const at of [1, 2, 3, 4, 6, 7, 8])
      expect(parseEntryBundle(bundle.subarray(0, at)), String(at)).toBeNull()
    expect(parseEntryBundle(bundle.subarray(0, 5))).toHaveLength(1)
  })
})
