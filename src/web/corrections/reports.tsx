import { CORRECTIONS } from '../../core/corrected.ts'
import { ClosingRequest, subjectOf } from '../../core/correction.ts'
import * as paths from '../../http/paths.ts'
import { closeReport, discardReport } from '../../ledger/correction/report.ts'
import { readReports } from '../../store/documents/corrections.ts'
import type { Report } from '../../store/reports.ts'
import { classWords } from '../ui/amended.tsx'
import { Instant } from '../ui/date.tsx'
import { FormFields, type FormFrame, FormProblems, type FormTable } from '../ui/field.tsx'
import { BUTTON, fieldsOf } from '../ui/fields.ts'
import { Page } from '../ui/layout.tsx'
import { type FormRoute, type PageContext, seeOther } from '../ui/page.ts'
import { type Draft, emptyDraft, parsed } from '../ui/problem.ts'
import { submittedTo } from '../ui/submitted.ts'
import { numberOr, requestOf } from '../ui/typed.ts'

const FORM: FormTable = {
  '/outcome': {
    label: 'What became of it',
    radio: true,
    options: [
      ['mended', 'It was right: an entry mends it'],
      ['not_changed', 'Nothing was changed'],
    ],
  },
  '/mended_by': {
    label: 'The entry that mends it',
    hint: 'Its number, as it stands under Corrections. Only where something was mended.',
    maxlength: 15,
  },
  '/because': {
    label: 'What was done, or why nothing was',
    rows: 2,
    maxlength: 2000,
    hint: 'This is recorded, and public. Do not repeat what tells who reported it.',
  },
}

const PAGES = {
  forecast: paths.forecast,
  question: paths.question,
  analyst: paths.analyst,
  source: paths.source,
}
type Returned = { id: string; draft: Draft }

/** `/reports`: what readers say is wrong, the oldest first, each with what to do with it. */
export async function reportsPage(context: PageContext, returned?: Returned) {
  const { reports, lately } = await readReports(context.host.ledger.db)
  return (
    <Page title="From readers" context={context}>
      <p class="crumbs">
        <a href={paths.due()}>To decide</a>
      </p>
      <h1>From readers</h1>
      {reports.items.length === 0 ? (
        <p class="lead">No report waits.</p>
      ) : (
        <p class="intro">
          What readers say is wrong, the oldest first. Look at it, mend what is wrong at its place, and say
          here which entry does; answer whoever left an address before you close it, because closing deletes
          it.
        </p>
      )}
      {returned === undefined || reports.items.some(({ id }) => id === returned.id) ? null : (
        <FormProblems frame={{ id: 'report', fields: FORM, draft: returned.draft }} />
      )}
      {reports.items.map((report) => (
        <Waiting report={report} draft={returned?.id === report.id ? returned.draft : emptyDraft()} />
      ))}
      {reports.next === null ? null : <p>There are more after these.</p>}
      {reports.items.length === 0 || lately.items.length === 0 ? null : (
        <section>
          <h2>Amended lately</h2>
          <ul>
            {lately.items.map((correction) => (
              <li>
                Entry {correction.seq}: {classWords(correction)}, {CORRECTIONS[correction.type].toLowerCase()}
                , <Instant at={correction.at} />. <a href={paths.correction(correction.seq)}>What changed</a>
              </li>
            ))}
          </ul>
        </section>
      )}
    </Page>
  )
}

function Waiting({ report, draft }: { report: Report; draft: Draft }) {
  const { id, subject, received_at, text, answer_to } = report
  const about = subjectOf(subject)
  const frame: FormFrame = { id: `report-${id}`, fields: FORM, draft }
  return (
    <section class="card" id={id}>
      <p class="tight">
        <Instant at={received_at} />, about{' '}
        {about === null ? subject : <a href={PAGES[about.kind](about.id)}>{subject.replace(':', ' ')}</a>}
      </p>
      <blockquote>
        <bdi dir="auto">{text}</bdi>
      </blockquote>
      {answer_to === null ? (
        <p class="soft small">No address to answer at.</p>
      ) : (
        <p>
          Answer to: <bdi>{answer_to}</bdi>
        </p>
      )}
      <details open={draft.message !== null}>
        <summary>Close it</summary>
        <FormProblems frame={frame} />
        <form method="post" action={paths.reportClosing(id)}>
          <FormFields frame={frame} />
          <p class="actions">
            <button type="submit">Close the report</button>
          </p>
        </form>
        <form method="post" action={paths.reportDiscarding(id)}>
          <button type="submit" class="quiet">
            It is no report: discard it
          </button>
        </form>
      </details>
    </section>
  )
}

export const reportForms: readonly FormRoute[] = [
  {
    path: '/reports/:id/closing',
    role: 'recorder',
    fields: fieldsOf(FORM),
    act: (context) =>
      submittedTo(
        context,
        ({ ledger, unit, id, form }) => {
          const { mended_by, ...rest } = requestOf(form)
          const entry = mended_by === undefined ? {} : { mended_by: numberOr(String(mended_by)) }
          return closeReport(ledger, unit, id, parsed(ClosingRequest, { ...rest, ...entry }))
        },
        (draft) => reportsPage(context, { id: context.params.id ?? '', draft }),
        () => seeOther(paths.reports()),
      ),
  },
  {
    path: '/reports/:id/discarding',
    role: 'recorder',
    fields: BUTTON,
    act: (context) =>
      submittedTo(
        context,
        ({ ledger, unit, id }) => discardReport(ledger, unit, id),
        (draft) => reportsPage(context, { id: context.params.id ?? '', draft }),
        () => seeOther(paths.reports()),
      ),
  },
]
