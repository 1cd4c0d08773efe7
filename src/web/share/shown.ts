import { LedgerError } from '../../core/error.ts'
import type { PageContext, PageHandler } from '../ui/page.ts'
import { headingOf } from './markup.ts'

/** A page as everybody sees it, as markup, and its address. */
export type Shown = { page: string; address: string; heading: string }

/** Of which page something is: `/cards/analysts/ada.png` and `/charts/analysts/ada/words.png` are of `/analysts/ada`. */
export const pageOf = (pathname: string): string =>
  pathname
    .replace(/^\/cards(.*)\.png$/u, '$1')
    .replace(/^\/charts(.*)\/[^/]*$/u, '$1')
    .replace(/^\/front$/u, '/')

export const withoutEnd = (param = ''): string => param.replace(/\.(png|csv)$/u, '')

/** The page of a handler at an address. */
export async function shownAt(
  handler: PageHandler,
  context: PageContext,
  path: string,
  search: string,
): Promise<Shown> {
  const { params, origin } = context
  const answer = await handler({
    ...context,
    url: new URL(path + search, origin),
    params: params.id === undefined ? params : { ...params, id: withoutEnd(params.id) },
    viewer: null,
    doubt: null,
  })
  if (answer instanceof Response) throw new LedgerError('not_found', 'There is no page at this address.')
  const page = String(await (await answer).toString())
  return { page, address: path + search, heading: headingOf(page) }
}
