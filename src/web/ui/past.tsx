import type { Child } from 'hono/jsx'
import { dayText } from '../../core/calendar.ts'
import type { PastMoment } from '../../http/host.ts'
import * as paths from '../../http/paths.ts'
import { isAlwaysTheSame } from '../../http/read-weight.ts'
import { Instant } from './date.tsx'
import type { PageContext } from './page.ts'

/** Members' own pages are not of the record. */
const MEMBERS_OWN = /^\/(captures?|settings|sign-in|reply|reminders)(\/|$)|\/(resolve|amend)$/u

const hasPast = ({ host, url, head }: PageContext): boolean =>
  host.past !== undefined &&
  head.seq >= 0 &&
  !isAlwaysTheSame(url.pathname) &&
  !MEMBERS_OWN.test(url.pathname)

const here = ({ url }: PageContext): string => url.pathname + url.search

/** When it was, in a sentence. */
export const WhenItWas = ({ moment: { day, at, isSettled } }: { moment: PastMoment }) =>
  day === null ? (
    <>
      just after <Instant at={at} />
    </>
  ) : isSettled ? (
    <>at the end of {dayText(day)} (UTC)</>
  ) : (
    <>on {dayText(day)} (UTC), which is not over yet</>
  )

/** The changes of whom or of what the page is about, since a moment. */
function changesSince({ url }: PageContext, since?: string): string {
  const [, noun, id] = /^\/(analysts|questions)\/([\w-]+)$/u.exec(url.pathname) ?? []
  const of = id === undefined ? {} : { [noun === 'analysts' ? 'analyst' : 'question']: id }
  return paths.changes({ since, ...of })
}

/** On top of a page of the past: which moment it is, and by what it was made. */
export async function PastBanner({ context, moment }: { context: PageContext; moment: PastMoment }) {
  const { host } = context
  const { LEXICON_VERSION } = await import('../../reading/english/lexicon.ts')
  return (
    <aside class="banner past" aria-label="An earlier state">
      <p>
        <strong>The record as it stood</strong> <WhenItWas moment={moment} />, up to entry{' '}
        {moment.seq.toLocaleString('en')}.{' '}
        <a href={here(context)} data-now>
          This page today
        </a>{' '}
        ·{' '}
        <a href={changesSince(context, moment.as_of)} data-now>
          What has changed since
        </a>
      </p>
      <p class="small">
        Made from the log by the Reckoning of today: version {host.version}, build {host.build}, lexicon{' '}
        {LEXICON_VERSION}.
      </p>
    </aside>
  )
}

type MomentProps = { name: 'as_of' | 'since'; value: string; children?: Child }

/** A moment of the record as it is typed, and what asks for it. */
export const MomentField = ({ name, value, children }: MomentProps) => (
  <>
    <label for={name}>{children}</label>
    <input
      id={name}
      name={name}
      type="text"
      required
      size={14}
      maxlength={15}
      value={value}
      placeholder="2025-03-01"
      pattern="[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]+"
      title="A day such as 2025-03-01, or the number of an entry"
      autocomplete="off"
    />
    <button type="submit" class="quiet">
      See it
    </button>
  </>
)

/** In the foot: the entry up to which this was made, and the way to another moment. */
export function AnotherMoment({ context }: { context: PageContext }) {
  if (!hasPast(context)) return null
  const { url, host } = context
  return (
    <form action={url.pathname} method="get" class="another-moment" data-now>
      {[...url.searchParams].map(([name, value]) =>
        name === 'as_of' ? null : <input type="hidden" name={name} value={value} />,
      )}
      <MomentField name="as_of" value={host.asOf?.as_of ?? ''}>
        See this page as it stood on another day
      </MomentField>
      {host.asOf === undefined ? (
        <a href={asItStands(context) ?? undefined}>Lasting address of this page</a>
      ) : null}
      <a href={changesSince(context)}>What has changed since …</a>
    </form>
  )
}

/** The address of this page as it stands at this entry; null where no past can be made. */
export const asItStands = (context: PageContext, address = here(context)): string | null =>
  hasPast(context) ? paths.asOf(address, String(context.head.seq)) : null
