import { existsSync, readFileSync } from 'node:fs'
import { isRemote } from './database.ts'
import type { TestLedger } from './ledger.ts'

/** How a word looks within base64url, wherever it begins there: of each of the three ways what is surely its own. */
const encoded = (word: string): string[] =>
  [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), Buffer.from(word)]).toString('base64url')
    return text.slice(before === 0 ? 0 : before + 1, Math.floor(((before + Buffer.byteLength(word)) * 8) / 6))
  })

/** Which of these words are anywhere in the files of a database, as text or within openings. */
export const inFiles = (path: string, words: readonly string[]): string[] =>
  ['', '-wal', '-shm'].flatMap((end) => {
    if (!existsSync(path + end)) return []
    const bytes = readFileSync(path + end)
    return formsIn(bytes, words).map((form) => `${form} in the file${end}`)
  })

const formsIn = (text: Buffer | string, words: readonly string[]): string[] =>
  words.flatMap((word) => [word, word.toLowerCase(), ...encoded(word)]).filter((form) => text.includes(form))

/** The same of a ledger: in its files, or in every row of the server that has no file for us to look into. */
export async function inLedger(held: TestLedger, words: readonly string[]): Promise<string[]> {
  if (!isRemote()) return inFiles(held.path, words)
  const { db } = held.ledger
  const tables = await db.read({ sql: "SELECT name FROM sqlite_master WHERE type = 'table'" })
  const found: string[] = []
  for (const { name } of tables) {
    const rows = await db.read({ sql: `SELECT * FROM ${name}` })
    found.push(...formsIn(JSON.stringify(rows), words).map((form) => `${form} in ${name}`))
  }
  return found
}
