import { zipSync } from 'fflate'
import { utf8 } from '../log/encoding.ts'
import type { Dataset } from '../store/documents/dataset.ts'
import { type About, fileOf } from './about.ts'
import { citationFile, dataCite } from './citation.ts'
import { codebookCsv, codebookText } from './codebook.ts'
import { croissant } from './croissant.ts'
import { dataPackage } from './datapackage.ts'
import { readme } from './readme.ts'
import { tablesOf } from './tables.ts'

export type Release = { about: About; data: Dataset; checkpoint: string; keys: readonly string[] }

const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`

/** The files of a release, by their names; each is a function of what is handed in. */
export function releaseFiles({ about, data, checkpoint, keys }: Release): Record<string, string> {
  const tables = tablesOf(data, about.quotes)
  return {
    'README.md': readme(tables, about),
    'codebook.txt': codebookText(tables, about),
    'CITATION.cff': citationFile(about),
    checkpoint,
    'codebook.csv': codebookCsv(tables, about),
    'croissant.json': json(croissant(tables, about)),
    'datacite.json': json(dataCite(about)),
    'datapackage.json': json(dataPackage(tables, about)),
    key: keys.map((key) => `${key}\n`).join(''),
    ...Object.fromEntries(tables.map((table) => [fileOf(table), table.csv])),
  }
}

/** The same files give the same bytes: sorted, without times, packed by a program that is part of ours. */
export function archiveOf(files: Record<string, string>): Uint8Array {
  const sorted = Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1))
  return zipSync(Object.fromEntries(sorted.map(([name, text]) => [name, utf8(text)])), {
    level: 9,
    // Zip knows no time before this one, and takes it as the clocks of the machine show it.
    mtime: new Date(1980, 0, 1),
  })
}
