import type { TableFile } from '../table-file.ts'
import type { Table } from '../table-rows.ts'
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
  const read = tracker.read(seen)
  const { report } = read.table
  const table: Table = {
    ...read.table,
    report: (place, code, message, remedy) =>
      report(place, code, message, OF_A_MAPPING.test(remedy) ? MEND : remedy),
  }
  return { name, isLocal, unnamed, ...read, table }
}

/** What a tracker's columns mean is known: whoever gave it another meaning would have an ordinary table. */
const OF_A_MAPPING = /--(?:map|title|not-analyst|range|level)\b/u
const MEND = 'Correct the row in the file, or take it out.'
