import { html } from 'hono/html'
import type { ErrorCode } from '../core/error.ts'
import { may } from '../core/member.ts'
import * as paths from '../http/paths.ts'
import { searchNearest } from '../store/search.ts'
import { Nearest } from './ledger/found.tsx'
import { Page } from './ui/layout.tsx'
import type { PageContext } from './ui/page.ts'

const HEADINGS: Partial<Record<ErrorCode, string>> = {
  not_found: 'There is nothing here',
  unauthenticated: 'Please sign in',
  forbidden: 'This is not allowed',
  four_eyes: 'Somebody else must do this',
  internal: 'Something broke on our side',
  malformed: 'This address cannot be read',
  rate_limited: 'This is too much for now',
  busy: 'Too many ask at once',
  over_quota: 'You hold as many as you may',
  method_not_allowed: 'This address is not a page',
  too_large: 'This is too much at once',
  conflict: 'Somebody else was first, perhaps',
  stale: 'This has changed meanwhile',
  already_decided: 'This was decided already',
  frozen: 'This no longer changes',
  rebuilding: 'Back in a moment',
  behind: 'The ledger needs its administrator',
  clock: 'The clock is in doubt',
  damaged: 'The ledger is damaged',
  unavailable: 'The ledger cannot be reached',
  provider: 'Signing in there does not work now',
}

const HELP: Partial<Record<ErrorCode, string>> = {
  not_found:
    'A record keeps its address, unless that told what was taken out of it. The link may be cut off or mistyped.',
  forbidden: 'An administrator gives roles, in the settings.',
  frozen: 'After the deadline, or once an outcome is proposed, the rules of a question stand.',
  behind: 'Its database is older than this program: “reckon migrate” brings it up to date. Nothing is lost.',
  clock: 'Nothing was written. What was recorded is safe, and reading goes on.',
  damaged: 'Nothing was written. Whoever runs the ledger has to put a backup in its place.',
  unavailable: 'What was recorded is safe.',
  provider: 'Who is signed in stays so, and a sign-in link from an administrator works as always.',
  malformed: 'Shorten or correct what was typed, or what stands after the question mark of the address.',
  internal:
    'It was written to the server’s log. Nothing was half written: an entry is recorded whole or not at all.',
  four_eyes: 'An outcome counts once two people have seen it. Ask another member who may resolve.',
  rate_limited:
    'Reads and attempts to sign in are counted by the minute, what a member writes by the day. Nothing was kept of this.',
  busy: 'Long answers are made one after the other. Wait a moment, then try again.',
  method_not_allowed: 'It takes what a form sends. Go back to the page on which the form stands.',
  too_large: 'Nothing of it was kept. Shorten it, or send it in parts.',
  conflict: 'Somebody else may have been first. Read the page again and look what has changed.',
  stale: 'Read the page again and look what has changed.',
  already_decided:
    'A decision is not changed but corrected: a new resolution supersedes the old one, and both stay visible.',
  rebuilding: 'Reading goes on in a moment. Nothing is lost.',
}

type ErrorProps = {
  context: PageContext | null
  /** Of the style sheet, which is there even when nothing else is. */
  /** The address of the sheet. */
  style: string
  code: ErrorCode
  message: string | null
}

const NEAR = 6

/** Where the ledger is readable, what the address may have meant. */
async function nearestTo({ host, viewer, url }: PageContext) {
  if (viewer === null && !host.settings.public) return []
  const [, first = '', ...rest] = url.pathname.split('/')
  const words = rest.length === 0 ? first : rest.join(' ')
  const near = await searchNearest(host.ledger.db, decoded(words), 3 * NEAR)
  const isAsked = (kind: string) => first === `${kind}s`
  return near.sort((a, b) => Number(isAsked(b.kind)) - Number(isAsked(a.kind))).slice(0, NEAR)
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

/** What went wrong, in words, and where to go from here. Without a context the database did not answer. */
export async function ErrorPage({ context, style, code, message }: ErrorProps) {
  const heading = HEADINGS[code] ?? 'This did not work'
  // Nobody who is signed out lacks a role: their form came from elsewhere.
  const help = code === 'forbidden' && context?.viewer == null ? undefined : HELP[code]
  if (context === null)
    return html`<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><title>${heading} · Reckoning</title><link rel="stylesheet" href="${style}"></head><body><div class="page"><header class="top"><a class="name" href="${paths.front()}">Reckoning</a></header><main><h1>${heading}</h1><p class="lead">${message ?? ''}</p><p>${help ?? ''}</p></main></div></body></html>`
  const next = context.url.pathname + context.url.search
  const near = code === 'not_found' ? await nearestTo(context).catch(() => []) : []
  return (
    <Page
      title={heading}
      context={context}
      {...(context.url.pathname === paths.ledger() ? { active: 'ledger' as const } : {})}
    >
      <h1>{heading}</h1>
      {message === null ? null : <p class="lead">{message}</p>}
      {help === undefined ? null : <p>{help}</p>}
      <Nearest near={near} />
      <p>
        {code === 'unauthenticated' && context.viewer === null ? (
          <>
            <a href={paths.signIn({ next: next.startsWith('/sign-') ? undefined : next })}>How to sign in</a>{' '}
            ·{' '}
          </>
        ) : null}
        <a href={paths.ledger()}>The ledger</a> · <a href={paths.due()}>What needs a decision</a> ·{' '}
        <a href={paths.analysts()}>Analysts</a>
        {context.viewer === null || !may(context.viewer.role, 'recorder') ? null : (
          <>
            {' '}
            · <a href={paths.captures()}>Log a forecast</a>
          </>
        )}
      </p>
      <p class="soft small">
        Code <a href={paths.problem(code)}>{code}</a>
      </p>
    </Page>
  )
}
