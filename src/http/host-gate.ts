import { isLoopbackName } from '../core/address.ts'
import { LedgerError } from '../core/error.ts'
import { parsedUrl } from '../core/url.ts'
import type { Host } from './host.ts'
import type { Connection } from './rate-limit.ts'
import { WATCHED } from './read-weight.ts'

type Incoming = NonNullable<NonNullable<Connection>['incoming']>

const HOST = /^(\[[0-9a-f:.]+\]|[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.?)(:[0-9]{1,5})?$/iu

const malformed = (message: string) => new LedgerError('malformed', message)

/**
 * Refuses a request that names no host, several, or one that is not ours. Without RECKONING_ORIGIN these are the
 * names of this machine and the address that the connection came to: a name that somebody else made lead here
 * (DNS rebinding) is neither.
 */
export function requireOwnHost(host: Host, request: Request, connection: Connection): void {
  const incoming = connection?.incoming
  const name = incoming === undefined ? request.headers.get('host') : hostLineOf(incoming)
  const { origin } = host.settings
  const named = name === null ? null : urlOf(name, origin)
  if (name !== null && named === null) throw malformed('Host is not the name or the address of a host.')
  if (named !== null && incoming?.url !== undefined) requireOneTarget(incoming.url, named)
  if (origin === null && connection?.routed !== true) {
    // Links and the check of forms go by the address of the request.
    requireOurs(host, new URL(request.url), incoming)
    if (named !== null) requireOurs(host, named, incoming)
  } else if (origin !== null && named !== null && named.host !== new URL(origin).host) {
    if (WATCHED.has(new URL(request.url).pathname) && isOurs(host, named, incoming)) return
    throw new LedgerError(
      'misdirected',
      `This ledger is at ${origin} (RECKONING_ORIGIN); the request names another host. A proxy before it must pass on the Host that the browser sent. Where people reach it under another name, set RECKONING_ORIGIN to that address, scheme and host, such as https://ledger.example.`,
    )
  }
}

/** The one Host of a request; null where HTTP/1.0 came without. */
function hostLineOf({ rawHeaders, headers, httpVersion }: Incoming): string | null {
  const lines = rawHeaders?.filter((_, i) => i % 2 === 1 && rawHeaders[i - 1]?.toLowerCase() === 'host') ?? [
    headers?.host ?? '',
  ]
  const [line, second] = lines
  if (second !== undefined) throw malformed('The request names two hosts.')
  if (line === undefined && httpVersion !== '1.0') throw malformed('A request of HTTP/1.1 needs a Host.')
  return line ?? null
}

function urlOf(name: string, origin: string | null): URL | null {
  const [, hostname = '', port] = HOST.exec(name) ?? []
  const address = `${origin === null ? 'http:' : new URL(origin).protocol}//${name}`
  if (hostname === '' || port === ':0') return null
  const url = parsedUrl(address)
  // 0x7f.1 and 127.1 are addresses to some; here they are no host.
  return url?.hostname === hostname.toLowerCase() ? url : null
}

/** A request line may hold a whole address: one of another host or scheme than ours is not for us. */
function requireOneTarget(target: string, named: URL): void {
  if (target.startsWith('/')) return
  const url = parsedUrl(target)
  if (url?.hostname !== named.hostname || url.port !== named.port)
    throw malformed('The request names two hosts.')
  if (url.protocol !== named.protocol) throw malformed('The address in the request is of another scheme.')
}

function requireOurs(host: Host, named: URL, incoming: Incoming | undefined): void {
  if (isOurs(host, named, incoming)) return
  throw new LedgerError(
    'misdirected',
    'The request names a host that is not known here. Where people reach this ledger under a name of its own, set RECKONING_ORIGIN to that address, scheme and host, such as https://ledger.example.',
  )
}

const isOurs = ({ settings }: Host, { hostname }: URL, incoming: Incoming | undefined): boolean =>
  isLoopbackName(hostname) ||
  hostname === settings.listens ||
  hostname === hostnameOf(incoming?.socket?.localAddress)

/** The address of a socket as it stands in a URL. */
function hostnameOf(address: string | undefined): string | undefined {
  const plain = address?.replace(/^::ffff:(?=\d+\.)/iu, '').replace(/%.*$/u, '')
  return plain?.includes(':') === true ? `[${plain}]` : plain
}
