import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { commandOn } from '../support/command.ts'
import { databaseAt } from '../support/database.ts'
import { folder, root } from '../support/process.ts'

const TALK = `source: {id: 2026-11-talk, type: interview, title: A talk, published: 2026-11-15, coverage: complete}
analyst: ada-lovelace
statements:
  - id: flood
    quote: there is a ten percent chance of a flood
    question: {id: flood, title: The town is flooded, criteria: A street stands under water., deadline: {date: 2026-12-31, time_zone: UTC}}
    probability: 0.1
`

it('references are recorded, declared, withdrawn and listed on the command line', async () => {
  const cwd = folder()
  let now = '2026-11-22T10:00:00.000Z'
  const run = commandOn({ RECKONING_DATABASE_URL: databaseAt(join(cwd, 'ledger.db')) }, () => new Date(now))
  mkdirSync(join(cwd, 'in', '2026'), { recursive: true })
  writeFileSync(join(cwd, 'in', 'analysts.yaml'), 'analysts:\n  - {id: ada-lovelace, name: Ada Lovelace}\n')
  writeFileSync(join(cwd, 'in', '2026', '2026-11-talk.yaml'), TALK)
  expect(await run('import', join(cwd, 'in'))).toMatchObject({ code: 0 })

  expect(await run('reference', 'list', 'flood')).toMatchObject({
    code: 0,
    stdout: 'Nothing is recorded to compare with.\n',
  })
  const rate = ['--kind', 'base_rate', '--of', '3/20', '--class', 'winters', '--source', 'The almanac']
  expect(await run('reference', 'add', 'flood', ...rate)).toMatchObject({
    code: 0,
    stdout: 'Recorded ref1: base_rate, 0.15.\n',
  })
  const price = ['--kind', 'market', '--probability', '0.2', '--url', 'https://market.example/flood']
  expect(await run('reference', 'add', 'flood', ...price)).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('--observed is needed for market'),
  })
  const seen = [...price, '--observed', '2026-11-22T09:00:00.000Z']
  expect(await run('reference', 'add', 'flood', ...seen, '--primary')).toMatchObject({ code: 0 })
  expect(await run('reference', 'add', 'flood', ...rate)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('is recorded already, as ref1'),
  })
  expect(await run('reference', 'choose', 'flood', 'ref1')).toMatchObject({
    code: 0,
    stdout: 'Declared ref1 the primary.\n',
  })
  expect(await run('reference', 'choose', 'flood', 'ref9')).toMatchObject({ code: 1 })
  expect(await run('reference', 'withdraw', 'flood', 'ref1')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('--because'),
  })
  expect(await run('reference', 'withdraw', 'flood', 'ref1', '--because', 'Other winters.')).toMatchObject({
    code: 0,
  })
  now = '2027-01-01T00:00:00.000Z'
  const crowd = ['--kind', 'crowd', '--probability', '0.9', '--source', 'Readers']
  expect(await run('reference', 'add', 'flood', ...crowd)).toMatchObject({ code: 0 })
  const { stdout } = await run('reference', 'list', 'flood')
  expect(
    stdout
      .split('\n')
      .slice(1, 4)
      .map((line) => line.split(/\s{2,}/u).slice(0, 4)),
  ).toEqual([
    ['ref1', 'base_rate', '0.15', 'withdrawn'],
    ['ref2', 'market', '0.2', 'primary'],
    ['ref3', 'crowd', '0.9', 'hindsight'],
  ])
  const listed = JSON.parse((await run('reference', 'list', 'flood', '--json')).stdout)
  expect(listed[0]).toMatchObject({
    id: 'ref1',
    of: { k: 3, n: 20 },
    withdrawn: true,
    withdrawn_because: 'Other winters.',
  })
  expect(await run('compare', 'Ada Lovelace', 'rule:market')).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('“The market price” (a rule)'),
  })
  expect(await run('compare', 'rule:market', 'rule:market')).toMatchObject({ code: 2 })
})

it('where a market of Manifold stood when a day began is taken out of its files', async () => {
  const cwd = folder()
  const now = () => new Date('2024-03-01T12:00:00.000Z')
  const run = commandOn({ RECKONING_DATABASE_URL: databaseAt(join(cwd, 'ledger.db')) }, now)
  mkdirSync(join(cwd, 'in', '2024'), { recursive: true })
  writeFileSync(join(cwd, 'in', 'analysts.yaml'), 'analysts:\n  - {id: ada-lovelace, name: Ada Lovelace}\n')
  writeFileSync(
    join(cwd, 'in', '2024', '2024-02-talk.yaml'),
    TALK.replaceAll('2026-11-', '2024-02-').replace('2026-12-31', '2024-12-31'),
  )
  expect(await run('import', join(cwd, 'in'))).toMatchObject({ code: 0 })
  const tracker = (name: string) => join(root, 'test/fixtures/trackers', name)
  const market = ['--kind', 'market', '--from', tracker('manifold-market.json')]
  const bets = ['--from', tracker('manifold-bets.json')]
  const add = (...more: string[]) => run('reference', 'add', 'flood', ...more)
  expect(await add(...market, ...bets, '--quote', '2024-02-talk_flood')).toMatchObject({
    code: 0,
    stdout: 'Recorded ref1: market, 0.35, as of 2024-02-15T00:00:00.000Z.\n',
  })
  for (const [words, said] of [
    [[...market, '--quote', '2024-02-talk_flood'], 'and not where it stood then'],
    [[...market, ...bets, '--quote', 'nowhere_flood'], 'nowhere_flood'],
    [[...market, ...bets, '--probability', '0.3'], '--probability is what the files of --from say'],
    [['--kind', 'crowd', ...bets], 'say --kind market'],
    [['--kind', 'market', '--from', 'none.json'], 'There is no file "none.json"'],
    [['--kind', 'nothing_changes', '--probability', '0.1', '--quote', 'x_y'], '--quote is for a market'],
  ] as const)
    expect(await add(...words)).toMatchObject({
      code: expect.any(Number),
      stderr: expect.stringContaining(said),
    })
  expect(await run('reference', 'list', 'flood')).toMatchObject({
    stdout: expect.stringContaining('Manifold, by its bets: Will the ferry'),
  })
})
