import { describe, expect, it } from 'vitest'
import { integrate } from '../../src/ledger/log/integrate.ts'
import { openCheckpoint, parseCheckpoint } from '../../src/log/checkpoint.ts'
import { fromHex, hex } from '../../src/log/encoding.ts'
import { leafHash, sealOf } from '../../src/log/entry.ts'
import { parseVerifierKey } from '../../src/log/note.ts'
import { openReceipt } from '../../src/log/receipt.ts'
import { parseEntryBundle, tilePath, tilesOf } from '../../src/log/tile.ts'
import { extendsTree, fullNodes, hashLeaf, hashNode, rootOf } from '../../src/log/tree.ts'
import { readConsistency } from '../../src/store/proofs.ts'
import { readTree } from '../../src/store/tree.ts'
import { aKeeper, signedBy } from '../support/log.ts'
import { client, forecastBody } from './client.ts'

/** A ledger with a signed log, and what asks it as a stranger does. */
async function published(forecasts = 1) {
  const held = await client()
  const post = (n: number) =>
    held.post('/api/forecasts', forecastBody({ quote: `there will be no war, said ${n} times` }))
  for (let n = 0; n < forecasts; n++) expect((await post(n)).status).toBe(201)
  const ledger = await signedBy(held.ledger)
  await integrate(ledger)
  const get = (path: string, headers: Record<string, string> = {}) =>
    held.app.request(`http://localhost${path}`, { headers })
  const text = async (path: string) => (await get(path)).text()
  const bytes = async (path: string) => new Uint8Array(await (await get(path)).arrayBuffer())
  return { held, ledger, post, get, text, bytes }
}

describe('what a stranger reads of the log', () => {
  it('is a checkpoint, signed by the key that is told, over a tree that the tiles and entries make', async () => {
    const { get, text, bytes } = await published(4)
    const answer = await get('/api/log/checkpoint')
    expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8')
    expect(answer.headers.get('cache-control')).toBe('no-cache')
    const key = parseVerifierKey((await text('/api/log/key')).trim())
    if (key === null) throw new Error('no key')
    const opened = await openCheckpoint(await answer.text(), [key])
    if (opened.problem !== null) throw new Error(opened.problem)
    const { size, root } = opened.checkpoint
    const entries: Uint8Array[] = []
    const hashes: Uint8Array[] = []
    const openings: string[] = []
    for (const tile of tilesOf(size)) {
      const path = `/api/log/${tilePath(tile)}`
      const { headers, status } = await get(path)
      expect([status, headers.get('content-type')]).toEqual([200, 'application/octet-stream'])
      const lasts = 'public, max-age=31536000, immutable'
      // Hashes get no shorter by packing, by whomever.
      expect(headers.get('cache-control')).toBe(tile.level === 'entries' ? lasts : `${lasts}, no-transform`)
      const read = await bytes(path)
      if (tile.level === 'entries') {
        entries.push(...(parseEntryBundle(read) ?? []))
        openings.push(...(await text(path.replace('tile/entries', 'openings'))).split('\n').slice(0, -1))
      } else if (tile.level === 0)
        for (let at = 0; at < read.length; at += 32) hashes.push(read.subarray(at, at + 32))
    }
    expect([entries.length, hashes.length, openings.length]).toEqual([size, size, size])
    expect(entries.map((entry) => hex(hashLeaf(entry)))).toEqual(hashes.map(hex))
    const at = ({ level, index }: { level: number; index: number }): Uint8Array =>
      level === 0
        ? (hashes[index] as Uint8Array)
        : hashNode(at({ level: level - 1, index: 2 * index }), at({ level: level - 1, index: 2 * index + 1 }))
    expect(fullNodes([0, size]).length).toBeGreaterThan(1)
    expect(hex(rootOf(size, at))).toBe(hex(root))
    for (const [n, entry] of entries.entries()) {
      const { type, sealed } = JSON.parse(new TextDecoder().decode(entry))
      if (/^(member|token|policy)\./u.test(type)) expect(openings[n]).toBe('')
      else expect(sealOf(openings[n] as string)).toBe(sealed)
    }
    expect(openings).toContain('')
  })

  it('is for every entry a receipt that proves it offline, at the address that the write and the entry name', async () => {
    const { held, ledger, post, get, text } = await published(1)
    const written = await post(7)
    expect(written.json.receipt).toBe(`/api/log/entries/${written.json.seq}/receipt`)
    const early = await get(written.json.receipt as string)
    expect([early.status, early.headers.get('retry-after')]).toEqual([404, '5'])
    expect(await early.text()).toContain('in no signed checkpoint yet')
    await integrate(ledger)
    const key = parseVerifierKey((await text('/api/log/key')).trim())
    const { size } = await readTree(ledger.db)
    for (let seq = 0; seq < size; seq++) {
      const entry = await held.get(`/api/log/entries/${seq}`)
      const leaf = fromHex(leafHash(entry.json.bytes as string)) as Uint8Array
      const opened = await openReceipt(
        await text(entry.json.receipt as string),
        leaf,
        key === null ? [] : [key],
      )
      expect(opened).toMatchObject({ problem: null, index: seq })
    }
    expect((await get(`/api/log/entries/${size}/receipt`)).status).toBe(404)
    expect((await get('/api/log/entries/01/receipt')).status).toBe(400)
  })

  it('changes with the next checkpoint, though nothing else was recorded meanwhile', async () => {
    const { ledger, post, text } = await published(1)
    await post(3)
    const before = await text('/api/log/checkpoint')
    await integrate(ledger)
    expect(await text('/api/log/checkpoint')).not.toBe(before)
  })

  it('is proven to go on from every size that was published', async () => {
    const { ledger, post } = await published(1)
    const trees = [await readTree(ledger.db)]
    for (const n of [4, 5]) {
      await post(n)
      await integrate(ledger)
      trees.push(await readTree(ledger.db))
    }
    const checkpoints = trees.map(({ checkpoint }) => parseCheckpoint(checkpoint?.note ?? ''))
    const last = checkpoints.at(-1)
    for (const older of checkpoints) {
      if (older == null || last == null) throw new Error('no checkpoint')
      const proof = await readConsistency(ledger.db, older.size, last.size)
      expect(extendsTree(older, last, proof)).toBe(true)
    }
  })

  it('is nothing beyond the checkpoint, and no other writing of an address', async () => {
    const { ledger, post, get } = await published(1)
    const { size } = await readTree(ledger.db)
    await post(9)
    for (const [path, status] of [
      [`tile/0/000.p/${size}`, 200],
      [`tile/0/000.p/${size + 1}`, 404],
      [`tile/entries/000.p/${size + 1}`, 404],
      [`openings/000.p/${size + 1}`, 404],
      ['tile/0/000', 404],
      ['tile/1/000.p/1', 404],
      ['tile/0/001.p/1', 404],
      ['tile/00/000.p/1', 404],
      ['tile/0/000.p/01', 404],
      ['tile/0/x000/000.p/1', 404],
      ['tile/data/000.p/1', 404],
      ['openings/0.p/1', 404],
      ['tile/0/999/999/999', 404],
    ] as const)
      expect([path, (await get(`/api/log/${path}`)).status]).toEqual([path, status])
  })

  it('is not there while nothing is signed, and says why', async () => {
    const held = await client()
    for (const path of ['checkpoint', 'key', 'tile/0/000.p/1', 'openings/000.p/1', 'entries/0/receipt']) {
      const answer = await held.get(`/api/log/${path}`)
      expect([path, answer.status, answer.json.code]).toEqual([path, 404, 'not_found'])
      expect(answer.json.detail).toContain('No checkpoint of this log was signed yet.')
    }
    const log = aKeeper(held.ledger.db, 'The log is not signed: RECKONING_LOG_KEY is not set.')
    await integrate({ log })
    held.host.ledger = { ...held.ledger, log }
    expect((await held.get('/api/log/checkpoint')).json.detail).toContain('RECKONING_LOG_KEY is not set')
  })
})
