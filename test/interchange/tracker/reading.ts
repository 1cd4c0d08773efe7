import { readFileSync } from 'node:fs'
import { disagreements, type TableMappingFile } from '../../../src/core/table-mapping.ts'
import { readForecasts } from '../../../src/interchange/forecast-table.ts'
import { heldFile } from '../../../src/interchange/table-file.ts'
import { recordsOf } from '../../../src/interchange/table-records.ts'
import { trackedIn } from '../../../src/interchange/tracker/trackers.ts'
import { tableRequestOf } from '../../../src/ledger/import/import-files.ts'

const SOURCE = {
  id: 'a-table',
  type: 'dataset',
  title: 'A table',
  url: 'https://example.com/t',
  published: '2025-04-08',
} as const
const NOW = new Date('2026-11-22T12:00:00Z')
export const fixture = (name: string): string =>
  readFileSync(new URL(`../../fixtures/trackers/${name}`, import.meta.url), 'utf8')

/** What a tracker's file comes to: its rows in short, what was found, and what was left out. */
export function tracking(
  files: Record<string, string>,
  told: Pick<Partial<TableMappingFile>, 'time_zone' | 'analyst' | 'where'> = {},
) {
  const sent = Object.entries(files).map(([name, text]) => heldFile(name, new TextEncoder().encode(text)))
  const [file] = sent
  const tracked = trackedIn(sent)
  if (tracked === null || file === undefined) return null
  const { table, name, isLocal, unnamed, meant } = tracked
  const { mapping } = tableRequestOf(file, { url: 'https://example.com/t', ...told }, NOW, tracked)
  const rows = table.rows === null ? null : readForecasts(table, mapping)
  return {
    name,
    isLocal,
    unnamed,
    problems: disagreements({ url: 'https://example.com/t', columns: meant.columns, ...told }),
    notes: tracked.notes(),
    records:
      rows === null ? null : recordsOf(rows, mapping, SOURCE, (who) => ({ id: 'one', name: who ?? 'One' })),
    findings: table.findings.map(({ path, line, column, message, remedy, excerpt }) => ({
      path,
      line,
      column,
      message,
      remedy,
      marked: [...excerpt.text].slice(excerpt.column - 1, excerpt.column - 1 + excerpt.length).join(''),
    })),
    rows: (rows ?? []).map((row) => ({
      who: row.name,
      title: row.title,
      said: `${row.said.day} ${row.said.order}`.trim(),
      p: row.answer.probability,
      outcome: row.outcome.value,
      known_on: row.known_on,
      deadline: row.deadline,
    })),
  }
}
