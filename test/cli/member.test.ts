import { describe, expect, it } from 'vitest'
import { openSecret } from '../../src/ledger/members/membership.ts'
import { bearerOfToken } from '../../src/ledger/members/secret.ts'
import { ledgerOn } from '../../src/node/runtime.ts'
import { listMembers } from '../../src/store/members.ts'
import { withDatabase, workplace } from './workplace.ts'

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
    const times = { objection_hours: 48, answer_days: 14 }
    await run('migrate')
    expect((await json('policy')).value).toEqual({
      ...times,
      four_eyes: 'auto',
      four_eyes_in_force: false,
    })
    expect(await run('member', 'add', 'Ada Lovelace', '--role', 'resolver')).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('four eyes hold'),
    })
    expect((await json('policy')).value).toEqual({
      ...times,
      four_eyes: 'auto',
      four_eyes_in_force: true,
    })
    expect((await json('policy', 'four-eyes', 'off')).value).toEqual({
      ...times,
      four_eyes: 'off',
      four_eyes_in_force: false,
    })
    expect((await json('policy', 'objection-hours', '72')).value).toMatchObject({ objection_hours: 72 })
    for (const wrong of ['721', '1.5', 'x'])
      expect(await run('policy', 'objection-hours', wrong)).toMatchObject({
        code: 2,
        stderr: expect.stringContaining('0 to 720'),
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

describe('reckon session, reckon account and reckon audit', () => {
  it('list who is signed in, end it, name an account, and tell what was done', async () => {
    const { run, json, url } = workplace({
      RECKONING_OIDC_ISSUER: 'https://accounts.example',
      RECKONING_OIDC_CLIENT_ID: 'x',
    })
    await run('token', 'create', '--name', 'one', '--role', 'admin', '--scope', 'read', '--scope', 'log')
    expect((await run('token', 'list')).stdout).toContain('admin: read, log')
    const { value: ada } = await json('member', 'add', 'Ada Lovelace', '--role', 'resolver')
    expect((await run('session', 'list')).stdout).toBe('No sessions.\n')
    const session = await withDatabase(url, (db) => openSecret(ledgerOn(db), new Date(), ada.id, 'session'))
    const { value: sessions } = await json('session', 'list', '--member', 'Ada Lovelace')
    expect(sessions).toMatchObject([{ id: session.slice(0, 12), member: ada.id, browser: null }])
    expect((await run('session', 'end', session.slice(0, 12))).code).toBe(0)
    expect(await run('session', 'end', session.slice(0, 12))).toMatchObject({ code: 1 })
    const { value: account } = await json('account', 'add', 'Ada Lovelace', 'ada@example.org')
    expect(await run('account', 'add', 'Ada Lovelace', 'ada')).toMatchObject({ code: 2 })
    expect((await run('account', 'list')).stdout).toMatch(/Ada Lovelace +account +ada@example\.org/u)
    expect((await run('account', 'remove', account.id)).code).toBe(0)
    const { stdout } = await run('audit', '--limit', '4')
    expect(
      stdout
        .trimEnd()
        .split('\n')
        .map((line) => line.replace(/^.*?: /u, '')),
    ).toEqual([
      `Ada Lovelace no longer signs in with ${account.id}.`,
      'Ada Lovelace may sign in with an account at https://accounts.example.',
      `Ada Lovelace was signed out in one browser (session ${session.slice(0, 12)}).`,
      'Four eyes: from the second resolver on; in force.',
    ])
    expect(await run('audit', '--limit', 'many')).toMatchObject({ code: 2 })
  })
})
