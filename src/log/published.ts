import { type Checkpoint, openCheckpoint } from './checkpoint.ts'
import { fromUtf8, joined, sameBytes } from './encoding.ts'
import { growingTree } from './growing-tree.ts'
import type { Comparison } from './held.ts'
import { type NoteKey, parseVerifierKey } from './note.ts'
import { parseEntryBundle, TILE_WIDTH, type Tile, tilePath, tileWidth } from './tile.ts'
import { hashLeaf } from './tree.ts'

/** Reads what lies below the prefix of a log, at most so many bytes of it; null where there is nothing. */
export type ReadPublished = (path: string, most: number) => Promise<Uint8Array | null>

/** An entry as it is published; its opening is null where it is not told. */
export type PublishedEntry = {
  seq: number
  bytes: string
  leaf: Uint8Array
  disclosure: string | null
}

export type Told = (seq: number | null, code: string, message: string) => void

const SMALL = 1_000_000
/** 256 entries of 65,535 bytes, each behind its length. */
const BUNDLE = TILE_WIDTH * 65_537
const OPENINGS = 2 * BUNDLE
export const MOST_ENTRIES = 10_000_000

/** What a log says of itself: its keys, and the checkpoint that one of the trusted ones has signed. */
export type Head = { key: NoteKey; checkpoint: Checkpoint; note: string }

const PROBLEMS = {
  malformed: 'The checkpoint is no signed note.',
  no_checkpoint: 'What was signed is no checkpoint.',
  unknown_signers: 'The checkpoint is not signed by the key that is trusted.',
  wrong_signature: 'The signature of the checkpoint is wrong: it was changed, or signed with another key.',
  other_origin: 'The checkpoint is that of another log.',
} as const

/**
 * The newest checkpoint, by the key that is trusted, or at a first visit by the one that the log names as its own.
 * Null, and told why, where there is none to believe.
 */
export async function publishedHead(
  read: ReadPublished,
  trusted: NoteKey | null,
  tell: Told,
): Promise<Head | null> {
  const [note, named] = [await textOf(read, 'checkpoint'), await textOf(read, 'key')]
  // The present key, and behind it the one before while both have signed.
  const own = parseVerifierKey((named ?? '').split('\n')[0] ?? '')
  if (note === null) return refused(tell, 'checkpoint', 'It publishes no checkpoint.')
  const key = trusted ?? own
  if (key === null) return refused(tell, 'key', 'It does not say with which key it signs.')
  const opened = await openCheckpoint(note, [key])
  if (opened.problem !== null && own !== null && own.id !== key.id) {
    tell(
      null,
      'key',
      `It signs with the key ${own.name}+${own.id} now; trusted is ${key.name}+${key.id}. Where a key was changed, or a lost end given up, an entry of the log says so: ask whoever runs it, and begin a new pin if you believe them.`,
    )
    return publishedHead(read, null, tell)
  }
  if (opened.problem !== null) return refused(tell, 'checkpoint', PROBLEMS[opened.problem])
  if (opened.checkpoint.size > MOST_ENTRIES)
    return refused(tell, 'checkpoint', `It says that it holds ${opened.checkpoint.size} entries: too many.`)
  // Where the trusted key has signed together with the next one, that one is trusted from now on.
  const next = own === null || own.id === key.id ? null : await openCheckpoint(note, [own])
  return { key: next?.problem === null ? (own as NoteKey) : key, checkpoint: opened.checkpoint, note }
}

function refused(tell: Told, code: string, message: string): null {
  tell(null, code, message)
  return null
}

async function textOf(read: ReadPublished, path: string): Promise<string | null> {
  const bytes = await read(path, SMALL)
  return bytes === null ? null : fromUtf8(bytes)
}

/**
 * The entries of a log up to a checkpoint, 256 at a time, each hashed again, while the tree is built from them: its
 * root is held against the checkpoint and those of before, its nodes against the tiles of hashes, where it has such.
 */
export async function* publishedEntries(
  read: ReadPublished,
  { size, root }: Pick<Checkpoint, 'size' | 'root'>,
  older: Comparison,
  tell: Told,
  hasTiles = true,
): AsyncGenerator<PublishedEntry[]> {
  const nodes: Uint8Array[][] = []
  const whole: { level: number; index: number; hashes: Uint8Array[] }[] = []
  const tree = growingTree((level, index, hash) => {
    if (level % 8 !== 0) return
    const hashes = nodes[level / 8] ?? []
    nodes[level / 8] = hashes
    hashes.push(hash)
    if (hashes.length === TILE_WIDTH) {
      whole.push({ level: level / 8, index: Math.floor(index / TILE_WIDTH), hashes })
      nodes[level / 8] = []
    }
  })
  for (let index = 0; tree.size() < size; index += 1) {
    const tile: Tile = { level: 'entries', index, width: tileWidth('entries', index, size) }
    const entries = await bundleOf(read, tile, tell)
    if (entries === null) return
    const disclosures = await openingsOf(read, tile, tell)
    const first = tree.size()
    const published = entries.map((entry, at) => {
      const leaf = hashLeaf(entry)
      tree.add(leaf)
      if (older.wants(tree.size())) older.passed(tree.size(), tree.root())
      const bytes = fromUtf8(entry)
      if (bytes === null) tell(first + at, 'envelope', 'The bytes are no text.')
      return { seq: first + at, bytes: bytes ?? '', leaf, disclosure: disclosures[at] ?? null }
    })
    for (const { level, index: at, hashes } of whole.splice(0))
      if (hasTiles) await compareTile(read, level, at, hashes, tell)
    yield published
  }
  for (const [level, hashes] of nodes.entries())
    if (hasTiles && hashes.length > 0)
      await compareTile(read, level, Math.floor(size / TILE_WIDTH ** (level + 1)), hashes, tell)
  if (!sameBytes(tree.root(), root))
    tell(null, 'root', `The ${size} entries do not make the tree that was signed.`)
}

async function bundleOf(read: ReadPublished, tile: Tile, tell: Told): Promise<Uint8Array[] | null> {
  const path = tilePath(tile)
  const bytes = await read(path, BUNDLE)
  const entries = bytes === null ? null : parseEntryBundle(bytes)
  const [from, to] = [tile.index * TILE_WIDTH, tile.index * TILE_WIDTH + tile.width - 1]
  if (bytes === null) tell(from, 'missing', `The entries ${from} to ${to} are not published (${path}).`)
  else if (entries?.length !== tile.width)
    tell(from, 'missing', `What is published at ${path} is not the entries ${from} to ${to}.`)
  return entries?.length === tile.width ? entries : null
}

async function compareTile(
  read: ReadPublished,
  level: number,
  index: number,
  hashes: readonly Uint8Array[],
  tell: Told,
): Promise<void> {
  const path = tilePath({ level, index, width: hashes.length })
  const bytes = await read(path, TILE_WIDTH * 32)
  if (bytes === null) tell(null, 'tile', `The hashes at ${path} are not published.`)
  else if (!sameBytes(bytes, joined(...hashes)))
    tell(null, 'tile', `The hashes at ${path} are not those of the entries.`)
}

/** The address of the openings of up to 256 entries: a line each, empty where it is not told. */
export const openingsPath = (tile: Tile): string => tilePath(tile).replace('tile/entries/', 'openings/')

async function openingsOf(read: ReadPublished, tile: Tile, tell: Told): Promise<(string | null)[]> {
  const path = openingsPath(tile)
  const bytes = await read(path, OPENINGS)
  const lines = bytes === null ? [] : (fromUtf8(bytes)?.split('\n') ?? [])
  const first = tile.index * TILE_WIDTH
  if (bytes === null)
    tell(first, 'missing', `What the entries from ${first} on say is not published (${path}).`)
  else if (lines.pop() !== '' || lines.length !== tile.width)
    tell(first, 'missing', `What is published at ${path} is not a line for each of ${tile.width} entries.`)
  return lines.map((line) => (line === '' ? null : line))
}
