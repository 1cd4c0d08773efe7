import { isDecidedTwice, sealProblem } from '../../core/resolution.ts'
import * as paths from '../../http/paths.ts'
import type { SealedRow } from '../../store/blind-outcomes.ts'
import type { QuestionRow, ResolutionRow } from '../../store/lookups.ts'
import { DateWithZone } from '../ui/date.tsx'
import { Page } from '../ui/layout.tsx'
import type { PageContext } from '../ui/page.ts'
import { emptyDraft } from '../ui/problem.ts'
import type { Returned } from './question-card.tsx'
import { ResolutionForm } from './resolution.tsx'

type BlindProps = {
  context: PageContext
  question: QuestionRow
  resolutions: readonly ResolutionRow[]
  returned: Returned | undefined
  sealed: readonly SealedRow[]
}

/**
 * A question to be decided by somebody who is shown what it asks and nothing else: no speaker, no probability, no words
 * of anybody, no earlier proposal. A proposal made here says so.
 */
export function BlindQuestion({ context, question, resolutions, returned, sealed }: BlindProps) {
  const { record } = question
  const isOpen = resolutions.every(({ superseded_by }) => superseded_by !== null)
  const barred = sealProblem(sealed, resolutions.length, context.viewer?.member ?? '')
  const isMine = sealed.some(({ by }) => by === context.viewer?.member)
  const today = context.now.toISOString().slice(0, 10)
  return (
    <Page title={`Resolve blind: ${record.title}`} context={context} active="due">
      <p class="crumbs">
        <a href={paths.due()}>To decide</a>
      </p>
      <h1>
        <bdi>{record.title}</bdi>
      </h1>
      <p class="small">
        Deadline <DateWithZone deadline={record.deadline} />
      </p>
      <p class="criteria">
        <bdi>{record.criteria}</bdi>
      </p>
      {record.fine_print === undefined ? null : (
        <p>
          <b>Fine print:</b> <bdi>{record.fine_print}</bdi>
        </p>
      )}
      {record.condition === undefined ? null : (
        <p>
          <b>Only if:</b> <bdi>{record.condition.text}</bdi>
        </p>
      )}
      {(record.resolution_sources ?? []).length === 0 ? null : (
        <p>
          <b>Decided from:</b> <bdi>{record.resolution_sources?.join('; ')}</bdi>
        </p>
      )}
      {isMine && isOpen && returned === undefined ? (
        <p class="notice">
          {sealed.length === 1
            ? 'Yours is sealed. It is shown with that of a second member.'
            : 'Two members have decided it: both are shown.'}{' '}
          <a href={paths.question(record.id)}>To the question</a>
        </p>
      ) : isOpen || returned !== undefined ? (
        <>
          <p class="soft">
            Who forecast it and how stands nowhere on this page, and what you propose here is recorded as
            drawn blind.
          </p>
          <ResolutionForm
            question={record}
            early={context.now < question.due_at}
            conditional={record.condition !== undefined && question.condition_met === null}
            also={[]}
            rungs={{ above: new Set(), below: new Set() }}
            corrects={false}
            draft={returned?.draft ?? emptyDraft({ '/evidence/0/accessed': today })}
            blind
            seals={isDecidedTwice(record) && barred === null}
          />
        </>
      ) : (
        <p class="notice">
          An outcome is proposed already, so it cannot be drawn blind any more.{' '}
          <a href={paths.resolve(record.id)}>To the question</a>
        </p>
      )}
    </Page>
  )
}
