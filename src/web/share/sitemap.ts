import { LedgerError } from '../../core/error.ts'
import * as paths from '../../http/paths.ts'
import {
  countMapped,
  MAPPED_AT_ONCE,
  type MappedNoun,
  mappedNouns,
  readMapped,
} from '../../store/documents/sitemap.ts'
import type { PageHandler } from '../ui/page.ts'
import { escaped } from './flow.ts'

const PAGES: Record<MappedNoun, (id: string) => string> = {
  analyst: paths.analyst,
  question: paths.question,
  source: paths.source,
  forecast: paths.forecast,
}
/** Those that are of no record. */
const OTHERS = [
  paths.front(),
  paths.ledger(),
  paths.analysts(),
  paths.sources(),
  paths.due(),
  paths.methods(),
]

const xml = (name: string, lines: readonly string[]) =>
  new Response(
    `<?xml version="1.0" encoding="UTF-8"?>\n<${name} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${lines.join('\n')}\n</${name}>\n`,
    { headers: { 'content-type': 'application/xml; charset=utf-8' } },
  )

/** `/sitemap.xml`: in which files all the pages stand. */
export const sitemapPage: PageHandler = async ({ host, origin }) => {
  const counts = await countMapped(host.ledger.db)
  const parts = mappedNouns.flatMap((noun) =>
    Array.from({ length: Math.ceil(counts[noun] / MAPPED_AT_ONCE) }, (_, i) => `${noun}-${i + 1}`),
  )
  return xml(
    'sitemapindex',
    ['pages', ...parts].map(
      (part) => `<sitemap><loc>${escaped(origin + paths.sitemapPart(part))}</loc></sitemap>`,
    ),
  )
}

/** `/sitemap/forecast-1.xml`: the pages of some records, and when each last changed. */
export const sitemapPart: PageHandler = async ({ host, origin, now, params }) => {
  const file = (params.part ?? '').replace(/\.xml$/u, '')
  const line = (path: string, at?: string) =>
    `<url><loc>${escaped(origin + path)}</loc>${at === undefined ? '' : `<lastmod>${at}</lastmod>`}</url>`
  if (file === 'pages')
    return xml(
      'urlset',
      OTHERS.map((path) => line(path)),
    )
  const [, name, part] = /^([a-z]+)-([1-9]\d{0,5})$/u.exec(file) ?? []
  const noun = mappedNouns.find((known) => known === name)
  const records = noun === undefined ? [] : await readMapped(host.ledger.db, noun, Number(part))
  if (noun === undefined || records.length === 0)
    throw new LedgerError('not_found', 'There is no such part of the map of this site.')
  // What a wrong clock has stamped ahead of now did not change later than now.
  const latest = now.toISOString()
  return xml(
    'urlset',
    records.map(({ id, at }) => line(PAGES[noun](id), at > latest ? latest : at)),
  )
}

/** `/robots.txt`: a ledger that is not public asks to be left alone; else what has no page for readers is left out. */
export const robotsPage: PageHandler = ({ host, origin }) =>
  new Response(
    host.settings.public
      ? [
          'User-agent: *',
          ...[paths.apiOf('/'), paths.captures(), paths.capture(''), paths.settings(), paths.signIn()].map(
            (path) => `Disallow: ${path}`,
          ),
          '',
          `Sitemap: ${origin}${paths.sitemap()}`,
          '',
        ].join('\n')
      : 'User-agent: *\nDisallow: /\n',
    { headers: { 'content-type': 'text/plain; charset=utf-8' } },
  )
