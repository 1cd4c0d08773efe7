import * as z from 'zod'
import { notFound } from '../../core/error.ts'
import { may, RandomId } from '../../core/member.ts'
import { line } from '../../core/text.ts'
import * as paths from '../../http/paths.ts'
import { searchOf, words } from '../../http/search-params.ts'
import type { Viewer } from '../../http/session.ts'
import { accountsOf, NewPasskey, takePasskey, takesPasskeys } from '../../http/sign-in.ts'
import { signOutElsewhere, signOutSession } from '../../ledger/members/sessions.ts'
import { Email, nameAccount, newChallenge, removeSignIn } from '../../ledger/members/sign-ins.ts'
import { readSignIns } from '../../store/documents/settings.ts'
import type { MemberRow, SessionRow } from '../../store/members.ts'
import type { SignInRow } from '../../store/sign-ins.ts'
import { Day, Instant } from '../ui/date.tsx'
import { Field, type FormFrame, FormProblems, type FormTable } from '../ui/field.tsx'
import { BUTTON, fieldsOf, onceEach } from '../ui/fields.ts'
import { Page } from '../ui/layout.tsx'
import { type FormContext, type FormRoute, type PageContext, seeOther } from '../ui/page.ts'
import { type Draft, emptyDraft } from '../ui/problem.ts'
import { submitted } from '../ui/submitted.ts'
import { TableHead } from '../ui/table-head.tsx'
import { challenged } from './passkey.ts'
import { AddPasskey, MADE, PASSKEY } from './passkey-form.tsx'
import { SignOut } from './settings-tables.tsx'

const ACCOUNT: FormTable = {
  '/email': {
    label: 'E-mail address',
    hint: 'Of their account there, which must say that it is verified. From the first sign-in on it is that account, whatever its address.',
    maxlength: 254,
  },
}
const AccountForm = z.strictObject({ member: RandomId, email: Email })
const PasskeyForm = NewPasskey.extend({ name: line(200) })

const MemberQuery = { member: words(40).optional() }
type Returned = { form: 'passkey' | 'account'; draft: Draft; member?: string }

/** `/settings/sign-ins`: where a member is signed in and with what; administrators see anybody's. */
export async function signInsPage(context: PageContext, returned?: Returned) {
  const { host, viewer, url } = context
  if (viewer === null) return <Page title="Signing in" context={context} />
  const asked = returned?.member ?? searchOf(url, MemberQuery).member ?? viewer.member
  const isAdmin = may(viewer.role, 'admin')
  const { members, sessions, signIns } = await readSignIns(host.ledger.db, asked, host.now())
  const holder = members.find(({ id, machine }) => id === asked && !machine)
  if (holder === undefined || (asked !== viewer.member && !isAdmin)) throw notFound('member', asked)
  const isOwn = asked === viewer.member
  const frame = (form: Returned['form'], fields: FormTable): FormFrame => ({
    id: form,
    fields,
    draft: returned?.form === form ? returned.draft : emptyDraft(),
  })
  return (
    <Page title="Signing in" context={context}>
      <p class="crumbs">
        <a href={paths.settings()}>Settings</a> › Signing in
      </p>
      <h1>
        Signing in{isOwn ? null : ': '}
        {isOwn ? null : <bdi>{holder.name}</bdi>}
      </h1>
      <Sessions sessions={sessions} viewer={viewer} holder={holder} />
      <Ways signIns={signIns} isOwn={isOwn} />
      {isOwn && takesPasskeys(context.origin) ? (
        <AddPasskey frame={frame('passkey', PASSKEY)} id={holder.id} name={holder.name} />
      ) : null}
      {isAdmin && host.accounts !== undefined && !holder.suspended ? (
        <NameAccount frame={frame('account', ACCOUNT)} member={holder} issuer={host.accounts.issuer} />
      ) : null}
    </Page>
  )
}

type SessionsProps = { sessions: readonly SessionRow[]; viewer: Viewer; holder: MemberRow }

function Sessions({ sessions, viewer, holder }: SessionsProps) {
  const isOwn = holder.id === viewer.member
  return (
    <>
      <h2 id="sessions">Where {isOwn ? 'you are' : 'they are'} signed in</h2>
      {sessions.length === 0 ? <p>Nowhere.</p> : null}
      {sessions.length === 0 ? null : (
        <div class="scroll">
          <table class="stacked">
            <caption class="unseen">Open sessions</caption>
            <TableHead columns={['Browser', 'Since', 'Last used', 'End']} />
            <tbody>
              {sessions.map(({ id, browser, begun_at, seen_on }) => (
                <tr>
                  <th scope="row">
                    {browser ?? 'A browser that does not say which'}
                    {id === viewer.id ? <span class="soft"> (this one)</span> : null}
                  </th>
                  <td class="small wide-cell" data-name="Since">
                    {begun_at === null ? 'not kept' : <Instant at={begun_at} />}
                  </td>
                  <td class="small" data-name="Last used">
                    {seen_on === null ? 'not kept' : <Day day={seen_on} />}
                  </td>
                  <td class="text">
                    <form method="post" action={paths.sessionEnd(id)}>
                      <button class="quiet" type="submit">
                        {id === viewer.id ? 'Sign out' : 'End'}
                        <span class="unseen"> the session in {browser ?? 'an unknown browser'}</span>
                      </button>
                    </form>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <p class="soft small">
        The browser is what it said of itself. When it was used last is kept as a day (UTC), and no address.
      </p>
      <div class="actions">
        {isOwn && sessions.length > 1 ? (
          <form method="post" action={paths.otherSessions()}>
            <button class="quiet" type="submit">
              End all others
            </button>
          </form>
        ) : null}
        <SignOut id={holder.id} everywhere />
      </div>
    </>
  )
}

const Ways = ({ signIns, isOwn }: { signIns: readonly SignInRow[]; isOwn: boolean }) => (
  <>
    <h2 id="ways">Passkeys, accounts and letters</h2>
    {signIns.length === 0 ? (
      <p>None: {isOwn ? 'you sign' : 'they sign'} in with a link that works once.</p>
    ) : (
      <div class="scroll">
        <table class="stacked">
          <caption class="unseen">Ways to sign in</caption>
          <TableHead columns={['Name', 'Kind', 'Added', 'Remove']} />
          <tbody>
            {signIns.map(({ id, kind, name, email, added_at }) => (
              <tr>
                <th scope="row">
                  <bdi>{email ?? name}</bdi>
                </th>
                <td class="small wide-cell" data-name="Kind">
                  {kind === 'account' ? `account at ${new URL(name).host}` : kind === 'email' ? name : kind}
                </td>
                <td class="small wide-cell" data-name="Added">
                  <Instant at={added_at} />
                </td>
                <td class="text">
                  <form method="post" action={paths.signInRemoval(id)}>
                    <button class="quiet" type="submit">
                      Remove<span class="unseen"> {email ?? name}</span>
                    </button>
                  </form>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    )}
  </>
)

type NameAccountProps = { frame: FormFrame; member: MemberRow; issuer: string }

const NameAccount = ({ frame, member, issuer }: NameAccountProps) => (
  <details open={frame.draft.message !== null}>
    <summary>Add an account at {new URL(issuer).host}</summary>
    <form method="post" action={paths.accounts()}>
      <FormProblems frame={frame} />
      <input type="hidden" name="/member" value={member.id} />
      <Field frame={frame} name="/email" />
      <button type="submit">Add the account</button>
    </form>
  </details>
)

/** Back to the page of whose sessions or keys these were. */
const backTo = (member: string, { viewer }: FormContext) =>
  seeOther(paths.signIns(member === viewer.member ? {} : { member }))

const refuseFirst = ({ refused }: FormContext) => {
  if (refused !== null) throw refused
}

export const signInForms: readonly FormRoute[] = [
  {
    path: '/settings/sessions/others/end',
    role: 'reader',
    fields: BUTTON,
    act: async (context) => {
      refuseFirst(context)
      await signOutElsewhere(context.host.ledger, context.unit)
      return seeOther(paths.signIns())
    },
  },
  {
    path: '/settings/sessions/:id/end',
    role: 'reader',
    fields: BUTTON,
    act: async (context) => {
      refuseFirst(context)
      const { host, unit, viewer, params } = context
      const member = await signOutSession(host.ledger, unit, params.id ?? '')
      return params.id === viewer.id ? seeOther(paths.front()) : backTo(member, context)
    },
  },
  {
    path: '/settings/sign-ins/:id/removal',
    role: 'reader',
    fields: BUTTON,
    act: async (context) => {
      refuseFirst(context)
      const { host, unit, params } = context
      const { event } = await removeSignIn(host.ledger, unit, params.id ?? '')
      return backTo((event.payload as { id: string }).id, context)
    },
  },
  {
    path: '/settings/passkeys/challenge',
    role: 'reader',
    fields: BUTTON,
    act: async (context) => {
      refuseFirst(context)
      const { host, unit } = context
      return challenged(await newChallenge(host.ledger, unit.now, unit.by.member))
    },
  },
  {
    path: '/settings/passkeys',
    role: 'reader',
    fields: { own: { ...fieldsOf(PASSKEY).own, ...onceEach(MADE) } },
    act: (context) =>
      submitted(
        context,
        async ({ unit, request }) => {
          await takePasskey(context.host, unit, context.origin, request(PasskeyForm))
          return seeOther(`${paths.signIns()}#ways`)
        },
        (draft) => signInsPage(context, { form: 'passkey', draft }),
      ),
  },
  {
    path: '/settings/accounts',
    role: 'admin',
    fields: { own: { ...fieldsOf(ACCOUNT).own, ...onceEach(['/member']) } },
    act: (context) =>
      submitted(
        context,
        async ({ ledger, unit, request }) => {
          const asked = request(AccountForm)
          await nameAccount(ledger, unit, { ...asked, issuer: accountsOf(context.host).issuer })
          return backTo(asked.member, context)
        },
        (draft, refused) => {
          const [member] = context.form.get('/member') ?? []
          if (refused.code === 'not_found' || member === undefined) throw refused
          return signInsPage(context, { form: 'account', draft, member })
        },
      ),
  },
]
