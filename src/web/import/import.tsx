import { invalid, LedgerError } from '../../core/error.ts'
import { TableMappingFile } from '../../core/table-mapping.ts'
import { fromContent } from '../../http/form.ts'
import * as paths from '../../http/paths.ts'
import {
  importFiles,
  kindOf,
  requireTable,
  type SentFile,
  trackedAmong,
  unpacked,
} from '../../ledger/import/import-files.ts'
import type { ImportResult } from '../../ledger/import/import-folder.ts'
import type { FileReader } from '../../ledger/import/read-file.ts'
import type { FormFrame } from '../ui/field.tsx'
import { Page } from '../ui/layout.tsx'
import { counted } from '../ui/number.ts'
import type { FormContext, FormRoute, PageAnswer, PageContext } from '../ui/page.ts'
import { type Draft, emptyDraft, parsed, typedIn } from '../ui/problem.ts'
import { submitted } from '../ui/submitted.ts'
import { answer, attempted } from './attempt.ts'
import { Findings } from './finding.tsx'
import { importFields, mappingForm, typedOf } from './form.ts'
import { Carried, Mapping, type Unclear } from './mapping.tsx'
import { Preview } from './preview.tsx'
import { proposedColumns, proposedQuantiles } from './proposal.ts'
import { Again, Buttons, isDone, isNews, Outlook, receipt } from './result.tsx'
import { trackedTable } from './tracked.tsx'
import { askedBy, unclearIn } from './unclear.ts'

const MAPPING = /\.mapping\.(?:ya?ml|json)$/iu
/** A form cannot offer more to choose from. */
const MOST_COLUMNS = 200

/** `/import`: where a file comes in. */
export const importPage = (context: PageContext) => startPage(context, emptyDraft())

function startPage(context: PageContext, draft: Draft) {
  return (
    <Page title="Import" context={context} active="capture">
      <h1>Import a file</h1>
      <p class="intro">
        A table of forecasts as <code>.csv</code> or <code>.tsv</code>, what another tracker gives, or
        predictions files in YAML. You see what would be recorded before anything is.
      </p>
      <Refused draft={draft} />
      <form method="post" action={paths.imports()} enctype="multipart/form-data" class="drop" data-drop>
        <div class="field">
          <label for="import-file">The file</label>
          <input
            type="file"
            id="import-file"
            name="file"
            multiple
            required
            accept=".csv,.tsv,.txt,.yaml,.yml,.json,.zip"
            aria-describedby="import-file-hint"
          />
          <p class="hint" id="import-file-hint">
            Choose it, or drop it here: up to 5 MiB. With a table comes its <code>.mapping.yaml</code>, where
            it has one. Of a spreadsheet, save the sheet as <code>.csv</code>.
          </p>
        </div>
        <p class="actions">
          <button type="submit">Show what is in it</button>
          <a href={paths.document('import')}>What can be imported</a>
        </p>
        <p class="status small soft" role="status" id="status"></p>
      </form>
    </Page>
  )
}

const Refused = ({ draft }: { draft: Draft }) =>
  draft.message === null ? null : (
    <div class="notice bad" role="alert">
      <p>
        <b>{draft.message}</b>
      </p>
    </div>
  )

type Sent = { files: SentFile[]; mapping: SentFile | undefined }

/** The files that the form brought or carried on. */
function sentIn({ form }: FormContext): Sent {
  const contents = form.get('content') ?? []
  const all = (form.get('name') ?? []).map((name, i): SentFile => {
    const bytes = fromContent(contents[i] ?? '')
    if (bytes === null) throw invalid('content', 'is not what this page sent: choose the file again')
    return { name, bytes }
  })
  const files = all.filter(({ name }) => !MAPPING.test(name))
  if (files.length === 0) throw invalid('file', 'is missing: choose one')
  return { files, mapping: all.find(({ name }) => MAPPING.test(name)) }
}

/** What the file beside a table says of it, as fields of the form. */
function mappingBeside(file: SentFile, reader: FileReader): [string, string[]][] {
  const { value, findings } = reader.readMapping(file.name, file.bytes)
  const [first] = findings.filter(({ level }) => level === 'error')
  if (first !== undefined)
    throw new LedgerError('invalid', `${file.name}, line ${first.line}: ${first.message}. ${first.remedy}`)
  const told = parsed(TableMappingFile, value)
  if ((told.where?.length ?? 0) > 1)
    throw new LedgerError(
      'invalid',
      `${file.name} keeps rows by several cells: such an import is for the command or the API.`,
    )
  return typedOf(told)
}

async function readerOf({ host }: PageContext): Promise<FileReader> {
  if (host.fileReader === undefined)
    throw new LedgerError('unavailable', 'This server reads no files: import them with the command.')
  return host.fileReader()
}

/** Every step after a file was chosen: what is in it, what would be recorded, and the import. */
const takeImport = (context: FormContext): Promise<PageAnswer> =>
  submitted(
    context,
    async () => {
      const reader = await readerOf(context)
      const sent = sentIn(context)
      const files = await unpacked(sent.files, reader)
      const kinds = new Set(files.map(kindOf))
      const does = typedIn({ typed: context.form }, 'do')
      if (kinds.size === 1 && kinds.has('predictions')) return predictions(context, sent.files, reader, does)
      const told = sent.mapping === undefined ? null : mappingBeside(sent.mapping, reader)
      const isMapped = (told ?? [...context.form]).some(([name]) => NAMES_COLUMNS.test(name))
      const tracked = isMapped ? null : trackedAmong(files, undefined, reader)
      if (tracked !== null) return trackedTable(context, { files: sent.files, told, tracked }, reader, does)
      requireTable(files)
      return table(context, { file: files[0] as SentFile, told }, reader, does)
    },
    (draft) => startPage(context, draft),
  )

async function predictions(context: FormContext, files: SentFile[], reader: FileReader, does: string) {
  const dry_run = does !== 'import'
  const result = await importFiles(context.host.ledger, context.unit, { files }, reader, { dry_run })
  if (!dry_run && isDone(result)) return receipt(context, result)
  return answer(
    <Page title="Import" context={context} active="capture">
      <h1>{counted(files.length, 'predictions file')}</h1>
      <Outlook result={result} />
      <form method="post" action={paths.imports()} enctype="multipart/form-data">
        <Carried files={files} />
        <Buttons canImport={isNews(result)} />
      </form>
    </Page>,
    result,
    does,
  )
}

/** Of a form that says itself what the columns are. */
const NAMES_COLUMNS = /^\/(?:columns\/|title$|quantiles\/)/u

type Table = { file: SentFile; told: [string, string[]][] | null }

async function table(context: FormContext, { file, told: beside }: Table, reader: FileReader, does: string) {
  const { rows: read, findings } = reader.readTable(reader.heldFile(file.name, file.bytes))
  const rows = [...(read ?? [])]
  const [header] = rows
  if (header === undefined)
    return answer(
      <Page title="Import" context={context} active="capture">
        <h1>
          <bdi>{file.name}</bdi>
        </h1>
        <Findings findings={findings} />
        <Again />
      </Page>,
      { findings, imported: null },
      'import',
    )
  const columns = header.cells.map((name) => name.trim())
  if (columns.length > MOST_COLUMNS)
    throw new LedgerError(
      'invalid',
      `The table has ${counted(columns.length, 'column')}; here it is at most ${MOST_COLUMNS}. Such an import is for the command or the API.`,
    )
  const isNew = does === ''
  const typed = isNew ? new Map(beside ?? proposed(columns, reader)) : context.form
  const fields = mappingForm(columns)
  const draw = (draft: Draft, result: ImportResult | null, tried: string | null = null) => (
    <TablePage
      context={context}
      file={file}
      rows={rows}
      frame={{ id: 'mapping', fields, draft }}
      unclear={unclearIn(rows, askedIn(draft), draft, reader)}
      result={result}
      tried={tried}
    />
  )
  if (isNew) return draw({ typed, problems: [], message: null }, null)
  return attempted(context, [file], reader, draw)
}

const askedIn = (draft: Draft) =>
  askedBy({
    columns: Object.fromEntries(
      (['outcome', 'option', 'low', 'high', 'value'] as const).map((key) => [
        key,
        typedIn(draft, `/columns/${key}`),
      ]),
    ),
    quantiles: Object.fromEntries((draft.typed.get('/quantiles/column') ?? []).entries()),
  })

function proposed(columns: readonly string[], reader: FileReader): [string, string[]][] {
  const quantiles = proposedQuantiles(columns)
  const ofThem = new Set(quantiles.map(([, name]) => name))
  const { title, ...others } = proposedColumns(
    columns.filter((name) => !ofThem.has(name)),
    {
      isForecaster: (name) => reader.FORECASTER.test(name),
      isOption: (name) => reader.OPTION.test(name),
    },
  )
  return [
    ['/quantiles/level', quantiles.map(([level]) => level)],
    ['/quantiles/column', quantiles.map(([, name]) => name)],
    ...Object.entries(others).map(([key, name]): [string, string[]] => [`/columns/${key}`, [name]]),
    ...(title === undefined || /[{}]/u.test(title)
      ? []
      : ([['/title', [`{${title}}`]]] as [string, string[]][])),
  ]
}

type TablePageProps = {
  context: PageContext
  file: SentFile
  rows: readonly { line: number; cells: string[] }[]
  frame: FormFrame
  unclear: Unclear
  result: ImportResult | null
  /** What was tried and can be imported as it stands; null before that. */
  tried: string | null
}

const TablePage = ({ context, file, rows, frame, unclear, result, tried }: TablePageProps) => (
  <Page title="Import" context={context} active="capture">
    <h1>
      <bdi>{file.name}</bdi>: a table of {counted(rows.length - 1, 'row')}
    </h1>
    {result === null ? null : <Outlook result={result} />}
    <Preview rows={rows} />
    <form method="post" action={paths.imports()} enctype="multipart/form-data" class="mapping">
      <Carried files={[file]} />
      {tried === null ? null : <input type="hidden" name="tried" value={tried} />}
      <Mapping frame={frame} unclear={unclear} />
      <Buttons canImport={tried !== null} isTable />
    </form>
  </Page>
)

export const importForm: FormRoute = {
  path: '/import',
  role: 'recorder',
  fields: importFields,
  act: takeImport,
  keepsFiles: true,
}
