import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { commands } from '../../src/cli/commands.ts'
import { root } from '../support/process.ts'
import { example, workplace } from './workplace.ts'

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
    writeFileSync(join(cwd, 'said.txt'), 'There is a 70 % chance that the bill will pass by June.')
    expect(await well('read', 'said.txt', '--published', '2024-04-08')).toContain('70 %')
    writeFileSync(
      join(cwd, 'talk.srt'),
      '1\n00:00:01,000 --> 00:00:02,000\nIt is unlikely\n\n2\n00:01:02,000 --> 00:01:03,000\nto rain.\n\n3\n00:01:05,000 --> 00:01:06,000\n- Really?\n',
    )
    expect(await well('transcript', 'talk.srt')).toBe(
      '[00:01] It is unlikely to rain.\n\n[01:05] – Really?\n',
    )
    await well('import', example)
    await well('export', 'out')
    expect(readdirSync(join(cwd, 'out'))).toEqual(['2024', 'analysts.yaml', 'questions.yaml'])
    await well('due')
    expect(JSON.parse(await well('track-record', 'konstantin-kalachev', '--json'))).toMatchObject({
      counts: { scored: 3 },
    })
    const question = '2024-04-alphanews-kalachev_new-war'
    expect(await well('reference list', question)).toContain('nothing_changes')
    await well('member add', 'Ada Lovelace', '--role', 'recorder')
    await well('member list')
    await well('member role', 'Ada Lovelace', '--role', 'reader', '--because', 'She only reads.')
    await well('member suspend', 'Ada Lovelace', '--because', 'She left.')
    await well('member reinstate', 'Ada Lovelace', '--because', 'She is back.')
    await well('member sign-out', 'Ada Lovelace')
    const [token] = JSON.parse(await well('token list', '--json'))
    await well('token revoke', token.id)
    await well('policy')
    await well('survey new', 'ours', '--language', 'ru', '--words', 'вероятно')
    const answers = Array.from({ length: 20 }, (_, i) => `${i},${60 + i}`)
    writeFileSync(join(cwd, 'ours.csv'), ['reader,вероятно', ...answers].join('\n'))
    expect(await well('survey read', 'ours.csv', '--language', 'ru')).toContain('own-')
    await well('survey list')
    await well('clock status')
    await well('account list')
    await well('session list')
    expect(await well('audit')).toContain('administrator')
    await well('coding list')
    await well('corrections')
    await well('report list')
    await well('clock accept')
    await well('log export', 'published')
    expect(readdirSync(join(cwd, 'published'))).toEqual(['checkpoint', 'key', 'openings', 'tile'])
    expect(await well('log new-key', 'new.key')).toMatch(/^reckoning\/[0-9a-f]{16}\+/u)
    await well('log rotate-key', '--because', 'Once a year.')
    await well('sign-in')
    await well('rebuild')
    await well('verify')
    await well('backup', 'copy.db')
    expect(existsSync(join(cwd, 'copy.db'))).toBe(true)
    expect(await launch('resolve', question, '--confirm')).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining(question),
    })
    // These have tests of their own: some serve or ask others, some need a decision to make, a second analyst, a
    // clock that was wrong, a text, a report or somebody who is signed in.
    const written = ['add', 'choose', 'withdraw'].map((verb) => `reference ${verb}`)
    const elsewhere = [
      'serve',
      'demo',
      'resolve',
      'compare',
      'clock correct',
      ...written,
      'anchor',
      'archive',
      'witness',
      'account add',
      'account remove',
      ...['adjudicate', 'codebook', 'open', 'show'].map((verb) => `coding ${verb}`),
      'corrections policy',
      'draft',
      'redact',
      'release',
      'reply-link',
      'report close',
      'session end',
      'mcp',
      ...['send', 'set', 'show'].map((verb) => `reminders ${verb}`),
      ...['add', 'list', 'remove', 'resume', 'rotate', 'test'].map((verb) => `webhook ${verb}`),
    ]
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
        stderr: expect.stringMatching(/is no database: .* Restore/u),
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
