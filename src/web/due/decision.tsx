import * as paths from '../../http/paths.ts'
import type { Viewer } from '../../http/session.ts'
import type { ResolutionRow } from '../../store/lookups.ts'
import { Field, FormFields, type FormFrame, FormProblems, type FormTable } from '../ui/field.tsx'
import { type Draft, emptyDraft } from '../ui/problem.ts'
import { EVIDENCE, EvidenceFields } from './evidence.tsx'

export const DISPUTE: FormTable = { '/because': { label: 'Why you dispute it', rows: 3, maxlength: 5000 } }

export const CONDITION: FormTable = {
  '/met_on': { label: 'Met on', type: 'date', hint: 'The day on which the condition came about.' },
  ...EVIDENCE,
  '/rationale': { label: 'Why this meets it', rows: 2, maxlength: 5000, hint: 'May be left empty.' },
}

type DecisionProps = {
  question: string
  resolution: ResolutionRow
  viewer: Viewer
  four_eyes: boolean
  draft?: Draft | undefined
}

/** Confirm or dispute what somebody proposed. */
export function DecisionForms({
  question,
  resolution,
  viewer,
  four_eyes,
  draft = emptyDraft(),
}: DecisionProps) {
  const { id } = resolution.record
  const isOwn = resolution.proposed_by === viewer.member
  const frame: FormFrame = { id: `dispute-${question}`, fields: DISPUTE, draft }
  return (
    <>
      <FormProblems frame={frame} />
      {isOwn && four_eyes ? (
        <p class="withheld">You proposed this. Four eyes are in force: another member must confirm it.</p>
      ) : (
        <form method="post" action={paths.confirm(question, id)} class="actions">
          <button type="submit">Confirm this outcome</button>
          <span class="soft small">
            {isOwn
              ? 'You proposed it yourself: it will be marked “confirmed by the same person”.'
              : 'From then on it is scored.'}
          </span>
        </form>
      )}
      <details open={draft.message !== null}>
        <summary>Dispute it</summary>
        <form method="post" action={paths.dispute(question, id)}>
          <FormFields frame={frame} />
          <button type="submit" class="quiet">
            Dispute this outcome
          </button>
        </form>
      </details>
    </>
  )
}

/** The condition of a question came about, with evidence. */
export function ConditionForm({ question, draft }: { question: string; draft: Draft }) {
  const frame: FormFrame = { id: `condition-${question}`, fields: CONDITION, draft }
  return (
    <form method="post" action={paths.condition(question)}>
      <FormProblems frame={frame} />
      <Field frame={frame} name="/met_on" />
      <EvidenceFields frame={frame} />
      <Field frame={frame} name="/rationale" />
      <p class="actions">
        <button type="submit">Record that the condition was met</button>
      </p>
    </form>
  )
}
