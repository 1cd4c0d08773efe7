import * as paths from '../../http/paths.ts'
import { searchOf, words } from '../../http/search-params.ts'
import {
  confirmAddress,
  type ReminderLink,
  stopReminders,
  targetOf,
} from '../../ledger/reminders/reminders.ts'
import { Page } from '../ui/layout.tsx'
import { html, type PageContext } from '../ui/page.ts'

const Query = { target: words(40).optional(), key: words(100).optional(), until: words(40).optional() }

const linkIn = (url: URL): ReminderLink => {
  const { target = '', key = '', until } = searchOf(url, Query)
  return { target, key, ...(until === undefined ? {} : { until }) }
}

type Shown = { title: string; says: string; button?: string; action?: string }

const shown = async (context: PageContext, { title, says, button, action }: Shown): Promise<Response> => {
  const answer = await html(
    <Page title={title} context={context}>
      <h1>{title}</h1>
      <p class="lead">{says}</p>
      {button === undefined ? null : (
        <form method="post" action={action}>
          <button type="submit">{button}</button>
        </form>
      )}
    </Page>,
  )
  answer.headers.set('x-robots-tag', 'noindex')
  return answer
}

/** Where a link in a letter leads: only the button does something, so that a preview of the link does not. */
export async function confirmationPage(context: PageContext): Promise<Response> {
  const link = linkIn(context.url)
  const { address, member_name } = await targetOf(context.host.ledger, link, context.host.now())
  return shown(context, {
    title: 'Your address',
    says: `Reminders of this ledger are to go to ${address}, and with links that are sent there ${member_name} can sign in.`,
    button: 'Confirm it',
    action: paths.remindersConfirmation(link),
  })
}

export async function remindersOffPage(context: PageContext): Promise<Response> {
  const { target, key } = linkIn(context.url)
  await targetOf(context.host.ledger, { target, key }, context.host.now())
  return shown(context, {
    title: 'No more reminders',
    says: 'No reminders of this ledger go to you any more once you say so here.',
    button: 'No more reminders',
    action: paths.remindersOff({ target, key }),
  })
}

/**
 * What was posted to a link. The link is what lets it through: programs for e-mail post to the one to stop without any
 * page of ours, and all they send is `List-Unsubscribe=One-Click` (RFC 8058).
 */
export async function takeReminderLink(context: PageContext): Promise<Response> {
  const { host, url } = context
  const link = linkIn(url)
  if (url.pathname === paths.remindersOff()) {
    await stopReminders(host.ledger, link, host.now())
    return shown(context, {
      title: 'No more reminders',
      says: 'Done. To have them again, choose them under Settings.',
    })
  }
  await confirmAddress(host.ledger, link, host.now())
  return shown(context, { title: 'Your address', says: 'It is confirmed. Reminders go there from now on.' })
}
