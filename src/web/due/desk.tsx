import { acts, may } from '../../core/member.ts'
import * as paths from '../../http/paths.ts'
import type { Viewer } from '../../http/session.ts'
import type { MemberRow } from '../../store/members.ts'
import type { Desk } from '../../store/newsroom.ts'
import { Day, Instant } from '../ui/date.tsx'
import { Field, type FormFrame, FormProblems, Select } from '../ui/field.tsx'
import { type Draft, emptyDraft } from '../ui/problem.ts'
import type { Names } from '../ui/resolution.tsx'

const labels: Readonly<Record<string, string>> = {
  '/member': 'Assigned to',
  '/until': 'Set aside until',
  '/because': 'Why later',
  '/text': 'Note',
}

type DeskProps = {
  question: string
  desk: Desk
  viewer: Viewer
  members: readonly MemberRow[]
  names: Names
  now: Date
  /** Where the forms lead back to. */
  back: 'due' | 'question'
  /** Nothing is put off that needs nobody. */
  snoozes: boolean
  draft?: Draft | undefined
}

/** What members keep about a question among themselves, and the forms to change it. */
export function DeskView(props: DeskProps) {
  const { desk, names, now, viewer } = props
  const { assignment, snooze, note } = desk
  const name = (id: string) => <bdi>{names.get(id) ?? 'a former member'}</bdi>
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
    labels,
    draft: draft ?? emptyDraft({ '/member': desk.assignment?.member, '/text': desk.note?.text }),
  }
  const backField = <input type="hidden" name="back" value={back} />
  const isSnoozed = desk.snooze !== null && desk.snooze.until_at > now.toISOString()
  return (
    <details open={draft !== undefined}>
      <summary>Assign{snoozes ? ', set aside' : ''}, note</summary>
      <p class="soft small">For members only: no part of the ledger, and never exported.</p>
      <FormProblems frame={frame} />
      <form method="post" action={paths.assignment(question)}>
        {backField}
        <Select
          frame={frame}
          name="/member"
          options={[
            ['', 'Nobody'],
            ...members
              .filter((member) => acts(member, 'recorder'))
              .map(({ id, name }): [string, string] => [id, name]),
          ]}
        />
        <button type="submit" class="quiet">
          Assign
        </button>
      </form>
      {snoozes ? (
        <form method="post" action={paths.snooze(question)}>
          {backField}
          <Field
            frame={frame}
            name="/until"
            type="date"
            hint="The deadline does not move, and the question stays counted as due."
          />
          <Field frame={frame} name="/because" maxlength={2000} />
          <button type="submit" class="quiet">
            Set aside
          </button>
        </form>
      ) : null}
      {isSnoozed ? (
        <form method="post" action={paths.wake(question)}>
          {backField}
          <button type="submit" class="quiet">
            Take up again now
          </button>
        </form>
      ) : null}
      <form method="post" action={paths.note(question)}>
        {backField}
        <input type="hidden" name="/read_at" value={desk.note?.at ?? ''} />
        <Field frame={frame} name="/text" rows={3} maxlength={10_000} />
        <button type="submit" class="quiet">
          Keep the note
        </button>
      </form>
    </details>
  )
}
