import * as paths from '../../http/paths.ts'
import { searchOf, words } from '../../http/search-params.ts'
import { localPath, signIn } from '../../http/session.ts'
import { takesPasskeys } from '../../http/sign-in.ts'
import { SESSION_MS } from '../../ledger/members/membership.ts'
import { Card } from '../ui/card.tsx'
import { type Fields, onceEach } from '../ui/fields.ts'
import { Page } from '../ui/layout.tsx'
import { type ArrivalRoute, type PageContext, seeWith } from '../ui/page.ts'
import { PasskeyButton } from './passkey-form.tsx'

export const signInFields: Fields = { own: onceEach(['token', 'next']) }

/** Uses the link up that stands in the form. */
export const signInByLink: ArrivalRoute['act'] = async ({ host, form, arrival: { headers, origin } }) => {
  const next = localPath(form.get('next')?.[0] ?? null)
  return seeWith(next, [await signIn(host, headers, origin, form.get('token')?.[0] ?? '')])
}

const SignInQuery = { token: words(200).optional(), next: words(2000).optional() }

/** The link leads here; only the button uses it up, so that a preview of the link does not. */
export function signInPage(context: PageContext) {
  const { token = '', next: wanted = null } = searchOf(context.url, SignInQuery)
  const next = localPath(wanted)
  return (
    <Page title="Sign in" context={context}>
      <h1>Sign in</h1>
      {token === '' ? (
        <Card>
          <p>There are no passwords here.</p>
          {context.host.accounts === undefined ? null : (
            <p>
              <a class="button" href={paths.account({ next })}>
                Sign in at {new URL(context.host.accounts.issuer).host}
              </a>
            </p>
          )}
          {takesPasskeys(context.origin) ? <PasskeyButton next={next} /> : null}
          <p>
            A link signs you in, once, within 15 minutes. An administrator makes one in{' '}
            <a href={paths.settings()}>Settings</a>, or with <code>npx reckon sign-in</code> on the machine
            that runs Reckoning. The first start prints one.
          </p>
        </Card>
      ) : (
        <Card>
          <p>This link signs you in on this browser for {SESSION_MS / 86_400_000} days.</p>
          <form method="post" action={paths.signIn()}>
            <input type="hidden" name="token" value={token} />
            <input type="hidden" name="next" value={next} />
            <button type="submit">Sign in</button>
          </form>
        </Card>
      )}
    </Page>
  )
}
