import {
  chmodSync,
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openCheckpoint, parseCheckpoint } from '../../src/log/checkpoint.ts'
import { hex } from '../../src/log/encoding.ts'
import { type NoteKey, parseVerifierKey } from '../../src/log/note.ts'
import { parseEntryBundle } from '../../src/log/tile.ts'
import { hashLeaf } from '../../src/log/tree.ts'
import { keyFile, readGuardFile } from '../../src/node/log-files.ts'
import { readEvents } from '../../src/store/events.ts'
import { readPublished } from '../../src/store/proofs.ts'
import { example, withDatabase, workplace } from './workplace.ts'

const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8)
const keyOf = (text: string): NoteKey => {
  const key = parseVerifierKey(text.trim())
  if (key === null) throw new Error(`no key: ${text}`)
  return key
}
const noteIn = async (url: string) => (await withDatabase(url, readPublished))?.note ?? ''

/** A ledger with the worked example, signed. */
async function logged(settings: Record<string, string> = {}) {
  const held = workplace(settings)
  expect(await held.run('token', 'create', '--name', 'one', '--role', 'admin')).toMatchObject({ code: 0 })
  expect(await held.run('import', example)).toMatchObject({ code: 0 })
  return { ...held, database: held.url.slice('file:'.length) }
}

const filesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8', withFileTypes: true })
    .filter((one) => one.isFile())
    .map((one) => relative(folder, join(one.parentPath, one.name)))
    .sort()

/** A copy in the place of the database, as somebody restores it. */
function putBack(copy: string, database: string): void {
  for (const end of ['', '-wal', '-shm', '-lock']) rmSync(database + end, { force: true })
  copyFileSync(copy, database)
}

describe('the key of a log', () => {
  it('is made beside the database, for its owner alone, and stands nowhere in the database', async () => {
    const { database, url, at } = await logged()
    const file = keyFile(database)
    expect(modeOf(file)).toBe('600')
    const text = readFileSync(file, 'utf8').trim()
    expect(text).toMatch(/^PRIVATE\+KEY\+reckoning\/[0-9a-f]{16}\+[0-9a-f]{8}\+/u)
    const seed = text.split('+').at(-1) as string
    const note = await noteIn(url)
    expect(parseCheckpoint(note)?.origin).toBe(text.split('+')[2])
    for (const name of readdirSync(at()).filter((one) => one !== 'ledger.db.key'))
      expect([name, readFileSync(at(name), 'latin1').includes(seed)]).toEqual([name, false])
    expect(readGuardFile(database)).toBe(note)
    expect(modeOf(`${database}.checkpoint`)).toBe('600')
  })

  it('carries the name of the place where the log is read', async () => {
    const { url } = await logged({ RECKONING_ORIGIN: 'https://ledger.example' })
    expect(parseCheckpoint(await noteIn(url))?.origin).toBe('ledger.example/api/log')
  })

  it('that others may read, that is gone, or that is another signs nothing, and recording goes on', async () => {
    const { database, url, run, json } = await logged()
    const before = await noteIn(url)
    const file = keyFile(database)
    const write = async () =>
      expect((await json('token', 'create', '--name', 'x', '--role', 'reader')).code).toBe(0)
    chmodSync(file, 0o644)
    await write()
    expect(await noteIn(url)).toBe(before)
    const told = await run('log', 'rotate-key', '--because', 'Seen.')
    expect(told).toMatchObject({ code: 1, stderr: expect.stringContaining('chmod 600') })
    const key = readFileSync(file, 'utf8')
    rmSync(file)
    await write()
    expect([await noteIn(url), existsSync(file)]).toEqual([before, false])
    const other = workplace()
    await other.run(
      'log',
      'new-key',
      other.at('another.key'),
      '--name',
      parseCheckpoint(before)?.origin ?? '',
    )
    copyFileSync(other.at('another.key'), file)
    await write()
    expect(await noteIn(url)).toBe(before)
    writeFileSync(file, key)
    await write()
    expect(await noteIn(url)).not.toBe(before)
  })

  it('is made for the environment, and overwrites nothing', async () => {
    const { run, at } = workplace({ RECKONING_ORIGIN: 'https://ledger.example' })
    const made = await run('log', 'new-key', at('log.key'))
    expect(keyOf(made.stdout).name).toBe('ledger.example/api/log')
    expect(modeOf(at('log.key'))).toBe('600')
    const text = readFileSync(at('log.key'), 'utf8')
    expect(await run('log', 'new-key', at('log.key'))).toMatchObject({ code: 1, stdout: '' })
    expect(readFileSync(at('log.key'), 'utf8')).toBe(text)
    const { url } = await logged({ RECKONING_LOG_KEY: text })
    expect(existsSync(`${url.slice(5)}.key`)).toBe(false)
    expect(await openCheckpoint(await noteIn(url), [keyOf(made.stdout)])).toMatchObject({ problem: null })
    expect(await run('log', 'new-key', at('x.key'), '--name', 'two words')).toMatchObject({ code: 2 })
  })

  it('that is none is said at once, and nothing of it is shown', async () => {
    const { run } = workplace({ RECKONING_LOG_KEY: 'PRIVATE+KEY+a+00000000+c2VjcmV0' })
    const told = await run('token', 'create', '--name', 'one', '--role', 'admin')
    expect(told).toMatchObject({ code: 2, stdout: '' })
    expect(told.stderr).toContain('RECKONING_LOG_KEY holds something that is no signing key')
    expect(told.stderr).not.toContain('c2VjcmV0')
  })
})

describe('changing the key', () => {
  it('is an entry, and the checkpoint that holds it is signed by the old and the new', async () => {
    const { database, url, run, json } = await logged()
    const published = workplace()
    await run('log', 'export', published.at('before'))
    const old = keyOf(readFileSync(published.at('before', 'key'), 'utf8'))
    const { value } = await json('log', 'rotate-key', '--because', 'Once a year.')
    const next = keyOf(value.to)
    expect([keyOf(value.from), next.name]).toEqual([old, old.name])
    const note = await noteIn(url)
    for (const key of [old, next]) expect(await openCheckpoint(note, [key])).toMatchObject({ problem: null })
    const events = await withDatabase(url, (db) => readEvents(db, 0, 1000))
    expect(events.at(-1)).toMatchObject({
      type: 'key.rotated',
      payload: { from: value.from, to: value.to, because: 'Once a year.' },
    })
    expect(readFileSync(keyFile(database), 'utf8').trim().split('\n')).toHaveLength(1)
    expect(modeOf(keyFile(database))).toBe('600')
    await run('token', 'create', '--name', 'two', '--role', 'reader')
    const later = await noteIn(url)
    expect(await openCheckpoint(later, [next])).toMatchObject({ problem: null })
    expect(await openCheckpoint(later, [old])).toEqual({ problem: 'unknown_signers' })
    expect(await run('verify')).toMatchObject({ code: 0 })
  })

  it('that was interrupted after the file was written is finished by the next', async () => {
    const { database, url, run, json } = await logged()
    const { beginChange } = await import('../../src/node/log-key.ts')
    const { next } = await beginChange(database, null)
    await run('token', 'create', '--name', 'two', '--role', 'reader')
    const { value } = await json('log', 'rotate-key', '--because', 'Once a year.')
    expect(keyOf(value.to).id).toBe(next.key.id)
    expect(await openCheckpoint(await noteIn(url), [keyOf(value.from)])).toMatchObject({ problem: null })
  })

  it('whose old one is lost says so, and is refused where it is not', async () => {
    const { database, url, run, json } = await logged()
    expect(await run('log', 'rotate-key', '--lost', '--because', 'Gone.')).toMatchObject({ code: 1 })
    rmSync(keyFile(database))
    expect(await run('log', 'rotate-key', '--because', 'Gone.')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('--lost'),
    })
    const { value } = await json('log', 'rotate-key', '--lost', '--because', 'Gone.')
    const note = await noteIn(url)
    expect(await openCheckpoint(note, [keyOf(value.to)])).toMatchObject({ problem: null })
    expect(await openCheckpoint(note, [keyOf(value.from)])).toEqual({ problem: 'unknown_signers' })
    const events = await withDatabase(url, (db) => readEvents(db, 0, 1000))
    expect(events.at(-1)?.payload).toMatchObject({ is_lost: true })
  })

  it('that stands in the environment takes both at once', async () => {
    const { run: make, at } = workplace({ RECKONING_ORIGIN: 'https://ledger.example' })
    await make('log', 'new-key', at('old.key'))
    const made = await make('log', 'new-key', at('new.key'))
    const [old, next] = ['old.key', 'new.key'].map((name) => readFileSync(at(name), 'utf8').trim())
    const first = await logged({ RECKONING_LOG_KEY: old as string })
    expect(await first.run('log', 'rotate-key', '--because', 'So.')).toMatchObject({ code: 2 })
    const both = workplace({ RECKONING_DATABASE_URL: first.url, RECKONING_LOG_KEY: `${next} ${old}` })
    expect(await both.run('log', 'rotate-key', '--because', 'So.')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining(made.stdout.trim()),
    })
    const alone = workplace({ RECKONING_DATABASE_URL: first.url, RECKONING_LOG_KEY: next as string })
    await alone.run('token', 'create', '--name', 'two', '--role', 'reader')
    expect(await openCheckpoint(await noteIn(first.url), [keyOf(made.stdout)])).toMatchObject({
      problem: null,
    })
  })
})

describe('an older copy of the file', () => {
  it('is read, takes nothing, and says what it lacks; the loss can be accepted, under another name', async () => {
    const { database, url, run, at } = await logged()
    await run('backup', at('older.db'))
    await run('token', 'create', '--name', 'two', '--role', 'reader')
    const lost = parseCheckpoint(readGuardFile(database) ?? '')
    putBack(at('older.db'), database)
    const refused = await run('token', 'create', '--name', 'three', '--role', 'reader')
    expect(refused).toMatchObject({ code: 1, stdout: '' })
    expect(refused.stderr).toContain(`a published checkpoint of ${lost?.size} entries`)
    expect(await run('due')).toMatchObject({ code: 0 })
    expect(await run('member', 'list')).toMatchObject({ code: 0 })
    const accepted = await run('rebuild', '--accept-loss', 'The disk failed.')
    expect(accepted).toMatchObject({ code: 0, stderr: '' })
    const now = parseCheckpoint(await noteIn(url))
    expect(now?.origin).toBe(`${lost?.origin}/restored-${(now?.size ?? 0) - 1}`)
    const events = await withDatabase(url, (db) => readEvents(db, 0, 1000))
    expect(events.at(-1)).toMatchObject({
      type: 'log.restored',
      payload: {
        lost: { to: (lost?.size ?? 0) - 1 },
        published: expect.stringContaining(`${lost?.origin}\n`),
      },
    })
    expect(await run('token', 'create', '--name', 'three', '--role', 'reader')).toMatchObject({ code: 0 })
    expect(await run('verify')).toMatchObject({ code: 0 })
    // What was there before the loss was accepted is older than what was published since.
    putBack(at('older.db'), database)
    expect(await run('token', 'create', '--name', 'four', '--role', 'reader')).toMatchObject({ code: 1 })
  })

  it('without the file of the guard is taken for the newest: nothing else knows better', async () => {
    const { database, run, at } = await logged()
    await run('backup', at('older.db'))
    await run('token', 'create', '--name', 'two', '--role', 'reader')
    rmSync(`${database}.checkpoint`)
    putBack(at('older.db'), database)
    expect(await run('token', 'create', '--name', 'three', '--role', 'reader')).toMatchObject({ code: 0 })
  })
})

describe('the export of a log', () => {
  it('is the same bytes for the same log, holds every entry, and no opening of members, tokens and policy', async () => {
    const { url, run, at } = await logged()
    for (const name of ['one', 'other'])
      expect(await run('log', 'export', at(name))).toMatchObject({ code: 0 })
    const files = filesIn(at('one'))
    expect(files).toEqual(filesIn(at('other')))
    for (const name of files)
      expect(readFileSync(at('one', name)).equals(readFileSync(at('other', name))), name).toBe(true)
    const note = readFileSync(at('one', 'checkpoint'), 'utf8')
    expect(note).toBe(await noteIn(url))
    const size = parseCheckpoint(note)?.size ?? 0
    const part = `000.p/${size}`
    expect(files).toEqual(
      ['checkpoint', 'key', `openings/${part}`, `tile/0/${part}`, `tile/entries/${part}`].sort(),
    )
    const entries = parseEntryBundle(readFileSync(at('one', 'tile', 'entries', part))) ?? []
    const hashes = readFileSync(at('one', 'tile', '0', part)).toString('hex')
    expect(entries.map((entry) => hex(hashLeaf(entry))).join('')).toBe(hashes)
    const openings = readFileSync(at('one', 'openings', part), 'utf8').split('\n')
    expect(openings).toHaveLength(size + 1)
    const withheld = entries.map((entry) =>
      /"type":"(member|token|policy)\./u.test(Buffer.from(entry).toString()),
    )
    expect(openings.slice(0, size).map((line) => line === '')).toEqual(withheld)
    expect(withheld).toContain(true)
  })

  it('into the same folder adds what is new and leaves no opening of before', async () => {
    const { run, at, json } = await logged()
    await run('log', 'export', at('published'))
    const before = filesIn(at('published'))
    await run('token', 'create', '--name', 'two', '--role', 'reader')
    expect((await json('log', 'export', at('published'))).value).toMatchObject({ folder: at('published') })
    const after = filesIn(at('published'))
    expect(after.filter((name) => name.startsWith('openings/'))).toHaveLength(1)
    expect(before.filter((name) => name.startsWith('tile/')).every((name) => after.includes(name))).toBe(true)
  })
})
