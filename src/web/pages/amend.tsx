import { LedgerError, notFound } from '../../core/error.ts'
import { AmendmentRequest } from '../../core/question.ts'
import { amendQuestion } from '../../ledger/amend-question.ts'
import { findQuestion, type QuestionRow } from '../../store/lookups.ts'
import { Field, type FormFrame, FormProblems } from '../forms/field.tsx'
import { type Draft, draftOf, emptyDraft, parsed } from '../forms/problem.ts'
import { requestOf } from '../forms/request.ts'
import { Page } from '../layout.tsx'
import { type FormContext, html, type PageContext, seeOther } from '../page.ts'

const labels: Readonly<Record<string, string>> = {
  '/title': 'The event',
  '/criteria': 'Resolves as',
  '/fine_print': 'Fine print',
  '/deadline/date': 'Deadline',
  '/deadline/time_zone': 'Time zone',
  '/deadline/because': 'Why this deadline, where it is ours',
  '/low_information': 'Hard to get wrong, because',
  '/because': 'Why it is amended',
}

const STAYS = 'Left empty, it stays as it was.'

/** Whether the criteria may still move: not after the deadline, and not once an outcome was proposed. */
export const isAmendable = (question: QuestionRow, now: Date): boolean =>
  now < question.due_at && question.outcome === null && question.pending === null

/** `/questions/:id/amend`: what a question says can change before its deadline, with a reason, for all to see. */
export async function amendPage(context: PageContext, returned?: Draft) {
  const id = context.params.id ?? ''
  const question = await findQuestion(context.host.ledger.db, id)
  if (question === null) throw notFound('question', id)
  const { title, criteria, fine_print, deadline, low_information } = question.record
  if (returned === undefined && !isAmendable(question, context.now))
    throw new LedgerError(
      'frozen',
      'The deadline has passed or an outcome was proposed: the criteria no longer move.',
    )
  const frame: FormFrame = {
    id: 'amend',
    names: Object.keys(labels),
    draft:
      returned ??
      emptyDraft({
        '/title': title,
        '/criteria': criteria,
        '/fine_print': fine_print,
        '/deadline/date': deadline.date,
        '/deadline/time_zone': deadline.time_zone,
        '/deadline/because': deadline.because,
        '/low_information': low_information,
      }),
  }
  const field = (
    name: string,
    options: { rows?: number; type?: 'date'; hint?: string; maxlength?: number },
  ) => <Field frame={frame} name={name} label={labels[name] ?? name} {...options} />
  return (
    <Page title={`Amend: ${title}`} context={context}>
      <p class="crumbs">
        <a href={`/questions/${id}`}>
          <bdi>{title}</bdi>
        </a>
      </p>
      <h1>Amend the question</h1>
      <p class="intro">
        Nothing is overwritten: the amendment becomes an entry of its own, and the page of the question shows
        what changed, why and by whom.
      </p>
      <FormProblems frame={frame} labels={labels} />
      <form method="post" action={`/questions/${id}/amendments`}>
        {field('/title', {})}
        {field('/criteria', { rows: 5 })}
        {field('/fine_print', { rows: 3, hint: STAYS })}
        <div class="pair">
          {field('/deadline/date', { type: 'date' })}
          {field('/deadline/time_zone', { hint: 'Such as Asia/Yerevan.' })}
        </div>
        {field('/deadline/because', { rows: 2, hint: 'Empty where the analyst named it.', maxlength: 2000 })}
        {field('/low_information', { rows: 2, hint: STAYS, maxlength: 1000 })}
        {field('/because', { rows: 2, hint: 'It stays visible beside the change.', maxlength: 2000 })}
        <p class="actions">
          <button type="submit">Record the amendment</button>
        </p>
      </form>
    </Page>
  )
}

export async function amend(context: FormContext): Promise<Response> {
  const id = context.params.id ?? ''
  try {
    await amendQuestion(
      context.host.ledger,
      context.unit,
      id,
      parsed(AmendmentRequest, requestOf(context.form)),
    )
  } catch (error) {
    const { error: refused, ...draft } = draftOf(context.form, error)
    if (refused.code === 'not_found' || refused.code === 'forbidden') throw refused
    return html(amendPage(context, draft), context.surroundings.problems[refused.code].status)
  }
  return seeOther(`/questions/${encodeURIComponent(id)}#history`)
}
