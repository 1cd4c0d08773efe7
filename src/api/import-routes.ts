import * as z from 'zod'
import { type ErrorCode, errorCodes, invalid, LedgerError } from '../core/error.ts'
import { problemsOf } from '../core/problems.ts'
import { TableMappingFile } from '../core/table-mapping.ts'
import { importFiles, type SentFile } from '../ledger/import/import-files.ts'
import type { ImportResult } from '../ledger/import/import-folder.ts'
import type { FileReader } from '../ledger/import/read-file.ts'
import { Count } from './recorded.ts'
import { act, type Route } from './route.ts'
import type { Upload } from './upload.ts'

const FindingAnswer = z.strictObject({
  path: z.string().describe('The name of the file.'),
  line: z.int().min(1),
  column: z.int().min(1).describe('The place in the line, of a letter.'),
  level: z.enum(['error', 'warning']),
  code: z.string(),
  message: z.string(),
  remedy: z.string(),
  excerpt: z
    .strictObject({ text: z.string(), column: z.int().min(1), length: z.int().min(1) })
    .describe('The line, or the part of it around the place.'),
})
const ImportAnswer = z.strictObject({
  dry_run: z.boolean(),
  findings: z.array(FindingAnswer).describe('What is wrong in the files; with an error nothing is written.'),
  notes: z.array(z.string()),
  entries: Count.describe('How many entries were written; of a dry run, how many would be.'),
  recorded: z.record(z.string(), Count).describe('How many records of each noun.'),
  unchanged: Count.describe('Records that the ledger has as the files say.'),
  refused: z
    .array(z.strictObject({ noun: z.string(), id: z.string(), code: z.string(), message: z.string() }))
    .describe('Records that the ledger will not take; with one of them nothing is written.'),
})

const DryRun = z.enum(['true', 'false'])
const Name = z.string().min(1).max(300)
const Query = z.strictObject({
  name: Name.optional().describe('The name of a file that is the body: its ending says what it is.'),
  mapping: z.string().max(20_000).optional().describe('What a table is told, as JSON or YAML.'),
  dry_run: DryRun.optional().describe('`true` writes nothing, and answers what would be recorded.'),
})
const Body = z.strictObject({
  files: z
    .array(z.strictObject({ name: Name, text: z.string() }))
    .min(1)
    .max(1000)
    .describe('Predictions files, or one table.'),
  mapping: TableMappingFile.optional(),
  dry_run: z.boolean().optional().describe('Writes nothing, and answers what would be recorded.'),
})

const utf8 = new TextEncoder()

/** What a table was told in words: a part of a form, or a parameter. */
function mappingIn(text: string | undefined, reader: FileReader): TableMappingFile | undefined {
  if (text === undefined || text.trim() === '') return undefined
  const { value, findings } = reader.readMapping('mapping', text)
  const [first] = findings.filter(({ level }) => level === 'error')
  if (first !== undefined)
    throw invalid('/mapping', `line ${first.line}, column ${first.column}: ${first.message}`)
  const read = TableMappingFile.safeParse(value)
  if (read.success) return read.data
  const problems = problemsOf(read.error, value)
  const [problem] = problems
  throw new LedgerError(
    'invalid',
    `/mapping${problem?.pointer} ${problem?.message}.`,
    problems.map(({ pointer, message }) => ({ pointer: `/mapping${pointer}`, message })),
  )
}

/** What stopped an import, as a refusal: where each thing is, and how it is mended. */
function requireImported({ findings, imported }: ImportResult): void {
  const errors = findings.filter(({ level }) => level === 'error')
  const places = errors.map(({ path, line, column, message, remedy }) => ({
    pointer: '/files',
    message: `${path}, line ${line}, column ${column}: ${message}. ${remedy}`,
  }))
  if (errors.length > 0 || imported === null)
    throw new LedgerError('invalid', `Nothing was imported: ${places[0]?.message}`, places)
  const [refused] = imported.refused
  if (refused === undefined) return
  const said = imported.refused.map(({ noun, id, message }) => `${noun} ${id}: ${message}`)
  throw new LedgerError(
    errorCodes.find((code) => code === refused.code) ?? ('conflict' satisfies ErrorCode),
    `Nothing was imported: ${said[0]}`,
    said.slice(0, 100).map((message) => ({ pointer: '/files', message })),
  )
}

const answerOf = ({ findings, imported, notes = [] }: ImportResult, dry_run: boolean) => ({
  dry_run,
  findings,
  notes,
  ...(imported ?? { entries: 0, recorded: {}, unchanged: 0, refused: [] }),
})

/** What comes into the ledger as a file. */
export const importRoutes: Route[] = [
  act<z.infer<typeof Body>>({
    path: '/import',
    summary:
      'Brings the ledger up to predictions files, or to a table of forecasts and its mapping: everything or nothing, and again nothing new. The body is the file, a form with the parts `file`, `mapping` and `dry_run`, or JSON.',
    role: 'recorder',
    files: true,
    query: Query,
    body: Body as unknown as z.ZodType<z.infer<typeof Body>>,
    answer: ImportAnswer,
    run: async ({ host, ledger, unit, body, upload, ...asked }) => {
      if (host.fileReader === undefined)
        throw new LedgerError('unavailable', 'This server reads no files: import them with the command.')
      const reader = await host.fileReader()
      const query = asked.query as z.infer<typeof Query>
      const dry_run = [query.dry_run, upload?.dry_run].includes('true') || body?.dry_run === true
      const mapping = upload === undefined ? body.mapping : mappingIn(upload.mapping ?? query.mapping, reader)
      const files = upload === undefined ? body.files.map(sentFile) : named(upload, query.name)
      const result = await importFiles(ledger, unit, { files, mapping }, reader, { dry_run })
      if (!dry_run) requireImported(result)
      return { body: answerOf(result, dry_run) }
    },
  }),
]

const sentFile = ({ name, text }: { name: string; text: string }): SentFile => ({
  name,
  bytes: utf8.encode(text),
})

const named = ({ files }: Upload, name: string | undefined): SentFile[] =>
  files.map((file) => (name === undefined || files.length > 1 ? file : { ...file, name }))
