import { headerOf, textOf } from '../table-rows.ts'
import type { SeenFile } from './tracker.ts'

/** What a file is, by its beginning. */
export function seenFile({ path, bytes }: { path: string; bytes: Uint8Array }): SeenFile {
  const text = textOf(bytes)
  const isJson = text !== null && /^\s*[[{]/u.test(text)
  return {
    path,
    bytes,
    header: text === null || isJson ? null : headerOf({ path, text }),
    json: isJson ? jsonIn(text) : undefined,
  }
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
