import type { Child } from 'hono/jsx'
import { may } from '../../core/member.ts'
import {
  hindsightFrom,
  type Judged,
  judged,
  type Reference,
  ReferenceRequest,
  ReferenceWithdrawal,
  referenceUnfit,
} from '../../core/reference.ts'
import * as paths from '../../http/paths.ts'
import type { Viewer } from '../../http/session.ts'
import { mayAmend } from '../../ledger/question/amend-question.ts'
import {
  chooseReference,
  recordReference,
  withdrawReference,
} from '../../ledger/question/record-reference.ts'
import { MOST, type QuestionRow } from '../../store/lookups.ts'
import type { ReferenceRow } from '../../store/question-references.ts'
import { Instant } from '../ui/date.tsx'
import { Field, type FormFrame, FormProblems } from '../ui/field.tsx'
import { BUTTON, fieldsOf } from '../ui/fields.ts'
import { ExternalLink } from '../ui/link.tsx'
import type { NameOf } from '../ui/member-names.ts'
import { percent } from '../ui/number.ts'
import type { FormHandler, FormRoute } from '../ui/page.ts'
import { seeOther } from '../ui/page.ts'
import { type Draft, emptyDraft, parsed } from '../ui/problem.ts'
import {
  KIND_WORDS,
  REFERENCE,
  ReferenceFields,
  referenceField,
  referenceFrom,
} from '../ui/reference-form.tsx'
import { type Submission, submittedTo } from '../ui/submitted.ts'

const WITHDRAWAL = { '/because': { label: 'Why it should not have been recorded', rows: 2, maxlength: 2000 } }

const withdrawalFrame = (id: string, draft: Draft = emptyDraft()): FormFrame => ({
  id: `withdraw-${id}`,
  fields: WITHDRAWAL,
  draft,
})

/** A form of this part of the page that came back: the new reference, or the withdrawal of one. */
export type ReturnedReference = { of: string | null; draft: Draft }

type ReferencesProps = {
  question: QuestionRow
  rows: readonly ReferenceRow[]
  viewer: Viewer | null
  fourEyes: boolean
  nameOf: NameOf
  now: Date
  returned: ReturnedReference | undefined
}

/** What forecasts on a question are compared with; a number has none, it is compared with its range. */
export function References({ question, rows, viewer, fourEyes, nameOf, now, returned }: ReferencesProps) {
  const from = hindsightFrom(question)
  const writes = viewer !== null && may(viewer.role, 'recorder')
  const isNone = referenceUnfit(question.record) !== null || (rows.length === 0 && !writes)
  if (isNone && returned === undefined) return null
  const all = judged(rows, from).slice(0, MOST)
  return (
    <section id="references">
      <h2>What it is compared with</h2>
      <p class="soft">
        Forecasts are held against a probability from elsewhere, so that an easy call does not look like
        skill. One counts, and only if it was recorded before the outcome was known and before the deadline
        had passed.
      </p>
      {returned === undefined || returned.of === null ? null : (
        <FormProblems frame={withdrawalFrame(returned.of, returned.draft)} />
      )}
      {rows.length === 0 ? <p>Nothing is recorded to compare with.</p> : null}
      <ul class="plain-list compared">
        {all.map((row) => (
          <li id={row.id}>
            <ReferenceView row={row} from={from} nameOf={nameOf} />
            {viewer === null || !writes || row.gone ? null : (
              <div class="actions">
                {row.primary || row.hindsight || now >= from ? null : (
                  <form method="post" action={paths.primaryReference(question.record.id, row.id)}>
                    <button type="submit" class="quiet">
                      Let this one count
                    </button>
                  </form>
                )}
                {row.withdrawn_at !== null || !mayAmend(viewer, row, fourEyes) ? null : (
                  <Withdrawal
                    question={question.record.id}
                    id={row.id}
                    draft={returned?.of === row.id ? returned.draft : undefined}
                  />
                )}
              </div>
            )}
          </li>
        ))}
      </ul>
      {writes ? (
        <NewReference
          question={question.record.id}
          late={now >= from}
          draft={returned?.of === null ? returned.draft : undefined}
        />
      ) : null}
    </section>
  )
}

const ReferenceView = ({ row, from, nameOf }: { row: ReferenceRow & Judged; from: Date; nameOf: NameOf }) => (
  <>
    <p class={row.gone ? 'struck tight' : 'tight'}>
      <span class="words">
        <b>{KIND_WORDS[row.record.kind]}:</b> {percent(row.record.probability)}
        <Basis reference={row.record} />
      </span>{' '}
      {row.primary ? <span class="label">primary: this one counts</span> : null}
      {row.hindsight ? <span class="label">with hindsight: in no figure</span> : null}
      {row.gone ? <span class="label">withdrawn</span> : null}
    </p>
    <p class="small soft tight">
      Recorded by <bdi>{nameOf(row.by)}</bdi> on <Instant at={row.at} />, entry {row.seq}.
      {row.withdrawn_at === null ? null : (
        <>
          {' '}
          Withdrawn by <bdi>{nameOf(String(row.withdrawn_by))}</bdi> on <Instant at={row.withdrawn_at} />
          {row.gone ? '' : ', with hindsight, so that it still counts'}: <bdi>{row.withdrawn_because}</bdi>
        </>
      )}
      {row.chosen.some(({ at }) => new Date(at) >= from)
        ? ' It was declared the primary with hindsight, which changes nothing.'
        : ''}
    </p>
  </>
)

/** What it rests on: so many of so many, where from, and when it was seen there. */
function Basis({ reference: { of, source, url, observed_at } }: { reference: Reference }) {
  const parts: Child[] = [
    ...(of === undefined
      ? []
      : [
          <>
            {of.k.toLocaleString('en')} of {of.n.toLocaleString('en')} <bdi>{of.class}</bdi>
          </>,
        ]),
    ...(source === undefined ? [] : [<bdi>{source}</bdi>]),
    ...(url === undefined ? [] : [<ExternalLink href={url} />]),
    ...(observed_at === undefined
      ? []
      : [
          <>
            seen on <Instant at={observed_at} />
          </>,
        ]),
  ]
  return (
    <>
      {parts.map((part) => (
        <>
          <span class="soft"> · </span>
          {part}
        </>
      ))}
    </>
  )
}

const Withdrawal = ({ question, id, draft }: { question: string; id: string; draft: Draft | undefined }) => {
  const frame = withdrawalFrame(id, draft)
  return (
    <details open={draft !== undefined}>
      <summary>Withdraw</summary>
      <form method="post" action={paths.referenceWithdrawal(question, id)}>
        <Field frame={frame} name="/because" />
        <button type="submit" class="quiet">
          Withdraw it; it stays visible
        </button>
      </form>
    </details>
  )
}

const NewReference = ({
  question,
  late,
  draft,
}: {
  question: string
  late: boolean
  draft: Draft | undefined
}) => {
  const frame: FormFrame = { id: 'reference', fields: REFERENCE, draft: draft ?? emptyDraft() }
  return (
    <details open={draft !== undefined}>
      <summary>Record what to compare with</summary>
      {late ? (
        <p class="notice">
          The outcome is known or the deadline has passed: what is recorded now is marked as chosen with
          hindsight, and is in no figure.
        </p>
      ) : null}
      <FormProblems frame={frame} />
      <form method="post" action={paths.references(question)}>
        <ReferenceFields frame={frame} />
        <p class="actions">
          <button type="submit">Record it</button>
        </p>
      </form>
    </details>
  )
}

type Returning = (context: Parameters<FormHandler>[0], returned: ReturnedReference) => ReturnType<FormHandler>

const toReferences = ({ id }: Submission) => seeOther(`${paths.question(id)}#references`)
const pointed = (draft: Draft): Draft => ({
  ...draft,
  problems: draft.problems.map(({ pointer, message }) => {
    const at = pointer.startsWith('/reference') ? pointer : `/reference${pointer}`
    return { pointer: referenceField(at) ?? pointer, message }
  }),
})

/** The forms of this part; `page` is the page of the question, which shows what was refused. */
export const referenceForms = (page: Returning): readonly FormRoute[] => {
  const onReference =
    (
      write: (submission: Submission) => Promise<unknown>,
      back: (draft: Draft, rid: string) => ReturnedReference,
    ): FormHandler =>
    (context) =>
      submittedTo(
        context,
        write,
        (draft) => page(context, back(draft, context.params.rid ?? '')) as never,
        toReferences,
      )
  return [
    {
      path: '/questions/:id/references',
      role: 'recorder',
      fields: fieldsOf(REFERENCE),
      act: onReference(
        ({ ledger, unit, id, form }) =>
          recordReference(ledger, unit, id, parsed(ReferenceRequest, referenceFrom(form) ?? {})),
        (draft) => ({ of: null, draft: pointed(draft) }),
      ),
    },
    {
      path: '/questions/:id/references/:rid/primary',
      role: 'recorder',
      fields: BUTTON,
      act: onReference(
        ({ ledger, unit, id, rid }) => chooseReference(ledger, unit, id, rid),
        (draft, rid) => ({ of: rid, draft }),
      ),
    },
    {
      path: '/questions/:id/references/:rid/withdrawal',
      role: 'recorder',
      fields: fieldsOf(WITHDRAWAL),
      act: onReference(
        ({ ledger, unit, id, rid, request }) =>
          withdrawReference(ledger, unit, id, rid, request(ReferenceWithdrawal)),
        (draft, rid) => ({ of: rid, draft }),
      ),
    },
  ]
}
