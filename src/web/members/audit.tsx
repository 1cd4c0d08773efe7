import { administered, reasonOf } from '../../core/administration.ts'
import * as paths from '../../http/paths.ts'
import { searchOf, words } from '../../http/search-params.ts'
import { readAdministration } from '../../store/documents/settings.ts'
import { Instant } from '../ui/date.tsx'
import { Page } from '../ui/layout.tsx'
import { memberNames } from '../ui/member-names.ts'
import type { PageHandler } from '../ui/page.ts'

const SHOWN = 50
const Before = { before: words(15).optional() }

/** `/settings/audit`: what was done to members, tokens, policy and clock, by whom: the latest first. */
export const auditPage: PageHandler = async (context) => {
  const { before = '' } = searchOf(context.url, Before)
  const after = /^\d{1,15}$/u.test(before) ? Number(before) : undefined
  const { done, members } = await readAdministration(context.host.ledger.db, { limit: SHOWN, after })
  const nameOf = memberNames(members)
  return (
    <Page title="History of administration" context={context}>
      <p class="crumbs">
        <a href={paths.settings()}>Settings</a> ›
      </p>
      <h1>History of administration</h1>
      <p class="lead">
        Who was let in, with what, and who did it. Each line is an entry of the log; only administrators read
        what is in it.
      </p>
      {done.items.length === 0 ? <p>Nothing before this.</p> : null}
      <ul class="history">
        {done.items.map((event) => {
          const reason = reasonOf(event)
          return (
            <li>
              <p class="tight">
                <bdi>{administered(event, nameOf)}</bdi>
              </p>
              {reason === null ? null : (
                <p class="tight soft">
                  <bdi>{reason}</bdi>
                </p>
              )}
              <p class="small soft tight">
                <bdi>{nameOf(event.by)}</bdi>, <Instant at={event.at} />, entry {event.seq}
              </p>
            </li>
          )
        })}
      </ul>
      {done.next === null ? null : (
        <p class="pages">
          <a href={paths.audit({ before: done.next })}>Before these</a>
        </p>
      )}
    </Page>
  )
}
