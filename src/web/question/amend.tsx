import { CorrectionClass } from '../../core/correction.ts'
import { LedgerError, notFound } from '../../core/error.ts'
import { AmendmentRequest, type Question } from '../../core/question.ts'
import type { Typed } from '../../http/form.ts'
import * as paths from '../../http/paths.ts'
import { amendQuestion, requireAuthor } from '../../ledger/question/amend-question.ts'
import { findQuestion, type QuestionRow } from '../../store/lookups.ts'
import { CLASS_FIELD } from '../ui/class-field.ts'
import { FormFields, type FormFrame, FormProblems, type FormTable } from '../ui/field.tsx'
import { fieldsOf, once, Rev } from '../ui/fields.ts'
import { Page } from '../ui/layout.tsx'
import { type FormRoute, type PageContext, seeOther } from '../ui/page.ts'
import { type Draft, emptyDraft, parsed, typedIn } from '../ui/problem.ts'
import { questionFrom } from '../ui/question-typed.ts'
import { submittedTo } from '../ui/submitted.ts'
import { requestOf } from '../ui/typed.ts'

const FORM: FormTable = {
  '/title': { label: 'The event' },
  '/criteria': { label: 'Resolves as', rows: 5 },
  '/fine_print': { label: 'Fine print', rows: 3 },
  '/resolution_sources': { label: 'Decided from', rows: 2, hint: 'One a line.' },
  '/deadline/date': { label: 'Deadline', type: 'date' },
  '/deadline/time_zone': { label: 'Time zone', hint: 'Such as Asia/Yerevan.' },
  '/deadline/because': {
    label: 'Why this deadline, where it is ours',
    rows: 2,
    hint: 'Empty where the analyst named it.',
    maxlength: 2000,
  },
  '/opens': { label: 'Nothing before this day counts', type: 'date' },
  '/condition/text': {
    label: 'Only if',
    rows: 2,
    hint: 'What has to happen first. To take the condition away, empty its day too.',
    maxlength: 2000,
  },
  '/condition/deadline/date': { label: 'Condition met by', type: 'date' },
  '/condition/deadline/time_zone': { label: 'Time zone of that day', hint: 'Empty: that of the deadline.' },
  '/condition/deadline/because': { label: 'Why that day, where it is ours', rows: 2, maxlength: 2000 },
  '/family': { label: 'Development it belongs to', maxlength: 80 },
  '/implies': { label: 'Cannot happen without', hint: 'The id of the next lower rung of a ladder.' },
  '/tags': { label: 'Topics', hint: 'Lower case, with commas between.' },
  '/low_information': { label: 'Hard to get wrong, because', rows: 2, maxlength: 1000 },
  '/if_yes': {
    label: 'If yes, what happened',
    maxlength: 120,
    hint: 'A short clause beside every claim: a new war began.',
  },
  '/if_no': { label: 'If no, what happened', maxlength: 120, hint: 'Such as: no new war began.' },
  '/class': CLASS_FIELD,
  '/because': {
    label: 'Why it is amended',
    rows: 2,
    hint: 'It stays visible beside the change.',
    maxlength: 2000,
  },
}
const ABOUT_CONDITION = [
  '/condition/text',
  ['/condition/deadline/date', '/condition/deadline/time_zone'],
  '/condition/deadline/because',
]
const BEFORE_CONDITION = [
  '/title',
  '/criteria',
  '/fine_print',
  '/resolution_sources',
  ['/deadline/date', '/deadline/time_zone'],
  '/deadline/because',
]

/** What a question can do without: emptied, it is taken away. */
const REMOVABLE = [
  'fine_print',
  'resolution_sources',
  'opens',
  'family',
  'implies',
  'tags',
  'low_information',
  'if_yes',
  'if_no',
] as const

/** Whether the criteria may still move: not after the deadline, and not once an outcome was proposed. */
export const isAmendable = (question: QuestionRow, now: Date): boolean =>
  now < question.due_at && question.outcome === null && question.pending === null

const isConditionOpen = ({ condition_met, condition_due_at }: QuestionRow, now: Date): boolean =>
  condition_met === null && (condition_due_at === null || now < condition_due_at)

const valuesOf = ({ condition, deadline, ...question }: Question): Record<string, string | undefined> => ({
  '/title': question.title,
  '/criteria': question.criteria,
  '/fine_print': question.fine_print,
  '/resolution_sources': question.resolution_sources?.join('\n'),
  '/deadline/date': deadline.date,
  '/deadline/time_zone': deadline.time_zone,
  '/deadline/because': deadline.because,
  '/opens': question.opens,
  '/condition/text': condition?.text,
  '/condition/deadline/date': condition?.deadline.date,
  '/condition/deadline/time_zone': condition?.deadline.time_zone,
  '/condition/deadline/because': condition?.deadline.because,
  '/family': question.family,
  '/implies': question.implies,
  '/tags': question.tags?.join(', '),
  '/low_information': question.low_information,
  '/if_yes': question.if_yes,
  '/if_no': question.if_no,
})

/** `/questions/:id/amend`: what a question says can change before its deadline, with a reason, for all to see. */
export async function amendPage(context: PageContext, returned?: Draft) {
  const id = context.params.id ?? ''
  const question = await findQuestion(context.host.ledger.db, id)
  if (question === null) throw notFound('question', id)
  if (context.viewer !== null) await requireAuthor(context.host.ledger, context.viewer, question)
  const { title, type } = question.record
  if (returned === undefined && !isAmendable(question, context.now))
    throw new LedgerError(
      'frozen',
      'The deadline has passed or an outcome was proposed: the criteria no longer move.',
    )
  const draft = returned ?? emptyDraft({ ...valuesOf(question.record), rev: String(question.rev) })
  const frame: FormFrame = { id: 'amend', fields: FORM, draft }
  const isBinary = type === undefined || type === 'binary'
  return (
    <Page title={`Amend: ${title}`} context={context}>
      <p class="crumbs">
        <a href={paths.question(id)}>
          <bdi>{title}</bdi>
        </a>
      </p>
      <h1>Amend the question</h1>
      <p class="intro">
        Nothing is overwritten: the amendment becomes an entry of its own, and the page of the question shows
        what changed, why and by whom. What is emptied is taken away. Another event is another question.
      </p>
      <FormProblems frame={frame} />
      <form method="post" action={paths.amendments(id)}>
        <input type="hidden" name="rev" value={typedIn(draft, 'rev')} />
        <FormFields frame={frame} names={BEFORE_CONDITION} />
        {isConditionOpen(question, context.now) ? (
          <FormFields frame={frame} names={ABOUT_CONDITION} />
        ) : (
          <p class="soft">
            {question.condition_met === null
              ? 'The day of the condition has passed'
              : 'The condition was met'}
            : it no longer moves.
          </p>
        )}
        <FormFields
          frame={frame}
          names={[
            ...(isBinary ? [['/if_yes', '/if_no']] : []),
            ['/opens', '/tags'],
            ['/family', ...(isBinary ? ['/implies'] : [])],
            '/low_information',
            '/class',
            '/because',
          ]}
        />
        <p class="actions">
          <button type="submit">Record the amendment</button>
        </p>
      </form>
    </Page>
  )
}

/** Whoever amends here says of which class it is: nothing is chosen for them. */
const Said = AmendmentRequest.extend({ class: CorrectionClass })

/** The amendment that the form describes: what was emptied goes, what the form does not hold stays. */
function amendmentRequest(typed: Typed): AmendmentRequest {
  const isEmpty = (name: string) => typed.get(name)?.[0] === ''
  const emptied = (keys: readonly string[], value: '' | null) =>
    Object.fromEntries(keys.filter((key) => isEmpty(`/${key}`)).map((key) => [key, value]))
  const isUnconditional = isEmpty('/condition/text') && isEmpty('/condition/deadline/date')
  return parsed(Said, {
    ...questionFrom(requestOf(typed)),
    ...emptied(REMOVABLE, null),
    ...emptied(['title', 'criteria'], ''),
    ...(isUnconditional ? { condition: null } : {}),
  })
}

export const amendForm: FormRoute = {
  path: '/questions/:id/amendments',
  role: 'recorder',
  fields: { own: { ...fieldsOf(FORM).own, rev: once(Rev) } },
  act: (context) =>
    submittedTo(
      context,
      ({ ledger, unit, id, form }) => {
        const rev = form.get('rev')?.[0] ?? ''
        const expected = rev === '' ? undefined : Number(rev)
        return amendQuestion(ledger, unit, id, amendmentRequest(form), expected)
      },
      (draft) => amendPage(context, draft),
      ({ id }) => seeOther(`${paths.question(id)}#history`),
    ),
}
