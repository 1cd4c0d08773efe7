import { strict as assert } from 'node:assert'
import { spawn, spawnSync } from 'node:child_process'
import { setTimeout as wait } from 'node:timers/promises'
import type { Fault } from './fault.ts'
import { ask, assertRecorded, assertSound, idOf, record, serve, tokenFor, until } from './program.ts'

/** What the system says to a call, and what the ledger then answers. */
const FAILURES = [
  { call: 'fsync,fdatasync', error: 'EIO', says: /disk of the ledger fails/u },
  { call: 'pwrite64', error: 'EIO', says: /disk of the ledger fails/u },
  { call: 'pwrite64', error: 'EROFS', says: /disk of the ledger fails|can only be read/u },
  { call: 'pwrite64', error: 'ENOSPC', says: /disk of the ledger is full/u },
] as const

const TRIES_AGAIN_MS = 3_000

/** The disk answers with an error, by a hand between the program and the system, and then works again. */
export const failingDisk: Fault = {
  name: 'failing-disk',
  async run({ folder, short }) {
    if (spawnSync('strace', ['-V']).status !== 0) return 'not tried: there is no strace here'
    const failures = short ? FAILURES.filter((_, i) => i % 3 === 0) : FAILURES
    const token = await tokenFor(folder)
    const server = await serve(folder)
    const recorded: string[] = []
    const write = async (name: string) => {
      const answer = await record(server.address, token, name)
      if (answer.status === 201) recorded.push(idOf(answer))
      return answer
    }
    try {
      for (const [i, { call, error, says }] of failures.entries()) {
        const what = `${call}: ${error}`
        assert.equal((await write(`before-${i}`)).status, 201, what)
        const hand = spawn(
          'strace',
          [
            '-f',
            '-qq',
            '-p',
            String(server.pid),
            '-e',
            `trace=${call}`,
            '-e',
            `inject=${call}:error=${error}`,
          ],
          { stdio: 'ignore' },
        )
        const gone = new Promise((resolve) => hand.on('close', resolve))
        try {
          let n = 0
          const refused = await until(`a refusal (${what})`, async () => {
            const answer = await write(`during-${i}-${n++}`)
            return answer.status !== 201 && answer
          })
          assert.equal(refused.status, 503, `${what}: ${JSON.stringify(refused.body)}`)
          assert.match(String(refused.body.detail), says, what)
          await assertRecorded(server.address, recorded)
          // Long enough for the server to have tried again by itself.
          await wait(TRIES_AGAIN_MS)
          const ready = await ask(server.address, '/api/ready')
          assert.equal(
            ready.status,
            503,
            `${what}: ${JSON.stringify([refused.body, ready.body, recorded.length])}`,
          )
        } finally {
          hand.kill('SIGTERM')
          await gone
        }
        await until(`recording again (${what})`, async () => (await write(`after-${i}`)).status === 201)
        await until('being ready', async () => (await ask(server.address, '/api/ready')).status === 200)
      }
      await assertRecorded(server.address, recorded)
      assert.equal(await server.stop(), 0)
      await assertSound(folder)
    } finally {
      await server.stop('SIGKILL')
    }
    return `${failures.map(({ call, error }) => `${error} from ${call}`).join(', ')}: refused with the reason, read on, recorded again; ${recorded.length} acknowledged writes, all there`
  },
}
