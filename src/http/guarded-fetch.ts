import { fetchableAddress } from '../core/address.ts'
import type { FetchedPage } from '../core/capture.ts'
import { invalid, LedgerError } from '../core/error.ts'
import { parsedUrl } from '../core/url.ts'
import { boundedBytes } from './body.ts'

type Fetch = (url: string, init: RequestInit) => Promise<Response>

const MAX_BYTES = 1024 * 1024
const MOST_REDIRECTS = 3
const TIMEOUT_MS = 5_000
const TEXT = /^(?:text\/(?:html|plain)|application\/(?:xhtml\+xml|json))$/u

const refused = (message: string) => invalid('/url', message)

/**
 * Fetches a page where there is no more than `fetch`, as on Workers, which reach no private network: the rules of
 * node/page-fetch for addresses, redirects, time and size. Whatever goes wrong is `invalid` at `/url`.
 */
export const fetching =
  (fetch: Fetch, timeoutMs = TIMEOUT_MS) =>
  async (address: string): Promise<FetchedPage> => {
    const signal = AbortSignal.timeout(timeoutMs)
    try {
      let url = fetchableAddress(address)
      for (let redirects = 0; ; redirects++) {
        const answer = await fetch(url.href, { redirect: 'manual', signal, headers: HEADERS })
        const location = answer.headers.get('location')
        if (answer.status < 300 || answer.status > 399 || location === null) return await pageOf(url, answer)
        await answer.body?.cancel()
        if (redirects === MOST_REDIRECTS) throw refused(`redirects more than ${MOST_REDIRECTS} times`)
        const next = parsedUrl(location, url)
        if (next === null) throw refused('redirects to something that is no address')
        url = fetchableAddress(next.href)
      }
    } catch (error) {
      if (error instanceof LedgerError) throw error
      throw refused(
        signal.aborted ? `did not answer within ${timeoutMs / 1000} seconds` : 'cannot be fetched',
      )
    }
  }

const HEADERS = {
  accept: 'text/html, application/xhtml+xml, text/plain;q=0.8, application/json;q=0.5',
  'user-agent': 'Mozilla/5.0 (compatible; Reckoning; quote check)',
}

async function pageOf(url: URL, answer: Response): Promise<FetchedPage> {
  if (answer.status !== 200) {
    await answer.body?.cancel()
    throw refused(`answers with status ${answer.status} instead of a page`)
  }
  const type = answer.headers.get('content-type') ?? ''
  const media = type.split(';')[0]?.trim().toLowerCase() ?? ''
  if (!TEXT.test(media)) {
    await answer.body?.cancel()
    throw refused('is no page of text')
  }
  const charset = /charset=\s*"?([\w-]{1,40})/iu.exec(type)?.[1]
  return { url: url.href, media, text: decoderOf(charset).decode(await bodyOf(answer)) }
}

const decoderOf = (charset: string | undefined): TextDecoder => {
  try {
    return new TextDecoder(charset)
  } catch {
    return new TextDecoder()
  }
}

async function bodyOf({ body }: Response): Promise<Uint8Array> {
  const bytes = await boundedBytes(body, MAX_BYTES)
  if (bytes === null) throw refused('holds more than 1 MiB')
  return bytes
}
