import type { Child } from 'hono/jsx'
import * as z from 'zod'
import { Day } from '../../core/calendar.ts'
import {
  fourEyesPolicies,
  Member,
  MemberChange,
  MemberRequest,
  may,
  type Role,
  roles,
  scopes,
} from '../../core/member.ts'
import { AnswerDays, ObjectionHours } from '../../core/objection.ts'
import * as paths from '../../http/paths.ts'
import { changeMember } from '../../ledger/members/change-member.ts'
import { changeDecisionTimes } from '../../ledger/members/decision-times.ts'
import {
  addMember,
  changePolicy,
  issueToken,
  openLink,
  revokeToken,
} from '../../ledger/members/membership.ts'
import { signOutMember } from '../../ledger/members/sessions.ts'
import { readSettings } from '../../store/documents/settings.ts'
import { listMembers, type MemberRow } from '../../store/members.ts'
import { Field, FormFields, type FormFrame, FormProblems, type FormTable } from '../ui/field.tsx'
import { BUTTON, fieldsOf } from '../ui/fields.ts'
import { Page } from '../ui/layout.tsx'
import { type FormContext, type FormRoute, type PageContext, seeOther } from '../ui/page.ts'
import { type Draft, emptyDraft, parsed } from '../ui/problem.ts'
import { type Submission, submitted } from '../ui/submitted.ts'
import { Asked } from './asked.tsx'
import { SecondUses } from './second-use.tsx'
import { Members, SignOut, Tokens } from './settings-tables.tsx'

const LinkForm = z.strictObject({ member: Member.shape.id })
const ticked = z.literal('yes').optional()
const TokenForm = z
  .strictObject({
    member: Member.shape.id,
    name: Member.shape.name,
    role: z.enum(roles),
    scopes: z.strictObject({ read: ticked, log: ticked, resolve: ticked, admin: ticked }).optional(),
    until: Day.optional(),
  })
  .transform(({ scopes: named = {}, until, ...request }) => ({
    ...request,
    ...(Object.keys(named).length === 0 ? {} : { scopes: scopes.filter((scope) => named[scope] === 'yes') }),
    ...(until === undefined ? {} : { expires_at: `${until}T23:59:59.999Z` }),
  }))
const ChangeForm = z.strictObject({
  member: Member.shape.id,
  role: MemberChange.shape.role,
  suspended: z
    .enum(['yes', 'no'])
    .transform((said) => said === 'yes')
    .optional(),
  because: MemberChange.shape.because,
})
const PolicyForm = z.strictObject({ four_eyes: z.enum(fourEyesPolicies) })
const whole = z
  .string()
  .regex(/^\d{1,3}$/u, 'must be a whole number')
  .transform(Number)
const TimesForm = z.strictObject({
  objection_hours: whole.pipe(ObjectionHours),
  answer_days: whole.pipe(AnswerDays),
})

const asThemselves = roles.map((role) => [role, role] as const)
const STAYS = ['', 'Stays as it is'] as const

const MEMBER: FormTable = {
  '/name': { label: 'Name', maxlength: 200 },
  '/role': {
    label: 'Role',
    hint: 'A recorder logs; a resolver also proposes and confirms; an administrator also keeps members. Each may do what those before may.',
    radio: true,
    options: asThemselves,
  },
}
const CHANGE: FormTable = {
  '/member': { label: 'Member', options: [] },
  '/role': {
    label: 'Role',
    hint: 'It holds at once, for their tokens too.',
    options: [STAYS, ...asThemselves],
  },
  '/suspended': {
    label: 'State',
    hint: 'Suspended, they are signed out and their tokens rest.',
    options: [STAYS, ['yes', 'Suspended'], ['no', 'Reinstated']],
  },
  '/because': { label: 'Why', hint: 'Administrators see it here; it is never published.', maxlength: 2000 },
}
const TOKEN: FormTable = {
  '/name': { label: 'Name', hint: 'What it is for.', maxlength: 200 },
  '/member': { label: 'Holder', options: [] },
  '/role': {
    label: 'Role',
    hint: 'At most that of its holder, and yours.',
    radio: true,
    options: asThemselves,
  },
  '/scopes/read': { label: 'Read', check: true },
  '/scopes/log': { label: 'Log', check: true },
  '/scopes/resolve': { label: 'Propose and confirm outcomes', check: true },
  '/scopes/admin': { label: 'Look after members', check: true },
  '/until': { label: 'Last day', hint: 'It stops when that day ends (UTC). Empty: never.', type: 'date' },
}
const SCOPES = scopes.map((scope) => `/scopes/${scope}`)
const POLICY: FormTable = {
  '/four_eyes': {
    label: 'Policy',
    radio: true,
    options: [
      ['auto', 'From the second resolver on'],
      ['on', 'Always'],
      ['off', 'Never'],
    ],
  },
}
const TIMES: FormTable = {
  '/objection_hours': {
    label: 'Hours in which an outcome is open to objection',
    hint: '0 to 720. It holds for what is confirmed from then on.',
    maxlength: 3,
  },
  '/answer_days': {
    label: 'Days in which a dispute or a waiting reply is to be answered',
    hint: '1 to 90.',
    maxlength: 2,
  },
}
const LINK: FormTable = { '/member': { label: 'Member' } }
const FORMS = { member: MEMBER, change: CHANGE, token: TOKEN, policy: POLICY, times: TIMES }
type FormName = keyof typeof FORMS

type Outcome = {
  secret?: { title: string; value: string; says: string }
  returned?: { form: FormName; draft: Draft }
}

/** `/settings`: members, tokens, the policy; a member who is no administrator sees their own tokens. */
export function settingsPage(context: PageContext) {
  return settings(context, {})
}

async function settings(context: PageContext, { secret, returned }: Outcome) {
  const { host, viewer } = context
  const { members, tokens, policy, asked, second } = await readSettings(host.ledger.db)
  if (viewer === null) return <Page title="Settings" context={context} />
  const isAdmin = may(viewer.role, 'admin')
  const people = members.filter(({ machine }) => !machine)
  const frame = (form: FormName, values: Record<string, string>): FormFrame => ({
    id: form,
    fields: FORMS[form],
    draft: returned?.form === form ? returned.draft : emptyDraft(values),
  })
  return (
    <Page title="Settings" context={context}>
      {secret === undefined ? null : (
        <div class="notice" role="status">
          <p>
            <b>{secret.title}</b> {secret.says}
          </p>
          <code class="secret">{secret.value}</code>
        </div>
      )}
      <h1>Settings</h1>
      {isAdmin ? (
        <>
          <Members people={people} url={context.url} />
          <AddMember frame={frame('member', { '/role': 'resolver' })} />
          <ChangeMember frame={frame('change', {})} people={people} />
        </>
      ) : (
        <div class="actions">
          <SignOut id={viewer.member} everywhere />
        </div>
      )}
      <p>
        <a href={paths.signIns()}>Signing in</a>: where you are signed in, and with what.{' '}
        <a href={paths.reminders()}>Reminders</a>: of what and when you are told by e-mail.
        {may(viewer.role, 'recorder') ? (
          <>
            {' '}
            <a href={paths.imports()}>Import</a>: predictions files, and tables of forecasts.
          </>
        ) : null}
        {isAdmin ? (
          <>
            {' '}
            <a href={paths.webhooks()}>Webhooks</a>: where the ledger posts what happens.
          </>
        ) : null}
      </p>
      <Tokens
        tokens={isAdmin ? tokens : tokens.filter(({ member }) => member === viewer.member)}
        people={people}
        url={context.url}
      />
      {may(viewer.role, 'recorder') ? (
        <IssueToken
          frame={frame('token', {
            '/member': viewer.member,
            '/role': viewer.role,
          })}
          people={people.filter(({ id, suspended }) => (isAdmin ? !suspended : id === viewer.member))}
        />
      ) : null}
      {isAdmin && policy !== null ? (
        <>
          <h2>Four eyes</h2>
          <p>
            Now:{' '}
            {policy.four_eyes_in_force
              ? 'another member than the proposer must confirm an outcome.'
              : 'a proposer may confirm their own outcome, marked as such.'}
          </p>
          <PolicyFields action={paths.policy()} frame={frame('policy', { '/four_eyes': policy.four_eyes })} />
          <h2>Time for objections and answers</h2>
          <p>
            An outcome counts once it is confirmed, and is called final only when its time for objections is
            over.
          </p>
          <PolicyFields
            action={paths.decisionTimes()}
            frame={frame('times', {
              '/objection_hours': String(policy.objection_hours),
              '/answer_days': String(policy.answer_days),
            })}
          />
          <Asked parties={asked} />
          <SecondUses reader={context.host.secondReader} use={second} />
          <p>
            <a href={paths.clock()}>The clock</a>: whether it is right, and who said so.{' '}
            <a href={paths.redactions()}>Taking words out</a>: for good, and marked.
          </p>
          <p>
            <a href={paths.audit()}>History of administration</a>: who was let in, with what, and who did it.
          </p>
        </>
      ) : null}
    </Page>
  )
}

type FoldedProps = { frame: FormFrame; summary: string; action: string; button: string; children: Child }

/** A form that stands folded until it comes back. */
const Folded = ({ frame, summary, action, button, children }: FoldedProps) => (
  <details open={frame.draft.message !== null}>
    <summary>{summary}</summary>
    <form method="post" action={action}>
      <FormProblems frame={frame} />
      {children}
      <button type="submit">{button}</button>
    </form>
  </details>
)

type OfPeople = { frame: FormFrame; people: readonly MemberRow[] }

const AddMember = ({ frame }: { frame: FormFrame }) => (
  <Folded frame={frame} summary="Add a member" action={paths.members()} button="Add">
    <FormFields frame={frame} />
  </Folded>
)

const ChangeMember = ({ frame, people }: OfPeople) => (
  <Folded
    frame={frame}
    summary="Suspend a member, or change their role"
    action={paths.memberChanges()}
    button="Change"
  >
    <Field
      frame={frame}
      name="/member"
      options={people.map(({ id, name, role, suspended }) => [
        id,
        `${name} (${suspended ? 'suspended ' : ''}${role})`,
      ])}
    />
    <FormFields frame={frame} names={[['/role', '/suspended'], '/because']} />
  </Folded>
)

const IssueToken = ({ frame, people }: OfPeople) => (
  <Folded frame={frame} summary="Issue a token" action={paths.tokens()} button="Issue">
    <Field frame={frame} name="/name" />
    <Field frame={frame} name="/member" options={people.map(({ id, name }) => [id, name])} />
    <Field frame={frame} name="/role" />
    <fieldset class="field">
      <legend>Held to</legend>
      <FormFields frame={frame} names={SCOPES} />
      <p class="hint">Within its role. Nothing ticked: all that its role may.</p>
    </fieldset>
    <Field frame={frame} name="/until" />
  </Folded>
)

const PolicyFields = ({ frame, action }: { frame: FormFrame; action: string }) => (
  <form method="post" action={action}>
    <FormProblems frame={frame} />
    <FormFields frame={frame} />
    <button type="submit" class="quiet">
      Set
    </button>
  </form>
)

/** A form of this page; it comes back as the form `name`. What it does leads back here, or shows a secret once. */
const settingsForm = (
  path: string,
  role: Role,
  name: FormName,
  form: FormTable,
  write: (submission: Submission, context: FormContext) => Promise<Outcome | undefined>,
): FormRoute => ({
  path: `/settings/${path}`,
  role,
  fields: fieldsOf(form),
  act: (context) =>
    submitted(
      context,
      async (submission) => {
        const done = await write(submission, context)
        return done === undefined ? seeOther(paths.settings()) : settings(context, done)
      },
      (draft) => settings(context, { returned: { form: name, draft } }),
    ),
})

const secret = (title: string, says: string, value: string): Outcome => ({ secret: { title, says, value } })

export const settingsForms: readonly FormRoute[] = [
  settingsForm('members', 'admin', 'member', MEMBER, async ({ ledger, unit, request }) => {
    await addMember(ledger, unit, request(MemberRequest))
    return undefined
  }),
  settingsForm('members/changes', 'admin', 'change', CHANGE, async ({ ledger, unit, request }) => {
    const { member, ...change } = request(ChangeForm)
    await changeMember(ledger, unit, member, parsed(MemberChange, change))
    return undefined
  }),
  {
    path: '/settings/members/:id/sign-out',
    role: 'reader',
    fields: BUTTON,
    act: async ({ host, unit, params, refused }) => {
      if (refused !== null) throw refused
      const { id = '' } = params
      await signOutMember(host.ledger, unit, id)
      return seeOther(id === unit.by.member ? paths.front() : paths.settings())
    },
  },
  // A link is a session to be: only an administrator makes one, and it is shown once.
  settingsForm('links', 'admin', 'member', LINK, async ({ ledger, unit, request }, { origin }) => {
    const { member } = request(LinkForm)
    const found = (await listMembers(ledger.db)).find(({ id, machine }) => id === member && !machine)
    if (found === undefined) return undefined
    const address = paths.signIn({ token: await openLink(ledger, unit, member) })
    const says = 'It works once, for 15 minutes, and is shown only here.'
    return secret(`A sign-in link for ${found.name}.`, says, `${origin}${address}`)
  }),
  settingsForm('tokens', 'recorder', 'token', TOKEN, async ({ ledger, unit, request }) => {
    const asked = request(TokenForm)
    const { token } = await issueToken(ledger, unit, asked)
    return secret(`The token “${asked.name}”.`, 'Copy it now: it is shown only here.', token)
  }),
  settingsForm('tokens/:id/revocation', 'recorder', 'token', {}, async ({ ledger, unit, id }) => {
    await revokeToken(ledger, unit, id)
    return undefined
  }),
  settingsForm('policy', 'admin', 'policy', POLICY, async ({ ledger, unit, request }) => {
    await changePolicy(ledger, unit, request(PolicyForm).four_eyes)
    return undefined
  }),
  settingsForm('decision-times', 'admin', 'times', TIMES, async ({ ledger, unit, request }) => {
    await changeDecisionTimes(ledger, unit, request(TimesForm))
    return undefined
  }),
]
