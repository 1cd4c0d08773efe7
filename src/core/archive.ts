import * as z from 'zod'
import { Instant } from './calendar.ts'
import { Slug, StatementId } from './slug.ts'
import { addressKey, line, prose, webAddress } from './text.ts'
import { parsedUrl } from './url.ts'

const Statements = z.array(StatementId).max(5000)

/** Where an archive keeps a source, and what became of looking there for the quotes that were taken from it. */
export const Archived = z.strictObject({
  source: Slug,
  archive_url: webAddress(),
  /** When the archive took it, as its address says. */
  archived_at: Instant.optional(),
  /** Why its page could not be read; then nothing is said of any quote. */
  unreadable: line(300).optional(),
  /** The statements whose quotes stand there, and those whose do not. What was logged later is in neither. */
  holds: Statements,
  lacks: Statements,
})
export type Archived = z.infer<typeof Archived>

/** What is known of one statement: its quote stands there, does not, could not be looked for, or was not yet. */
export function archivedQuote(
  archived: Archived,
  statement: string,
): 'holds' | 'lacks' | 'unreadable' | 'not_yet' {
  if (archived.unreadable !== undefined) return 'unreadable'
  if (archived.holds.includes(statement)) return 'holds'
  return archived.lacks.includes(statement) ? 'lacks' : 'not_yet'
}

/** A link that somebody found. */
export const ArchiveLinkRequest = z.strictObject({
  archive_url: webAddress(),
  because: prose(2000).optional(),
})
export type ArchiveLinkRequest = z.infer<typeof ArchiveLinkRequest>

/** Where an archive is asked. The ends of the first two are an address, and of the last a moment and an address. */
export type Archive = { lookup: string; save: string; pages: string }
export const WAYBACK: Archive = {
  lookup: 'https://archive.org/wayback/available?url=',
  save: 'https://web.archive.org/save/',
  pages: 'https://web.archive.org/web/',
}

const MOMENT = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(?:[a-z]{2}_)?\/(.+)$/u

/** An address within an archive: that of the page as it was sent, without what the archive puts around it; null for others. */
export function archivedPage(
  archive: Archive,
  address: string,
): { raw: string; of: string; at: string } | null {
  const secure = address.replace(/^http:/u, 'https:')
  const own = archive.pages.replace(/^http:/u, 'https:')
  if (!secure.startsWith(own)) return null
  const [, year, month, day, hour, minute, second, of = ''] = MOMENT.exec(secure.slice(own.length)) ?? []
  const at = `${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`
  if (!Instant.safeParse(at).success || Number.isNaN(Date.parse(at))) return null
  return { raw: `${archive.pages}${at.replaceAll(/\D/gu, '').slice(0, 14)}id_/${of}`, of, at }
}

/** Whether two addresses are of one page, however they are written. */
export const isSamePage = (one: string, other: string): boolean =>
  parsedUrl(one) !== null &&
  parsedUrl(other) !== null &&
  addressKey(one).replace(/^https?:\/\//u, '') === addressKey(other).replace(/^https?:\/\//u, '')
