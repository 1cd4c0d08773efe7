import type { Head, Host } from './host.ts'

type Bucket = { tokens: number; at: number }

/** Requests a minute that nobody has signed: writes without a token, and attempts to sign in. */
export const ANONYMOUS_RATE = 10

const MINUTE_MS = 60_000
const MOST_BUCKETS = 10_000

/** A token bucket for each key, of one process. */
export type RateLimit = {
  /** Takes one request, or what it costs; answers how many seconds to wait, 0 when it may pass. */
  take: (key: string, perMinute: number, now: Date, cost?: number) => number
}

function rateLimit(): RateLimit {
  const buckets = new Map<string, Bucket>()
  return {
    take(key, perMinute, now, asked = 1) {
      // Where the limit is lower than the cost, a full bucket buys it.
      const cost = Math.min(asked, perMinute)
      const at = now.getTime()
      const held = buckets.get(key)
      const elapsed = held === undefined ? 0 : Math.max(0, at - held.at)
      const tokens = Math.min(perMinute, (held?.tokens ?? perMinute) + (elapsed / MINUTE_MS) * perMinute)
      buckets.delete(key)
      buckets.set(key, { tokens: tokens < cost ? tokens : tokens - cost, at })
      if (buckets.size > MOST_BUCKETS) buckets.delete(buckets.keys().next().value as string)
      return tokens < cost ? Math.ceil(((cost - tokens) / perMinute) * 60) : 0
    },
  }
}

const limits = new WeakMap<Host, RateLimit>()

/** The limits of a host: API and pages share them. */
export function rateLimitOf(host: Host): RateLimit {
  const held = limits.get(host) ?? rateLimit()
  limits.set(host, held)
  return held
}

/** What an entry may hand to the app beside a request: Node's connection, or an address that it trusts. */
export type Connection =
  | {
      incoming?: {
        url?: string
        httpVersion?: string
        socket?: { remoteAddress?: string; localAddress?: string }
        headers?: Readonly<Record<string, string | undefined>>
        rawHeaders?: readonly string[]
      }
      address?: string
      /** The runtime leads only requests for our own names here. */
      routed?: true
      /** The head of the log, where it was read for this request already. */
      head?: Head
    }
  | undefined

/** The key of somebody without a token. Headers such as `Forwarded` are never believed; unknown ones share a key. */
export const addressKeyOf = (connection: Connection): string =>
  `address:${networkOf(connection?.incoming?.socket?.remoteAddress ?? connection?.address ?? 'unknown')}`

/** Whoever has an IPv6 address has 2^64 of them: they count as one. */
function networkOf(address: string): string {
  const [mapped] = /\d+\.\d+\.\d+\.\d+$/u.exec(address) ?? []
  if (mapped !== undefined) return mapped
  if (!address.includes(':')) return address
  const [head = '', tail] = address.replace(/%.*$/u, '').split('::')
  const groups = (text: string) => text.split(':').filter((group) => group !== '')
  const [before, after] = [groups(head), tail === undefined ? [] : groups(tail)]
  const zeros = Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => '0')
  return `${[...before, ...zeros, ...after].slice(0, 4).join(':')}::/64`
}

/** Reports that one address may send in a minute. */
const REPORT_RATE = 2

/** Takes one report of a reader from this connection; answers the seconds to wait, 0 when it may go on. */
export function attemptToReport(host: Host, connection: Connection, now: Date): number {
  if (host.settings.rate_limit === 0) return 0
  return rateLimitOf(host).take(`report:${addressKeyOf(connection)}`, REPORT_RATE, now)
}

/** Takes one attempt at a secret from this connection; answers the seconds to wait, 0 when it may go on. */
export function attemptAt(what: 'sign-in' | 'reply', host: Host, connection: Connection, now: Date): number {
  if (host.settings.rate_limit === 0) return 0
  return rateLimitOf(host).take(`${what}:${addressKeyOf(connection)}`, ANONYMOUS_RATE, now)
}
