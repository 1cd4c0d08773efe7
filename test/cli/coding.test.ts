import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { claim, coded, openedRound, other, SOURCE } from '../coding/round.ts'
import { commandOn } from '../support/command.ts'
import { testLedger } from '../support/ledger.ts'
import { folder } from '../support/process.ts'

it('rounds of coding are opened and listed, and a codebook is published, on the command line', async () => {
  const held = await testLedger()
  const round = await openedRound(held)
  const run = commandOn({ RECKONING_DATABASE_URL: `file:${held.path}` }, () => held.unit.now)
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
})
