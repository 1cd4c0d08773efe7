import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { signCheckpoint } from '../../src/log/checkpoint.ts'
import { joined, utf8 } from '../../src/log/encoding.ts'
import { growingTree } from '../../src/log/growing-tree.ts'
import { parseSigningKey, type Signer, signingKey, verifierKey } from '../../src/log/note.ts'
import { openingsPath } from '../../src/log/published.ts'
import { entryBundle, tileNodes, tilePath, tilesOf } from '../../src/log/tile.ts'
import { hashLeaf } from '../../src/log/tree.ts'
import type { Database } from '../../src/store/database.ts'
import { readStored } from '../../src/store/events.ts'
import { type TestLedger, testLedger } from './ledger.ts'
import { AFTERWARDS, aQuestion, confirm, log, propose } from './steps.ts'

export const ORIGIN = 'ledger.example/log'

export async function signer(name = ORIGIN, seed = 7): Promise<Signer> {
  const made = await parseSigningKey(await signingKey(name, new Uint8Array(32).fill(seed)))
  if (made === null) throw new Error('the key of the test is none')
  return made
}

/** The signed checkpoint of so many entries. */
export async function checkpointOf(entries: readonly string[], by: Signer): Promise<string> {
  const tree = growingTree()
  for (const entry of entries) tree.add(hashLeaf(utf8(entry)))
  return signCheckpoint({ origin: by.key.name, size: entries.length, root: tree.root(), extensions: [] }, [
    by,
  ])
}

export type PublishedFiles = Map<string, Uint8Array>
const SEALED = /"type":"(?:member|token|policy)\./u

/** What a log publishes of these entries, made here from the specification: file by file. */
export async function publishedFiles(
  entries: readonly { bytes: string; disclosure: string | null }[],
  by: Signer,
): Promise<PublishedFiles> {
  const files: PublishedFiles = new Map()
  const nodes = new Map<string, Uint8Array>()
  const tree = growingTree((level, index, hash) => nodes.set(`${level} ${index}`, hash))
  for (const { bytes } of entries) tree.add(hashLeaf(utf8(bytes)))
  files.set('key', utf8(`${verifierKey(by.key)}\n`))
  files.set(
    'checkpoint',
    utf8(
      await checkpointOf(
        entries.map(({ bytes }) => bytes),
        by,
      ),
    ),
  )
  for (const tile of tilesOf(entries.length)) {
    if (tile.level !== 'entries') {
      const hashes = tileNodes(tile).map(({ level, index }) => nodes.get(`${level} ${index}`) as Uint8Array)
      files.set(tilePath(tile), joined(...hashes))
      continue
    }
    const some = entries.slice(tile.index * 256, tile.index * 256 + tile.width)
    files.set(tilePath(tile), entryBundle(some.map(({ bytes }) => utf8(bytes))))
    files.set(
      openingsPath(tile),
      utf8(some.map(({ bytes, disclosure }) => `${SEALED.test(bytes) ? '' : (disclosure ?? '')}\n`).join('')),
    )
  }
  return files
}

export const storedOf = async (db: Database) =>
  (await readStored(db, 0, 1_000_000)).map(({ bytes, disclosure }) => ({ bytes, disclosure }))

export function writeFiles(folder: string, files: PublishedFiles): string {
  for (const [path, bytes] of files) {
    const place = join(folder, path)
    mkdirSync(dirname(place), { recursive: true })
    writeFileSync(place, bytes)
  }
  return folder
}

/** A ledger with two members, a forecast that is decided and one that nothing depends on; whoever takes it may spoil it. */
export async function halfDecided(): Promise<TestLedger> {
  const held = await testLedger()
  held.spoil()
  await held.join('Second', 'recorder')
  const { question } = await log(held)
  await log(held, { quote: 'no other', question: aQuestion({ title: 'Another war begins' }) })
  held.at(AFTERWARDS)
  await propose(held, question)
  await confirm(held, question, 'r1')
  return held
}
