import { lookup } from 'node:dns/promises'
import http from 'node:http'
import https from 'node:https'
import type { LookupFunction } from 'node:net'
import type { Readable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import zlib from 'node:zlib'
import { addressIn, fetchableAddress, isGlobalUnicast } from '../core/address.ts'
import type { Article, FetchedPage } from '../core/capture.ts'
import { invalid, LedgerError } from '../core/error.ts'
import { inTurns } from '../core/steps.ts'
import { parsedUrl } from '../core/url.ts'
import { articleSteps } from '../interchange/article.ts'
import { westernLetter } from '../interchange/html.ts'

/** What the world is to a fetch; tests put their own in its place, and the rules stay. */
export type Wire = {
  /** Every address of a name. */
  resolve: (name: string) => Promise<string[]>
  /** Where the connection for a checked address goes. */
  connect: (address: string, port: number) => { address: string; port: number }
  timeoutMs: number
}

const wire: Wire = {
  resolve: async (name) => (await lookup(name, { all: true })).map(({ address }) => address),
  connect: (address, port) => ({ address, port }),
  timeoutMs: 5_000,
}

const MAX_BYTES = 1024 * 1024
const MOST_REDIRECTS = 3
const MEDIA = [
  'text/html',
  'application/xhtml+xml',
  'text/plain',
  'text/vtt',
  'application/x-subrip',
  'application/srt',
  'text/srt',
  'application/json',
]
const CODINGS = ['', 'identity', 'gzip', 'x-gzip', 'br', 'deflate']
const HEADERS = {
  accept:
    'text/html, application/xhtml+xml, text/plain;q=0.8, text/vtt, application/x-subrip, application/json;q=0.5',
  'accept-encoding': 'gzip, br, deflate',
  'user-agent': 'Mozilla/5.0 (compatible; Reckoning; quote check)',
}

const refused = (message: string) => invalid('/url', message)

/**
 * Fetches a page through the guard: only from hosts of which every address is global unicast, connecting to the very
 * address that was checked, at most 3 redirects, each checked again, 5 s and 1 MiB in all, unpacked, and only text.
 * Whatever goes wrong is `invalid` at `/url`, in words for whoever asked for the page.
 */
export async function fetchPage(address: string, changes: Partial<Wire> = {}): Promise<FetchedPage> {
  const through = { ...wire, ...changes }
  const signal = AbortSignal.timeout(through.timeoutMs)
  try {
    return await follow(address, through, signal)
  } catch (error) {
    if (error instanceof LedgerError) throw error
    if (signal.aborted) throw refused(`did not answer within ${through.timeoutMs / 1000} seconds`)
    throw refused(failureOf(error as NodeJS.ErrnoException))
  }
}

/** Fetches a page and reads the article on it. */
export const fetchArticle = async (address: string, changes: Partial<Wire> = {}): Promise<Article> =>
  inTurns(articleSteps(await fetchPage(address, changes)), () => setImmediate())

async function follow(address: string, through: Wire, signal: AbortSignal): Promise<FetchedPage> {
  let url = fetchableAddress(address)
  for (let redirects = 0; ; redirects++) {
    const response = await ask(url, await checkedAddress(url, through, signal), through, signal)
    try {
      const location = redirectOf(response)
      if (location === null) return await pageOf(url, response)
      if (redirects === MOST_REDIRECTS) throw refused(`redirects more than ${MOST_REDIRECTS} times`)
      const next = parsedUrl(location, url)
      if (next === null) throw refused('redirects to something that is no address')
      url = redirected(next.href)
    } finally {
      response.destroy()
    }
  }
}

function redirected(address: string): URL {
  try {
    return fetchableAddress(address)
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error
    throw refused(`redirects to an address that ${error.problems[0]?.message}`)
  }
}

/** One address of the host; all of them must be public, or the next answer of the name could lead inside. */
async function checkedAddress(url: URL, { resolve }: Wire, signal: AbortSignal): Promise<string> {
  const literal = addressIn(url)
  const addresses = literal === null ? await within(signal, resolve(url.hostname)) : [literal]
  const [first] = addresses
  if (first === undefined) throw refused('names a host that does not exist')
  if (!addresses.every(isGlobalUnicast)) throw refused('leads to a host that is not on the public internet')
  return first
}

const within = <T>(signal: AbortSignal, work: Promise<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    signal.throwIfAborted()
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
    work.then(resolve, reject)
  })

function ask(
  url: URL,
  checked: string,
  { connect }: Wire,
  signal: AbortSignal,
): Promise<http.IncomingMessage> {
  const isSecure = url.protocol === 'https:'
  const to = connect(checked, url.port === '' ? (isSecure ? 443 : 80) : Number(url.port))
  const found = { address: to.address, family: to.address.includes(':') ? 6 : 4 }
  // The name stays for the certificate and the Host header; nobody asks the resolver a second time.
  const answered = ((_name, options, done) =>
    options.all === true ? done(null, [found]) : done(null, found.address, found.family)) as LookupFunction
  const isLiteral = addressIn(url) !== null
  return new Promise((resolve, reject) => {
    const request = (isSecure ? https : http).request({
      hostname: isLiteral ? to.address : url.hostname,
      port: to.port,
      path: `${url.pathname}${url.search}`,
      headers: { ...HEADERS, host: url.host },
      ...(isSecure && !isLiteral ? { servername: url.hostname } : {}),
      lookup: answered,
      agent: false,
      signal,
      maxHeaderSize: 32_768,
    })
    request.once('response', (response) => {
      // Whoever reads it hears of an error by the reading; after that nobody listens.
      response.on('error', () => {})
      resolve(response)
    })
    request.on('error', reject)
    request.end()
  })
}

function redirectOf({ statusCode = 0, headers }: http.IncomingMessage): string | null {
  return [301, 302, 303, 307, 308].includes(statusCode) ? (headers.location ?? null) : null
}

async function pageOf(url: URL, response: http.IncomingMessage): Promise<FetchedPage> {
  const { statusCode = 0, headers } = response
  if (statusCode === 401 || statusCode === 402 || statusCode === 403)
    throw refused(
      `lets us in only with a sign-in, or not at all (status ${statusCode}): paste the text instead`,
    )
  if (statusCode !== 200) throw refused(`answers with status ${statusCode} instead of a page`)
  const [type = '', ...parameters] = (headers['content-type'] ?? '').split(';').map((part) => part.trim())
  const media = mediaOf(type.toLowerCase(), url)
  if (media === 'application/pdf') throw refused('is a PDF: copy its text and paste it')
  if (!MEDIA.includes(media))
    throw refused(`is no page of text (${media === '' ? 'it names no type' : media.slice(0, 60)})`)
  const bytes = await bodyOf(response)
  const named = parameters
    .find((part) => /^charset=/iu.test(part))
    ?.replace(/^charset=\s*"?([^"]*)"?$/iu, '$1')
  return { url: url.href, media, text: decoded(bytes, named, media) }
}

// Many servers know no type for captions.
const mediaOf = (media: string, { pathname }: URL): string =>
  ['', 'application/octet-stream', 'binary/octet-stream'].includes(media) &&
  /\.(?:vtt|srt|sbv)$/iu.test(pathname)
    ? 'text/vtt'
    : media

async function bodyOf(response: http.IncomingMessage): Promise<Uint8Array> {
  const coding = (response.headers['content-encoding'] ?? '').trim().toLowerCase()
  if (!CODINGS.includes(coding))
    throw refused(`is packed in a way that we do not read (${coding.slice(0, 40)})`)
  if (Number(response.headers['content-length'] ?? 0) > MAX_BYTES) throw tooLarge()
  const packed = await collected(response)
  if (coding === '' || coding === 'identity' || packed.length === 0) return packed
  return unpacked(coding, packed)
}

const tooLarge = () => refused('holds more than 1 MiB: paste the text of the article instead')

async function collected(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = []
  let total = 0
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    total += chunk.length
    if (total > MAX_BYTES) throw tooLarge()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks, total)
}

/** Unpacks into at most 1 MiB: zlib itself stops there, so a packed bomb never unfolds. */
function unpacked(coding: string, packed: Buffer): Promise<Buffer> {
  const limit = { maxOutputLength: MAX_BYTES }
  return new Promise((resolve, reject) => {
    const done = (error: NodeJS.ErrnoException | null, bytes: Buffer) => {
      if (error === null) resolve(bytes)
      else
        reject(
          error.code === 'ERR_BUFFER_TOO_LARGE' ? tooLarge() : refused('is packed, and cannot be unpacked'),
        )
    }
    if (coding === 'br') zlib.brotliDecompress(packed, limit, done)
    else if (coding !== 'deflate') zlib.gunzip(packed, limit, done)
    // "deflate" means a zlib header; many servers leave it out.
    else if (((packed[0] ?? 0) & 15) === 8) zlib.inflate(packed, limit, done)
    else zlib.inflateRaw(packed, limit, done)
  })
}

const MARKS: readonly (readonly [bytes: readonly number[], charset: string])[] = [
  [[0xef, 0xbb, 0xbf], 'utf-8'],
  [[0xfe, 0xff], 'utf-16be'],
  [[0xff, 0xfe], 'utf-16le'],
]
const META =
  /<meta[^>]{0,200}?\bcharset\s*=\s*["']?\s*([\w:-]{1,40})|<\?xml[^>]{0,80}\bencoding\s*=\s*["']([\w:-]{1,40})/iu

/** The text in its own character set: the mark at its start, the header, the page itself, UTF-8, then the old Western one. */
function decoded(bytes: Uint8Array, named: string | undefined, media: string): string {
  const mark = MARKS.find(([start]) => start.every((byte, i) => bytes[i] === byte))?.[1]
  const head = !media.includes('html')
    ? null
    : META.exec(new TextDecoder('latin1').decode(bytes.subarray(0, 4096)))
  const own = (head?.[1] ?? head?.[2])?.replace(/^utf-16.*$/iu, 'utf-8')
  const decoder = decoderOf(mark) ?? decoderOf(named) ?? decoderOf(own)
  if (decoder !== null) return decoder.encoding === 'windows-1252' ? western(bytes) : decoder.decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return western(bytes)
  }
}

// Node reads windows-1252 as latin1 and leaves its quotation marks as control characters.
const western = (bytes: Uint8Array): string =>
  new TextDecoder('latin1')
    .decode(bytes)
    .replaceAll(/[\u0080-\u009f]/gu, (letter) => westernLetter(letter.charCodeAt(0)))

function decoderOf(charset: string | undefined): TextDecoder | null {
  try {
    return charset === undefined ? null : new TextDecoder(charset)
  } catch {
    return null
  }
}

const FAILURES: Record<string, string> = {
  ENOTFOUND: 'names a host that does not exist',
  EAI_AGAIN: 'names a host that cannot be found at the moment',
  ECONNREFUSED: 'cannot be reached: the host refuses the connection',
  ECONNRESET: 'broke off the connection',
  EHOSTUNREACH: 'cannot be reached',
  ENETUNREACH: 'cannot be reached',
  HPE_HEADER_OVERFLOW: 'answers with headers that are too long',
}

function failureOf({ code = '' }: NodeJS.ErrnoException): string {
  const known = FAILURES[code]
  if (known !== undefined) return known
  if (/CERT|SSL|TLS|SELF_SIGNED|UNABLE_TO_VERIFY/u.test(code))
    return 'has a certificate that cannot be trusted'
  return code.startsWith('HPE_') ? 'does not answer as a web server does' : 'cannot be fetched'
}
