import { sha256 } from '@noble/hashes/sha2.js'
import { afterAll, describe, expect, it } from 'vitest'
import { runAnchor, runUpgrade } from '../../src/jobs/anchor/anchor.ts'
import { type Parties, type Send, Unreachable } from '../../src/jobs/anchor/party.ts'
import { recordForecast } from '../../src/ledger/forecast/record-forecast.ts'
import { integrate } from '../../src/ledger/log/integrate.ts'
import { certificatesIn } from '../../src/log/anchor/certificate.ts'
import { proofBytes } from '../../src/log/anchor/opentimestamps.ts'
import { verifyAnchor } from '../../src/log/anchor/verify.ts'
import { joined } from '../../src/log/encoding.ts'
import { cosignaturesAt, lastSigned, pageOfAnchors, parties, promises } from '../../src/store/anchors.ts'
import { readHead } from '../../src/store/append.ts'
import { forecastById } from '../../src/store/forecasts.ts'
import { ask } from '../../src/store/query.ts'
import { aWitness, nobody } from '../support/anchors.ts'
import { aForecast, type TestLedger, testLedger } from '../support/ledger.ts'
import { aKey, signedBy } from '../support/log.ts'
import { timestampAuthority } from '../support/timestamp-authority.ts'

const HOUR = 3_600_000
const authority = timestampAuthority({ key: 'ec', direct: true })
afterAll(() => authority.end())

/** A signed ledger with one forecast, at an instant of its own. */
async function signedLedger(at?: string) {
  const held = at === undefined ? await testLedger() : await testLedger({}, new Date(at))
  const ledger = await signedBy(held.ledger)
  const { event } = await recordForecast(ledger, held.unit, aForecast())
  await integrate(ledger)
  held.ledger = ledger
  return { held, ledger, id: (event.payload as { id: string }).id }
}
const later = async (held: TestLedger, quote: string) => {
  await recordForecast(held.ledger, held.unit, aForecast({ quote }))
  await integrate(held.ledger)
}
const sizeOf = async ({ ledger }: Pick<TestLedger, 'ledger'>) => (await readHead(ledger.db)).seq + 1

describe('an anchor', () => {
  it('of a witness is an entry by which a forecast is proven from then on', async () => {
    const { held, ledger, id } = await signedLedger()
    const at = held.unit.now
    const witness = await aWitness([(await aKey()).key], () => at)
    const size = await sizeOf(held)
    expect((await ask(ledger.db, forecastById(id, at)))?.proven).toBeNull()
    const done = await runAnchor(ledger, at, { ...nobody, witnesses: witness.witnesses }, witness.send)
    expect(done).toMatchObject({
      failed: [],
      anchored: [{ entry: size, kind: 'witness', by_whom: 'witness.example/w1', at: at.toISOString(), size }],
    })
    expect((await ask(ledger.db, forecastById(id, at)))?.proven).toEqual({
      seq: size,
      size,
      kind: 'witness',
      at: at.toISOString(),
      by: 'witness.example/w1',
    })
    const [kept] = (await ask(ledger.db, pageOfAnchors({ limit: 1 }))).items
    await verifyAnchor(kept?.anchor as never)
    expect(await ask(ledger.db, cosignaturesAt(size))).toEqual([
      expect.stringMatching(/^— witness\.example\/w1 \S+\n$/u),
    ])
  })

  it('is not anchored itself: nobody is asked while nothing but anchors is new', async () => {
    const { held, ledger } = await signedLedger()
    const witness = await aWitness([(await aKey()).key], () => held.unit.now)
    const asked = { ...nobody, witnesses: witness.witnesses }
    for (const hours of [0, 1, 2, 3]) {
      await runAnchor(ledger, new Date(held.unit.now.getTime() + hours * HOUR), asked, witness.send, true)
      await integrate(ledger)
    }
    expect(witness.asked.map(({ status }) => status)).toEqual([200])
    const before = await sizeOf(held)
    await later(held, 'there will be another')
    const again = await runAnchor(ledger, held.unit.now, asked, witness.send, true)
    expect(again.anchored).toHaveLength(1)
    expect(await sizeOf(held)).toBeGreaterThan(before + 1)
  })

  it('of a witness is recorded once an hour, and its cosignature is served of every checkpoint', async () => {
    const { held, ledger } = await signedLedger()
    const witness = await aWitness([(await aKey()).key], () => held.unit.now)
    const asked = { ...nobody, witnesses: witness.witnesses }
    await runAnchor(ledger, held.unit.now, asked, witness.send)
    held.at('2026-11-22T10:05:00.000Z')
    await later(held, 'there will be another')
    const size = await sizeOf(held)
    expect((await runAnchor(ledger, held.unit.now, asked, witness.send)).anchored).toEqual([])
    expect(await ask(ledger.db, cosignaturesAt(size))).toHaveLength(1)
    // Nothing new since: yet what was signed in between becomes an entry when it is time.
    held.at('2026-11-22T11:05:00.000Z')
    expect((await runAnchor(ledger, held.unit.now, asked, witness.send)).anchored).toMatchObject([{ size }])
  })

  it('of an authority is verified and recorded with what everybody needs to verify it again', async () => {
    const { ledger, held, id } = await signedLedger(new Date().toISOString())
    const asked: Parties = {
      ...nobody,
      timestamps: [{ url: 'https://tsa.example/tsr', trusted: certificatesIn(authority.root()) }],
    }
    const send: Send = async ({ body }) => ({
      status: 200,
      type: 'application/timestamp-reply',
      body: new Uint8Array(authority.answer(body as Uint8Array)),
    })
    const done = await runAnchor(ledger, held.unit.now, asked, send)
    expect(done).toMatchObject({ failed: [], anchored: [{ kind: 'timestamp', by_whom: 'Test leaf' }] })
    const [kept] = (await ask(ledger.db, pageOfAnchors({ limit: 1 }))).items
    if (kept?.anchor.kind !== 'timestamp') throw new Error('no anchor')
    await verifyAnchor(kept.anchor)
    await expect(verifyAnchor({ ...kept.anchor, at: '2020-01-01T00:00:00.000Z' })).rejects.toThrow(
      'another time',
    )
    await expect(verifyAnchor({ ...kept.anchor, by_whom: 'Somebody' })).rejects.toThrow('somebody else')
    await expect(verifyAnchor({ ...kept.anchor, size: kept.anchor.size + 1 })).rejects.toThrow(
      'something else',
    )
    expect((await ask(ledger.db, forecastById(id, held.unit.now)))?.proven).toMatchObject({
      kind: 'timestamp',
      by: 'Test leaf',
    })
  })

  it('that is refused or does not come stops nobody else, and is told', async () => {
    const { held, ledger } = await signedLedger()
    const witness = await aWitness([], () => held.unit.now)
    const good = await aWitness([(await aKey()).key], () => held.unit.now, 'other.example/w')
    const asked: Parties = {
      timestamps: [
        { url: 'https://gone.example', trusted: [] },
        { url: 'https://html.example', trusted: [] },
        { url: 'https://impostor.example', trusted: certificatesIn(authority.root()) },
      ],
      calendars: ['https://broken.example'],
      blocks: null,
      witnesses: [...witness.witnesses, ...good.witnesses],
    }
    const send: Send = async (request) => {
      if (request.url.startsWith('https://gone')) throw new Unreachable('did not answer within 15 seconds')
      if (request.url.startsWith('https://html'))
        return { status: 200, type: 'text/html', body: new TextEncoder().encode('<p>Welcome') }
      if (request.url.startsWith('https://impostor')) {
        const other = Uint8Array.from(request.body as Uint8Array)
        other[30] = (other[30] as number) ^ 1
        return { status: 200, type: '', body: new Uint8Array(authority.answer(other)) }
      }
      if (request.url.startsWith('https://broken')) return { status: 503, type: '', body: new Uint8Array() }
      return request.url.startsWith('https://other') ? good.send(request) : witness.send(request)
    }
    const done = await runAnchor(ledger, held.unit.now, asked, send)
    expect(done.anchored).toMatchObject([{ by_whom: 'other.example/w' }])
    expect(done.failed).toEqual([
      { party: 'https://gone.example', because: 'did not answer within 15 seconds' },
      { party: 'https://html.example', because: 'answers with something that is no time stamp' },
      {
        party: 'https://impostor.example',
        because: 'gave an answer that stamps something else than this checkpoint',
      },
      { party: 'https://broken.example', because: 'answers with status 503' },
      {
        party: witness.witnesses[0]?.party,
        because: 'does not know this log: its operator adds the verifier key of this log (status 404)',
      },
    ])
    expect((await ask(ledger.db, parties)).filter(({ failure }) => failure !== null)).toHaveLength(5)
  })

  it('dated ahead of the present, or before what it holds, is no anchor: a clock is wrong', async () => {
    const { held, ledger, id } = await signedLedger()
    for (const hours of [2, -2]) {
      const witness = await aWitness(
        [(await aKey()).key],
        () => new Date(held.unit.now.getTime() + hours * HOUR),
      )
      const asked = { ...nobody, witnesses: witness.witnesses }
      const done = await runAnchor(ledger, held.unit.now, asked, witness.send)
      expect(done.anchored).toEqual([])
      expect(done.failed[0]?.because).toMatch(/a clock is wrong, theirs or ours/u)
    }
    expect((await ask(ledger.db, forecastById(id, held.unit.now)))?.proven).toBeNull()
  })

  it('is refused where the log never had that checkpoint', async () => {
    const one = await signedLedger()
    const other = await signedLedger()
    const witness = await aWitness([(await aKey()).key], () => one.held.unit.now)
    await runAnchor(one.ledger, one.held.unit.now, { ...nobody, witnesses: witness.witnesses }, witness.send)
    // The same log name and key, and another history: the witness does not sign it.
    const done = await runAnchor(
      other.ledger,
      one.held.unit.now,
      { ...nobody, witnesses: witness.witnesses },
      witness.send,
    )
    expect(done.failed[0]?.because).toMatch(/its history is another \(status 422\)/u)
    expect(done.anchored).toEqual([])
  })
})

/** A calendar that puts every hash into a block of its own once it is told to, with a header of little work. */
function aCalendar() {
  const url = 'https://calendar.example'
  let block: { header: Uint8Array; hash: string } | null = null
  const suffix = new Uint8Array(32).fill(7)
  const waiting: Uint8Array[] = []
  const send: Send = async ({ url: asked, body }) => {
    const answer = (bytes: Uint8Array | string, status = 200) => ({
      status,
      type: '',
      body: typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes,
    })
    if (asked === `${url}/digest`) {
      waiting.push(sha256(joined(body as Uint8Array, Uint8Array.of(1))))
      const pending = { attestations: [{ kind: 'pending' as const, calendar: url }], steps: [] }
      const hashed = { attestations: [], steps: [{ op: 0x08, argument: null, next: pending }] }
      return answer(
        proofBytes({ attestations: [], steps: [{ op: 0xf0, argument: Uint8Array.of(1), next: hashed }] }),
      )
    }
    if (asked.startsWith(`${url}/timestamp/`)) {
      if (block === null) return answer('Pending confirmation in Bitcoin blockchain', 404)
      const end = { attestations: [{ kind: 'bitcoin' as const, height: 900_000 }], steps: [] }
      const hashed = { attestations: [], steps: [{ op: 0x08, argument: null, next: end }] }
      return answer(proofBytes({ attestations: [], steps: [{ op: 0xf0, argument: suffix, next: hashed }] }))
    }
    if (asked === 'https://blocks.example/block-height/900000') return answer('00'.repeat(32))
    if (asked.endsWith('/header')) {
      const header = new Uint8Array(80)
      header.set(sha256(joined(waiting[0] as Uint8Array, suffix)), 36)
      header.set([0xff, 0xff, 0x7f, 0x20], 72)
      return answer(Buffer.from(header).toString('hex'))
    }
    throw new Unreachable('is another host')
  }
  return {
    url,
    send,
    mine: () => {
      block = { header: new Uint8Array(80), hash: '' }
    },
  }
}

describe('a calendar of OpenTimestamps', () => {
  it('promises first; what a block holds becomes an entry, which dates nothing without the header', async () => {
    const { held, ledger, id } = await signedLedger()
    const calendar = aCalendar()
    const asked = { ...nobody, calendars: [calendar.url] }
    const size = await sizeOf(held)
    const first = await runAnchor(ledger, held.unit.now, asked, calendar.send)
    expect(first).toMatchObject({ promised: [calendar.url], waiting: 1, anchored: [], failed: [] })
    expect(await sizeOf(held)).toBe(size)
    calendar.mine()
    const upgraded = await runUpgrade(ledger, held.unit.now, null, calendar.send)
    expect(upgraded.anchored).toEqual([
      { entry: size, kind: 'opentimestamps', by_whom: 'Bitcoin block 900000', at: null, size },
    ])
    expect(await ask(ledger.db, promises)).toEqual([])
    const [kept] = (await ask(ledger.db, pageOfAnchors({ limit: 1 }))).items
    await verifyAnchor(kept?.anchor as never)
    expect((await ask(ledger.db, forecastById(id, held.unit.now)))?.proven).toBeNull()
  })

  it('whose block anybody could have made is not believed', async () => {
    const { held, ledger } = await signedLedger()
    const calendar = aCalendar()
    calendar.mine()
    const asked = { ...nobody, calendars: [calendar.url], blocks: 'https://blocks.example' }
    const done = await runAnchor(ledger, held.unit.now, asked, calendar.send)
    expect(done.anchored).toEqual([])
    expect(done.failed[0]?.because).toMatch(/work was not done|too easy to find/u)
    // The promise is kept, to be asked again.
    expect(await ask(ledger.db, promises)).toHaveLength(1)
    expect((await ask(ledger.db, lastSigned))?.size).toBe(await sizeOf(held))
  })
})
