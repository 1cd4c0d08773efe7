import { lookup } from 'node:dns/promises'
import http from 'node:http'
import https from 'node:https'
import type { LookupFunction } from 'node:net'
import { addressIn, isGlobalUnicast } from '../core/address.ts'
import { type Answered, type Request, type Send, Unreachable } from '../jobs/anchor/party.ts'

const TIMEOUT_MS = 15_000
const MAX_BYTES = 256 * 1024

/**
 * One request to whom an operator named: names must lead to the public internet alone, and the connection goes to the
 * address that was checked. An address in numbers is believed where the operator wrote it himself. No redirects,
 * 15 s and 256 KiB in all. Throws `Unreachable` with what goes behind the name of whoever was asked.
 */
export const exchange: Send = (request) => exchanged(request, { isAnywhere: false, isStatusAll: false })

type How = {
  /** Names may lead to private networks too. */
  isAnywhere: boolean
  /** Of the answer only the status is wanted: it is left where its body begins. */
  isStatusAll: boolean
  timeoutMs?: number
}

/** The same with other rules. */
export const exchanged = async (request: Request, how: How): Promise<Answered> => {
  const { timeoutMs = TIMEOUT_MS } = how
  const signal = AbortSignal.timeout(timeoutMs)
  try {
    const url = new URL(request.url)
    return await answered(url, await addressFor(url, request.isOurs, how, signal), request, how, signal)
  } catch (error) {
    if (error instanceof Unreachable) throw error
    if (signal.aborted) throw new Unreachable(`did not answer within ${timeoutMs / 1000} seconds`)
    const { code = '' } = error as NodeJS.ErrnoException
    throw new Unreachable(`cannot be reached${code === '' ? '' : ` (${code})`}`)
  }
}

async function addressFor(
  url: URL,
  isOurs: boolean,
  { isAnywhere }: How,
  signal: AbortSignal,
): Promise<string> {
  const literal = addressIn(url)
  if (literal !== null && isOurs) return literal
  const addresses = literal === null ? await namesOf(url.hostname, signal) : [literal]
  const [first] = addresses
  if (first === undefined) throw new Unreachable('names a host that does not exist')
  if (!isAnywhere && !addresses.every(isGlobalUnicast))
    throw new Unreachable('leads to a host that is not on the public internet')
  return first
}

const namesOf = (name: string, signal: AbortSignal): Promise<string[]> =>
  new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
    lookup(name, { all: true }).then((found) => resolve(found.map(({ address }) => address)), reject)
  })

function answered(
  url: URL,
  address: string,
  { method, headers = {}, body }: Request,
  { isStatusAll }: How,
  signal: AbortSignal,
): Promise<Answered> {
  const found = { address, family: address.includes(':') ? 6 : 4 }
  // The name stays for the certificate and the Host header; nobody asks the resolver a second time.
  const known = ((_name, options, done) =>
    options.all === true ? done(null, [found]) : done(null, found.address, found.family)) as LookupFunction
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? https : http).request(url, {
      method,
      headers: {
        'user-agent': 'Reckoning',
        ...headers,
        ...(body === undefined ? {} : { 'content-length': body.length }),
      },
      lookup: known,
      agent: false,
      signal,
      maxHeaderSize: 32_768,
    })
    request.once('error', reject)
    request.once('response', (response) => {
      const { statusCode: status = 0 } = response
      if (isStatusAll) {
        response.on('error', () => {})
        response.destroy()
        return resolve({ status, type: '', body: new Uint8Array() })
      }
      const parts: Buffer[] = []
      let length = 0
      response.on('data', (part: Buffer) => {
        length += part.length
        if (length > MAX_BYTES) response.destroy(new Unreachable('answers with more than 256 KiB'))
        else parts.push(part)
      })
      response.once('error', reject)
      response.once('end', () =>
        resolve({
          status,
          type: (response.headers['content-type'] ?? '').toLowerCase(),
          body: new Uint8Array(Buffer.concat(parts)),
        }),
      )
    })
    request.end(body)
  })
}
