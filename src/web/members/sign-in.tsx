import * as paths from '../../http/paths.ts'
import { searchOf, words } from '../../http/search-params.ts'
import { localPath } from '../../http/session.ts'
import { SESSION_MS } from '../../ledger/members/membership.ts'
import { Card } from '../ui/card.tsx'
import { type Fields, onceEach } from '../ui/fields.ts'
import { Page } from '../ui/layout.tsx'
import type { PageContext } from '../ui/page.ts'

export const signInFields: Fields = { own: onceEach(['token', 'next']) }

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
          <p>There are no passwords here. You sign in with a link that works once, for 15 minutes.</p>
          <p>
            An administrator makes one in <a href={paths.settings()}>Settings</a>, or with{' '}
            <code>npx reckon sign-in</code> on the machine that runs Reckoning. The first start prints one.
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
