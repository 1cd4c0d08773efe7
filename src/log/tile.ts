import { joined } from './encoding.ts'
import { MAX_ENTRY_BYTES } from './entry.ts'
import type { NodeAddress } from './tree.ts'

/** The resources of a tiled log (c2sp.org/tlog-tiles): hashes and entries, 256 a tile. */

export const TILE_WIDTH = 256
const TILE_HEIGHT = 8
const MAX_LEVEL = 63

/** `level` is that of the tile, 8 levels of the tree each; or the entries themselves. A full tile has a width of 256. */
export type Tile = { level: number | 'entries'; index: number; width: number }

/** The address of a tile below the prefix of its log, such as `tile/0/x001/x234/067.p/5`. */
export function tilePath({ level, index, width }: Tile): string {
  const digits = String(index).padStart(Math.ceil(String(index).length / 3) * 3, '0')
  const groups = digits.match(/\d{3}/gu) as string[]
  const path = groups.map((group, at) => (at < groups.length - 1 ? `x${group}` : group)).join('/')
  return `tile/${level}/${path}${width === TILE_WIDTH ? '' : `.p/${width}`}`
}

/** The tile of such an address; null for any other writing of it. */
export function parseTilePath(path: string): Tile | null {
  const match = /^tile\/(entries|[0-9]{1,2})\/((?:x[0-9]{3}\/)*[0-9]{3})(?:\.p\/([0-9]{1,3}))?$/u.exec(path)
  if (match === null) return null
  const [, level = '', groups = '', width] = match
  const tile: Tile = {
    level: level === 'entries' ? level : Number(level),
    index: Number(groups.replaceAll(/[x/]/gu, '')),
    width: width === undefined ? TILE_WIDTH : Number(width),
  }
  if (tile.level !== 'entries' && tile.level > MAX_LEVEL) return null
  if (!Number.isSafeInteger(tile.index) || tile.width < 1 || tile.width > TILE_WIDTH) return null
  return tilePath(tile) === path ? tile : null
}

/** How many hashes, or entries, the tile of this level and index has in a tree of this size; 0 where it has none. */
export function tileWidth(level: Tile['level'], index: number, size: number): number {
  const nodes = Math.floor(size / TILE_WIDTH ** (level === 'entries' ? 0 : level))
  return Math.max(0, Math.min(TILE_WIDTH, nodes - index * TILE_WIDTH))
}

/** All tiles of a tree of this size, the entries first; with `from`, those that one of that size does not have. */
export function tilesOf(size: number, from = 0): Tile[] {
  const tiles: Tile[] = []
  const levels: Tile['level'][] = ['entries']
  for (let level = 0; level <= MAX_LEVEL && size >= TILE_WIDTH ** level; level += 1) levels.push(level)
  for (const level of levels) {
    const nodes = Math.floor(from / TILE_WIDTH ** (level === 'entries' ? 0 : level))
    for (let index = Math.floor(nodes / TILE_WIDTH); ; index += 1) {
      const width = tileWidth(level, index, size)
      if (width === 0) break
      if (width !== tileWidth(level, index, from)) tiles.push({ level, index, width })
    }
  }
  return tiles
}

/** The nodes of the tree whose hashes stand in a tile, in order. */
export function tileNodes({ level, index, width }: Tile): NodeAddress[] {
  const height = level === 'entries' ? 0 : level * TILE_HEIGHT
  return Array.from({ length: width }, (_, at) => ({ level: height, index: index * TILE_WIDTH + at }))
}

/** Entries as a bundle: each behind its length, 16 bits, the higher byte first. */
export function entryBundle(entries: readonly Uint8Array[]): Uint8Array {
  return joined(
    ...entries.flatMap((entry) => {
      if (entry.length > MAX_ENTRY_BYTES)
        throw new RangeError(`an entry of ${entry.length} bytes fits no bundle`)
      return [Uint8Array.of(entry.length >> 8, entry.length & 255), entry]
    }),
  )
}

/** The entries of a bundle; null where it does not end with an entry. */
export function parseEntryBundle(bundle: Uint8Array): Uint8Array[] | null {
  const entries: Uint8Array[] = []
  for (let at = 0; at < bundle.length; ) {
    const length = ((bundle[at] as number) << 8) | (bundle[at + 1] ?? 0)
    if (at + 2 + length > bundle.length) return null
    entries.push(bundle.subarray(at + 2, at + 2 + length))
    at += 2 + length
  }
  return entries
}
