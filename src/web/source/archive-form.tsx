import { ArchiveLinkRequest } from '../../core/archive.ts'
import * as paths from '../../http/paths.ts'
import { addArchiveLink } from '../../ledger/source/archive-source.ts'
import { FormFields, FormProblems, type FormTable } from '../ui/field.tsx'
import { fieldsOf } from '../ui/fields.ts'
import { type FormRoute, type PageAnswer, type PageContext, seeOther } from '../ui/page.ts'
import { type Draft, emptyDraft } from '../ui/problem.ts'
import { submittedTo } from '../ui/submitted.ts'

const FORM: FormTable = {
  '/archive_url': {
    label: 'Address of the archived copy',
    hint: 'As the archive gives it. The source is recorded anew with it; its quotes are looked for there where RECKONING_ARCHIVE is set, or by reckon archive.',
    maxlength: 2000,
  },
}

/** For members: an archived copy that they found. */
export function ArchiveForm({ id, returned }: { id: string; returned: Draft | undefined }) {
  const frame = { id: 'archive', fields: FORM, draft: returned ?? emptyDraft() }
  return (
    <details open={returned !== undefined}>
      <summary>Add an archived copy</summary>
      <FormProblems frame={frame} />
      <form method="post" action={paths.archiveLink(id)}>
        <FormFields frame={frame} />
        <p class="actions">
          <button type="submit" class="quiet">
            Record it
          </button>
        </p>
      </form>
    </details>
  )
}

type Shown = Exclude<PageAnswer, Response>

/** What takes it, and gives it back with the page where it is refused. */
export const archiveFormOn = (
  page: (context: PageContext, returned: Draft) => Promise<Shown>,
): FormRoute => ({
  path: '/sources/:id/archive',
  role: 'recorder',
  fields: fieldsOf(FORM),
  act: (context) =>
    submittedTo(
      context,
      ({ ledger, unit, id, request }) => addArchiveLink(ledger, unit, id, request(ArchiveLinkRequest)),
      (draft) => page(context, draft),
      ({ id }) => seeOther(`${paths.source(id)}#about`),
    ),
})
