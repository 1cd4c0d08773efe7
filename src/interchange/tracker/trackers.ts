import type { TableFile } from '../table-file.ts'
import { fatebookExport } from './fatebook-export.ts'
import { fatebookImport } from './fatebook-import.ts'
import { fatebookJson } from './fatebook-json.ts'
import { forecastBench } from './forecastbench.ts'
import { goodJudgment } from './good-judgment.ts'
import { manifold } from './manifold.ts'
import { metaculus } from './metaculus.ts'
import { predictionBookCsv, predictionBookJson } from './predictionbook.ts'
import { seenFile } from './seen-file.ts'
import type { Tracked, Tracker } from './tracker.ts'

/** Every format that is read without a mapping, in the order in which they are tried. */
const TRACKERS: readonly Tracker[] = [
  fatebookExport,
  fatebookImport,
  fatebookJson,
  predictionBookCsv,
  predictionBookJson,
  manifold,
  forecastBench,
  metaculus,
  goodJudgment,
]

/** The files of a tracker as a table with its mapping, or null where nobody knows them. */
export function trackedIn(files: readonly TableFile[]): Tracked | null {
  const seen = files.map(seenFile)
  const tracker = TRACKERS.find(({ knows }) => knows(seen))
  if (tracker === undefined) return null
  const { name, isLocal, unnamed } = tracker
  return { name, isLocal, unnamed, ...tracker.read(seen) }
}
