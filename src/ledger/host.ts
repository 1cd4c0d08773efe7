import type { Article } from '../core/capture.ts'
import type { Ledger } from './ledger.ts'

/** The last entry of the log: everything public is a function of it, the quarter-hour and the address. */
export type Head = { seq: number; at: string | null }

/** What an entry (Node, Worker, test) gives to the faces of the ledger. */
export type Host = {
  ledger: Ledger
  now: () => Date
  head: () => Promise<Head>
  /** Changes with every build, and so with every way of drawing a page. */
  build: string
  version: string
  /** What runs in the browser, as one module; without it the pages are plain forms. */
  script?: string
  /** Fetches a page through the guard and reads its text; not everywhere there is a way out. */
  fetchPage?: (url: string) => Promise<Article>
  settings: {
    /** Scheme and host of links and of the CSRF check; null means the host of the request, where it is ours. */
    origin: string | null
    /** The name or address that the server listens on, as it stands in a URL. */
    listens?: string
    public: boolean
    /** Requests a minute for a token; 0 turns limits off. */
    rate_limit: number
    /** A line on top of every page, such as that all of it is invented; null for none. */
    banner: string | null
  }
}
