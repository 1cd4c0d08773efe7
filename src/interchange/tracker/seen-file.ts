import { beginningOf, bytesIn, type TableFile, textOf } from '../table-file.ts'
import { headerOf, LONGEST_HEADER } from '../table-rows.ts'
import type { SeenFile } from './tracker.ts'

/** What a file is, by its beginning. */
export function seenFile(file: TableFile): SeenFile {
  const text = beginningOf(file, LONGEST_HEADER)
  const isJson = text !== null && /^\s*[[{]/u.test(text)
  return {
    ...file,
    header: text === null || isJson ? null : headerOf({ path: file.path, text }),
    json: isJson ? jsonIn(textOf(bytesIn(file) ?? new Uint8Array()) ?? '') : undefined,
  }
}

/** No tracker nests deeper; what is nested a million times would take seconds to read. */
const DEEPEST = 64

function isDeep(text: string): boolean {
  let [depth, isQuoted] = [0, false]
  for (let at = 0; at < text.length; at++) {
    const letter = text[at]
    if (letter === '\\' && isQuoted) at++
    else if (letter === '"') isQuoted = !isQuoted
    else if (isQuoted) continue
    else if (letter === '[' || letter === '{') {
      if (++depth > DEEPEST) return true
    } else if (letter === ']' || letter === '}') depth--
  }
  return false
}

function jsonIn(text: string): unknown {
  if (isDeep(text)) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
