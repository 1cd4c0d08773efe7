import type { Search } from '../../http/paths.ts'
import * as paths from '../../http/paths.ts'

/** Where what is new on a page can be followed from elsewhere. */
export type Feed = { title: string; href: string; type: 'application/atom+xml' | 'text/calendar' }

const atom = (title: string, href: string): Feed => ({ title, href, type: 'application/atom+xml' })
const calendarOf = (search: Search): Feed => ({
  title: 'Deadlines as a calendar',
  href: paths.deadlines(search),
  type: 'text/calendar',
})

/** The feeds of everything, or of what a filter of the ledger leaves. */
export const feedsOf = (search: Search = {}): Feed[] => [
  atom('Newly logged', paths.newFeed(search)),
  atom('Decided', paths.decidedFeed(search)),
  atom('Due', paths.dueFeed(search)),
  calendarOf(search),
]
export const DUE_FEEDS: readonly Feed[] = [atom('Due', paths.dueFeed()), calendarOf({})]
export const CORRECTION_FEED: readonly Feed[] = [atom('Corrections', paths.correctionFeed())]
export const LOG_FEED: readonly Feed[] = [atom('Checkpoints of the log', paths.logFeed())]

/** For programs, in the head of a page. */
export const FeedLinks = ({ feeds, of }: { feeds: readonly Feed[]; of: string }) => (
  <>
    {feeds.map(({ title, href, type }) => (
      <link rel="alternate" type={type} href={href} title={`${title} · ${of}`} />
    ))}
  </>
)

/** For people, below what a page shows. */
export const Follow = ({ feeds }: { feeds: readonly Feed[] }) => (
  <p class="follow small soft">
    <svg viewBox="0 0 16 16" width="13" height="13" aria-hidden="true">
      <circle cx="3" cy="13" r="2" fill="currentColor" />
      <path d="M1 7a8 8 0 0 1 8 8M1 2a13 13 0 0 1 13 13" fill="none" stroke="currentColor" stroke-width="2" />
    </svg>{' '}
    Follow:{' '}
    {feeds.map(({ title, href }, i) => (
      <>
        {i === 0 ? null : ' · '}
        <a href={href}>{title}</a>
      </>
    ))}
  </p>
)
