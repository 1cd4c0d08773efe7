import { readFile } from 'node:fs/promises'
import type { Documents } from '../http/documents.ts'

let read: Promise<Documents> | null = null

/** The documents that were built beside the program, read when the first is wanted. */
export function documents(): Promise<Documents> {
  read ??= readFile(new URL('documents.txt', import.meta.url), 'utf8').then((text) => JSON.parse(text))
  return read
}
