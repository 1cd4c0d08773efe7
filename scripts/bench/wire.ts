import { get } from 'node:http'
import { copiedLedger } from './ledger.ts'
import type { Extent, Result } from './measure.ts'
import { round } from './measure.ts'
import { startReckoning } from './server.ts'

const MOST_BYTES = 10_000

/** The bytes of a body as they come over the wire to a browser. */
const bytesOf = (url: string): Promise<{ bytes: number; encoding: string }> =>
  new Promise((resolve, reject) => {
    get(url, { headers: { 'accept-encoding': 'gzip, deflate, br, zstd' } }, (answer) => {
      let bytes = 0
      if (answer.statusCode !== 200) reject(new Error(`${url}: ${answer.statusCode}`))
      answer.on('data', (chunk: Buffer) => (bytes += chunk.length))
      answer.on('error', reject)
      answer.on('end', () => resolve({ bytes, encoding: answer.headers['content-encoding'] ?? 'as it is' }))
    }).on('error', reject)
  })

/** B14: the front page over the wire, and a first visit with the sheet, the script and the icon that it brings. */
export async function overTheWire({ forecasts }: Extent): Promise<Result[]> {
  const server = await startReckoning(await copiedLedger({ forecasts: Math.min(forecasts, 10_000) }))
  const page = await (await fetch(`${server.url}/`)).text()
  const brought = [
    ...page.matchAll(/<(?:link rel="(?:stylesheet|icon)"|script)[^>]* (?:href|src)="([^"]+)"/gu),
  ]
  const own = await bytesOf(`${server.url}/`)
  let all = own.bytes
  const parts: string[] = []
  for (const [, address = ''] of brought) {
    const { bytes } = await bytesOf(server.url + address)
    parts.push(`${address.replace(/\.\w+\./u, '.').slice(1)} ${bytes}`)
    all += bytes
  }
  return [
    {
      id: 'B14',
      work: `the front page over the wire, ${own.encoding} (${round(page.length / 1024, 0)} kB)`,
      measured: `${own.bytes} bytes`,
      yardstick: `a first visit ${all}: ${parts.join(', ')}`,
      ratio: round(own.bytes / MOST_BYTES),
      goal: `≤ ${MOST_BYTES} bytes`,
      reached: own.bytes <= MOST_BYTES,
    },
  ]
}
