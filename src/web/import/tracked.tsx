import { capitalised } from '../../core/text.ts'
import * as paths from '../../http/paths.ts'
import type { SentFile } from '../../ledger/import/import-files.ts'
import type { ImportResult } from '../../ledger/import/import-folder.ts'
import type { FileReader, Tracked } from '../../ledger/import/read-file.ts'
import { FormFields, type FormFrame, FormProblems, type FormTable } from '../ui/field.tsx'
import { Page } from '../ui/layout.tsx'
import { counted } from '../ui/number.ts'
import type { FormContext, PageContext } from '../ui/page.ts'
import { type Draft, typedIn } from '../ui/problem.ts'
import { answer, attempted } from './attempt.ts'
import { Findings } from './finding.tsx'
import { mappingForm } from './form.ts'
import { Carried, Outcomes, type Unclear } from './mapping.tsx'
import { Preview } from './preview.tsx'
import { Again, Buttons, Outlook } from './result.tsx'
import { askedBy, unclearIn } from './unclear.ts'

type Known = { files: SentFile[]; told: [string, string[]][] | null; tracked: Tracked }

/** Files of a tracker: what they are is seen by what is in them, and only what they do not say is asked. */
export async function trackedTable(
  context: FormContext,
  { files, told, tracked }: Known,
  reader: FileReader,
  does: string,
) {
  const { table } = tracked
  const { rows: read, findings } = table
  const rows = [...(read ?? [])]
  if (read === null)
    return answer(
      <Page title="Import" context={context} active="capture">
        <h1>{capitalised(tracked.name)}</h1>
        <Findings findings={findings} />
        <Again />
      </Page>,
      { findings, imported: null },
      'import',
    )
  const fields = formOf(tracked)
  const draw = (draft: Draft, result: ImportResult | null, tried: string | null = null) => (
    <TrackedPage
      context={context}
      files={files}
      tracked={tracked}
      rows={rows}
      frame={{ id: 'mapping', fields, draft }}
      unclear={unclearOf(tracked, draft, reader)}
      result={result}
      tried={tried}
    />
  )
  if (does === '') return draw({ typed: new Map(told ?? []), problems: [], message: null }, null)
  return attempted(context, files, reader, draw)
}

/** The fields of what such a file does not say. */
function formOf({ table, isLocal }: Tracked): FormTable {
  const [header] = table.rows ?? []
  const fields = mappingForm(header?.cells ?? [])
  const at = (name: string) => fields[name] as FormTable[string]
  return {
    ...fields,
    '/time_zone': isLocal
      ? {
          ...at('/time_zone'),
          placeholder: '',
          hint: 'The times in the file bear none. Such as Europe/London.',
        }
      : at('/time_zone'),
    '/analyst': { ...at('/analyst'), hint: 'A person or a model: the file does not say.' },
  }
}

/** Cells of the outcome that neither we nor the format know. */
function unclearOf({ table, meant }: Tracked, draft: Draft, reader: FileReader): Unclear {
  const unclear = unclearIn([...(table.rows ?? [])], askedBy(meant), draft, reader)
  const known = new Set((meant.outcomes ?? []).map(({ value }) => value.toLowerCase()))
  return { ...unclear, outcomes: unclear.outcomes.filter(([value]) => !known.has(value.toLowerCase())) }
}

/** Of the rows what is taken. */
function meantOf({ table, meant }: Tracked) {
  const [header, ...body] = table.rows ?? []
  const { id: _, criteria: __, ...columns } = meant.columns
  const taken = new Set([
    ...Object.values(columns),
    ...Object.values(meant.quantiles ?? {}),
    ...(meant.title ?? '').split(/[{}]/u),
  ])
  const at = (header?.cells ?? []).flatMap((name, i) => (taken.has(name.trim()) ? [i] : []))
  return [...(header === undefined ? [] : [header]), ...body].map(({ line, cells }) => ({
    line,
    cells: at.map((i) => cells[i] ?? ''),
  }))
}

type TrackedPageProps = {
  context: PageContext
  files: readonly SentFile[]
  tracked: Tracked
  rows: readonly { line: number; cells: string[]; named?: string }[]
  frame: FormFrame
  unclear: Unclear
  result: ImportResult | null
  tried: string | null
}

function TrackedPage({ context, files, tracked, rows, frame, unclear, result, tried }: TrackedPageProps) {
  const { meant } = tracked
  const isOfOne = meant.columns.analyst === undefined
  const isNumbered = rows[1]?.named !== undefined
  return (
    <Page title="Import" context={context} active="capture">
      <h1>
        <bdi>{files.map(({ name }) => name).join(', ')}</bdi>: {counted(rows.length - 1, 'row')}
      </h1>
      <p class="intro">
        This is {tracked.name}: what its columns mean is known. What it does not say is asked below.{' '}
        <a href={paths.document('import')}>How it is read</a>
      </p>
      {result === null ? null : <Outlook result={result} />}
      <Preview rows={meantOf(tracked)} counted={isNumbered ? 'No.' : 'Line'} />
      <form method="post" action={paths.imports()} enctype="multipart/form-data" class="mapping">
        <Carried files={files} />
        {tried === null ? null : <input type="hidden" name="tried" value={tried} />}
        <h2>What it does not say</h2>
        <FormProblems frame={frame} />
        <FormFields
          frame={frame}
          names={[
            ['/url', '/source'],
            ['/time_zone', ...(isOfOne ? ['/analyst'] : [])],
          ]}
        />
        <Outcomes outcomes={unclear.outcomes} />
        <details open={typedIn(frame.draft, '/where/column') !== ''}>
          <summary>More: some of the rows, groups{isOfOne ? ', who it is' : ''}</summary>
          <FormFields
            frame={frame}
            names={[
              ['/where/column', '/where/value'],
              '/cluster',
              ...(isOfOne ? [['/analyst_id', '/distinct_from']] : []),
            ]}
          />
        </details>
        <Buttons canImport={tried !== null} isTable />
      </form>
    </Page>
  )
}
