import type { Child } from 'hono/jsx'
import { may } from '../../core/member.ts'
import * as paths from '../../http/paths.ts'
import { assetOf } from './asset.ts'
import { Instant } from './date.tsx'
import { type Feed, FeedLinks, Follow } from './feeds.tsx'
import { JsonLd } from './json-ld.tsx'
import { counted } from './number.ts'
import { OnPaper } from './on-paper.tsx'
import type { PageContext } from './page.ts'
import { AnotherMoment, PastBanner } from './past.tsx'

export type Room = 'front' | 'ledger' | 'analysts' | 'sources' | 'due' | 'capture' | 'methods'

type PageProps = {
  title: string
  description?: string
  context: PageContext
  active?: Room
  /** The address of the same content as JSON. */
  json?: string
  /** Where what is new on it can be followed. */
  feeds?: readonly Feed[]
  /** What the page says, for machines. */
  data?: object
  /** Which view of it this is, where there are several. */
  view?: string | undefined
  children?: Child
}

/** The frame of every page: head, navigation, main, foot. */
export function Page({
  title,
  description,
  context,
  active,
  json,
  feeds = [],
  data,
  view,
  children,
}: PageProps) {
  const { host, viewer, due } = context
  // The past has nothing new, and no reader of feeds can sign in.
  const followed = host.asOf === undefined && host.settings.public ? feeds : []
  const room = (name: Room, href: string, label: Child) => (
    <a href={href} aria-current={active === name ? 'page' : undefined}>
      {label}
    </a>
  )
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title === 'Reckoning' ? title : `${title} · Reckoning`}</title>
        {description === undefined ? null : <meta name="description" content={description} />}
        <meta name="color-scheme" content="light dark" />
        <link rel="stylesheet" href={assetOf(host, 'style.css')} />
        <link rel="icon" href={assetOf(host, 'icon.svg')} type="image/svg+xml" />
        {host.assets === undefined ? null : <script type="module" src={assetOf(host, 'script.js')} />}
        {json === undefined ? null : <link rel="alternate" type="application/json" href={json} />}
        <FeedLinks feeds={followed} of={title} />
        <Shared title={title} description={description} context={context} />
        {data === undefined ? null : <JsonLd data={data} />}
      </head>
      <body>
        <a class="skip" href="#main">
          Skip to the content
        </a>
        {host.settings.banner === null ? null : <Banner text={host.settings.banner} />}
        {host.asOf === undefined ? null : <PastBanner context={context} moment={host.asOf} />}
        {context.doubt === null ? null : <DoubtfulClock context={context} />}
        <div class="page">
          <header class="top">
            <a class="name" href={paths.front()}>
              Reckoning
            </a>
            <nav aria-label="Main">
              {room('front', paths.front(), 'Record')}
              {room('ledger', paths.ledger(), 'Ledger')}
              {room('analysts', paths.analysts(), 'People')}
              {room('sources', paths.sources(), 'Sources')}
              {room('due', paths.due(), <>To decide {due === 0 ? null : <DueCount n={due} />}</>)}
              {viewer !== null && may(viewer.role, 'recorder')
                ? room('capture', paths.captures(), 'Capture')
                : null}
              {room('methods', paths.methods(), 'Methods')}
            </nav>
            <search>
              <form action={paths.ledger()} method="get">
                <input
                  type="search"
                  name="q"
                  placeholder="Search the ledger"
                  aria-label="Search the ledger"
                  value={active === 'ledger' ? (context.url.searchParams.get('q') ?? '') : ''}
                  maxlength={500}
                />
              </form>
            </search>
          </header>
          <main id="main" tabindex={-1}>
            {children}
            {followed.length === 0 ? null : <Follow feeds={followed} />}
          </main>
          <Foot context={context} />
          <OnPaper context={context} view={view} />
        </div>
      </body>
    </html>
  )
}

type SharedProps = Pick<PageProps, 'title' | 'context'> & { description: string | undefined }

/** How the page looks where somebody shares its address. */
function Shared({ title, description, context: { host, origin, url, card } }: SharedProps) {
  const own = origin + url.pathname + (card === null ? '' : url.search)
  const then = (address: string) => (host.asOf === undefined ? address : paths.asOf(address, host.asOf.as_of))
  const picture = card === null ? null : origin + card
  const said: [property: string, content: string][] = [
    ['og:site_name', 'Reckoning'],
    ['og:type', 'website'],
    ['og:title', title],
    ...(description === undefined ? [] : [['og:description', description] as [string, string]]),
    ['og:url', then(own)],
  ]
  if (picture !== null)
    said.push(
      ['og:image', picture],
      ['og:image:type', 'image/png'],
      ['og:image:width', '1200'],
      ['og:image:height', '630'],
      ['og:image:alt', description ?? title],
    )
  return (
    <>
      {said.map(([property, content]) => (
        <meta property={property} content={content} />
      ))}
      <meta name="twitter:card" content={picture === null ? 'summary' : 'summary_large_image'} />
      {picture === null ? null : <meta name="twitter:image" content={picture} />}
      {card === null
        ? null
        : (['json', 'xml'] as const).map((format) => (
            <link
              rel="alternate"
              type={format === 'json' ? 'application/json+oembed' : 'text/xml+oembed'}
              href={origin + then(paths.oembed({ url: own, format }))}
              title={title}
            />
          ))}
    </>
  )
}

/** What an administrator wants said on every page. */
export const Banner = ({ text }: { text: string }) => (
  <aside class="banner" aria-label="Notice">
    {text}
  </aside>
)

/** Nothing can be written: members are told. */
const DoubtfulClock = ({ context: { viewer } }: { context: PageContext }) => (
  <aside class="banner" aria-label="The clock">
    The clock of this server is in doubt: nothing is written for now.{' '}
    {viewer !== null && may(viewer.role, 'admin') ? (
      <a href={paths.clock()}>Why, and what to do</a>
    ) : (
      'An administrator can say more.'
    )}
  </aside>
)

const DueCount = ({ n }: { n: number }) => (
  <span class="count">
    {n}
    <span class="unseen"> need{n === 1 ? 's' : ''} a decision</span>
  </span>
)

function Foot({ context }: { context: PageContext }) {
  const { host, now, head, viewer } = context
  return (
    <footer class="foot">
      <p>
        {counted(head.seq + 1, 'entry', 'entries')} in the ledger
        {head.seq < 0 ? null : <>, up to entry {head.seq.toLocaleString('en')}</>}, as of <Instant at={now} />
        . <a href={paths.methods()}>Methods</a> · <a href={paths.corrections()}>Corrections</a> ·{' '}
        <a href={paths.log()}>The log</a> · <a href={paths.lookup()}>Look up</a> ·{' '}
        <a href={paths.docs()}>Documentation</a> · <a href={paths.help()}>Keys</a> ·{' '}
        <span class="nowrap">Reckoning {host.version}</span>
      </p>
      <AnotherMoment context={context} />
      {host.asOf !== undefined ? null : viewer === null ? (
        <p>
          <a href={paths.signIn()}>Sign in</a>
        </p>
      ) : (
        <form action={paths.signOut()} method="post">
          Signed in as <bdi>{viewer.name}</bdi> ({viewer.role}).{' '}
          <span class="nowrap">
            <a href={paths.settings()}>Settings</a> ·
            <button class="link" type="submit">
              Sign out
            </button>
          </span>
        </form>
      )}
    </footer>
  )
}
