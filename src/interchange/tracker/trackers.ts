import { headerOf, textOf } from '../table-rows.ts'
import { fatebookExport } from './fatebook-export.ts'
import { fatebookImport } from './fatebook-import.ts'
import { fatebookJson } from './fatebook-json.ts'
import { metaculus } from './metaculus.ts'
import { predictionBookCsv, predictionBookJson } from './predictionbook.ts'
import type { SeenFile, Tracked, Tracker } from './tracker.ts'

/** Every format that is read without a mapping, in the order in which they are tried. */
const TRACKERS: readonly Tracker[] = [
  fatebookExport,
  fatebookImport,
  fatebookJson,
  predictionBookCsv,
  predictionBookJson,
  metaculus,
]

/** The files of a tracker as a table with its mapping, or null where nobody knows them. */
export function trackedIn(files: readonly { path: string; bytes: Uint8Array }[]): Tracked | null {
  const seen = files.map(seenFile)
  const tracker = TRACKERS.find(({ knows }) => knows(seen))
  if (tracker === undefined) return null
  const { name, isLocal } = tracker
  return { name, isLocal, ...tracker.read(seen) }
}

function seenFile({ path, bytes }: { path: string; bytes: Uint8Array }): SeenFile {
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
