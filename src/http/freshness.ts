import { quarterOf } from '../core/calendar.ts'
import type { Head, Host } from './host.ts'

/** FNV-1a over UTF-16 units: tells one address from another within an ETag. */
function addressHash(address: string): string {
  let hash = 0x811c9dc5
  for (let i = 0; i < address.length; i++) hash = Math.imul(hash ^ address.charCodeAt(i), 0x01000193)
  return (hash >>> 0).toString(36)
}

/** Everything that an answer depends on: the head, the quarter-hour, the build, who asks and the address. */
export const etagOf = (
  host: Pick<Host, 'build'>,
  head: Head,
  now: Date,
  viewer: string,
  url: string,
): string => `"${head.seq}-${quarterOf(now)}-${host.build}-${viewer}-${addressHash(url)}"`

const WEAK = /^W\//u

/** Whether `If-None-Match` names this ETag, in whichever bytes its content came. */
export const isFresh = (header: string | null | undefined, etag: string): boolean =>
  header !== null &&
  header !== undefined &&
  (header === etag ||
    header.split(',').some((tag) => tag.trim().replace(WEAK, '') === etag.replace(WEAK, '')))

/** A moment that is over: nothing changes it but another way of drawing it. */
export const SETTLED_CACHING = 'public, max-age=3600'
/** For everybody, and for somebody who has signed in. */
export const PUBLIC_CACHING = 'public, max-age=0, must-revalidate'
export const PRIVATE_CACHING = 'private, no-cache'
