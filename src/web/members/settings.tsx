import * as z from 'zod'
import { fourEyesPolicies, Member, MemberChange, MemberRequest, may, roles } from '../../core/member.ts'
import * as paths from '../../http/paths.ts'
import { changeMember, signOutMember } from '../../ledger/members/change-member.ts'
import {
  addMember,
  changePolicy,
  issueToken,
  openLink,
  revokeToken,
} from '../../ledger/members/membership.ts'
import { readSettings } from '../../store/documents/settings.ts'
import { listMembers, type MemberRow } from '../../store/members.ts'
import { Choice, Field, type FormFrame, FormProblems, type Labels, Select } from '../ui/field.tsx'
import { type Fields, onceEach } from '../ui/fields.ts'
import { Page } from '../ui/layout.tsx'
import { type FormContext, type PageContext, seeOther } from '../ui/page.ts'
import { type Draft, emptyDraft, parsed } from '../ui/problem.ts'
import { submitted } from '../ui/submitted.ts'
import { requestOf } from '../ui/typed.ts'
import { Members, SignOut, Tokens } from './settings-tables.tsx'

const LinkForm = z.strictObject({ member: Member.shape.id })
const TokenForm = z.strictObject({ member: Member.shape.id, name: Member.shape.name, role: z.enum(roles) })
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

export const memberFields: Fields = { own: onceEach(['/name', '/role']) }
export const changeFields: Fields = { own: onceEach(['/member', '/role', '/suspended', '/because']) }
export const linkFields: Fields = { own: onceEach(['/member']) }
export const tokenFields: Fields = { own: onceEach(['/member', '/name', '/role']) }
export const policyFields: Fields = { own: onceEach(['/four_eyes']) }

const LABELS = {
  member: { '/name': 'Name', '/role': 'Role' },
  change: { '/member': 'Member', '/role': 'Role', '/suspended': 'State', '/because': 'Why' },
  token: { '/name': 'Name', '/member': 'Holder', '/role': 'Role' },
  policy: { '/four_eyes': 'Policy' },
} satisfies Record<string, Labels>
type FormName = keyof typeof LABELS
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
  const { members, tokens, policy } = await readSettings(host.ledger.db)
  if (viewer === null) return <Page title="Settings" context={context} />
  const isAdmin = may(viewer.role, 'admin')
  const people = members.filter(({ machine }) => !machine)
  const frame = (form: FormName, values: Record<string, string>): FormFrame => ({
    id: form,
    labels: LABELS[form],
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
          <PolicyFields frame={frame('policy', { '/four_eyes': policy.four_eyes })} />
          <p>
            <a href={paths.clock()}>The clock</a>: whether it is right, and who said so.
          </p>
        </>
      ) : null}
    </Page>
  )
}

const AddMember = ({ frame }: { frame: FormFrame }) => (
  <details open={frame.draft.message !== null}>
    <summary>Add a member</summary>
    <form method="post" action={paths.members()}>
      <FormProblems frame={frame} />
      <Field frame={frame} name="/name" maxlength={200} />
      <Choice
        frame={frame}
        name="/role"
        hint="A recorder logs; a resolver also proposes and confirms; an administrator also keeps members. Each may do what those before may."
        options={roles.map((role) => [role, role])}
      />
      <button type="submit">Add</button>
    </form>
  </details>
)

const STAYS = ['', 'Stays as it is'] as const

const ChangeMember = ({ frame, people }: { frame: FormFrame; people: readonly MemberRow[] }) => (
  <details open={frame.draft.message !== null}>
    <summary>Suspend a member, or change their role</summary>
    <form method="post" action={paths.memberChanges()}>
      <FormProblems frame={frame} />
      <Select
        frame={frame}
        name="/member"
        options={people.map(({ id, name, role, suspended }) => [
          id,
          `${name} (${suspended ? 'suspended ' : ''}${role})`,
        ])}
      />
      <div class="pair">
        <Select
          frame={frame}
          name="/role"
          hint="It holds at once, for their tokens too."
          options={[STAYS, ...roles.map((role) => [role, role] as const)]}
        />
        <Select
          frame={frame}
          name="/suspended"
          hint="Suspended, they are signed out and their tokens rest."
          options={[STAYS, ['yes', 'Suspended'], ['no', 'Reinstated']]}
        />
      </div>
      <Field
        frame={frame}
        name="/because"
        hint="Administrators see it here; it is never published."
        maxlength={2000}
      />
      <button type="submit">Change</button>
    </form>
  </details>
)

const IssueToken = ({ frame, people }: { frame: FormFrame; people: readonly MemberRow[] }) => (
  <details open={frame.draft.message !== null}>
    <summary>Issue a token</summary>
    <form method="post" action={paths.tokens()}>
      <FormProblems frame={frame} />
      <Field frame={frame} name="/name" hint="What it is for." maxlength={200} />
      <Select frame={frame} name="/member" options={people.map(({ id, name }) => [id, name])} />
      <Choice
        frame={frame}
        name="/role"
        hint="At most that of its holder, and yours."
        options={roles.map((role) => [role, role])}
      />
      <button type="submit">Issue</button>
    </form>
  </details>
)

const PolicyFields = ({ frame }: { frame: FormFrame }) => (
  <form method="post" action={paths.policy()}>
    <FormProblems frame={frame} />
    <Choice
      frame={frame}
      name="/four_eyes"
      options={[
        ['auto', 'From the second resolver on'],
        ['on', 'Always'],
        ['off', 'Never'],
      ]}
    />
    <button type="submit" class="quiet">
      Set
    </button>
  </form>
)

/** One of the forms of this page. */
const taken = (context: FormContext, form: FormName, write: () => Promise<Outcome | string>) =>
  submitted(
    context,
    async () => {
      const done = await write()
      return typeof done === 'string' ? seeOther(done) : settings(context, done)
    },
    (draft) => settings(context, { returned: { form, draft } }),
  )

export const addPerson = (context: FormContext) =>
  taken(context, 'member', async () => {
    await addMember(context.host.ledger, context.unit, parsed(MemberRequest, requestOf(context.form)))
    return paths.settings()
  })

export const changePerson = (context: FormContext) =>
  taken(context, 'change', async () => {
    const { member, ...change } = parsed(ChangeForm, requestOf(context.form))
    await changeMember(context.host.ledger, context.unit, member, parsed(MemberChange, change))
    return paths.settings()
  })

export async function signOutPerson({ host, unit, params, refused }: FormContext) {
  if (refused !== null) throw refused
  const { id = '' } = params
  await signOutMember(host.ledger, unit, id)
  return seeOther(id === unit.by.member ? paths.ledger() : paths.settings())
}

/** A link is a session to be: only an administrator makes one, and it is shown once. */
export const linkFor = (context: FormContext) =>
  taken(context, 'member', async () => {
    const { member } = parsed(LinkForm, requestOf(context.form))
    const found = (await listMembers(context.host.ledger.db)).find(
      ({ id, machine }) => id === member && !machine,
    )
    if (found === undefined) return paths.settings()
    const token = await openLink(context.host.ledger, context.unit, member)
    return {
      secret: {
        title: `A sign-in link for ${found.name}.`,
        says: 'It works once, for 15 minutes, and is shown only here.',
        value: `${context.origin}${paths.signIn({ token })}`,
      },
    }
  })

export const issue = (context: FormContext) =>
  taken(context, 'token', async () => {
    const request = parsed(TokenForm, requestOf(context.form))
    const { token } = await issueToken(context.host.ledger, context.unit, request)
    return {
      secret: {
        title: `The token “${request.name}”.`,
        says: 'Copy it now: it is shown only here.',
        value: token,
      },
    }
  })

export const revoke = (context: FormContext) =>
  taken(context, 'token', async () => {
    await revokeToken(context.host.ledger, context.unit, context.params.id ?? '')
    return paths.settings()
  })

export const setPolicy = (context: FormContext) =>
  taken(context, 'policy', async () => {
    await changePolicy(
      context.host.ledger,
      context.unit,
      parsed(PolicyForm, requestOf(context.form)).four_eyes,
    )
    return paths.settings()
  })
