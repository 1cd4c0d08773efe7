import { Email } from '../../core/email.ts'
import { invalid, LedgerError } from '../../core/error.ts'
import * as paths from '../../http/paths.ts'
import { searchOf, words } from '../../http/search-params.ts'
import { unsentBecause } from '../../http/sending.ts'
import { localPath, signIn } from '../../http/session.ts'
import { takesPasskeys } from '../../http/sign-in.ts'
import { SESSION_MS } from '../../ledger/members/membership.ts'
import { askToSignIn } from '../../ledger/reminders/reminders.ts'
import { Card } from '../ui/card.tsx'
import { type Fields, onceEach } from '../ui/fields.ts'
import { Page } from '../ui/layout.tsx'
import { type ArrivalRoute, type PageContext, seeOther, seeWith } from '../ui/page.ts'
import { PasskeyButton } from './passkey-form.tsx'

export const signInFields: Fields = { own: onceEach(['token', 'next']) }

/** Uses the link up that stands in the form. */
export const signInByLink: ArrivalRoute['act'] = async ({ host, form, arrival: { headers, origin } }) => {
  const next = localPath(form.get('next')?.[0] ?? null)
  return seeWith(next, [await signIn(host, headers, origin, form.get('token')?.[0] ?? '')])
}

export const linkFields: Fields = { own: onceEach(['email']) }

/** Asks for a letter with a link. The answer, and the time it takes, is the same whether or not anybody gets one. */
export const askForLink: ArrivalRoute['act'] = async ({ host, form }) => {
  const unsent = unsentBecause(host, 'letters')
  if (unsent !== null) throw new LedgerError('conflict', unsent)
  const email = Email.safeParse(form.get('email')?.[0] ?? '')
  if (!email.success) throw invalid('/email', 'This is no e-mail address: go back and type it once more.')
  await askToSignIn(host.ledger, email.data, host.now())
  host.sendSoon?.()
  return seeOther(paths.signIn({ sent: 'yes' }))
}

const SignInQuery = {
  token: words(200).optional(),
  next: words(2000).optional(),
  sent: words(3).optional(),
}

/** The link leads here; only the button uses it up, so that a preview of the link does not. */
export function signInPage(context: PageContext) {
  const { token = '', next: wanted = null, sent } = searchOf(context.url, SignInQuery)
  const next = localPath(wanted)
  return (
    <Page title="Sign in" context={context}>
      {sent === undefined ? null : (
        <p class="notice" role="status">
          If a member has confirmed this address, a letter with a link is on its way to it. The link works
          once, for 15 minutes.
        </p>
      )}
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
          {unsentBecause(context.host, 'letters') === null ? <AskForLink /> : null}
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

const AskForLink = () => (
  <form method="post" action={paths.signInLink()}>
    <div class="field">
      <label for="sign-in-email">E-mail address</label>
      <input id="sign-in-email" name="email" type="email" autocomplete="email" maxlength={254} required />
      <p class="hint">The one that you confirmed for reminders.</p>
    </div>
    <button type="submit">Send me a link</button>
  </form>
)
