import { existsSync, writeFileSync } from 'node:fs'
import { Misuse } from '../config.ts'
import { LedgerError } from '../core/error.ts'
import type { LedgerRecords } from '../core/folder.ts'
import * as reader from '../interchange/tracker/reader.ts'
import { toldOf } from '../ledger/import/import-files.ts'
import {
  type Imported,
  type ImportResult,
  importFolder,
  type Writing,
} from '../ledger/import/import-folder.ts'
import { importTable, type TableRequest } from '../ledger/import/import-table.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { IMPORT, machineMember } from '../ledger/members/membership.ts'
import { importPredictions, predictionFiles } from '../node/predictions.ts'
import { scratchOnDisk } from '../node/scratch.ts'
import { memoryTidier } from '../node/small-memory.ts'
import type { Command, Context } from './command.ts'
import { countOf, formatFindings } from './findings.ts'
import { logAmong, recordsOfLog } from './log-import.ts'
import { withPreparedLedger } from './open-ledger.ts'
import { plural } from './table.ts'
import { tableAmong, tableOptions } from './table-options.ts'
import { harmless } from './terminal.ts'

export const importCommand: Command = {
  name: 'import',
  summary: 'bring the ledger up to what predictions files, or a table of forecasts, say',
  operands: { shown: 'PATH…', least: 1, most: 10_000 },
  about: [
    'Checks files, or every .yaml in a folder, as `reckon check` does, and records what the ledger does not hold yet. With one problem anywhere, nothing is written. Importing the same files again changes nothing.',
    'What is in the ledger is frozen: a record that differs is refused unless its file says `amends: <reason>`. A resolution may be added.',
    'A .csv or .tsv file is a table of probabilities and outcomes, one forecast a row: it becomes the record of one analyst, and its options say what its columns mean. With a problem in one row, none is recorded.',
    'A .jsonl file that `reckon export --as jsonl` wrote is verified, and what it held at its end is recorded: by this ledger, now. When it was first logged, and by whom, that file proves.',
    'What another tracker gives, as .csv, .json or .zip, is such a table whose columns are known: it needs --url and, where the file does not say it, --zone or --analyst.',
  ].join('\n'),
  options: {
    interview: {
      value: 'FILE',
      about: 'the text of one source, to check its quotes against (or RECKONING_INTERVIEW)',
    },
    'dry-run': { about: 'checks all of it, says what would be recorded, and writes nothing' },
    ...tableOptions,
  },
  examples: [
    ['reckon import predictions', 'The whole folder.'],
    ['reckon import predictions/analysts.yaml predictions/2024/talk.yaml', 'One source and its people.'],
    [
      "reckon import nfl_games.csv --analyst 'FiveThirtyEight NFL' --url https://github.com/fivethirtyeight/checking-our-work-data/blob/master/nfl_games.csv --map probability=prob1,outcome=prob1_outcome,date=date --title '{team1} beat {team2}' --cluster date",
      'A table: what FiveThirtyEight gave for each game, and what happened. Games of one day count as one group.',
    ],
    ['reckon import ledger.jsonl', 'What another Reckoning published.'],
    [
      'reckon import fatebook-export.csv --url https://fatebook.example/ann --zone Europe/London',
      'What a tracker exports: what its columns mean is known.',
    ],
  ],
  problems: 'something is wrong in the files, or the ledger holds it otherwise; nothing was written',
  run: async (context, given) => {
    const now = context.now()
    const log = logAmong(given, [...Object.keys(tableOptions), 'interview'])
    const records = log === null ? null : await recordsOfLog(context, log)
    const table = log === null ? await tableAmong(given, now) : null
    const saved = given.text('save-mapping')
    if (table !== null && saved !== undefined) keepMapping(saved, table)
    const files = log === null && table === null ? predictionFiles(given.positionals) : []
    const dry_run = given.flag('dry-run')
    const interview = given.text('interview') ?? context.config().RECKONING_INTERVIEW
    const bringUp = (ledger: Ledger): Promise<ImportResult> => {
      if (records !== null) return logged(ledger, records, { now, dry_run })
      if (table === null) return importPredictions(ledger, files, { now, interview, dry_run })
      return tabled(ledger, table, { now, dry_run, scratch: scratchOnDisk, progress: tidily(context) })
    }
    return withPreparedLedger(context, async ({ ledger }) => {
      const { findings, imported, notes = [] } = await bringUp(ledger)
      const json = {
        files: files.length === 0 ? 1 : files.length,
        findings,
        notes,
        ...(imported ?? { entries: 0, recorded: {}, unchanged: 0, refused: [] }),
      }
      if (imported === null)
        return {
          text: [...formatFindings(findings), ...notes, `${countOf(findings)}: nothing was imported.`].join(
            '\n',
          ),
          json,
          exit: 1,
        }
      const warnings = formatFindings(findings)
      return {
        text: [...warnings, ...summaryOf(imported, dry_run), ...notes].join('\n'),
        json,
        exit: imported.refused.length > 0 ? 1 : 0,
      }
    })
  },
}

function keepMapping(path: string, table: TableRequest): void {
  if (existsSync(path)) throw new Misuse(`${path} is there already, and is not written over.`)
  writeFileSync(path, reader.mappingText(toldOf(table)))
}

/** Shows how far each step is, and takes no more memory than a step needs. */
function tidily({ progress }: Context): Context['progress'] {
  const tidy = memoryTidier()
  return (what) => {
    const show = progress(what)
    return (done, of) => {
      tidy()
      show(done, of)
    }
  }
}

/** Brings the ledger up to what the log of another one held. */
async function logged(
  ledger: Ledger,
  records: LedgerRecords,
  { now, ...writing }: { now: Date } & Writing,
): Promise<ImportResult> {
  const unit = { now, by: await machineMember(ledger, IMPORT) }
  return { findings: [], imported: await importFolder(ledger, unit, records, writing) }
}

/** Brings the ledger up to a table, and names the options with which a name that is not clear is told. */
async function tabled(ledger: Ledger, table: TableRequest, { now, ...writing }: { now: Date } & Writing) {
  try {
    const unit = { now, by: await machineMember(ledger, IMPORT) }
    return await importTable(ledger, unit, table, reader, writing)
  } catch (error) {
    const [problem] = error instanceof LedgerError ? error.problems : []
    const { message } = error as LedgerError
    if (problem?.pointer === '/distinct_from')
      throw new Misuse(message, 'Say who it is not with --distinct-from ID.')
    if (problem?.pointer === '/analyst_id') throw new Misuse(message, 'Give it with --analyst-id ID.')
    throw error
  }
}

/** What an import did, in a few lines. */
export function summaryOf({ entries, recorded, unchanged, refused }: Imported, dry_run: boolean): string[] {
  if (refused.length > 0)
    return [
      ...refused.map(
        ({ noun, id, code, message }) => `${noun} ${harmless(id)}: refused[${code}]: ${harmless(message)}`,
      ),
      '',
      `${plural(refused.length, 'record')} refused: nothing was imported.`,
    ]
  const parts = Object.entries(recorded).map(([noun, n]) =>
    plural(n, noun, noun.endsWith('y') ? `${noun.slice(0, -1)}ies` : `${noun}s`),
  )
  const same =
    unchanged > 0
      ? [`${plural(unchanged, 'record')} as the ledger has ${unchanged === 1 ? 'it' : 'them'}`]
      : []
  const said = [
    ...(parts.length > 0 ? [`${dry_run ? 'Would record' : 'Recorded'} ${parts.join(', ')}`] : []),
    ...same,
  ].join('; ')
  const written = dry_run ? 'Nothing was' : plural(entries, 'entry', 'entries')
  return [`${said === '' ? 'Nothing to import' : said}. ${written} written.`]
}
