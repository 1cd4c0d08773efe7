import type { Child } from 'hono/jsx'
import { acts, may } from '../../core/member.ts'
import * as paths from '../../http/paths.ts'
import type { Viewer } from '../../http/session.ts'
import type { MemberRow } from '../../store/members.ts'
import type { Desk } from '../../store/newsroom.ts'
import { Day, Instant } from '../ui/date.tsx'
import { Field, FormFields, type FormFrame, FormProblems, type FormTable } from '../ui/field.tsx'
import type { NameOf } from '../ui/member-names.ts'
import { type Draft, emptyDraft } from '../ui/problem.ts'

const DESK: FormTable = {
  '/member': { label: 'Assigned to', options: [] },
  '/until': {
    label: 'Set aside until',
    type: 'date',
    hint: 'The deadline does not move, and the question stays counted as due.',
  },
  '/because': { label: 'Why later', maxlength: 2000 },
  '/text': { label: 'Note', rows: 3, maxlength: 10_000 },
}

type DeskProps = {
  question: string
  desk: Desk
  viewer: Viewer
  members: readonly MemberRow[]
  nameOf: NameOf
  now: Date
  /** Where the forms lead back to. */
  back: 'due' | 'question'
  /** Nothing is put off that needs nobody. */
  snoozes: boolean
  draft?: Draft | undefined
}

/** What members keep about a question among themselves, and the forms to change it. */
export function DeskView(props: DeskProps) {
  const { desk, nameOf, now, viewer } = props
  const { assignment, snooze, note } = desk
  const name = (id: string) => <bdi>{nameOf(id)}</bdi>
  return (
    <div class="desk">
      {assignment === null ? null : <p>Assigned to {name(assignment.member)}</p>}
      {snooze === null || snooze.until_at <= now.toISOString() ? null : (
        <p>
          Set aside until <Day day={snooze.until} /> by {name(snooze.by)}: <bdi>{snooze.because}</bdi>
        </p>
      )}
      {note === null ? null : (
        <p class="note">
          <bdi>{note.text}</bdi>{' '}
          <span class="soft">
            {name(note.by)}, <Instant at={note.at} />
          </span>
        </p>
      )}
      {may(viewer.role, 'recorder') ? <DeskForms {...props} /> : null}
    </div>
  )
}

function DeskForms({ question, desk, members, now, back, snoozes, draft }: DeskProps) {
  const frame: FormFrame = {
    id: `desk-${question}`,
    fields: DESK,
    draft: draft ?? emptyDraft({ '/member': desk.assignment?.member, '/text': desk.note?.text }),
  }
  const isSnoozed = desk.snooze !== null && desk.snooze.until_at > now.toISOString()
  const form = (action: string, button: string, fields?: Child) => (
    <form method="post" action={action}>
      <input type="hidden" name="back" value={back} />
      {fields}
      <button type="submit" class="quiet">
        {button}
      </button>
    </form>
  )
  const people = members.filter((member) => acts(member, 'recorder'))
  return (
    <details open={draft !== undefined}>
      <summary>Assign{snoozes ? ', set aside' : ''}, note</summary>
      <p class="soft small">For members only: no part of the ledger, and never exported.</p>
      <FormProblems frame={frame} />
      {form(
        paths.assignment(question),
        'Assign',
        <Field
          frame={frame}
          name="/member"
          options={[['', 'Nobody'], ...people.map(({ id, name }) => [id, name] as const)]}
        />,
      )}
      {snoozes
        ? form(
            paths.snooze(question),
            'Set aside',
            <FormFields frame={frame} names={['/until', '/because']} />,
          )
        : null}
      {isSnoozed ? form(paths.wake(question), 'Take up again now') : null}
      {form(
        paths.note(question),
        'Keep the note',
        <>
          <input type="hidden" name="/read_at" value={desk.note?.at ?? ''} />
          <Field frame={frame} name="/text" />
        </>,
      )}
    </details>
  )
}
