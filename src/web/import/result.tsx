import * as paths from '../../http/paths.ts'
import type { ImportResult } from '../../ledger/import/import-folder.ts'
import { Page } from '../ui/layout.tsx'
import { counted } from '../ui/number.ts'
import type { PageContext } from '../ui/page.ts'
import { Findings, Refusals } from './finding.tsx'

/** What an import came to, or would. */

export const isDone = ({ findings, imported }: ImportResult): boolean =>
  imported !== null && imported.refused.length === 0 && findings.every(({ level }) => level !== 'error')

export const isNews = (result: ImportResult): boolean => isDone(result) && (result.imported?.entries ?? 0) > 0

const recordsIn = ({ imported }: ImportResult): string =>
  Object.entries(imported?.recorded ?? {})
    .map(([noun, n]) => counted(n, noun, noun.endsWith('y') ? `${noun.slice(0, -1)}ies` : `${noun}s`))
    .join(', ')

/** What a dry run came to. */
export function Outlook({ result }: { result: ImportResult }) {
  const { imported, findings, notes = [] } = result
  const records = recordsIn(result)
  return (
    <>
      {imported === null || !isDone(result) ? null : (
        <div class="notice" role="status">
          <p>
            <b>{records === '' ? 'Nothing would be new.' : `It would record ${records}.`}</b>{' '}
            {imported.unchanged === 0
              ? ''
              : `${counted(imported.unchanged, 'record')} ${imported.unchanged === 1 ? 'stands' : 'stand'} in the ledger as the file says. `}
            Nothing is written yet.
          </p>
        </div>
      )}
      {notes.map((note) => (
        <p>{note}</p>
      ))}
      <Refusals imported={imported} />
      <Findings findings={findings} />
    </>
  )
}

export function receipt(context: PageContext, result: ImportResult) {
  const { about = { analysts: [], sources: [] }, imported } = result
  const records = recordsIn(result)
  return (
    <Page title="Imported" context={context} active="capture">
      <h1 tabindex={-1} autofocus>
        {records === '' ? 'Nothing was new' : 'Imported'}
      </h1>
      <p class="intro" role="status">
        {records === '' ? 'The ledger held all of it.' : `Recorded ${records}.`}{' '}
        {counted(imported?.entries ?? 0, 'entry', 'entries')} written.
      </p>
      <List title="Sources" items={about.sources} path={paths.source} />
      <List title="People" items={about.analysts} path={paths.analyst} />
      <Findings findings={result.findings} />
      <Again />
    </Page>
  )
}

type ListProps = {
  title: string
  items: readonly { id: string; name: string }[]
  path: (id: string) => string
}
const List = ({ title, items, path }: ListProps) =>
  items.length === 0 ? null : (
    <>
      <h2>{title}</h2>
      <ul>
        {items.map(({ id, name }) => (
          <li>
            <a href={path(id)}>
              <bdi>{name}</bdi>
            </a>
          </li>
        ))}
      </ul>
    </>
  )

export const Again = () => (
  <p class="actions">
    <a class="button" href={paths.imports()}>
      Choose another file
    </a>
  </p>
)

export const Buttons = ({ canImport, isTable = false }: { canImport: boolean; isTable?: boolean }) => (
  <p class="actions">
    <button type="submit" name="do" value="try" class={canImport ? 'quiet' : undefined}>
      Try it
    </button>
    {canImport ? (
      <button type="submit" name="do" value="import">
        Import
      </button>
    ) : null}
    {isTable ? (
      <button type="submit" name="do" value="mapping" class="quiet">
        Save what is chosen here
      </button>
    ) : null}
    <a href={paths.imports()}>Another file</a>
  </p>
)
