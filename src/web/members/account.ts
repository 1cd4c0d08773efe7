import { searchOf, words } from '../../http/search-params.ts'
import { localPath } from '../../http/session.ts'
import { comeFromProvider, goToProvider } from '../../http/sign-in.ts'
import { type PageHandler, seeWith } from '../ui/page.ts'

const NextQuery = { next: words(2000).optional() }

/** `/sign-in/account`: leads to the provider of accounts. */
export const towardsProvider: PageHandler = async ({ host, url, origin }) => {
  const { next = null } = searchOf(url, NextQuery)
  const { address, cookie } = await goToProvider(host, origin, localPath(next))
  return seeWith(address, [cookie])
}

/** `/sign-in/account/answer`: where the provider leads back to. */
export const answerFromProvider: PageHandler = async ({ host, headers, url, origin }) => {
  const { next, cookies } = await comeFromProvider(host, { headers, origin }, url.searchParams)
  return seeWith(localPath(next), cookies)
}
