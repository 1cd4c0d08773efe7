import { type Archive, type Archived, archivedPage, isSamePage } from '../core/archive.ts'
import type { FetchedPage } from '../core/capture.ts'
import { LedgerError } from '../core/error.ts'
import { normalise } from '../core/normalised-text.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { machineMember, SCHEDULER } from '../ledger/members/membership.ts'
import { recordArchived } from '../ledger/source/archive-source.ts'
import { isQuotedIn } from '../ledger/source/recheck-source.ts'
import { dropAttempt, keepAttempt, sourcesToArchive, type ToArchive } from '../store/archives.ts'
import type { Job } from './timetable.ts'

/** How an archive is asked: whether it may be asked to take a page, where it is, and how a page is fetched and read. */
export type Archiving = {
  mode: 'lookup' | 'save'
  archive: Archive
  /** Through the guard, whatever goes wrong a `LedgerError`. */
  fetchPage: (url: string) => Promise<FetchedPage>
  textOf: (page: FetchedPage) => string
}

/** What became of each source that was looked for. */
export type ArchiveRun = {
  recorded: { source: string; entry: number; archived: Archived }[]
  waiting: { source: string; because: string; again_at: string | null }[]
}

/** Each takes two or three fetches of up to five seconds, one after the other. */
const A_RUN = 5
const MINUTE_MS = 60_000
/** When it is tried again, in minutes from each time that it was in vain; then it is left alone. */
const AGAIN = [5, 15, 60, 360, 1440, 1440, 4320]
const NEVER = '9999-12-31T00:00:00.000Z'
/** After so many times what cannot be read is recorded as that. */
const READ_TRIES = 3
/** At which of the times the archive is asked to take the page; at the others whether it has. */
const SAVES = [0, 3]

/**
 * Looks in an archive for sources whose quotes nobody has looked for there, and records what it finds. What is late,
 * wrong or missing is tried again later, and holds up nothing that is logged.
 */
export async function runArchive(
  ledger: Ledger,
  now: Date,
  archiving: Archiving,
  ids: readonly string[] | null = null,
): Promise<ArchiveRun> {
  const run: ArchiveRun = { recorded: [], waiting: [] }
  const sources = await sourcesToArchive(ledger.db, now, ids === null ? A_RUN : ids.length, ids)
  if (sources.length === 0) return run
  const unit = { now, by: await machineMember(ledger, SCHEDULER) }
  for (const source of sources) {
    try {
      const archived = await archivedCopy(source, archiving, ids !== null)
      const entry = await recordArchived(ledger, unit, source.stream, archived)
      await ledger.db.write([dropAttempt(source.id)])
      if (entry !== null) run.recorded.push({ source: source.id, entry, archived })
    } catch (error) {
      if (!(error instanceof InVain)) throw error
      const minutes = AGAIN[source.tries]
      const again_at =
        minutes === undefined ? null : new Date(now.getTime() + minutes * MINUTE_MS).toISOString()
      const attempt = keepAttempt(source.id, source.tries + 1, again_at ?? NEVER, error.message)
      await ledger.db.write([attempt])
      run.waiting.push({ source: source.id, because: error.message, again_at })
    }
  }
  return run
}

/** The same on the clock, with what came of it for the log of the server. */
export const archiveJob = (archiving: Archiving): Job => ({
  name: 'archive',
  cron: '*/5 * * * *',
  run: async (ledger, now) => {
    const { recorded, waiting } = await runArchive(ledger, now, archiving)
    if (recorded.length + waiting.length === 0) return null
    return { recorded: recorded.map(({ source, entry }) => ({ source, entry })), waiting }
  },
})

/** Nothing to record yet. */
class InVain extends Error {}

/** What is fetched, or in vain; the advice for whoever typed an address is for nobody here. */
async function fetched(of: string, address: string, { fetchPage }: Archiving): Promise<FetchedPage> {
  try {
    return await fetchPage(address)
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error
    const because = (error.problems[0]?.message ?? error.message).replace(/: (?:paste|copy) .*$/u, '')
    throw new InVain(`${of} ${because}`)
  }
}

async function archivedCopy(source: ToArchive, archiving: Archiving, isNamed: boolean): Promise<Archived> {
  const archive_url = source.known ?? (await found(source, archiving, isNamed))
  const copy = archivedPage(archiving.archive, archive_url)
  const own = { source: source.id, archive_url, ...(copy === null ? {} : { archived_at: copy.at }) }
  try {
    const page = await fetched('the page', copy?.raw ?? archive_url, archiving)
    const within = normalise(archiving.textOf(page))
    const isHeld = source.statements.map((statement) => isQuotedIn(within, statement))
    const those = (held: boolean) =>
      source.statements.flatMap(({ id }, i) => (isHeld[i] === held ? [id] : []))
    return { ...own, holds: those(true), lacks: those(false) }
  } catch (error) {
    if (!(error instanceof InVain) || source.tries + 1 < READ_TRIES) throw error
    return {
      ...own,
      unreadable: error.message.replace(/^the page /u, '').slice(0, 300),
      holds: [],
      lacks: [],
    }
  }
}

/** The address of a copy, by asking the archive; it may be asked to make one, of what somebody named every time. */
async function found(source: ToArchive, archiving: Archiving, isNamed: boolean): Promise<string> {
  const { archive, mode } = archiving
  const held = await lookedUp(source, archiving)
  if (held !== null) return held
  if (mode === 'lookup' || !(isNamed || SAVES.includes(source.tries)))
    throw new InVain('the archive has no copy yet')
  const saved = await fetched('the archive was asked for a copy, and', archive.save + source.url, archiving)
  const address = ours(saved.url, source, archive)
  if (address === null) throw new InVain('the archive was asked for a copy, and has not named it yet')
  return address
}

async function lookedUp(source: ToArchive, archiving: Archiving): Promise<string | null> {
  const { archive } = archiving
  const { text } = await fetched('the archive', archive.lookup + encodeURIComponent(source.url), archiving)
  const closest = closestIn(text)
  if (closest === null) return null
  const address = ours(closest, source, archive)
  if (address === null) throw new InVain('the archive answers with the address of another page')
  return address
}

/** The copy that an answer names; null where it names none. */
function closestIn(text: string): string | null {
  let answer: unknown
  try {
    answer = JSON.parse(text)
  } catch {
    throw new InVain('the archive answers with something else than JSON')
  }
  const { archived_snapshots: copies } = (answer ?? {}) as {
    archived_snapshots?: { closest?: { available?: unknown; url?: unknown; status?: unknown } }
  }
  const closest = copies?.closest
  if (closest?.available !== true || typeof closest.url !== 'string') return null
  // A copy of an error page is none.
  return closest.status === undefined || String(closest.status) === '200' ? closest.url : null
}

/** An address that the archive gave, if it is that of a copy of this source. */
function ours(address: string, { url }: ToArchive, archive: Archive): string | null {
  const copy = archivedPage(archive, address)
  return copy !== null && isSamePage(copy.of, url) ? address.replace(/^http:/u, 'https:') : null
}
