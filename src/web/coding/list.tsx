import { RoundRequest, type RoundState } from '../../core/coding.ts'
import { may } from '../../core/member.ts'
import * as paths from '../../http/paths.ts'
import { Place, searchOf } from '../../http/search-params.ts'
import { openRound } from '../../ledger/coding/round.ts'
import type { RoundRow } from '../../store/coding.ts'
import { readRounds } from '../../store/documents/coding.ts'
import { Instant } from '../ui/date.tsx'
import { FormFields, type FormFrame, FormProblems, type FormTable } from '../ui/field.tsx'
import { fieldsOf } from '../ui/fields.ts'
import { Page } from '../ui/layout.tsx'
import { ListAsData } from '../ui/link.tsx'
import { Original } from '../ui/original.tsx'
import { type FormRoute, type PageContext, seeOther } from '../ui/page.ts'
import { type Draft, emptyDraft } from '../ui/problem.ts'
import { submitted } from '../ui/submitted.ts'

const FORM: FormTable = {
  '/source': {
    label: 'Source',
    hint: 'Its id, as in its address. Its text has to be kept here.',
    maxlength: 80,
  },
  '/because': {
    label: 'Why this one',
    hint: 'Such as: drawn at random from the sources of October.',
    rows: 2,
    maxlength: 5000,
  },
}

/** What a round waits for, in words. */
export const standsText = (state: RoundState, sent: number): string =>
  ({
    open: sent === 0 ? 'No coding is in yet' : 'One of two codings is in, and sealed until the other is',
    coded: 'Both codings are in; the joint reading is still to be recorded',
    adjudicated: 'Coded by two, and read jointly',
    closed: 'Closed before both codings were in',
  })[state]

/** `/codings`: every round in which two code one text. */
export async function codingsPage(context: PageContext, returned?: Draft) {
  const { host, url, viewer } = context
  const { after } = searchOf(url, { after: Place.optional() })
  const { items, next } = await readRounds(host.ledger.db, { limit: 100, after })
  const source = url.searchParams.get('source') ?? undefined
  const frame: FormFrame = { id: 'round', fields: FORM, draft: returned ?? emptyDraft({ '/source': source }) }
  return (
    <Page title="Coding by two" context={context} active="sources" json={paths.api.codings()}>
      <h1>Coding by two</h1>
      <p class="intro">
        Two members read one text, each without seeing what the other made of it, and a third records a joint
        reading. How far the two agree says how much of a record hangs on who read it. Both go by the{' '}
        <a href={paths.codebook()}>codebook</a>.
      </p>
      {items.length === 0 ? (
        <p class="soft">No text has been put up for coding by two.</p>
      ) : (
        <>
          <ul class="sources plain-list">
            {items.map((round) => (
              <RoundItem round={round} />
            ))}
          </ul>
          <ListAsData json={paths.api.codings()} />
        </>
      )}
      {next === null ? null : (
        <p class="pages">
          <a href={paths.codings({ after: next })}>Earlier rounds</a>
        </p>
      )}
      {viewer === null || !may(viewer.role, 'recorder') ? null : (
        <section>
          <h2>Put a source up</h2>
          <FormProblems frame={frame} />
          <form method="post" action={paths.codings()}>
            <FormFields frame={frame} />
            <p class="actions">
              <button type="submit">Open a round</button>
            </p>
          </form>
        </section>
      )}
    </Page>
  )
}

const RoundItem = ({ round: { record, title, state, sent, at } }: { round: RoundRow }) => (
  <li>
    <a href={paths.coding(record.id)}>
      <Original>{title}</Original>
    </a>
    <p class="small soft tight">
      {standsText(state, sent.length)}. Opened on <Instant at={at} />,{' '}
      <span class="nowrap">by codebook {record.codebook}.</span>
    </p>
  </li>
)

export const openForm: FormRoute = {
  path: '/codings',
  role: 'recorder',
  fields: fieldsOf(FORM),
  act: (context) =>
    submitted(
      context,
      async ({ ledger, unit, request }) => {
        const { event } = await openRound(ledger, unit, request(RoundRequest))
        return seeOther(paths.coding((event.payload as { id: string }).id))
      },
      (draft) => codingsPage(context, draft),
    ),
}
