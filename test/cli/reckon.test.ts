import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { commands } from '../../src/cli/commands.ts'
import { run as command } from '../../src/cli/run.ts'
import { bearerOfToken } from '../../src/ledger/members/secret.ts'
import { openDatabase } from '../../src/node/runtime.ts'
import { listMembers } from '../../src/store/members.ts'
import { migrations } from '../../src/store/schema.ts'
import { folder, reckon, root } from '../support/process.ts'

const example = join(root, 'predictions')
const broken = join(root, 'test', 'fixtures', 'broken')

/** A folder with a database of its own, and the command on it: `run` in this process, `launch` as people start it. */
function workplace(settings: Record<string, string> = {}) {
  const cwd = folder()
  const url = `file:${join(cwd, 'ledger.db')}`
  const set = { RECKONING_DATABASE_URL: url, ...settings }
  const launch = (...args: string[]) => reckon(args, { cwd, settings: set })
  const run = async (...args: string[]) => {
    const said = { stdout: '', stderr: '' }
    const code = await command(args, {
      environment: set,
      stdout: { write: (text) => (said.stdout += text) },
      stderr: { write: (text) => (said.stderr += text) },
      now: () => new Date(),
      elapsed: () => 0,
    })
    return { code, ...said }
  }
  const json = async (...args: string[]) => {
    const { stdout, code } = await run(...args, '--json')
    return { code, value: JSON.parse(stdout) }
  }
  return { cwd, url, run, json, launch, at: (...names: string[]) => join(cwd, ...names) }
}

async function withDatabase<T>(
  url: string,
  work: (db: Awaited<ReturnType<typeof openDatabase>>) => Promise<T>,
): Promise<T> {
  const db = await openDatabase({ RECKONING_DATABASE_URL: url })
  try {
    return await work(db)
  } finally {
    await db.close()
  }
}

describe('reckon', () => {
  it('does every command through its launcher', async () => {
    const { launch, cwd } = workplace()
    const done: string[] = []
    const well = async (name: string, ...args: string[]) => {
      const result = await launch(...name.split(' '), ...args)
      expect(result, name).toMatchObject({ code: 0, stderr: '' })
      expect(result.stdout.endsWith('\n'), name).toBe(true)
      done.push(name)
      return result.stdout
    }
    expect(await well('token create', '--name', 'first', '--role', 'admin')).toMatch(/^rk_pat_\w+\n$/u)
    await well('migrate')
    await well('recheck')
    await well('check', example, '--strict')
    await well('import', example)
    await well('export', 'out')
    expect(readdirSync(join(cwd, 'out'))).toEqual(['2024', 'analysts.yaml', 'questions.yaml'])
    await well('due')
    expect(JSON.parse(await well('track-record', 'konstantin-kalachev', '--json'))).toMatchObject({
      counts: { scored: 3 },
    })
    await well('member add', 'Ada Lovelace', '--role', 'recorder')
    await well('member list')
    await well('member role', 'Ada Lovelace', '--role', 'reader', '--because', 'She only reads.')
    await well('member suspend', 'Ada Lovelace', '--because', 'She left.')
    await well('member reinstate', 'Ada Lovelace', '--because', 'She is back.')
    await well('member sign-out', 'Ada Lovelace')
    const [token] = JSON.parse(await well('token list', '--json'))
    await well('token revoke', token.id)
    await well('policy')
    await well('clock status')
    await well('clock accept')
    await well('sign-in')
    await well('rebuild')
    await well('verify')
    await well('backup', 'copy.db')
    expect(existsSync(join(cwd, 'copy.db'))).toBe(true)
    const question = '2024-04-alphanews-kalachev_new-war'
    expect(await launch('resolve', question, '--confirm')).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining(question),
    })
    // These have tests of their own: two serve, one needs a decision to make, one a second analyst, one a
    // clock that was wrong.
    const elsewhere = ['serve', 'demo', 'resolve', 'compare', 'clock correct']
    expect(
      commands
        .map(({ name }) => name)
        .filter((name) => !done.includes(name))
        .toSorted(),
    ).toEqual(elsewhere.toSorted())
  })

  it('teaches every command, also where there is no ledger and a setting is wrong', async () => {
    const { cwd, run, launch } = workplace({ PORT: 'wrong' })
    const helps = await Promise.all(commands.map(({ name }) => run(...name.split(' '), '--help')))
    helps.forEach(({ code, stdout, stderr }, i) => {
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
      expect(stdout).toMatch(
        new RegExp(`^reckon ${commands[i]?.name}\\n[\\s\\S]*\\nExamples\\n[\\s\\S]*\\nExit codes\\n`, 'u'),
      )
    })
    expect(await launch('help', 'due')).toEqual(helps[commands.findIndex(({ name }) => name === 'due')])
    expect(await run()).toMatchObject({ code: 0, stdout: expect.stringContaining('Commands') })
    expect(await run('token', '--help')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('token revoke'),
    })
    expect(await launch('--version')).toMatchObject({
      code: 0,
      stdout: `${JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version}\n`,
    })
    expect(readdirSync(cwd)).toEqual([])
  })

  it('answers misuse with 2, the nearest name and nothing on standard output', async () => {
    const { run, json } = workplace()
    expect(await run('verfy')).toEqual({
      code: 2,
      stdout: '',
      stderr: 'reckon: There is no command "verfy".\nDid you mean reckon verify?\n',
    })
    expect(await run('due', '--rnu')).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('Did you mean --run?'),
    })
    expect(await json('due', '--rnu')).toEqual({
      code: 2,
      value: {
        error: { code: 'misuse', message: expect.stringContaining('--rnu'), hint: 'Did you mean --run?' },
      },
    })
    expect(await workplace({ PORT: '99999' }).launch('due')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('PORT'),
    })
    expect(await workplace({ RECKONING_DATABASE_URL: 'ledger.db' }).run('due')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('RECKONING_DATABASE_URL must begin with'),
    })
  })

  it('says plainly that a file holds no ledger', async () => {
    const { cwd, run } = workplace()
    writeFileSync(join(cwd, 'ledger.db'), 'This is not a database. '.repeat(20))
    for (const args of [['due'], ['verify'], ['migrate']])
      expect(await run(...args)).toMatchObject({
        code: 1,
        stdout: '',
        stderr: expect.stringMatching(/is no database: restore a backup|file is not a database/u),
      })
    const empty = workplace()
    writeFileSync(join(empty.cwd, 'ledger.db'), '')
    expect(await empty.run('due')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('reckon migrate'),
    })
    expect(await empty.run('verify')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('no such table'),
    })
  })

  it('makes no database by looking for one', async () => {
    const { cwd, run, json, at } = workplace()
    const looking = [
      ['due'],
      ['verify'],
      ['rebuild'],
      ['token', 'list'],
      ['member', 'list'],
      ['policy'],
      ['export', at('out')],
      ['backup', at('copy.db')],
      ['track-record', 'x'],
    ]
    for (const result of await Promise.all(looking.map((args) => run(...args))))
      expect(result).toMatchObject({
        code: 1,
        stdout: '',
        stderr: expect.stringMatching(/There is no ledger at file:/u),
      })
    expect(await json('due')).toMatchObject({ code: 1, value: { error: { code: 'not_found' } } })
    expect(readdirSync(cwd)).toEqual([])
  })
})

describe('reckon token', () => {
  it('prints the token alone, founds the ledger once, and never makes a second member', async () => {
    const { run, json, url } = workplace()
    const first = await run('token', 'create', '--name', 'one', '--role', 'admin')
    expect(first).toEqual({
      code: 0,
      stdout: expect.stringMatching(/^rk_pat_[A-Za-z0-9]{44}[0-9a-f]{8}\n$/u),
      stderr: '',
    })
    const second = await json('token', 'create', '--name', 'two', '--role', 'recorder')
    const members = await withDatabase(url, listMembers)
    expect(members.map(({ name, role, machine }) => ({ name, role, machine }))).toEqual([
      { name: 'administrator', role: 'admin', machine: false },
      { name: 'import', role: 'resolver', machine: true },
      { name: 'scheduler', role: 'reader', machine: true },
    ])
    expect(second.value).toEqual({
      token: expect.any(String),
      id: expect.any(String),
      member: members[0]?.id,
      name: 'two',
      role: 'recorder',
    })
    await withDatabase(url, async (db) => {
      expect(await bearerOfToken(db, first.stdout.trim(), new Date())).toMatchObject({
        name: 'administrator',
        role: 'admin',
      })
      expect(await bearerOfToken(db, second.value.token, new Date())).toMatchObject({ role: 'recorder' })
    })
    expect(await run('token', 'revoke', second.value.id)).toMatchObject({ code: 0 })
    expect(await run('token', 'revoke', second.value.id)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('revoked already'),
    })
    const { value } = await json('token', 'list')
    expect(
      value.map((token: { name: string; revoked_at: string | null }) => [
        token.name,
        token.revoked_at !== null,
      ]),
    ).toEqual([
      ['one', false],
      ['two', true],
    ])
    expect((await run('token', 'list')).stdout).toMatch(/one .* works\n.*two .* revoked/u)
    expect(JSON.stringify(value)).not.toContain(second.value.token.slice(19, 51))
    await withDatabase(url, async (db) =>
      expect(await bearerOfToken(db, second.value.token, new Date())).toBeNull(),
    )
  })

  it('founds one ledger when four programs do it at the same moment', async () => {
    const { run, launch, url } = workplace()
    const results = await Promise.all(
      [1, 2, 3, 4].map((i) => launch('token', 'create', '--name', `t${i}`, '--role', 'admin')),
    )
    for (const result of results) expect(result).toMatchObject({ code: 0, stderr: '' })
    expect(await withDatabase(url, listMembers)).toHaveLength(3)
    expect(await run('verify')).toMatchObject({ code: 0 })
  })

  it('belongs to a member who is named, and can do no more than they may', async () => {
    const { run, json } = workplace()
    await run('migrate')
    const id = (await run('member', 'add', 'Ada Lovelace', '--role', 'recorder')).stdout.trim()
    expect(
      (await json('token', 'create', '--name', 'a', '--role', 'recorder', '--member', id)).value.member,
    ).toBe(id)
    expect(
      (await json('token', 'create', '--name', 'a', '--role', 'reader', '--member', 'Ada Lovelace')).value
        .member,
    ).toBe(id)
    expect(await run('token', 'create', '--name', 'a', '--role', 'admin', '--member', id)).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('more than its member'),
    })
    expect(
      await run('token', 'create', '--name', 'a', '--role', 'reader', '--member', 'import'),
    ).toMatchObject({ code: 1, stdout: '' })
    expect(await run('token', 'create', '--name', 'a\u001bb', '--role', 'reader')).toMatchObject({
      code: 2,
      stdout: '',
    })
    const soon = new Date(Date.now() + 60_000).toISOString()
    await run('token', 'create', '--name', 'short', '--role', 'reader', '--expires', soon)
    expect((await json('token', 'list')).value.at(-1)).toMatchObject({ name: 'short', expires_at: soon })
    expect(
      await run('token', 'create', '--name', 'a', '--role', 'reader', '--expires', 'tomorrow'),
    ).toMatchObject({ code: 2 })
  })
})

describe('reckon member, policy and sign-in', () => {
  it('turns four eyes on with the second member who may resolve, and says so', async () => {
    const { run, json } = workplace()
    await run('migrate')
    expect((await json('policy')).value).toEqual({ four_eyes: 'auto', four_eyes_in_force: false })
    expect(await run('member', 'add', 'Ada Lovelace', '--role', 'resolver')).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('four eyes hold'),
    })
    expect((await json('policy')).value).toEqual({ four_eyes: 'auto', four_eyes_in_force: true })
    expect((await json('policy', 'four-eyes', 'off')).value).toEqual({
      four_eyes: 'off',
      four_eyes_in_force: false,
    })
    expect(await run('policy', 'four-eyes', 'of')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('Did you mean'),
    })
    expect(await run('member', 'add', 'Ada Lovelace', '--role', 'reader')).toMatchObject({ code: 1 })
    expect(await run('member', 'add', ' ', '--role', 'reader')).toMatchObject({ code: 2 })
    expect((await json('member', 'list')).value).toHaveLength(4)
    expect((await run('member', 'list')).stdout).toContain('resolver (machine)')
  })

  it('suspends, reinstates, changes and signs out a person, by id or name, and never the last admin', async () => {
    const { run, json } = workplace()
    await run('migrate')
    const id = (await run('member', 'add', 'Ada Lovelace', '--role', 'resolver')).stdout.trim()
    const state = { id, name: 'Ada Lovelace', role: 'resolver', four_eyes_in_force: true }
    const token = ['token', 'create', '--name', 'a', '--role', 'resolver', '--member', id]
    const made = (await run(...token)).stdout.trim()
    expect((await json('member', 'suspend', id, '--because', 'She left.')).value).toEqual({
      ...state,
      suspended: true,
    })
    expect((await run('member', 'list')).stdout).toContain('resolver (suspended)')
    expect((await run('token', 'list')).stdout).toContain('rests')
    for (const refused of [
      token,
      ['sign-in', '--member', 'Ada Lovelace'],
      ['member', 'suspend', id, '--because', 'x'],
    ])
      expect(await run(...refused)).toMatchObject({
        code: 1,
        stdout: '',
        stderr: expect.stringContaining('suspended'),
      })
    expect((await json('member', 'reinstate', 'Ada Lovelace', '--because', 'Back.')).value).toEqual({
      ...state,
      suspended: false,
    })
    await run('member', 'role', id, '--role', 'recorder', '--because', 'Logs only.')
    expect((await json('member', 'list')).value).toContainEqual(
      expect.objectContaining({ id, role: 'recorder', suspended: false, because: 'Logs only.' }),
    )
    await run('sign-in', '--member', id)
    expect((await json('member', 'sign-out', id)).value).toEqual({ id, name: 'Ada Lovelace', ended: 1 })
    expect(made).toMatch(/^rk_pat_/u)
    expect(await run('member', 'suspend', 'administrator', '--because', 'x')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('the only admin left'),
    })
    expect(await run('member', 'suspend', 'import', '--because', 'x')).toMatchObject({ code: 1 })
    expect(await run('member', 'suspend', id)).toMatchObject({ code: 2 })
    expect(await run('member', 'role', id, '--role', 'king', '--because', 'x')).toMatchObject({ code: 2 })
    expect(await run('verify')).toMatchObject({ code: 0 })
  })

  it('prints a link at the address that people use', async () => {
    const { run, json } = workplace({ RECKONING_ORIGIN: 'https://ledger.example' })
    expect(await run('sign-in')).toEqual({
      code: 0,
      stdout: expect.stringMatching(/^https:\/\/ledger\.example\/sign-in\?token=[A-Za-z0-9]{44}\n$/u),
      stderr: '',
    })
    expect((await json('sign-in', '--member', 'administrator')).value).toMatchObject({
      name: 'administrator',
      minutes: 15,
    })
    expect(await run('sign-in', '--member', 'scheduler')).toMatchObject({ code: 1, stdout: '' })
    const { run: there } = workplace({ PORT: '9', HOST: '::1' })
    expect((await there('sign-in')).stdout).toMatch(/^http:\/\/\[::1\]:9\/sign-in/u)
  })
})

describe('reckon check', () => {
  it('passes the worked example, strictly', async () => {
    const { run, json } = workplace()
    expect(await run('check', example, '--strict')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('3 files checked, nothing to mend'),
    })
    expect((await json('check', example)).value).toEqual({ files: 3, findings: [], quotes_checked: null })
  })

  it('names place, excerpt and remedy of what is wrong, and exits with 1', async () => {
    const { run, json } = workplace()
    const files = [join(broken, 'analysts.yaml'), join(broken, 'unknown_zone', '2024', 'talk.yaml')]
    const text = await run('check', ...files)
    expect(text).toMatchObject({ code: 1, stderr: '' })
    expect(text.stdout).toMatch(
      /talk\.yaml:\d+:\d+: error\[unknown_zone\]: .+\n[\s\S]*\^[\s\S]*1 problem in 2 files\.\n$/u,
    )
    expect(await json('check', ...files)).toMatchObject({
      code: 1,
      value: { findings: [{ code: 'unknown_zone', line: expect.any(Number), column: expect.any(Number) }] },
    })
  })

  it('lets warnings pass unless it is strict', async () => {
    const { run } = workplace()
    const files = [join(broken, 'analysts.yaml'), join(broken, 'vague_words', '2024', 'talk.yaml')]
    expect(await run('check', ...files)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('1 warning'),
    })
    expect(await run('check', ...files, '--strict')).toMatchObject({ code: 1 })
  })

  it('checks every quote of the source to which a text belongs', async () => {
    const { run, cwd, at } = workplace()
    const talk = join(broken, 'quote_not_found', '2024', 'talk.yaml')
    const files = [join(broken, 'analysts.yaml'), talk]
    const text = join(broken, 'talk.txt')
    expect(await run('check', ...files, '--interview', text)).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('error[quote_not_found]'),
    })
    expect(await workplace({ RECKONING_INTERVIEW: text }).run('check', ...files)).toMatchObject({ code: 1 })
    writeFileSync(join(cwd, 'other.txt'), 'Nothing of the kind.')
    expect(await run('check', example, talk, '--interview', at('other.txt'))).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('None of the quotes'),
    })
    expect(await run('check', example, '--interview', at('gone.txt'))).toMatchObject({ code: 2 })
    expect(await run('check', at('gone'))).toMatchObject({ code: 2 })
  })
})

describe('reckon import and export', () => {
  it('imports once, writes the same files back, and changes nothing by importing those', async () => {
    const { run, json, cwd, at } = workplace()
    expect(await run('import', example)).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(
        /^Recorded 1 analyst, 1 source, 16 statements, .*\. \d+ entries written\.\n$/u,
      ),
    })
    expect((await json('import', example)).value).toMatchObject({ entries: 0, recorded: {}, refused: [] })
    expect((await json('export', at('out'))).value).toMatchObject({ written: 3, unchanged: 0 })
    expect((await json('export', at('out'))).value).toMatchObject({ written: 0, unchanged: 3 })
    expect((await json('import', at('out'))).value).toMatchObject({ entries: 0, refused: [] })
    expect(existsSync(join(cwd, 'out', '2024', '2024-04-alphanews-kalachev.yaml'))).toBe(true)
    const other = workplace()
    await other.run('import', join(cwd, 'out'))
    await other.run('export', other.at('again'))
    for (const name of ['analysts.yaml', 'questions.yaml', '2024/2024-04-alphanews-kalachev.yaml'])
      expect(readFileSync(join(other.cwd, 'again', name), 'utf8')).toBe(
        readFileSync(join(cwd, 'out', name), 'utf8'),
      )
    expect(await run('verify')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('5 outcomes confirmed by the same person'),
    })
  })

  it('writes nothing of files that are half good', async () => {
    const { run, json, cwd, at } = workplace()
    await run('migrate')
    const before = (await json('verify')).value.entries
    mkdirSync(join(cwd, 'in', '2024'), { recursive: true })
    copyFileSync(join(example, 'analysts.yaml'), join(cwd, 'in', 'analysts.yaml'))
    writeFileSync(join(cwd, 'in', '2024', 'bad.yaml'), 'source: {id: bad}\n')
    expect(await run('import', at('in'))).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('nothing was imported'),
    })
    expect((await json('verify')).value.entries).toBe(before)
  })

  it('refuses what differs from the ledger, and says which record', async () => {
    const { run, json, cwd, at } = workplace()
    await run('import', example)
    await run('export', at('out'))
    const path = join(cwd, 'out', 'analysts.yaml')
    writeFileSync(
      path,
      readFileSync(path, 'utf8').replace('name: Konstantin Kalachev', 'name: Konstantin Kalachov'),
    )
    expect(await run('import', at('out'))).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/analyst konstantin-kalachev: refused\[frozen\]/u),
    })
    expect((await json('import', at('out'))).value.refused).toMatchObject([
      { noun: 'analyst', id: 'konstantin-kalachev', code: 'frozen' },
    ])
  })
})

describe('reckon due, resolve and track-record', () => {
  const talk = (id: string, deadline: string) => `source:
  id: ${id}
  type: interview
  title: A talk about rain
  published: 2024-01-15
  coverage: complete
analyst: ada-lovelace
statements:
  - id: rain
    quote: it will rain
    question:
      title: It rains
      criteria: At least 1 mm is measured.
      deadline: {date: ${deadline}, time_zone: UTC}
    probability: 0.9
`

  /** A ledger with one question that is due, and one that is not. */
  async function rainy() {
    const place = workplace()
    mkdirSync(join(place.cwd, 'in', '2024'), { recursive: true })
    writeFileSync(
      join(place.cwd, 'in', 'analysts.yaml'),
      'analysts:\n  - id: ada-lovelace\n    name: Ada Lovelace\n',
    )
    writeFileSync(join(place.cwd, 'in', '2024', '2024-01-talk.yaml'), talk('2024-01-talk', '2024-06-01'))
    writeFileSync(join(place.cwd, 'in', '2024', '2024-01-late.yaml'), talk('2024-01-late', '2099-06-01'))
    expect(await place.run('import', place.at('in'))).toMatchObject({ code: 0 })
    return place
  }

  const decided = [
    '--outcome',
    'yes',
    '--known-on',
    '2024-06-02',
    '--evidence',
    'https://example.com/rain',
    '--says',
    '12 mm were measured.',
    '--rationale',
    'More than asked for.',
  ]
  const question = '2024-01-talk_rain'

  it('goes from due to the record: flag once, propose, confirm', async () => {
    const { run, json } = await rainy()
    expect((await json('due')).value).toMatchObject({
      due: [{ question, flagged_at: null, analysts: [{ id: 'ada-lovelace' }] }],
      due_soon: [],
      proposed: [],
      disputed: [],
    })
    expect((await json('due', '--run')).value).toEqual({
      flagged: [{ id: question, what: 'deadline' }],
      reminders: 1,
    })
    expect((await json('due', '--run')).value).toEqual({ flagged: [], reminders: 0 })
    expect((await run('due')).stdout).toMatch(
      /Need a decision \(1\)\nDEADLINE.*\n2024-06-01 .*days late .*It rains/u,
    )
    expect((await json('resolve', question, ...decided)).value).toMatchObject({ id: 'r1', state: 'proposed' })
    expect((await json('due')).value).toMatchObject({ due: [], proposed: [{ question }] })
    expect(await run('resolve', question, '--confirm')).toMatchObject({ code: 0, stdout: 'Confirmed r1.\n' })
    expect((await run('due')).stdout).toMatch(/^Nothing due\. Next: 2099-06-01, It rains/u)
    const { value } = await json('track-record', 'Ada Lovelace')
    expect(value).toMatchObject({
      analyst: { id: 'ada-lovelace' },
      counts: { forecasts: 2, resolved: 1, open: 1 },
    })
    expect((await run('track-record', 'ada-lovelace')).stdout).toMatch(
      /^Ada Lovelace\n[\s\S]*From logged to scored[\s\S]*2024-01-15 {2}It rains\n {12}90 % · resolved yes · Brier \.01/u,
    )
    expect(await run('verify')).toMatchObject({ code: 0 })
  })

  it('confirms with an outcome what it proposed along with it', async () => {
    const { run, json, cwd, at } = await rainy()
    for (const id of ['2024-02-mild', '2024-02-wet']) {
      const text = talk(id, '2024-06-01').replace('criteria:', 'family: rain\n      criteria:')
      writeFileSync(join(cwd, 'in', '2024', `${id}.yaml`), text)
    }
    expect(await run('import', at('in'))).toMatchObject({ code: 0 })
    const both = ['2024-02-mild_rain', '--also', '2024-02-wet_rain', ...decided, '--confirm']
    expect(await run('resolve', ...both)).toMatchObject({ code: 0 })
    expect((await json('due')).value).toMatchObject({ proposed: [], due: [{ question }] })
  })

  it('keeps to four eyes', async () => {
    const { run } = await rainy()
    await run('member', 'add', 'Grace Hopper', '--role', 'resolver')
    expect(await run('resolve', question, ...decided, '--confirm')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('Somebody else'),
    })
    expect(await run('resolve', question, '--confirm', '--member', 'Grace Hopper')).toMatchObject({ code: 0 })
    expect(await run('resolve', question, ...decided)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('decided already'),
    })
  })

  it('says what is missing or too early', async () => {
    const { run } = await rainy()
    expect(await run('resolve', question)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--outcome'),
    })
    expect(await run('resolve', question, '--outcome', 'yes')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/--known-on is required.*--evidence .*--rationale is required/u),
    })
    expect(await run('resolve', question, ...decided, '--evidence', 'https://example.com/2')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('2 --evidence and 1 --says'),
    })
    expect(await run('resolve', question, '--confirm')).toMatchObject({ code: 1 })
    expect(await run('resolve', 'gone', ...decided)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('no question "gone"'),
    })
    expect(
      await run('resolve', '2024-01-late_rain', ...decided.map((word) => (word === 'yes' ? 'no' : word))),
    ).toMatchObject({ code: 1, stderr: expect.stringContaining('before the deadline') })
    expect(await run('track-record', 'lovelace')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('Did you mean Ada Lovelace (ada-lovelace)?'),
    })
  })

  it('draws the worked example honestly', async () => {
    const { run } = workplace()
    await run('import', example)
    const { stdout } = await run('track-record', 'Konstantin Kalachev')
    for (const said of [
      'Logged with hindsight: an illustration',
      '3 of 3 decided claims came true; too few',
      '1 of the 3 was hard to get wrong',
      'condition never arose',
      '4 forecasts, 3 duplicates, 9',
    ])
      expect(stdout.replace(/\s+/gu, ' ')).toContain(said)
    expect(stdout).not.toMatch(/\u001b/u)
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80)
  })
})

describe('reckon verify, rebuild and backup', () => {
  it('finds a changed byte, also with the triggers gone, and names the entry', async () => {
    const { run, json, url } = workplace()
    await run('import', example)
    await withDatabase(url, async (db) => {
      await expect(
        db.write([{ sql: "UPDATE entry SET bytes = replace(bytes, '2026', '2025') WHERE seq = 7" }]),
      ).rejects.toThrow(/append-only/u)
      await db.write([
        { sql: 'DROP TRIGGER opening_stays' },
        {
          sql: "UPDATE opening SET disclosure = substr(disclosure, 1, 30) || iif(substr(disclosure, 31, 1) = 'x', 'y', 'x') || substr(disclosure, 32) WHERE seq = 7",
        },
      ])
    })
    expect(await run('verify')).toMatchObject({ code: 1, stdout: expect.stringMatching(/^entry 7: seal: /u) })
    expect((await json('verify')).value.findings[0]).toMatchObject({ seq: 7, code: 'seal' })
  })

  it('makes again what was changed behind the log', async () => {
    const { run, url } = workplace()
    await run('import', example)
    await withDatabase(url, (db) => db.write([{ sql: 'UPDATE resolution SET outcome = \'"yes"\'' }]))
    expect(await run('verify')).toMatchObject({ code: 1, stdout: expect.stringContaining('reckon rebuild') })
    expect(await run('rebuild')).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^Rebuilt from \d+ entries\.\n$/u),
    })
    expect(await run('verify')).toMatchObject({ code: 0 })
  })

  it('copies the whole ledger, and overwrites nothing', async () => {
    const { run, at } = workplace()
    const copy = at('copies', 'a.db')
    await run('import', example)
    expect(await run('backup', copy)).toMatchObject({ code: 0 })
    expect(await workplace({ RECKONING_DATABASE_URL: `file:${copy}` }).run('verify')).toMatchObject({
      code: 0,
    })
    const before = readFileSync(copy)
    expect(await run('backup', copy)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('overwrites nothing'),
    })
    expect(readFileSync(copy).equals(before)).toBe(true)
  })

  it('says what a migration did, once', async () => {
    const { run, json } = workplace()
    expect((await json('migrate')).value).toMatchObject({
      founded: true,
      migrations: migrations.map(({ id }) => id),
    })
    expect(await run('migrate')).toMatchObject({ code: 0, stdout: 'Up to date.\n' })
  })
})
