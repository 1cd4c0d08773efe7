import type { PageHandler } from '../ui/page.ts'
import { forecastCard } from './card.tsx'
import { chartData, chartFrame, chartPicture, pagePicture } from './chart.tsx'

type Route = { path: string; page: PageHandler; role?: unknown; open?: unknown; fresh?: unknown }

/** Pages whose picture is of their own making. */
const OWN: Readonly<Record<string, PageHandler>> = { '/forecasts/:id': forecastCard }
const IS_FRAME = /^\/embed\//u

/** What belongs to each page that everybody may read: a picture of it, and its charts as pictures, frames and numbers. */
export function sharing<R extends Route>(pages: readonly R[]): { path: string; page: PageHandler }[] {
  return pages
    .filter(
      ({ path, role, open, fresh }) =>
        role === undefined && open === undefined && fresh === undefined && !IS_FRAME.test(path),
    )
    .flatMap(({ path, page }) => {
      const named = path === '/' ? '/front' : path
      const card = /:id$/u.test(named) ? named.replace(/:id$/u, ':id{[^/]+\\.png}') : `${named}.png`
      return [
        { path: `/cards${card}`, page: OWN[path] ?? pagePicture(page) },
        { path: `/charts${named}/:chart{[\\w-]+\\.png}`, page: chartPicture(page) },
        { path: `/charts${named}/:chart{[\\w-]+\\.csv}`, page: chartData(page) },
        { path: `/charts${named}/:chart{[\\w-]+}`, page: chartFrame(page) },
      ]
    })
}
