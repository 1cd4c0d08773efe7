import type { Article } from '../core/capture.ts'
import type { LedgerError } from '../core/error.ts'
import type { Quotas } from '../core/quota.ts'
import type { SecondReader } from '../core/second-reading.ts'
import type { Accounts } from '../identity/accounts.ts'
import type { FileReader } from '../ledger/import/read-file.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Renderer } from '../picture/renderer.ts'
import type { Past } from '../store/past.ts'
import type { Assistants } from './assistants.ts'
import type { Documents } from './documents.ts'
import type { Encoding } from './encoding.ts'

/** The last entry of the log: everything public is a function of it, the quarter-hour and the address. */
export type Head = {
  seq: number
  at: string | null
  /** The last entry by which words were taken out: what was drawn of any moment before is not shown again. */
  redacted?: number
  /** How many questions are due in a quarter-hour, where that was told with the head: a remote database is far away. */
  due?: { at: string; questions: number }
}

/** What stands around the ledger otherwise than it should, in sentences; `/api/ready` tells it. */
export type Condition = {
  /** Why nothing can be recorded at present; null while all is well. */
  fault: LedgerError | null
  /** What whoever runs the ledger should know although everything works. */
  notes: string[]
}

/** The moment of the record that is shown, where it is not the present one. */
export type PastMoment = {
  /** As the address says it: a day, or the number of an entry. */
  as_of: string
  /** The last entry that is in it, and when that was recorded. */
  seq: number
  at: string
  /** The end of a day, where one was asked for; today it is the present. */
  day: string | null
  /** Whether nothing that is recorded later can be in it. */
  isSettled: boolean
}

/** Who makes an answer: what is quickly told, what goes through many records, what replays the log. */
export type Reads = 'quick' | 'thorough' | 'past'

/**
 * What the browser is given beside the pages: one module, one that it loads to check an entry, one sheet, and an icon.
 * Each stands at an address with the hash of what is in it, so that nobody asks for it twice.
 */
export type Assets = {
  hashes: Readonly<Record<AssetText | 'icon.svg', string>>
  texts: () => Promise<Readonly<Record<AssetText, string>>>
}
export type AssetText = 'script.js' | 'check.js' | 'style.css'

/** What an entry (Node, Worker, test) gives to the faces of the ledger. */
export type Host = {
  ledger: Ledger
  now: () => Date
  head: () => Promise<Head>
  /** Looked at anew at every call; an entry that has nothing to tell leaves it out. */
  condition?: () => Condition
  /** The library below the store, such as `libsql 0.5.29`, where the entry knows it. */
  driver?: string
  /** Changes with every build, and so with every way of drawing a page. */
  build: string
  version: string
  /** Without it pages are plain forms, and plain. */
  assets?: Assets
  /** What draws pictures, loaded when the first is wanted; an entry without one offers none. */
  pictures?: () => Promise<Renderer>
  /** What is served below `/docs`, loaded when the first is wanted; an entry without them has only the API there. */
  documents?: () => Promise<Documents>
  /** What speaks the protocol of assistants (MCP), loaded with their first call. */
  assistants?: () => Promise<Assistants>
  /** What reads files of predictions and tables, loaded with the first that is imported. */
  fileReader?: () => Promise<FileReader>
  /** A language model that may be asked what it makes of a text, where the settings name one. */
  secondReader?: SecondReader
  /** Fetches a page through the guard and reads its text; not everywhere there is a way out. */
  fetchPage?: (url: string) => Promise<Article>
  /** Has what waits to be sent sent soon; without it the clock sees to it. */
  sendSoon?: () => void
  /** With whose accounts members may sign in besides links, where the settings name such a provider. */
  accounts?: Accounts
  /** Reads for others than this thread, where there are such: a long one holds up nobody else. */
  answerRead?: (request: Request, connection: unknown, reads: Reads) => Promise<Response>
  /** Packs a body for its way. Left out where whatever stands before the ledger does so by itself, as on Workers. */
  compress?: (body: Uint8Array, encoding: Encoding) => Promise<Uint8Array>
  /** The earlier states of the ledger, where there is room to make them: not on Workers. */
  past?: Past
  /** Set where the faces show an earlier state than that of now. */
  asOf?: PastMoment
  /** Whether a request may not wait for another one, as on Workers. */
  isAlone?: boolean
  settings: {
    /** Scheme and host of links and of the CSRF check; null means the host of the request, where it is ours. */
    origin: string | null
    /** The name or address that the server listens on, as it stands in a URL. */
    listens?: string
    public: boolean
    /** Requests a minute for a token; 0 turns all limits off. */
    rate_limit: number
    /** What one member may write and hold. */
    quotas: Quotas
    /** What the reads of one address may cost a minute; 0 for any amount. */
    read_limit: number
    /** The signing secret of Slack and the public key of Discord, in hex; null where no command of theirs is taken. */
    chat?: { slack: string | null; discord: string | null }
    /** Whether webhooks may lead to private networks and other ports than 80 and 443. */
    webhooks_anywhere?: boolean
    /** Whether a way to send letters is set. */
    letters?: boolean
    /** A line on top of every page, such as that all of it is invented; null for none. */
    banner: string | null
  }
}
