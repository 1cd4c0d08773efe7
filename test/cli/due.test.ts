import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { example, workplace } from './workplace.ts'

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
      /Need a decision \(1\)\n2024-06-01, \d+ days late · Ada Lovelace\n {2}It rains\n {2}2024-01-talk_rain\n/u,
    )
    expect((await json('resolve', question, ...decided)).value).toMatchObject({ id: 'r1', state: 'proposed' })
    expect((await json('due')).value).toMatchObject({ due: [], proposed: [{ question }] })
    expect(await run('resolve', question, '--confirm')).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^Confirmed r1\. It counts, and is open to objection until .* UTC\.\n$/u),
    })
    expect((await run('due')).stdout).toMatch(/^Nothing to decide\. Next: 2099-06-01, It rains/u)
    const { value } = await json('track-record', 'Ada Lovelace')
    expect(value).toMatchObject({
      analyst: { id: 'ada-lovelace' },
      counts: { forecasts: 2, resolved: 1, open: 1 },
    })
    expect((await run('track-record', 'ada-lovelace')).stdout).toMatch(
      /^Ada Lovelace\n[\s\S]*From what was said to what is counted\n2 statements[\s\S]*2024-01-15 {2}● Came true · it happened\n {12}Our question: It rains\n {12}90 % · score \.01/u,
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

  it('leads with what was logged live as the page does, and gives all where it is asked for', async () => {
    const { run, json } = await rainy()
    expect(await run('track-record', 'Ada Lovelace', '--live', '--all')).toMatchObject({ code: 2 })
    const said = async (...more: string[]) =>
      (await json('track-record', 'Ada Lovelace', ...more)).value as { counts: object; view: string }
    const shown = await said()
    expect(shown).toMatchObject({ view: 'all', filter: {}, counts: (await said('--all')).counts })
    expect(await said('--live')).toMatchObject({
      view: 'live',
      filter: { logged: 'live' },
      counts: { forecasts: 0 },
    })
  })

  it('draws the worked example honestly', async () => {
    const { run } = workplace()
    await run('import', example)
    const { stdout } = await run('track-record', 'Konstantin Kalachev')
    for (const said of [
      'Logged with hindsight: an illustration',
      '3 of 3 came true',
      '1 of the 3 claims was hard to get wrong; without it 2 of 2 came true',
      '“Nothing changes” would have been right about 3 of the 3 claims',
      'Konstantin Kalachev gave no numbers, so there is no score.',
      '16 statements 4 forecasts, each question once without 9 not testable, 3 said twice',
      'condition never arose',
      '4 forecasts, 3 duplicates, 9',
    ])
      expect(stdout.replace(/\s+/gu, ' ')).toContain(said)
    expect(stdout).not.toMatch(/\u001b/u)
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80)
  })
})
