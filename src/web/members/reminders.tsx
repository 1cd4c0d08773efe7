import { may } from '../../core/member.ts'
import {
  DEFAULT_CHOICES,
  type EventName,
  events,
  ReminderRequest,
  reminderEvents,
} from '../../core/reminder.ts'
import * as paths from '../../http/paths.ts'
import { unsentBecause } from '../../http/sending.ts'
import { chooseReminders, confirmAgain } from '../../ledger/reminders/reminders.ts'
import { readChoices } from '../../store/documents/settings.ts'
import type { Target } from '../../store/targets.ts'
import { FormFields, type FormFrame, FormProblems, type FormTable } from '../ui/field.tsx'
import { BUTTON, fieldsOf } from '../ui/fields.ts'
import { Page } from '../ui/layout.tsx'
import { type FormRoute, type PageContext, seeOther } from '../ui/page.ts'
import { type Draft, emptyDraft, parsed } from '../ui/problem.ts'
import { submitted } from '../ui/submitted.ts'
import { requestOf } from '../ui/typed.ts'
import { Delivered } from './delivered.tsx'

/** A tick for each event, under names that belong together. */
export const ticks = (names: readonly EventName[], words: (name: EventName) => string): FormTable =>
  Object.fromEntries(names.map((name) => [`/events/${name}`, { label: words(name), check: true }]))

/** What was ticked, as a request has it. */
export const ticked = (names: readonly EventName[], events: unknown): EventName[] =>
  names.filter((name) => (events as Record<string, unknown> | undefined)?.[name] === 'yes')

export const tickedValues = (names: readonly EventName[]) =>
  Object.fromEntries(names.map((name) => [`/events/${name}`, 'yes']))

const FORM: FormTable = {
  '/email': {
    label: 'E-mail address',
    hint: 'A link in a first letter confirms it. Empty: none, and no reminders.',
    maxlength: 254,
  },
  '/when': {
    label: 'When',
    radio: true,
    options: [
      ['off', 'Not at all'],
      ['instantly', 'At once'],
      ['daily', 'Once a day'],
      ['weekly', 'Once a week, on Mondays'],
    ],
  },
  '/hour': {
    label: 'At what hour',
    hint: 'Of a daily or weekly letter.',
    options: Array.from({ length: 24 }, (_, hour) => [String(hour), `${hour}:00`] as const),
  },
  '/time_zone': { label: 'By the clocks of', hint: 'Such as Europe/Berlin, or UTC.', maxlength: 64 },
  ...ticks(reminderEvents, (name) => events[name].words),
}

/** `/settings/reminders`: of what and when a member is reminded, and where that goes. */
export async function remindersPage(context: PageContext, draft?: Draft) {
  const { host, viewer } = context
  if (viewer === null) return <Page title="Reminders" context={context} />
  const held = await readChoices(host.ledger.db, viewer.member)
  const mail = held?.kind === 'mail' ? held : null
  const choices = mail?.choices ?? DEFAULT_CHOICES
  const frame: FormFrame = {
    id: 'reminders',
    fields: FORM,
    draft:
      draft ??
      emptyDraft({
        '/email': mail?.address,
        '/when': choices.when,
        '/hour': String(choices.hour),
        '/time_zone': choices.time_zone,
        ...tickedValues(choices.events),
      }),
  }
  const unsent = unsentBecause(host, 'letters')
  const own = reminderEvents.filter((name) => may(viewer.role, events[name].role ?? 'reader'))
  return (
    <Page title="Reminders" context={context}>
      {unsent === null ? null : (
        <p class="notice bad" role="status">
          {unsent}
        </p>
      )}
      {mail === null ? null : <State target={mail} />}
      <p class="crumbs">
        <a href={paths.settings()}>Settings</a> › Reminders
      </p>
      <h1>Reminders</h1>
      <form method="post" action={paths.reminders()}>
        <FormProblems frame={frame} />
        <FormFields frame={frame} names={['/email', '/when', ['/hour', '/time_zone']]} />
        <fieldset class="field">
          <legend>Of what</legend>
          <FormFields frame={frame} names={own.map((name) => `/events/${name}`)} />
          {own.length === reminderEvents.length ? null : (
            <p class="hint">What else there is needs another role than {viewer.role}.</p>
          )}
        </fieldset>
        <button type="submit">Keep</button>
      </form>
      <p class="soft small">
        With a confirmed address you can also ask for a link on the <a href={paths.signIn()}>sign-in page</a>.
        Letters hold no pictures and nothing that tells whether they were read.
      </p>
    </Page>
  )
}

const State = ({ target }: { target: Target }) =>
  target.confirmed_at === null ? (
    <div class="notice" role="status">
      <p>
        <bdi>{target.address}</bdi> is not confirmed yet: a letter with a link goes there, and nothing else.{' '}
        {target.failing_since === null ? null : <Delivered target={target} />}
      </p>
      <form method="post" action={paths.reminderLetter()}>
        <button type="submit" class="quiet">
          Send the letter once more
        </button>
      </form>
    </div>
  ) : (
    <p class="notice">
      <bdi>{target.address}</bdi> is confirmed. <Delivered target={target} />
      {target.off_at === null ? null : ' Keep your choices once more to switch it on again.'}
    </p>
  )

export const reminderForms: readonly FormRoute[] = [
  {
    path: '/settings/reminders',
    role: 'reader',
    fields: fieldsOf(FORM),
    act: (context) =>
      submitted(
        context,
        async ({ ledger, unit, form }) => {
          const { events: named, hour, email, ...rest } = requestOf(form)
          const request = {
            ...rest,
            email: email ?? null,
            hour: /^\d{1,2}$/u.test(String(hour)) ? Number(hour) : hour,
            events: ticked(reminderEvents, named),
          }
          await chooseReminders(ledger, unit, parsed(ReminderRequest, request))
          context.host.sendSoon?.()
          return seeOther(paths.reminders())
        },
        (draft) => remindersPage(context, draft),
      ),
  },
  {
    path: '/settings/reminders/letter',
    role: 'reader',
    fields: BUTTON,
    act: (context) =>
      submitted(
        context,
        async ({ ledger, unit }) => {
          await confirmAgain(ledger, unit)
          context.host.sendSoon?.()
          return seeOther(paths.reminders())
        },
        // The button has no fields: what was typed before stays what is kept.
        (draft) => remindersPage(context, { ...draft, typed: new Map() }),
      ),
  },
]
