import { invalid } from './error.ts'
import { webAddress } from './text.ts'

/** A block of addresses: the first of them, and how many leading bits they share. */
type Block = readonly [first: string, bits: number]

// IANA special-purpose registries: what is not reachable from everywhere, and what means one host to many.
const SPECIAL_4: readonly Block[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
]
// Within 2000::/3: protocol assignments with Teredo, documentation, and 6to4, behind which any IPv4 address can hide.
const SPECIAL_6: readonly Block[] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
]
const GLOBAL_6: Block = ['2000::', 3]
/** These carry an IPv4 address in their last 32 bits, and are as global as it is. */
const CARRIERS_6: readonly Block[] = [
  ['::ffff:0:0', 96],
  ['64:ff9b::', 96],
]

const BYTE = /^(0|[1-9]\d?|1\d\d|2[0-4]\d|25[0-5])$/u
const GROUP = /^[0-9a-f]{1,4}$/iu

function bytesOf4(text: string): number[] | null {
  const parts = text.split('.')
  return parts.length === 4 && parts.every((part) => BYTE.test(part)) ? parts.map(Number) : null
}

function groupsOf(text: string): number[] | null {
  if (text === '') return []
  const groups: number[] = []
  const parts = text.split(':')
  for (const [i, part] of parts.entries()) {
    const embedded = i === parts.length - 1 && part.includes('.') ? bytesOf4(part) : null
    if (embedded !== null) {
      const [a = 0, b = 0, c = 0, d = 0] = embedded
      groups.push(a * 256 + b, c * 256 + d)
    } else if (GROUP.test(part)) groups.push(Number.parseInt(part, 16))
    else return null
  }
  return groups
}

function bytesOf6(text: string): number[] | null {
  const halves = text.split('::')
  if (halves.length > 2) return null
  const [head, tail] = [groupsOf(halves[0] ?? ''), groupsOf(halves[1] ?? '')]
  if (head === null || tail === null) return null
  const missing = 8 - head.length - tail.length
  if (halves.length === 1 ? missing !== 0 : missing < 1) return null
  const groups = [...head, ...new Array<number>(missing).fill(0), ...tail]
  return groups.flatMap((group) => [group >> 8, group & 255])
}

const bytesOf = (ip: string): number[] | null => (ip.includes(':') ? bytesOf6(ip) : bytesOf4(ip))

function lies(bytes: readonly number[], [first, bits]: Block): boolean {
  const start = bytesOf(first) ?? []
  return bytes.every((byte, i) => {
    const left = Math.min(8, Math.max(0, bits - i * 8))
    const mask = 256 - 2 ** (8 - left)
    return (byte & mask) === ((start[i] ?? 0) & mask)
  })
}

/**
 * Whether an IP address means one host that the whole internet can reach. False for private, loopback, link-local,
 * carrier, documentation, multicast and reserved blocks, for zone ids, and for whatever is no address.
 */
export function isGlobalUnicast(ip: string): boolean {
  const bytes = bytesOf(ip)
  if (bytes === null) return false
  if (bytes.length === 4) return !SPECIAL_4.some((block) => lies(bytes, block))
  if (CARRIERS_6.some((block) => lies(bytes, block))) return isGlobalUnicast(bytes.slice(12).join('.'))
  return lies(bytes, GLOBAL_6) && !SPECIAL_6.some((block) => lies(bytes, block))
}

/** The IP address that stands in a URL in place of a name, or null. */
export function addressIn(url: URL): string | null {
  const host = url.hostname.replace(/^\[|\]$/gu, '')
  return bytesOf(host) === null ? null : host
}

const LOOPBACK: readonly string[] = ['localhost', '127.0.0.1', '[::1]']

/** Whether the host of a URL means this machine to everybody: no other can be made to lead here under it. */
export const isLoopbackName = (hostname: string): boolean => LOOPBACK.includes(hostname)

const PORTS = new Set(['', '80', '443'])
const LOCAL = /(^|\.)(localhost|local|localdomain|internal|intranet|lan|home|corp|private|home\.arpa)$/u

/**
 * The address of a page that we may fetch, as far as its text tells: http or https on their own ports, no user name,
 * a public name or a global address. Throws `invalid` at `/url`. Where the name leads is for the one who connects.
 */
export function fetchableAddress(address: string): URL {
  const read = webAddress().safeParse(address)
  if (!read.success) throw refused(read.error.issues[0]?.message ?? 'is not a web address')
  const url = new URL(read.data)
  if (!PORTS.has(url.port))
    throw refused(`names the port ${url.port}: pages are fetched from 80 and 443 only`)
  const ip = addressIn(url)
  if (ip !== null) {
    if (!isGlobalUnicast(ip)) throw refused('is not an address of the public internet')
    return url
  }
  const name = url.hostname.replace(/\.$/u, '')
  if (!name.includes('.') || LOCAL.test(name)) throw refused('names a host of a private network')
  return url
}

const refused = (message: string) => invalid('/url', message)
