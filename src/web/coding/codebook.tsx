import type * as z from 'zod'
import { HOUSE_CODEBOOK } from '../../core/codebook.ts'
import { CodebookRequest } from '../../core/coding.ts'
import { codebookInForce, codebookOf } from '../../core/coding-round.ts'
import { notFound } from '../../core/error.ts'
import { may } from '../../core/member.ts'
import * as paths from '../../http/paths.ts'
import { searchOf, words } from '../../http/search-params.ts'
import { publishCodebook } from '../../ledger/coding/round.ts'
import type { CodebookRow } from '../../store/coding.ts'
import { readCodebooks } from '../../store/documents/coding.ts'
import { Instant } from '../ui/date.tsx'
import { FormFields, type FormFrame, FormProblems, type FormTable } from '../ui/field.tsx'
import { fieldsOf } from '../ui/fields.ts'
import { Page } from '../ui/layout.tsx'
import { type FormRoute, type PageContext, seeOther } from '../ui/page.ts'
import { type Draft, emptyDraft } from '../ui/problem.ts'
import { submitted } from '../ui/submitted.ts'

const FORM: FormTable = {
  '/text': { label: 'The codebook', rows: 16, maxlength: 50_000 },
  '/because': { label: 'What changes, and why', rows: 2, maxlength: 5000 },
}

export const CodebookText = ({ text }: { text: string }) => (
  <div class="codebook">
    {text.split(/\n\s*\n/u).map((paragraph) => (
      <p>
        <bdi>{paragraph}</bdi>
      </p>
    ))}
  </div>
)

/** `/codebook`: the rules by which texts are coded, in every version there was. */
export async function codebookPage(context: PageContext, returned?: Draft) {
  const { host, url, viewer } = context
  const { version } = searchOf(url, { version: words(20).optional() })
  const published = await readCodebooks(host.ledger.db)
  const shown = version === undefined ? codebookInForce(published) : codebookOf(published, version)
  if (shown === null) throw notFound('codebook', version ?? '')
  const frame: FormFrame = {
    id: 'codebook',
    fields: FORM,
    draft: returned ?? emptyDraft({ '/text': shown.text }),
  }
  return (
    <Page title={`Codebook ${shown.version}`} context={context} active="sources" json={paths.api.codebooks()}>
      <p class="crumbs">
        <a href={paths.codings()}>Coding by two</a> ›
      </p>
      <h1>Codebook {shown.version}</h1>
      {shown.because === undefined ? null : (
        <p class="soft">
          <bdi>{shown.because}</bdi>
        </p>
      )}
      <CodebookText text={shown.text} />
      <h2>Versions</h2>
      <p>Every coding names the version it went by; none is ever changed.</p>
      <Versions published={published} />
      {viewer === null || !may(viewer.role, 'admin') ? null : (
        <details open={returned !== undefined}>
          <summary>Publish another version</summary>
          <FormProblems frame={frame} />
          <form method="post" action={paths.codebook()}>
            <FormFields frame={frame} />
            <p class="actions">
              <button type="submit">Publish it</button>
            </p>
          </form>
        </details>
      )}
    </Page>
  )
}

const Versions = ({ published }: { published: readonly CodebookRow[] }) => (
  <ul>
    {published.map(({ record: { version }, at, seq }) => (
      <li>
        <a href={paths.codebook({ version })}>{version}</a>, <Instant at={at} />, entry {seq}
      </li>
    ))}
    <li>
      <a href={paths.codebook({ version: HOUSE_CODEBOOK.version })}>{HOUSE_CODEBOOK.version}</a>, that of the
      house
    </li>
  </ul>
)

export const codebookForm: FormRoute = {
  path: '/codebook',
  role: 'admin',
  fields: fieldsOf(FORM),
  act: (context) =>
    submitted(
      context,
      async ({ ledger, unit, request }) => {
        await publishCodebook(ledger, unit, request(CodebookRequest as z.ZodType<CodebookRequest>))
        return seeOther(paths.codebook())
      },
      (draft) => codebookPage(context, draft),
    ),
}
