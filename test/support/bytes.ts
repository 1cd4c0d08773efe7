import { existsSync, readFileSync } from 'node:fs'

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
    return words
      .flatMap((word) => [word, word.toLowerCase(), ...encoded(word)])
      .filter((form) => bytes.includes(form))
      .map((form) => `${form} in the file${end}`)
  })
