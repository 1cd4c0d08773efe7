import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createApp } from '../../src/app.ts'
import { VERSION } from '../../src/build.ts'
import { redact } from '../../src/ledger/redaction/redact.ts'
import { verifierKey } from '../../src/log/note.ts'
import { patient } from '../support/by-files.ts'
import { commandOn } from '../support/command.ts'
import { opened, sealed, TEN_WAYS } from '../support/forgery.ts'
import { testLedger } from '../support/ledger.ts'
import { folder, root } from '../support/process.ts'
import {
  checkpointOf,
  ORIGIN,
  type PublishedFiles,
  publishedFiles,
  signer,
  storedOf,
  writeFiles,
} from '../support/published.ts'
import { AFTERWARDS, aQuestion, confirm, log, propose } from '../support/steps.ts'

const run = commandOn({ RECKONING_DATABASE_URL: 'file:nowhere.db' })
const verify = async (...words: string[]) => {
  const { code, stdout, stderr } = await run('verify', ...words, '--json')
  const value = JSON.parse(stdout)
  const codes = (value.findings ?? []).map(({ seq, code }: { seq: number | null; code: string }) =>
    seq === null ? code : `${seq} ${code}`,
  )
  return { code, value, codes, stderr }
}

/** A ledger of more than one tile, with a decided forecast, its entries as they are opened. */
async function aLedger(forecasts = 3) {
  const held = await testLedger()
  await held.join('Second', 'recorder')
  const { question } = await log(held)
  for (let n = 1; n < forecasts; n++)
    await log(held, { quote: `no war ${n}`, question: aQuestion({ title: `War ${n} begins` }) })
  held.at(AFTERWARDS)
  await propose(held, question)
  await confirm(held, question, 'r1')
  return held
}

type Entries = Awaited<ReturnType<typeof storedOf>>
let entries: Entries
let forgeries: Map<string, Entries>
let many: Entries
beforeAll(async () => {
  const held = await aLedger()
  entries = await storedOf(held.ledger.db)
  forgeries = new Map()
  for (const [way, forge] of Object.entries(TEN_WAYS))
    forgeries.set(way, sealed(forge(await opened(held.ledger))))
  many = await storedOf((await aLedger(90)).ledger.db)
}, patient(60_000))

const exported = async (of: Entries, by = signer()) =>
  writeFiles(folder(), await publishedFiles(of, await by))
const bytesOf = (of: Entries) => of.map(({ bytes }) => bytes)

describe('reckon verify DIR', () => {
  it('passes an export, of one tile and of several, and says what nobody could tell', async () => {
    const dir = await exported(entries)
    expect(await verify(dir)).toMatchObject({
      code: 0,
      value: {
        entries: entries.length,
        same_person: 1,
        findings: [],
        signed: { origin: ORIGIN, size: entries.length },
        older: null,
        kept: null,
      },
    })
    const { stdout } = await run('verify', dir)
    expect(stdout).toContain('no older checkpoint was given, so this cannot show that it is\nyesterday’s log')
    expect(stdout).toContain('about members, tokens and policy are published sealed')
    expect(many.length).toBeGreaterThan(256)
    expect(await verify(await exported(many))).toMatchObject({ code: 0, codes: [] })
  })

  it('keeps the key and the checkpoint of a first visit, and holds the next one against them', async () => {
    const pin = join(folder(), 'ledger.pin')
    const first = await verify(await exported(entries.slice(0, -2)), '--pin', pin)
    expect(first).toMatchObject({ code: 0, value: { older: null, kept: { size: entries.length - 2 } } })
    const kept = readFileSync(pin, 'utf8')
    expect(kept).toContain(verifierKey((await signer()).key))
    const second = await verify(await exported(entries), '--pin', pin)
    expect(second).toMatchObject({
      code: 0,
      value: { older: { size: entries.length - 2 }, kept: { size: entries.length } },
    })
    expect(readFileSync(pin, 'utf8')).not.toBe(kept)
  })

  it.each(Object.keys(TEN_WAYS))(
    'finds by the pin that %s, also where all of it was signed anew with the key, and leaves the pin as it was',
    async (way) => {
      const pin = join(folder(), 'ledger.pin')
      expect(await verify(await exported(entries), '--pin', pin)).toMatchObject({ code: 0 })
      const kept = readFileSync(pin, 'utf8')
      const dir = await exported(forgeries.get(way) ?? [])
      expect(await verify(dir), 'without an older checkpoint it agrees with itself').toMatchObject({
        code: 0,
      })
      const found = await verify(dir, '--pin', pin)
      expect(found.code).toBe(1)
      expect(found.codes).toEqual([expect.stringMatching(/^\d+ (?:history|loss)$/u)])
      expect(readFileSync(pin, 'utf8')).toBe(kept)
    },
  )

  it('takes a bare checkpoint as well, from wherever it was kept', async () => {
    const note = join(folder(), 'checkpoint')
    writeFileSync(note, await checkpointOf(bytesOf(entries).slice(0, 7), await signer()))
    expect(await verify(await exported(entries), '--pin', note)).toMatchObject({
      code: 0,
      value: { older: { size: 7 }, kept: null },
    })
    expect(readFileSync(note, 'utf8')).toMatch(/^ledger\.example/u)
    const other = join(folder(), 'checkpoint')
    writeFileSync(other, await checkpointOf(['other', 'entries'], await signer()))
    expect(await verify(await exported(entries), '--pin', other)).toMatchObject({
      code: 1,
      codes: ['0 history'],
    })
  })

  it('trusts no other key than that of the first visit', async () => {
    const pin = join(folder(), 'ledger.pin')
    await verify(await exported(entries), '--pin', pin)
    const stranger = await exported(entries, signer(ORIGIN, 8))
    expect(await verify(stranger, '--pin', pin)).toMatchObject({ code: 1, codes: ['key'] })
    const elsewhere = await exported(entries, signer('other.example/log', 7))
    expect(await verify(elsewhere, '--pin', pin)).toMatchObject({ code: 1, codes: ['key'] })
  })

  it.each([
    ['a byte of an entry', 'tile/entries/000.p/', (bytes: Uint8Array) => flip(bytes, 40), 'root'],
    ['a byte of the hashes', 'tile/0/000.p/', (bytes: Uint8Array) => flip(bytes, 40), 'tile'],
    [
      'the number in the checkpoint',
      'checkpoint',
      (bytes: Uint8Array) => replaced(bytes, /\n(\d+)\n/u, '\n1\n'),
      'checkpoint',
    ],
    ['the signature', 'checkpoint', (bytes: Uint8Array) => replaced(bytes, /(.)=\n$/u, 'A=\n'), 'checkpoint'],
    ['the key', 'key', () => Buffer.from('nonsense\n'), 'key'],
    ['a part of the hashes, cut off', 'tile/0/000.p/', (bytes: Uint8Array) => bytes.subarray(0, 64), 'tile'],
    [
      'a part of the entries, cut off',
      'tile/entries/000.p/',
      (bytes: Uint8Array) => bytes.subarray(0, 99),
      '0 missing',
    ],
    ['the opening of a quote', 'openings/000.p/', (bytes: Uint8Array) => dropped(bytes, 8), '8 opening'],
    ['the opening of another', 'openings/000.p/', (bytes: Uint8Array) => doubled(bytes, 8), '8 seal'],
  ] as const)('finds that %s was changed on its way', async (_, name, change, code) => {
    const files = await publishedFiles(entries, await signer())
    await changeFile(files, name, change)
    const { codes, code: exit } = await verify(writeFiles(folder(), files))
    expect(exit).toBe(1)
    expect(codes).toContain(code)
  })

  it.each(['checkpoint', 'tile/entries/000.p/', 'tile/0/000.p/', 'openings/000.p/', 'key'])(
    'finds that %s is missing',
    async (name) => {
      const files = await publishedFiles(entries, await signer())
      for (const path of files.keys()) if (path.startsWith(name)) files.delete(path)
      expect(await verify(writeFiles(folder(), files))).toMatchObject({ code: 1 })
    },
  )

  it('passes an export from which words were taken out, and not one from which more is missing', async () => {
    const held = await aLedger()
    const note = await checkpointOf(bytesOf(await storedOf(held.ledger.db)), await signer())
    await redact(held.ledger, held.unit, {
      words: ['no war 1'],
      because: 'It named somebody.',
      class: 'update',
    })
    const redacted = await storedOf(held.ledger.db)
    const pin = join(folder(), 'checkpoint')
    writeFileSync(pin, note)
    const dir = await exported(redacted)
    const found = await verify(dir, '--pin', pin)
    expect(found).toMatchObject({ code: 0, codes: [] })
    expect(found.value.redactions).toBeGreaterThan(0)
    const { status, stdout } = spawnSync('python3', [join(root, 'docs/verify.py'), dir, '--pin', pin])
    expect(stdout.toString()).toContain(`Redacted: ${found.value.redactions}.`)
    expect(status).toBe(0)
    const missing = redacted.findIndex(({ bytes }) => bytes.includes('"question.recorded"'))
    const more = redacted.with(missing, { bytes: redacted[missing]?.bytes ?? '', disclosure: null })
    expect((await verify(await exported(more))).codes).toContain(`${missing} opening`)
  })

  it('survives entries that are no entries of a ledger, signed as they are', async () => {
    const nonsense = ['', '{}', 'null', '[1]', '{"stream":"a","rev":0}'].map((bytes) => ({
      bytes,
      disclosure: 'x',
    }))
    expect(await verify(await exported(nonsense))).toMatchObject({ code: 1 })
    expect(await verify(await exported([]))).toMatchObject({ code: 0, value: { entries: 0 } })
  })

  it('refuses a pin in which there is no checkpoint, and writes nothing', async () => {
    const pin = join(folder(), 'ledger.pin')
    writeFileSync(pin, 'not a checkpoint')
    expect(await verify(await exported(entries), '--pin', pin)).toMatchObject({ code: 2 })
    expect(readFileSync(pin, 'utf8')).toBe('not a checkpoint')
    const none = join(folder(), 'ledger.pin')
    const files = await publishedFiles(entries, await signer())
    await changeFile(files, 'openings/000.p/', (bytes) => dropped(bytes, 8))
    expect(await verify(writeFiles(folder(), files), '--pin', none)).toMatchObject({ code: 1 })
    expect(existsSync(none)).toBe(false)
  })
})

const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

/** A ledger on the web: its log as it is published, everything else from its application. */
async function served(answer: (path: string) => Response | Promise<Response>): Promise<string> {
  const server = createServer((request, response) => {
    void Promise.resolve(answer(request.url ?? '/')).then(async (given) => {
      response.writeHead(given.status, Object.fromEntries(given.headers))
      response.end(Buffer.from(await given.arrayBuffer()))
    })
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  closing.push(() => server.close())
  const { port } = server.address() as { port: number }
  return `http://127.0.0.1:${port}`
}
const fileOf = (files: PublishedFiles, path: string): Response => {
  const bytes = files.get(path.replace('/api/log/', ''))
  return bytes === undefined ? new Response('', { status: 404 }) : new Response(Buffer.from(bytes))
}

describe('reckon verify URL', () => {
  it('verifies a ledger at its address, and holds its track records against its entries', async () => {
    const held = await aLedger()
    const files = await publishedFiles(await storedOf(held.ledger.db), await signer())
    const app = createApp({ ...held.host, version: VERSION })
    const asked = (path: string) => app.request(`http://localhost${path}`)
    const url = await served((path) => (path.startsWith('/api/log/') ? fileOf(files, path) : asked(path)))
    const compared = '1 published track record of 1 held against the entries.'
    expect(await verify(`${url}/forecasts/whatever`)).toMatchObject({
      code: 0,
      codes: [],
      value: { notes: [compared] },
    })
    // It has moved on: the record as of the last entry that was read is asked for.
    await log(held, { quote: 'no war at last', question: aQuestion({ title: 'A last war begins' }) })
    expect(await verify(url)).toMatchObject({ code: 0, codes: [], value: { notes: [compared] } })
    const flattered = await served(async (path) => {
      if (path.startsWith('/api/log/')) return fileOf(files, path)
      const page = (await (await asked(path)).json()) as { figures: { value: unknown }[] }
      const [first, ...others] = page.figures
      return Response.json({ ...page, figures: [{ ...first, value: 0 }, ...others] })
    })
    expect(await verify(flattered)).toMatchObject({ code: 1, codes: ['record'] })
  })

  it('says where nobody answers, and what answers without end', async () => {
    expect(await verify('http://127.0.0.1:9')).toMatchObject({
      code: 1,
      value: { error: { code: 'unavailable', message: expect.stringContaining('cannot be read') } },
    })
    const long = await served(() => new Response('x'.repeat(1_100_000)))
    expect(await verify(long)).toMatchObject({ code: 1, value: { error: { code: 'too_large' } } })
    const moved = await served(
      () => new Response('', { status: 302, headers: { location: 'http://127.0.0.1:9' } }),
    )
    expect(await verify(moved)).toMatchObject({ code: 1, value: { error: { code: 'unavailable' } } })
    const nothing = await served(() => new Response('', { status: 404 }))
    expect(await verify(nothing)).toMatchObject({ code: 1, codes: ['checkpoint'] })
  })
})

function flip(bytes: Uint8Array, at: number): Uint8Array {
  const changed = Uint8Array.from(bytes)
  changed[at] = (changed[at] ?? 0) ^ 1
  return changed
}
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString()
const replaced = (bytes: Uint8Array, what: RegExp, by: string) => Buffer.from(text(bytes).replace(what, by))
const dropped = (bytes: Uint8Array, line: number) =>
  Buffer.from(text(bytes).split('\n').with(line, '').join('\n'))
const doubled = (bytes: Uint8Array, line: number) => {
  const lines = text(bytes).split('\n')
  return Buffer.from(lines.with(line, lines[line + 1] ?? '').join('\n'))
}
async function changeFile(files: PublishedFiles, name: string, change: (bytes: Uint8Array) => Uint8Array) {
  const path = [...files.keys()].find((one) => one.startsWith(name))
  if (path === undefined) throw new Error(`nothing is published at ${name}`)
  files.set(path, change(files.get(path) ?? new Uint8Array()))
}
