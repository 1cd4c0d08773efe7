import { later } from '../../http/later.ts'
import * as paths from '../../http/paths.ts'
import type { PageContext, PageHandler } from '../ui/page.ts'
import type { Find } from './oembed.ts'

const share = () => import('./pages.ts')

type Route = { path: string; page: PageHandler; role?: unknown; open?: unknown; fresh?: unknown }

/** Pages whose picture is of their own making. */
const OWN: Readonly<Record<string, PageHandler>> = {
  '/forecasts/:id': later(share, (of) => of.forecastCard),
  [paths.ledger()]: later(share, (of) => of.ledgerCard),
}
/** Frames of pages, feeds and what somebody asked: nobody shares them. */
const IS_PART = /^\/(?:embed|feeds)\/|^\/lookup$|\.atom$/u

/** A page that everybody may read. */
const isShared = ({ path, role, open, fresh }: Omit<Route, 'page'>): boolean =>
  role === undefined && open === undefined && fresh === undefined && !IS_PART.test(path)

/** The picture of a page that is shared, where pictures are made and somebody else can see them. */
export function cardOf(
  { host, url }: Pick<PageContext, 'host' | 'url'>,
  route: Omit<Route, 'page'>,
): string | null {
  if (host.pictures === undefined || !host.settings.public || !isShared(route)) return null
  const card = paths.pictureOf(url.pathname + url.search)
  return host.asOf === undefined ? card : paths.asOf(card, host.asOf.as_of)
}

/** Which of some pages stands at a path. */
const findingIn =
  (pages: readonly Route[]): Find =>
  (path) => {
    const parts = path.split('/')
    for (const route of pages) {
      const pattern = route.path.split('/')
      if (pattern.length !== parts.length) continue
      if (!pattern.every((part, i) => part.startsWith(':') || part === parts[i])) continue
      const params = pattern.flatMap((part, i) =>
        part.startsWith(':') ? [[part.slice(1), decoded(parts[i] ?? '')]] : [],
      )
      return { page: route.page, params: Object.fromEntries(params) }
    }
    return null
  }

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

/** What belongs to pages that everybody may read: pictures of them, their charts, and what machines ask before they show one. */
export function sharing<R extends Route>(
  all: readonly R[],
): { path: string; page: PageHandler; open?: true }[] {
  const pages = all.filter(isShared)
  return [
    ...pages.flatMap(({ path, page }) => {
      const named = path === '/' ? '/front' : path
      const card = /:id$/u.test(named) ? named.replace(/:id$/u, ':id{[^/]+\\.png}') : `${named}.png`
      return [
        { path: `/cards${card}`, page: OWN[path] ?? later(share, (of) => of.pagePicture(page)) },
        { path: `/charts${named}/:chart{[\\w-]+\\.png}`, page: later(share, (of) => of.chartPicture(page)) },
        { path: `/charts${named}/:chart{[\\w-]+\\.csv}`, page: later(share, (of) => of.chartData(page)) },
        { path: `/charts${named}/:chart{[\\w-]+}`, page: later(share, (of) => of.chartFrame(page)) },
      ]
    }),
    { path: paths.oembed(), page: later(share, (of) => of.oembedPage(findingIn(pages))) },
    { path: paths.sitemap(), page: later(share, (of) => of.sitemapPage) },
    { path: '/sitemap/:part{[\\w-]+\\.xml}', page: later(share, (of) => of.sitemapPart) },
    { path: paths.robots(), page: later(share, (of) => of.robotsPage), open: true },
  ]
}
