import { ANSWER_KEPT_DAYS, ReportRequest, Subject, subjectOf } from '../../core/correction.ts'
import { invalid, LedgerError, notFound } from '../../core/error.ts'
import type { Typed } from '../../http/form.ts'
import * as paths from '../../http/paths.ts'
import { problems } from '../../http/problem.ts'
import { searchOf, words } from '../../http/search-params.ts'
import { receiveReport } from '../../ledger/correction/report.ts'
import { ask } from '../../store/query.ts'
import { subjectTitle } from '../../store/reports.ts'
import { FormFields, type FormFrame, FormProblems, type FormTable } from '../ui/field.tsx'
import { type Fields, onceEach, refusalOf } from '../ui/fields.ts'
import { Page } from '../ui/layout.tsx'
import { Original } from '../ui/original.tsx'
import { html, type PageContext, seeOther } from '../ui/page.ts'
import { type Draft, draftOf, emptyDraft, parsed, typedIn } from '../ui/problem.ts'
import { requestOf } from '../ui/typed.ts'

/** Programs that fill in whatever they find fill in this; a person is told what it is for. */
const FOR_PROGRAMS = 'for_programs'

const FORM: FormTable = {
  '/text': {
    label: 'What is wrong',
    rows: 6,
    maxlength: 2000,
    hint: 'What stands there, what should stand there, and how one can tell: an address helps most.',
  },
  '/answer_to': {
    label: 'Where to answer you, if you wish',
    maxlength: 200,
    hint: `Seen only by those who keep this ledger. It is deleted when the report is closed, at the latest after ${ANSWER_KEPT_DAYS} days.`,
  },
}

const ReportQuery = { about: Subject.optional(), done: words(3).optional() }
export const reportFields: Fields = { own: onceEach([...Object.keys(FORM), '/about', FOR_PROGRAMS]) }

const PAGES = {
  forecast: paths.forecast,
  question: paths.question,
  analyst: paths.analyst,
  source: paths.source,
}
const KINDS = {
  forecast: 'the forecast',
  question: 'the question',
  analyst: 'the page of',
  source: 'the source',
}

/** `/report?about=question:a-new-war`: a reader says what is wrong, without an account. */
export async function reportPage(context: PageContext, returned?: Draft) {
  const asked = returned === undefined ? searchOf(context.url, ReportQuery) : {}
  const about = returned === undefined ? (asked.about ?? '') : typedIn(returned, '/about')
  const subject = subjectOf(about)
  if (subject === null) return <Nothing context={context} />
  const title = await ask(context.host.ledger.db, subjectTitle(about))
  if (title === null) throw notFound(subject.kind, subject.id)
  const frame: FormFrame = { id: 'report', fields: FORM, draft: returned ?? emptyDraft() }
  const back = PAGES[subject.kind](subject.id)
  return (
    <Page title="Something wrong?" context={context}>
      <p class="crumbs">
        <a href={back}>
          <Original>{title}</Original>
        </a>
      </p>
      <h1>Something wrong?</h1>
      {asked.done === 'yes' ? (
        <p class="notice" role="status">
          Thank you. It is kept for those who look after this ledger. One of them reads it, and mends what is
          wrong or says why not. <a href={back}>Back to the page</a>
        </p>
      ) : (
        <>
          <p class="intro">
            About {KINDS[subject.kind]} <Original>{title}</Original>. You need no account, and what you write
            is not published. What becomes of it is counted on <a href={paths.corrections()}>Corrections</a>.
          </p>
          <FormProblems frame={frame} />
          <form method="post" action={paths.report()}>
            <input type="hidden" name="/about" value={about} />
            <FormFields frame={frame} />
            <div class="for-programs" aria-hidden="true">
              <label for="report-for-programs">Leave this empty: it tells programs from people</label>
              <input id="report-for-programs" name={FOR_PROGRAMS} tabindex={-1} autocomplete="off" />
            </div>
            <p class="actions">
              <button type="submit">Send</button>
            </p>
          </form>
        </>
      )}
    </Page>
  )
}

const Nothing = ({ context }: { context: PageContext }) => (
  <Page title="Something wrong?" context={context}>
    <h1>Something wrong?</h1>
    <p>
      Every page of a forecast, a question, a person and a source has a link at its foot by which you can tell
      us what is wrong there. <a href={paths.ledger()}>The ledger</a> leads to all of them.
    </p>
  </Page>
)

/** Takes in what a reader reports; what cannot be taken comes back as it was typed. */
export async function takeReport(context: PageContext, form: Typed, now: Date): Promise<Response> {
  try {
    const refused = refusalOf(reportFields, form)
    if (refused !== null) throw refused
    if ((form.get(FOR_PROGRAMS)?.[0] ?? '') !== '')
      throw invalid(
        '',
        'The field that tells programs from people was filled in. Leave it empty, and send it again.',
      )
    const { for_programs: _, ...request } = requestOf(form)
    const report = parsed(ReportRequest, request)
    await receiveReport(context.host.ledger, now, report)
    return seeOther(paths.report({ about: report.about, done: 'yes' }))
  } catch (error) {
    const { error: refused, ...draft } = draftOf(form, error)
    // Without a record that it is about there is no form to give back.
    if (refused.code === 'not_found' || subjectOf(typedIn(draft, '/about')) === null)
      throw refused.code === 'not_found'
        ? refused
        : new LedgerError(
            'malformed',
            'The form does not say what it is about: open it from the page concerned.',
          )
    return html(reportPage(context, draft), problems[refused.code].status)
  }
}
