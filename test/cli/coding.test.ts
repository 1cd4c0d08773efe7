import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readAgreement } from '../../src/store/documents/coding.ts'
import { claim, coded, openedRound, other, SOURCE } from '../coding/round.ts'
import { commandOn } from '../support/command.ts'
import { testLedger } from '../support/ledger.ts'
import { folder } from '../support/process.ts'
import { aQuestion, log } from '../support/steps.ts'

it('rounds of coding are opened and listed, and a codebook is published, on the command line', async () => {
  const held = await testLedger()
  const round = await openedRound(held)
  const run = commandOn({ RECKONING_DATABASE_URL: held.url }, () => held.unit.now)
  expect(await run('coding', 'open', 'no-such-source')).toMatchObject({ code: 1 })
  expect(await run('coding', 'open', SOURCE)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining(`${round} of this source is not finished`),
  })
  const file = join(folder(), 'codebook.txt')
  expect(await run('coding', 'codebook', file)).toMatchObject({ code: 2 })
  writeFileSync(file, 'Read twice.\n')
  expect(await run('coding', 'codebook', file)).toMatchObject({ code: 0, stdout: 'Published own-1.\n' })

  const ada = await held.join('Ada Lovelace', 'recorder')
  await coded(held, round, ada, [claim(), other()])
  expect(await run('coding', 'list')).toMatchObject({ code: 0, stdout: expect.stringContaining('1 of 2') })
  expect((await run('coding', 'show', round)).stdout).toBe('Both codings are not in yet.\n')
  await coded(held, round, await held.join('Benjamin Peirce', 'recorder'), [claim()])
  const { stdout } = await run('coding', 'list', '--json')
  expect(JSON.parse(stdout)).toMatchObject([
    {
      id: round,
      source: SOURCE,
      codebook: 'house-1',
      state: 'coded',
      submitted: 2,
      agreement: { kind: { raw: 0.5 } },
    },
  ])

  const shown = await run('coding', 'show', round)
  expect(shown).toMatchObject({ code: 0, stdout: expect.stringContaining('A new war begins, by 2027-12-31') })
  expect(shown.stdout).not.toContain('Lovelace')
  const joint = join(folder(), 'joint.json')
  const decide = (holds: unknown) => {
    writeFileSync(joint, typeof holds === 'string' ? holds : JSON.stringify(holds))
    return run('coding', 'adjudicate', round, joint)
  }
  const wish = { quote: 'I would wish that it did', kind: 'no_forecast', reason: 'normative' }
  expect(await decide('first')).toMatchObject({ code: 2, stderr: expect.stringContaining('is not JSON') })
  expect(await decide({ takes: ['third'] })).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('takes/0'),
  })
  expect(await decide({ takes: ['first'] })).toMatchObject({ code: 1 })
  expect(await decide({ takes: ['own', 'neither'], own: [wish] })).toMatchObject({
    code: 0,
    stdout: 'Recorded 1 passage, 1 of them read by neither coder.\n',
  })
  expect(await run('verify')).toMatchObject({ code: 0 })
})

it('two members decide a question on the command line, each sealed until the other has', async () => {
  const held = await testLedger()
  const { question } = await log(held, {
    question: aQuestion({ deadline: { date: '2026-11-20', time_zone: 'UTC' } }),
  })
  for (const name of ['Ada Lovelace', 'Benjamin Peirce', 'Cleo Patra']) await held.join(name, 'resolver')
  const run = commandOn({ RECKONING_DATABASE_URL: held.url }, () => held.unit.now)
  const decide = (name: string, ...more: string[]) =>
    run(
      'resolve',
      question,
      ...'--known-on 2026-11-21 --evidence https://example.com/a --says It.'.split(' '),
      '--rationale',
      'So.',
      '--member',
      name,
      '--sealed',
      ...more,
    )
  expect(await decide('Ada Lovelace', '--outcome', 'no', '--confirm')).toMatchObject({ code: 2 })
  expect(await decide('Ada Lovelace', '--outcome', 'no')).toMatchObject({
    code: 0,
    stdout: 'Sealed. It is shown when a second member has decided the question, too.\n',
  })
  expect(await decide('Ada Lovelace', '--outcome', 'yes')).toMatchObject({ code: 1 })
  expect(await decide('Benjamin Peirce', '--outcome', 'no')).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('Both are in, and shown'),
  })
  expect(await decide('Cleo Patra', '--outcome', 'no')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('Two members have decided this already.'),
  })
  expect((await readAgreement(held.ledger.db)).outcome).toMatchObject({ units: 1, raw: 1 })
})
