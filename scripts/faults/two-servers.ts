import { strict as assert } from 'node:assert'
import { statSync } from 'node:fs'
import type { Fault } from './fault.ts'
import {
  assertRecorded,
  assertSound,
  idOf,
  ledgerIn,
  record,
  type Server,
  serve,
  tokenFor,
  until,
} from './program.ts'

/** Two servers write one file; one of them is killed, and the other takes over what it did for both. */
export const twoServers: Fault = {
  name: 'two-servers',
  async run({ folder, short }) {
    const token = await tokenFor(folder)
    const first = await serve(folder)
    const second = await serve(folder)
    try {
      const count = short ? 40 : 400
      const each = await Promise.all(
        [first, second].map((server, i) => recordMany(server, token, `server-${i}`, count)),
      )
      const recorded = each.flat()
      for (const { address } of [first, second]) await assertRecorded(address, recorded)
      await first.stop('SIGKILL')

      const before = statSync(ledgerIn(folder)).mtimeMs
      await until('the second to copy the log into the file', async () => {
        recorded.push(...(await recordMany(second, token, `alone-${recorded.length}`, 40)))
        return statSync(ledgerIn(folder)).mtimeMs > before
      })
      await assertRecorded(second.address, recorded)
      assert.equal(await second.stop(), 0)
      await assertSound(folder)
      return `${recorded.length} records of two servers, one killed: all there, nothing was changed`
    } finally {
      await Promise.all([first.stop('SIGKILL'), second.stop('SIGKILL')])
    }
  },
}

async function recordMany(
  { address }: Server,
  token: string,
  name: string,
  count: number,
): Promise<string[]> {
  const answers = await Promise.all(
    Array.from({ length: count }, (_, i) => record(address, token, `${name}-${i}`, LONG)),
  )
  return answers.map((answer) => {
    assert.equal(answer.status, 201, JSON.stringify(answer.body))
    return idOf(answer)
  })
}

const LONG = 'it was said at length that all of this happens '.repeat(80)
