import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { Misuse } from '../config.ts'
import { latestDate } from '../core/calendar.ts'
import { recordsOf } from '../core/folder.ts'
import { normalise } from '../core/normalised-text.ts'
import type { PredictionsFolder } from '../core/predictions-file.ts'
import type { Finding } from '../interchange/finding.ts'
import { type InputFile, readFiles } from '../interchange/folder-files.ts'
import { readFolder } from '../interchange/predictions-file.ts'
import { type ImportResult, importFolder, type Writing } from '../ledger/import/import-folder.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { IMPORT, machineMember } from '../ledger/members/membership.ts'
import { locateQuote } from '../reading/quote.ts'
import { captionsIn } from '../reading/transcript.ts'
import { readIds } from '../store/records.ts'

const KINDS: readonly (readonly [RegExp, string])[] = [
  [/^[ct]sv$/u, 'a table. `reckon import` reads it, with --analyst and --url'],
  [/^(?:xlsx?|xlsm|xlsb|ods|numbers)$/u, 'a spreadsheet. Save the sheet as .csv or .tsv and import that'],
  [
    /^json$/u,
    'JSON. `reckon import` reads what trackers give as such; of any other list of claims with probabilities `reckon draft` makes a predictions file',
  ],
  [
    /^(?:jsonl|ndjson)$/u,
    'JSON, a value a line, and not the log of a Reckoning as `reckon export FILE.jsonl --as jsonl` writes it. A table of forecasts is read as .csv or .tsv',
  ],
  [
    /^(?:md|markdown|txt)$/u,
    'a text. `reckon draft` makes a predictions file of a list of “claim: 85 %”; the forecasts of any other text are marked on the page /capture; with --interview it is what quotes are checked against',
  ],
  [
    /^(?:docx?|odt|rtf|pdf|html?|epub)$/u,
    'a text. Its forecasts are marked on the page /capture; with --interview it is what quotes are checked against',
  ],
  [/^(?:vtt|srt|sbv|ass)$/u, 'a transcript. Its forecasts are marked on the page /capture'],
  [/^(?:db|sqlite3?)$/u, 'a database. A ledger is opened with RECKONING_DATABASE_URL'],
]

/** Refuses a file that by its name is of another kind than predictions files; says of which, and what is read. */
export function requirePredictionsFile(path: string): void {
  requireEnding(path, /^ya?ml$/u, 'Predictions files end in .yaml or .yml.')
}

/** Refuses a file that by its name can hold no list of claims. */
export function requireList(path: string): void {
  const remedy = 'A list of claims is .md, .txt, .yaml or .json; it may have no ending, too.'
  requireEnding(path, /^(?:md|markdown|txt|ya?ml|jsonl?|ndjson)$/u, remedy)
}

function requireEnding(path: string, read: RegExp, remedy: string): void {
  const [, ending] = /\.([^./\\]+)$/u.exec(path.toLowerCase()) ?? []
  if (ending === undefined || read.test(ending)) return
  if (existsSync(path) && statSync(path).isDirectory()) return
  const kind = KINDS.find(([endings]) => endings.test(ending))?.[1] ?? 'of a kind that is not read'
  throw new Misuse(`${JSON.stringify(path)} is ${kind}.`, remedy)
}

/** Every predictions file that these paths name: files as they are, folders with what is in them. */
export function predictionFiles(paths: readonly string[]): InputFile[] {
  const found = new Set<string>()
  for (const path of paths) {
    if (!existsSync(path)) throw new Misuse(`There is no file or folder ${JSON.stringify(path)}.`)
    requirePredictionsFile(path)
    for (const file of statSync(path).isDirectory() ? yamlIn(path) : [path]) found.add(file)
  }
  if (found.size === 0) throw new Misuse(`There is no .yaml file in ${paths.join(', ')}.`)
  return [...found].map((path) => ({ path, bytes: readFileSync(path) }))
}

const yamlIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.ya?ml$/u.test(entry.name) && !entry.name.startsWith('.'))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort()

/** The text of an article, under the id of the source with the most quotes in it. */
export function interviewText(files: readonly InputFile[], path: string): ReadonlyMap<string, string> {
  if (!existsSync(path)) throw new Misuse(`There is no text ${JSON.stringify(path)} to check quotes against.`)
  const raw = readFileSync(path, 'utf8')
  const text = captionsIn(raw)?.text ?? raw
  const within = normalise(text)
  const stands = (quote: string | { exact: string }) =>
    locateQuote(within, typeof quote === 'string' ? { exact: quote } : quote).state !== 'missing'
  const { sources } = readFiles(files)
  const [best] = sources
    .map(({ id, statements }) => ({
      id,
      found: statements.filter(({ value }) => stands(value.quote)).length,
    }))
    .sort((a, b) => b.found - a.found)
  if (best?.id === undefined || (best.found === 0 && sources.length > 1))
    throw new Misuse(`None of the quotes stands in ${path}: it is not the text of any of these sources.`)
  return new Map([[best.id, text]])
}

export type Reading = { folder: PredictionsFolder | null; findings: Finding[]; checked: string | null }

/** Reads files as one folder; `interview` is the path of the text of one of their sources. */
export function readPredictions(
  files: readonly InputFile[],
  options: { now: Date; interview?: string | undefined; known?: Parameters<typeof readFolder>[1] },
): Reading {
  const texts = options.interview === undefined ? undefined : interviewText(files, options.interview)
  const read = readFolder(files, {
    ...options.known,
    today: latestDate(options.now),
    ...(texts === undefined ? {} : { texts }),
  })
  return { ...read, checked: texts?.keys().next().value ?? null }
}

/** Reads files and brings the ledger up to them; writes nothing when anything is wrong with one of them. */
export async function importPredictions(
  ledger: Ledger,
  files: readonly InputFile[],
  options: { now: Date; interview?: string | undefined } & Writing,
): Promise<ImportResult> {
  const known = await readIds(ledger.db)
  const { folder, findings } = readPredictions(files, { ...options, known: { known, importing: true } })
  if (folder === null) return { findings, imported: null }
  const by = await machineMember(ledger, IMPORT)
  const unit = { now: options.now, by }
  return { findings, imported: await importFolder(ledger, unit, recordsOf(folder), options) }
}
