import { LedgerError } from '../../core/error.ts'
import { parsedUrl } from '../../core/url.ts'
import * as paths from '../../http/paths.ts'
import type { PageContext, PageHandler } from '../ui/page.ts'
import { frameCode } from './embed.tsx'
import { escaped } from './flow.ts'
import { figureIn, titleIn } from './markup.ts'
import { pageOf, shownAt } from './shown.ts'

// https://oembed.com: what another site needs to show one of our pages, given its address.

const [WIDTH, HEIGHT] = [680, 480]
/** Frames of their own; of other pages the first chart is framed. */
const FRAMED = /^\/(forecasts|analysts)\/[^/]+$/u
const CHART = /^\/charts\/.+\/([\w-]+)$/u

/** Which page stands at a path, with the parts of the path that it names. */
export type Find = (path: string) => { page: PageHandler; params: Record<string, string> } | null

const refused = (text: string) => new LedgerError('malformed', text)
const nowhere = (text = 'There is no page of this ledger at that address.') =>
  new LedgerError('not_found', text)

function sizeOf(asked: string | null, own: number): number | null {
  if (asked === null) return own
  return /^[1-9]\d{0,4}$/u.test(asked) ? Math.min(own, Number(asked)) : null
}

type Answer = Readonly<Record<string, string | number>>

const asXml = (answer: Answer) =>
  `<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n<oembed>\n${Object.entries(answer)
    .map(([name, value]) => `<${name}>${escaped(String(value))}</${name}>`)
    .join('\n')}\n</oembed>\n`

/** The frame that shows a page or one of its charts elsewhere; null where it has none. */
function frameOf(page: string, path: string, search: string, chart: string | null): string | null {
  const address = path + search
  if (chart !== null) return figureIn(page, chart) === undefined ? null : paths.chartFrame(address, chart)
  if (FRAMED.test(path)) return paths.frameOf(address)
  const [, id] = /^<figure\b[^>]*\sid="([\w-]+)"/u.exec(figureIn(page) ?? '') ?? []
  return id === undefined ? null : paths.chartFrame(address, id)
}

/** `/oembed?url=…`: how to show the page at an address of ours. */
export const oembedPage =
  (find: Find): PageHandler =>
  async (context) => {
    const { url: asking, origin, host } = context
    const said = asking.searchParams
    const format = said.get('format') ?? 'json'
    if (format !== 'json' && format !== 'xml')
      // The convention names 501 for it; nothing that is asked is answered as if it were a defect of ours.
      throw refused('"format" is json or xml.')
    const [width, height] = [sizeOf(said.get('maxwidth'), WIDTH), sizeOf(said.get('maxheight'), HEIGHT)]
    if (width === null || height === null)
      throw refused('"maxwidth" and "maxheight" are whole numbers of pixels.')
    const at = parsedUrl(said.get('url') ?? '')
    if (at === null) throw refused('Say in "url" of which page.')
    const as_of = at.searchParams.get('as_of')
    if (as_of !== null && host.asOf === undefined) {
      // What an address says of its moment is said of this answer.
      at.searchParams.delete('as_of')
      return new Response(null, {
        status: 302,
        headers: { location: paths.asOf(paths.oembed({ ...Object.fromEntries(said), url: at.href }), as_of) },
      })
    }
    const [, chart = null] = CHART.exec(at.pathname) ?? []
    const path = chart === null ? at.pathname : pageOf(at.pathname)
    const found = at.origin === origin ? find(path) : null
    if (found === null) throw nowhere()
    const shown = await shownAt(found.page, { ...context, params: found.params }, path, at.search).catch(
      (error: unknown) => {
        if (error instanceof LedgerError && error.code === 'not_found') return null
        throw error
      },
    )
    if (shown === null) throw nowhere()
    const id =
      chart ??
      (at.hash === '' || figureIn(shown.page, at.hash.slice(1)) === undefined ? null : at.hash.slice(1))
    const then = (address: string) =>
      host.asOf === undefined ? address : paths.asOf(address, host.asOf.as_of)
    const frame = frameOf(shown.page, path, at.search, id)
    if (frame === null && chart !== null) throw nowhere('There is no such chart on that page.')
    const title = titleIn(shown.page)
    const answer: Answer = {
      version: '1.0',
      type: frame === null ? 'link' : 'rich',
      title,
      provider_name: 'Reckoning',
      provider_url: `${origin}/`,
      cache_age: 900,
      ...(frame === null
        ? {}
        : { html: frameCode(origin + then(frame), title, width, height), width, height }),
      ...thumbnailOf(
        context,
        then(id === null ? paths.pictureOf(path + at.search) : paths.chartPicture(path + at.search, id)),
      ),
    }
    return new Response(format === 'json' ? JSON.stringify(answer) : asXml(answer), {
      headers: {
        'content-type': format === 'json' ? 'application/json; charset=utf-8' : 'text/xml; charset=utf-8',
      },
    })
  }

/** The picture, where whoever asks has room for it: it is made in one size only. */
function thumbnailOf({ host, origin, url }: PageContext, address: string): Answer {
  const fits = (name: string, own: number) => Number(url.searchParams.get(name) ?? own) >= own
  return host.pictures === undefined || !fits('maxwidth', 1200) || !fits('maxheight', 630)
    ? {}
    : { thumbnail_url: origin + address, thumbnail_width: 1200, thumbnail_height: 630 }
}
