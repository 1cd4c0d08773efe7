import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { folderOf } from '../core/folder.ts'
import { readFiles } from '../interchange/folder-files.ts'
import { formatFolder } from '../interchange/predictions-text.ts'
import { readRecords } from '../store/records.ts'
import type { Command } from './command.ts'
import { exportLines } from './export-lines.ts'
import { exportTracker, trackers } from './export-trackers.ts'
import { withLedger } from './open-ledger.ts'
import { plural } from './table.ts'

// A file of a thousand statements is not smaller.
const SMALL = 100_000

export const exportCommand: Command = {
  name: 'export',
  summary: 'write the ledger as files, for itself or for others',
  operands: { shown: 'DIR|FILE', least: 1, most: 1 },
  about: [
    'Writes analysts.yaml, questions.yaml and a file a source into the folder, in a form that `reckon import` reads back without a change. Files of the same name are overwritten, others are left alone. When and by whom something was logged is only in the ledger: keep a backup too.',
    '--as jsonl writes the whole published log into FILE instead: the signed checkpoint, and a line of JSON for each entry with what opens it, but for those of members, tokens and policy. `reckon verify FILE.jsonl` verifies it, with --pin against an older checkpoint.',
    '--as fatebook and --as metaculus write what these can carry, in their own columns, into the folder DIR: fatebook.csv; question_data.csv and forecast_data.csv. --as fatebook-import writes what Fatebook takes in, a file a person: fatebook-import-ID.csv. How many forecasts they cannot carry is told, with the reason: words are never turned into a number.',
  ].join('\n'),
  options: {
    as: { value: 'FORM', about: 'in which form', choices: ['predictions', 'jsonl', ...trackers] },
  },
  examples: [
    ['reckon export predictions', 'The folder that is kept in git.'],
    ['reckon export ledger.jsonl --as jsonl', 'Everything that is published, to be verified by anybody.'],
    ['reckon export trackers --as metaculus', 'For a program that reads Metaculus.'],
  ],
  problems: 'of jsonl: no checkpoint of the log was signed yet',
  run: (context, given) =>
    withLedger(context, async (opened) => {
      const { ledger } = opened
      const folder = given.positionals[0] as string
      const as = given.text('as')
      if (as === 'jsonl') return exportLines(context, opened, folder)
      const tracker = trackers.find((one) => one === as)
      if (tracker !== undefined) return exportTracker(context, opened, { as: tracker, folder })
      const files = formatFolder(folderOf(await readRecords(ledger.db)))
      const progress = context.progress('Writing files')
      let written = 0
      for (const [index, { path, text }] of files.entries()) {
        const target = join(folder, path)
        progress(index, files.length)
        if (existsSync(target) && readFileSync(target, 'utf8') === text) continue
        mkdirSync(dirname(target), { recursive: true })
        writeFileSync(`${target}.new`, text)
        renameSync(`${target}.new`, target)
        written++
      }
      const large = files
        .filter(({ path, text }) => text.length > SMALL && readFiles([{ path, bytes: text }]).folder === null)
        .map(({ path }) => path)
      const told = large.map(
        (path) =>
          `\n${path} is longer than a file of predictions may be, so an import refuses it: keep the table that it came from, and a \`reckon backup\`.`,
      )
      return {
        text: `${plural(written, 'file')} written to ${folder}, ${files.length - written} unchanged.${told.join('')}`,
        json: {
          folder,
          written,
          unchanged: files.length - written,
          files: files.map(({ path }) => path),
          too_large: large,
        },
      }
    }),
}
