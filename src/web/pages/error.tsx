import { html } from 'hono/html'
import type { ErrorCode } from '../../core/error.ts'
import { Page } from '../layout.tsx'
import type { PageContext } from '../page.ts'

const HEADINGS: Partial<Record<ErrorCode, string>> = {
  not_found: 'There is nothing here',
  unauthenticated: 'Please sign in',
  forbidden: 'This is not allowed',
  four_eyes: 'Somebody else must do this',
  internal: 'Something broke on our side',
  malformed: 'This address cannot be read',
  rate_limited: 'Too many attempts',
  method_not_allowed: 'This address is not a page',
}

const HELP: Partial<Record<ErrorCode, string>> = {
  internal:
    'It was written to the server’s log. Nothing was half written: an entry is recorded whole or not at all.',
  four_eyes: 'An outcome counts once two people have seen it. Ask another member who may resolve.',
  rate_limited: 'Wait a minute, then try again.',
  conflict: 'Somebody else may have been first. Read the page again and look what has changed.',
  stale: 'Read the page again and look what has changed.',
  already_decided:
    'A decision is not changed but corrected: a new resolution supersedes the old one, and both stay visible.',
  rebuilding: 'Reading goes on in a moment. Nothing is lost.',
}

type ErrorProps = { context: PageContext | null; code: ErrorCode; message: string | null }

/** What went wrong, in words, and where to go from here. Without a context the database did not answer. */
export function ErrorPage({ context, code, message }: ErrorProps) {
  const heading = HEADINGS[code] ?? 'This did not work'
  const help = HELP[code]
  if (context === null)
    return html`<html lang="en"><head><meta charset="utf-8"><title>${heading} · Reckoning</title></head><body><main><h1>${heading}</h1><p>${message ?? ''}</p><p>${help ?? ''}</p></main></body></html>`
  const next = context.url.pathname + context.url.search
  return (
    <Page title={heading} context={context}>
      <h1>{heading}</h1>
      {message === null ? null : <p class="lead">{message}</p>}
      {help === undefined ? null : <p>{help}</p>}
      <p>
        {code === 'unauthenticated' && context.viewer === null ? (
          <>
            <a href={next.startsWith('/sign-') ? '/sign-in' : `/sign-in?next=${encodeURIComponent(next)}`}>
              How to sign in
            </a>{' '}
            ·{' '}
          </>
        ) : null}
        <a href="/">The ledger</a> · <a href="/due">What needs a decision</a> ·{' '}
        <a href="/analysts">Analysts</a>
        {context.viewer === null ? null : (
          <>
            {' '}
            · <a href="/capture">Log a forecast</a>
          </>
        )}
      </p>
      <p class="soft small">
        Code <a href={`/docs/problems#${code}`}>{code}</a>
      </p>
    </Page>
  )
}
