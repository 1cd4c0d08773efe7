/** How a body can be packed for its way, the best first. */
const ENCODINGS = ['br', 'gzip'] as const
export type Encoding = (typeof ENCODINGS)[number]

const MOST_REMEMBERED = 64
const remembered = new Map<string, Encoding | null>()

/** The encoding that an `Accept-Encoding` likes best among ours; null where a body goes as it is. */
export function encodingOf(header: string | null | undefined): Encoding | null {
  if (header === null || header === undefined || header === '') return null
  // Browsers send one of a handful: what was read of it once is at hand.
  const known = remembered.get(header)
  if (known !== undefined) return known
  const read = preferred(header)
  if (remembered.size === MOST_REMEMBERED) remembered.clear()
  remembered.set(header, read)
  return read
}

export const takesGzip = (header: string | null | undefined): boolean =>
  typeof header === 'string' && preferred(header, ['gzip']) !== null

function preferred(header: string, ours: readonly Encoding[] = ENCODINGS): Encoding | null {
  const liking = new Map<string, number>()
  for (const part of header.toLowerCase().split(',')) {
    const [coding = '', ...parameters] = part.split(';').map((piece) => piece.trim())
    const q = parameters.find((parameter) => parameter.startsWith('q='))
    liking.set(coding, q === undefined ? 1 : Number(q.slice(2)) || 0)
  }
  const of = (coding: string) => liking.get(coding) ?? liking.get('*') ?? 0
  const [best] = [...ours].sort((a, b) => of(b) - of(a))
  return best === undefined || of(best) <= 0 || (liking.get('identity') ?? 0) > of(best) ? null : best
}

/** A shorter body is not worth its packing: it fits into one packet anyway. */
const SHORTEST = 1024
const TEXT = /^(?:text\/|image\/svg\+xml|application\/(?:[\w.-]+\+)?(?:json|xml)|application\/javascript)/u
/** Of bytes that are no text those that a route does not call `no-transform`: bundles of entries. */
const BYTES = 'application/octet-stream'

/**
 * Whether an answer is packed where its reader takes that. One that nobody may keep is not: it can hold a secret beside
 * what somebody else made its reader ask for, and its length would tell of it.
 */
export function isPackable({ headers, status }: Pick<Response, 'headers' | 'status'>): boolean {
  return (
    status !== 206 &&
    !headers.has('content-encoding') &&
    (TEXT.test(headers.get('content-type') ?? '') || headers.get('content-type') === BYTES) &&
    !/no-store|no-transform/u.test(headers.get('cache-control') ?? '')
  )
}
export const isWorthPacking = (body: Uint8Array): boolean => body.length >= SHORTEST

/** Says that another reader may be sent other bytes. */
export const varies = (headers: Headers): void => headers.append('vary', 'accept-encoding')

/**
 * A bundle of entries in gzip where its reader takes that. For runtimes behind a network that packs texts by itself,
 * and bytes not; `encodeBody` keeps Workers from packing it again.
 */
export function bundlePacked(answer: Response, accepted: string | null): Response {
  const { body, status, headers } = answer
  if (headers.get('content-type') !== BYTES || !isPackable(answer)) return answer
  varies(headers)
  if (body === null || !takesGzip(accepted)) return answer
  const packed = { status, headers: packedHeaders(Object.fromEntries(headers), 'gzip'), encodeBody: 'manual' }
  return new Response(body.pipeThrough(new CompressionStream('gzip')), packed)
}

/** The headers of a packed body: what it was compared by before compares still, as the same content in other bytes. */
export function packedHeaders(
  headers: Readonly<Record<string, string>>,
  encoding: Encoding,
): Record<string, string> {
  const { 'content-length': _, etag, ...others } = headers
  return {
    ...others,
    'content-encoding': encoding,
    ...(etag === undefined ? {} : { etag: etag.startsWith('W/') ? etag : `W/${etag}` }),
  }
}
