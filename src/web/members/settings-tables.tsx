import type { Child } from 'hono/jsx'
import { formerMember, may } from '../../core/member.ts'
import * as paths from '../../http/paths.ts'
import type { MemberRow, TokenRow } from '../../store/members.ts'
import { Instant } from '../ui/date.tsx'
import { TableHead } from '../ui/table-head.tsx'

/** Ends every session of a member. */
export const SignOut = ({ id, of, everywhere }: { id: string; of?: string; everywhere?: true }) => (
  <form method="post" action={paths.memberSignOut(id)}>
    <button class="quiet" type="submit">
      Sign out{everywhere ? ' in every browser' : null}
      {of === undefined ? null : <span class="unseen"> {of} everywhere</span>}
    </button>
  </form>
)

const SHOWN = 50

/** A page of a table, numbered from 1 by a name of the address, and the way to its neighbours. */
function pageOf<T>(all: readonly T[], url: URL, name: string): { shown: readonly T[]; links: Child } {
  const last = Math.max(1, Math.ceil(all.length / SHOWN))
  const asked = Number(url.searchParams.get(name) ?? 1)
  const page = Number.isInteger(asked) && asked >= 1 ? Math.min(asked, last) : 1
  const to = (other: number, words: string) => (
    <a href={`${paths.settings({ [name]: other })}#${name}`}>
      {words}
      <span class="unseen"> of the {name}</span>
    </a>
  )
  const links =
    last === 1 ? null : (
      <p class="pages">
        {page === 1 ? null : <>{to(page - 1, 'Before these')} · </>}
        {page} of {last}
        {page === last ? null : <> · {to(page + 1, 'After these')}</>}
      </p>
    )
  return { shown: all.slice((page - 1) * SHOWN, page * SHOWN), links }
}

/** Who keeps the ledger, each with a way to sign in. */
export function Members({ people, url }: { people: readonly MemberRow[]; url: URL }) {
  const { shown, links } = pageOf(people, url, 'members')
  return (
    <>
      <h2 id="members">Members</h2>
      <div class="scroll">
        <table class="stacked">
          <caption class="unseen">Members and their roles</caption>
          <TableHead columns={['Name', 'Role', 'Since', 'Sign-in']} />
          <tbody>
            {shown.map(({ id, name, role, suspended, because, at }) => (
              <tr>
                <th scope="row">
                  <bdi>{name}</bdi>
                </th>
                <td data-name="Role">{role}</td>
                <td class="small wide-cell" data-name="Since">
                  <Instant at={at} />
                </td>
                <td class="text">
                  {name === formerMember(id) ? (
                    <a href={paths.redactions()}>The name was taken out</a>
                  ) : suspended ? (
                    <>
                      suspended: <bdi>{because}</bdi>{' '}
                      <a href={paths.redactions({ kind: 'member', id })}>
                        Take the name out<span class="unseen"> of {name}</span>
                      </a>
                    </>
                  ) : (
                    <div class="actions">
                      <form method="post" action={paths.links()}>
                        <input type="hidden" name="/member" value={id} />
                        <button class="quiet" type="submit">
                          Make a link<span class="unseen"> for {name}</span>
                        </button>
                      </form>
                      <SignOut id={id} of={name} />
                      <a href={paths.signIns({ member: id })}>
                        Sessions<span class="unseen"> of {name}</span>
                      </a>
                    </div>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {links}
    </>
  )
}

/** What a token lets do now, where its holder may do less than it says. */
function Cap({ token, holder }: { token: TokenRow; holder: MemberRow | undefined }) {
  if (holder === undefined || token.revoked_at !== null) return null
  if (holder.suspended) return <span class="soft"> (rests)</span>
  return may(holder.role, token.role) ? null : <span class="soft"> (now {holder.role})</span>
}

type TokensProps = { tokens: readonly TokenRow[]; people: readonly MemberRow[]; url: URL }

/** Who may write by program, each with a way to stop it. */
export function Tokens({ tokens, people, url }: TokensProps) {
  // What still works first, so that what was revoked hides nothing.
  const inOrder = tokens.toSorted((a, b) => Number(a.revoked_at !== null) - Number(b.revoked_at !== null))
  const { shown, links } = pageOf(inOrder, url, 'tokens')
  const holders = new Map(people.map((person) => [person.id, person]))
  return (
    <>
      <h2 id="tokens">Tokens</h2>
      <p class="soft">A program writes with a token. The ledger keeps only a fingerprint of it.</p>
      {tokens.length === 0 ? (
        <p>None yet.</p>
      ) : (
        <div class="scroll">
          <table class="stacked">
            <caption class="unseen">Tokens and their holders</caption>
            <TableHead columns={['Name', 'Holder', 'Role', 'Issued', 'State']} />
            <tbody>
              {shown.map((token) => (
                <tr>
                  <th scope="row">
                    <bdi>{token.name}</bdi>
                  </th>
                  <td class="wide-cell" data-name="Holder">
                    <bdi>{holders.get(token.member)?.name ?? 'somebody unknown'}</bdi>
                  </td>
                  <td data-name="Role">
                    {token.role}
                    {token.scopes === null ? null : (
                      <span class="small"> only {token.scopes.join(', ')}</span>
                    )}
                    <Cap token={token} holder={holders.get(token.member)} />
                  </td>
                  <td class="small wide-cell" data-name="Issued">
                    <Instant at={token.issued_at} />
                  </td>
                  <td class="small text">
                    {token.revoked_at === null ? (
                      <form method="post" action={paths.tokenRevocation(token.id)}>
                        <button class="quiet" type="submit">
                          Revoke<span class="unseen"> {token.name}</span>
                        </button>
                      </form>
                    ) : (
                      <>
                        revoked <Instant at={token.revoked_at} />
                      </>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {links}
    </>
  )
}
