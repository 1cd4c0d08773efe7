import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from '@libsql/client/sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { run as command } from '../../src/cli/run.ts'
import { readConfig } from '../../src/config.ts'
import { runFlagDue } from '../../src/jobs/flag-due.ts'
import { recordForecast } from '../../src/ledger/forecast/record-forecast.ts'
import { serve } from '../../src/node/server.ts'
import { aForecast, keptLedger } from '../support/ledger.ts'
import { folder, reckon } from '../support/process.ts'
import { AFTERWARDS, confirm, log, propose } from '../support/steps.ts'

let made = ''
let whole = ''

/** Entries 5 to 9 are a forecast with its text, 10 and 11 its resolution, 12 to 16 another that is open. */
beforeAll(async () => {
  made = mkdtempSync(join(tmpdir(), 'reckoning-'))
  whole = join(made, 'whole.db')
  const test = await keptLedger()
  const { analyst, source, quote, question: asked, probability } = aForecast()
  const kept = { ...(source as object), text: `He said: ${quote}.` }
  const first = aForecast({ analyst, source: kept, quote, question: asked, probability })
  const { event } = await recordForecast(
    test.ledger,
    { ...test.unit, idempotency: { key: 'k', fingerprint: 'f' } },
    first,
  )
  test.at(AFTERWARDS)
  const { question } = event.payload as { question: string }
  await propose(test, question)
  await confirm(test, question, 'r1')
  await log(test, {
    analyst: { name: 'Ada' },
    source: { title: 'Another', type: 'interview', published: '2026-11-02' },
    question: {
      title: 'Snow falls',
      criteria: 'It does.',
      deadline: { date: '2028-01-01', time_zone: 'UTC' },
    },
  })
  await runFlagDue(test.ledger, test.unit.now)
  const client = createClient({ url: `file:${test.path}` })
  await client.execute({ sql: 'VACUUM INTO :file', args: { file: whole } })
  client.close()
  await test.close()
})
afterAll(() => rmSync(made, { recursive: true, force: true }))

/** A copy of the whole ledger on which an owner of the file has done something, and the command on it. */
async function damaged(...statements: string[]) {
  const path = join(folder(), 'ledger.db')
  copyFileSync(whole, path)
  const client = createClient({ url: `file:${path}` })
  const triggers = await client.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
  const own = triggers.rows.filter(({ name }) => !statements.some((sql) => sql.includes(String(name))))
  await client.batch(
    [
      ...own.map(({ name }) => `DROP TRIGGER ${name}`),
      ...statements,
      ...own.map(({ sql }) => `${sql}`).filter((sql) => !statements.some((dropped) => gone(dropped, sql))),
    ],
    'write',
  )
  client.close()
  return doorsOf(path)
}

/** A copy of the whole ledger of which a disk gives back other bytes than it was given. */
function overwritten(change: (bytes: Buffer) => void) {
  const path = join(folder(), 'ledger.db')
  const bytes = readFileSync(whole)
  change(bytes)
  writeFileSync(path, bytes)
  return doorsOf(path)
}

/** The command on a ledger, and a server. */
function doorsOf(path: string) {
  const set = { RECKONING_DATABASE_URL: `file:${path}`, RECKONING_IMPORT: '', PORT: '0' }
  const run = async (...args: string[]) => {
    const said = { stdout: '', stderr: '' }
    const code = await command(args, {
      environment: set,
      stdout: { write: (text) => (said.stdout += text) },
      stderr: { write: (text) => (said.stderr += text) },
      now: () => new Date(AFTERWARDS),
      elapsed: () => 0,
    })
    return { code, ...said }
  }
  const served = () =>
    serve({
      config: readConfig(set),
      now: () => new Date(AFTERWARDS),
      log: () => {},
      reader: null,
      unheard: () => null,
    })
  const ready = async () => {
    const server = await served()
    try {
      const response = await fetch(`${server.address}/api/ready`)
      const page = await fetch(`${server.address}/`)
      const body = (await response.json()) as { code?: string; detail?: string }
      const { code, detail } = body
      return { status: response.status, page: page.status, code, detail, damage: server.damage }
    } finally {
      await server.close()
    }
  }
  return { path, run, ready, served }
}

/** A trigger goes with its table. */
const gone = (dropped: string, trigger: string) => {
  const table = /^DROP TABLE (\w+)/u.exec(dropped)?.[1]
  return table !== undefined && new RegExp(` ON ${table}\\b`, 'u').test(trigger)
}

type Damage = {
  what: string
  sql: string[]
  /** The line of verify. */
  verify: RegExp
  /** Why a rebuild makes nothing; null where it mends it. */
  rebuild: RegExp | null
  /** What a server says instead of serving; null where it serves. */
  ready: RegExp | null
  /** A rebuild goes well, but a backup is the way all the same. */
  stays?: true
}
const RESTORE = 'Restore the newest backup'
const same = (sentence: RegExp) => ({ rebuild: sentence, ready: sentence })

const damages: Damage[] = [
  {
    what: 'an opening is gone',
    sql: ['DELETE FROM opening WHERE seq = 6'],
    verify: /^entry 6: opening: The opening is missing/mu,
    ...same(/Entry 6: The opening is missing\. Restore/u),
  },
  {
    what: 'the last opening is gone',
    sql: ['DELETE FROM opening WHERE seq = (SELECT max(seq) FROM opening)'],
    verify: /^entry \d+: opening: The opening is missing/mu,
    ...same(/Entry \d+: The opening is missing\. Restore/u),
  },
  {
    what: 'an opening was changed',
    sql: ["UPDATE opening SET disclosure = replace(disclosure, 'a', 'b') WHERE seq = 9"],
    verify: /^entry 9: seal: The opening does not match the seal/mu,
    rebuild: /Entry 9: The opening does not match the seal: the payload was changed\. Restore/u,
    ready: null,
  },
  {
    what: 'an entry was changed',
    sql: ["UPDATE entry SET bytes = replace(bytes, '2026', '2025') WHERE seq = 9"],
    verify: /^entry 9: leaf: The bytes do not hash/mu,
    rebuild: /Entry 9: The bytes do not hash to the leaf: they were changed\. Restore/u,
    ready: null,
  },
  {
    what: 'an entry in the middle is gone',
    sql: ['DELETE FROM entry WHERE seq = 7', 'DELETE FROM opening WHERE seq = 7'],
    verify: /^entry 8: gap: Entry 7 is missing/mu,
    ...same(/Entry 7 is missing\. Restore/u),
  },
  {
    what: 'the first entry is gone',
    sql: ['DELETE FROM entry WHERE seq = 0', 'DELETE FROM opening WHERE seq = 0'],
    verify: /^entry 1: gap: Entry 0 is missing/mu,
    ...same(/Entry 0 is missing\. Restore/u),
  },
  {
    what: 'the last entries are gone, with their openings',
    sql: ['DELETE FROM entry WHERE seq >= 10', 'DELETE FROM opening WHERE seq >= 10'],
    verify: /^ledger: loss: The log ends with entry 9, but the file speaks of entry \d+/mu,
    ...same(/The log ends with entry 9, but .* not there\. Restore .*--accept-loss/u),
  },
  {
    what: 'the last entries are gone, and the place of the projections with them',
    sql: [
      'DELETE FROM entry WHERE seq >= 10',
      'DELETE FROM opening WHERE seq >= 10',
      'UPDATE projection SET seq = 9',
    ],
    verify: /^ledger: loss: The log ends with entry 9/mu,
    ...same(/The log ends with entry 9/u),
  },
  {
    what: 'every entry is gone',
    sql: ['DELETE FROM entry', 'DELETE FROM opening'],
    verify: /^ledger: loss: The log is empty, but/mu,
    ...same(/The log is empty, but/u),
  },
  {
    what: 'the log is no table any more',
    sql: ['DROP TABLE entry'],
    verify: /^ledger: schema: The table entry is missing/mu,
    ...same(/The table entry of the log is missing\. Restore/u),
  },
  {
    what: 'what is derived was changed',
    sql: ['UPDATE resolution SET outcome = \'"yes"\''],
    verify: /^ledger: projection: The table resolution is not what the log says/mu,
    rebuild: null,
    ready: null,
  },
  {
    what: 'something derived is no table any more',
    sql: ['DROP TABLE search'],
    verify: /^ledger: schema: The table search is missing/mu,
    rebuild: null,
    ready: null,
  },
  {
    what: 'the place of the projections is gone',
    sql: ['DELETE FROM projection'],
    verify: /^ledger: projection: The table projection/mu,
    rebuild: null,
    ready: null,
  },
  {
    what: 'the search index finds something else',
    sql: ["UPDATE search_content SET c2 = 'something else'"],
    verify: /^ledger: file: SQLite finds the file damaged: malformed inverted index/mu,
    rebuild: null,
    ready: null,
  },
  {
    what: 'a kept summary was changed',
    sql: ["UPDATE analyst_summary SET summary = json_set(summary, '$.came_true', 7)"],
    verify: /^ledger: summary: The kept summary of konstantin-kalachev on \/analysts/mu,
    rebuild: null,
    ready: null,
  },
  {
    what: 'a kept summary holds for too long',
    sql: ["UPDATE analyst_summary SET valid_until = '2099-01-01T00:00:00.000Z'"],
    verify: /^ledger: summary: /mu,
    rebuild: null,
    ready: null,
  },
  {
    what: 'a kept summary is of a later entry',
    sql: ['UPDATE analyst_summary SET seq = seq + 9'],
    verify: /^ledger: summary: /mu,
    rebuild: null,
    ready: null,
  },
  {
    what: 'the text of a source was changed',
    sql: ["UPDATE source_text SET text = replace(text, 'no war', 'a war')"],
    verify: /^ledger: source_text: The text of .* does not hash to what the log says/mu,
    rebuild: null,
    ready: null,
    stays: true,
  },
  {
    what: 'a text is kept that the log does not know',
    sql: ["INSERT INTO source_text (source, text) VALUES ('elsewhere', 'x')"],
    verify: /^ledger: source_text: A text is kept for elsewhere/mu,
    rebuild: null,
    ready: null,
  },
  {
    what: 'an index is missing',
    sql: ['DROP INDEX capture_unfinished'],
    verify: /^ledger: schema: The index capture_unfinished of capture is missing/mu,
    rebuild: null,
    ready: null,
  },
  {
    what: 'an index is another one',
    sql: ['DROP INDEX capture_unfinished', 'CREATE INDEX capture_unfinished ON capture (title)'],
    verify: /^ledger: schema: The index capture_unfinished of capture is not as Reckoning makes it/mu,
    rebuild: null,
    ready: null,
  },
  {
    what: 'a trigger is missing',
    sql: ['DROP TRIGGER entry_stays'],
    verify: /^ledger: schema: The trigger entry_stays of entry is missing/mu,
    rebuild: null,
    ready: null,
  },
  {
    what: 'a trigger is there that nobody knows',
    sql: ['CREATE TRIGGER later AFTER INSERT ON secret BEGIN DELETE FROM idempotency; END'],
    verify: /^ledger: schema: Reckoning did not make the trigger later of secret/mu,
    rebuild: null,
    ready: null,
  },
  {
    what: 'a column was added',
    sql: ['ALTER TABLE capture ADD COLUMN extra TEXT'],
    verify: /^ledger: schema: The table capture is not as Reckoning makes it/mu,
    rebuild: null,
    ready: null,
    stays: true,
  },
  {
    what: 'a token was made without an entry',
    sql: [
      "INSERT INTO secret (id, kind, member, sha256) SELECT 'forged', 'token', id, 'x' FROM member WHERE role = 'admin'",
    ],
    verify: /^ledger: secret: The token or session forged is not one that the log allows/mu,
    rebuild: null,
    ready: null,
  },
  {
    what: 'an idempotency key answers with the entry of another',
    sql: ["UPDATE idempotency SET member = 'somebody'"],
    verify: /^ledger: idempotency: The idempotency key "k"/mu,
    rebuild: null,
    ready: null,
  },
]

describe('each damage has a sentence that says what is wrong and which way is open:', () => {
  it('none for a whole ledger', async () => {
    const { run, ready } = await damaged()
    expect(await run('verify')).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^Verified: 17 entries\./u),
    })
    expect(await ready()).toMatchObject({ status: 200, damage: null })
  })

  it.each(damages)('$what', async ({ sql, verify, rebuild, ready, stays }) => {
    const ledger = await damaged(...sql)
    const verified = await ledger.run('verify')
    expect(verified).toMatchObject({ code: 1, stdout: expect.stringMatching(verify), stderr: '' })
    expect(verified.stdout).toContain(rebuild === null && stays !== true ? 'reckon rebuild' : RESTORE)

    const served = await ledger.ready()
    if (ready === null) expect(served).toMatchObject({ status: 200, page: 200, damage: null })
    else
      expect(served).toMatchObject({
        status: 503,
        page: 503,
        code: 'damaged',
        detail: expect.stringMatching(ready),
        damage: served.detail,
      })

    const before = readFileSync(ledger.path)
    const rebuilt = await ledger.run('rebuild')
    if (rebuild === null) {
      expect(rebuilt).toMatchObject({ code: 0, stdout: expect.stringMatching(/^Rebuilt from 17 entries/u) })
      expect(await ledger.run('verify')).toMatchObject({ code: stays === true ? 1 : 0 })
      return
    }
    expect(rebuilt).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(rebuild) })
    expect(rebuilt.stderr).not.toContain('    at ')
    expect(readFileSync(ledger.path).equals(before), 'a refused rebuild touches nothing').toBe(true)
  })
})

it('the end of the log is given up knowingly, as an entry that says what was lost and why', async () => {
  const { run, ready } = await damaged(
    'DELETE FROM entry WHERE seq >= 10',
    'DELETE FROM opening WHERE seq >= 12',
  )
  expect(await run('rebuild', '--accept-loss', 'The disk failed.')).toEqual({
    code: 0,
    stdout: 'Entries 10 to 16 were given up; entry 10 says so and why.\nRebuilt from 11 entries.\n',
    stderr: '',
  })
  expect(await run('verify')).toMatchObject({
    code: 0,
    stdout: expect.stringContaining(
      'Note: Entry 10 gives up the entries 10 to 16 of before: "The disk failed."',
    ),
  })
  expect(await ready()).toMatchObject({ status: 200, damage: null })
  expect(await run('rebuild', '--accept-loss', 'Again.')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('no loss to accept'),
  })
})

describe('a file that the engine itself finds damaged is told as that by every door:', () => {
  const PAGE = 4096
  /** Where the tree of a table begins. */
  const rootOf = async (table: string) => {
    const client = createClient({ url: `file:${whole}` })
    const found = await client.execute({
      sql: 'SELECT rootpage FROM sqlite_master WHERE name = :table',
      args: { table },
    })
    client.close()
    return (Number(found.rows[0]?.rootpage) - 1) * PAGE
  }
  const pageOf = async (table: string) => {
    const at = await rootOf(table)
    return (bytes: Buffer) => bytes.fill(0xff, at, at + PAGE)
  }

  it.each<[string, () => Promise<(bytes: Buffer) => void>, RegExp]>([
    ['its first bytes', async () => (bytes) => bytes.fill(0, 0, 16), /is no database: .* Restore/u],
    ['its list of tables', async () => (bytes) => bytes.fill(0xff, 100, 200), /is damaged: .* Restore/u],
    ['a page of the log', () => pageOf('entry'), /is damaged: .* Restore/u],
    ['the cut of its end', async () => (bytes) => bytes.fill(0, PAGE), /is damaged: .* Restore/u],
  ])('%s', async (_, change, says) => {
    const { run, ready, path } = overwritten(await change())
    const served = await ready()
    expect(served).toMatchObject({
      status: 503,
      page: 503,
      code: 'damaged',
      detail: expect.stringMatching(says),
      damage: served.detail,
    })
    for (const words of [['rebuild'], ['due'], ['backup', `${path}.backup`]])
      expect(await run(...words), words[0]).toMatchObject({ code: 1, stderr: expect.stringMatching(says) })
    for (const words of [['verify'], ['verify', path]]) {
      const { code, stdout, stderr } = await run(...words)
      expect(code).toBe(1)
      expect(stdout + stderr).toContain(RESTORE)
    }
  })

  it('a page that only a write meets: nothing more is written, and reading goes on', async () => {
    const { run, served } = overwritten(await pageOf('analyst_name'))
    const token = (await run('token', 'create', '--name', 'x', '--role', 'admin')).stdout
      .trim()
      .split(/\s/u)
      .at(-1)
    const server = await served()
    const ask = async (path: string, body?: object) => {
      const answer = await fetch(server.address + path, {
        ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      })
      return { status: answer.status, body: await answer.json() }
    }
    try {
      expect(server.damage).toBeNull()
      expect(await ask('/api/ready')).toMatchObject({ status: 200 })
      const refused = {
        status: 503,
        body: { code: 'damaged', detail: expect.stringMatching(/is damaged: .* Restore/u) },
      }
      expect(await ask('/api/analysts', { name: 'Bea' })).toMatchObject(refused)
      expect(await ask('/api/ready')).toMatchObject(refused)
      expect(await ask('/api/members', { name: 'Bea', role: 'reader' })).toMatchObject(refused)
      expect(await ask('/api/health')).toMatchObject({ status: 200 })
      expect(await ask('/api/ready')).toMatchObject(refused)
    } finally {
      await server.close()
    }
  })
})

describe('reckon verify FILE', () => {
  it('reads a copy in a process of its own, and leaves nothing beside it', async () => {
    const { path } = await damaged()
    const cwd = join(path, '..')
    const before = readFileSync(path)
    const result = await reckon(['verify', 'ledger.db'], { cwd })
    expect(result).toMatchObject({ code: 0, stderr: '' })
    expect(result.stdout).toContain('no file can tell of itself')
    expect(readdirSync(cwd)).toEqual(['ledger.db'])
    expect(readFileSync(path).equals(before)).toBe(true)
  })

  it('notes in a copy that a trigger is missing, and passes it', async () => {
    const { run, path } = await damaged('DROP TRIGGER entry_stays')
    expect(await run('verify', path)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('Note: The trigger entry_stays of entry is missing.'),
    })
  })

  it('says that there is no such file, or no ledger in it', async () => {
    const { run, path } = await damaged()
    expect(await run('verify', `${path}.not`)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('There is no ledger at'),
    })
    writeFileSync(`${path}.text`, 'This is not a database. '.repeat(99))
    expect(await run('verify', `${path}.text`)).toMatchObject({ code: 1, stdout: '' })
  })

  it('finds damage that ends the process which reads it', async () => {
    // A text that is no UTF-8 ends the driver.
    const { path } = await damaged()
    const bytes = readFileSync(path)
    for (let at = -1; ; ) {
      at = bytes.indexOf('001-log-and-private-tables', at + 1)
      if (at < 0) break
      bytes[at + 3] = 0xff
    }
    writeFileSync(path, bytes)
    const result = await reckon(['verify', path], { cwd: join(path, '..') })
    expect(result).toMatchObject({ code: 1, stderr: '' })
    expect(result.stdout).toMatch(/^ledger: crash: Reading it ended the process \(SIGABRT/u)
    expect(result.stdout).toContain(RESTORE)
  })
})
