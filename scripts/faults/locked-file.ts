import { strict as assert } from 'node:assert'
import { setTimeout as wait } from 'node:timers/promises'
import { fileConnection } from '../../src/node/file-connection.ts'
import type { Fault } from './fault.ts'
import {
  ask,
  assertRecorded,
  assertSound,
  idOf,
  ledgerIn,
  recordOnce,
  serve,
  tokenFor,
  until,
} from './program.ts'

const LOCKED_MS = 60_000
const CLIENTS = 4
/** What nobody should wait longer for who only reads, in ms: of some 18 s that a write waits, beside other faults. */
const LONGEST_READ_MS = 5_000
const EVERY_MS = 50
/** So long the other program waits for its turn. */
const WAITS_MS = 10_000

/** Another program holds the one place of a writer for a minute, or in short until a write was refused. */
export const lockedFile: Fault = {
  name: 'locked-file',
  async run({ folder, short }) {
    const token = await tokenFor(folder)
    const server = await serve(folder)
    const write = (name: string) => recordOnce(server.address, token, name)
    try {
      const recorded = [idOf(await write('before'))]
      const other = fileConnection(ledgerIn(folder), WAITS_MS)
      const held = await other.transaction('write')
      const began = performance.now()
      let isHeld = true
      const longest = { read: 0, write: 0 }
      let [reads, refusals] = [0, 0]

      const reader = async () => {
        for (let n = 0; isHeld; n++) {
          for (const path of ['/api/health', `/api/forecasts/${recorded[0]}`, `/?n=${n}`]) {
            const asked = performance.now()
            assert.equal((await ask(server.address, path)).status, 200, path)
            longest.read = Math.max(longest.read, performance.now() - asked)
            reads++
          }
          await wait(EVERY_MS)
        }
      }
      const writer = async (client: number) => {
        const asked = performance.now()
        const refused = await write(`during-${client}`)
        longest.write = Math.max(longest.write, performance.now() - asked)
        assert.equal(refused.status, 503, JSON.stringify(refused.body))
        assert.match(String(refused.body.detail), /database is busy/u)
        refusals++
      }
      const reading = reader()
      await Promise.all(Array.from({ length: CLIENTS }, (_, client) => writer(client)))
      assert.equal((await ask(server.address, '/api/ready')).status, 503)
      if (!short) await wait(LOCKED_MS - (performance.now() - began))
      isHeld = false
      await reading
      await held.rollback()
      other.close()

      await until('readiness', async () => (await ask(server.address, '/api/ready')).status === 200)
      for (let client = 0; client < CLIENTS; client++) {
        const answer = await write(`during-${client}`)
        assert.equal(answer.status, 201, JSON.stringify(answer.body))
        recorded.push(idOf(answer))
      }
      await assertRecorded(server.address, recorded)
      const { body } = await ask(server.address, '/api/forecasts.csv')
      assert.equal(String(body.text).trim().split('\n').length - 1, recorded.length, 'something is doubled')
      assert.ok(longest.read < LONGEST_READ_MS, `a read took ${Math.round(longest.read)} ms`)
      assert.equal(await server.stop(), 0)
      await assertSound(folder)
      const seconds = (ms: number) => (ms / 1000).toFixed(1)
      return `${refusals} writes refused with the reason after ${seconds(longest.write)} s, recorded once afterwards; ${reads} reads meanwhile, the longest ${Math.round(longest.read)} ms`
    } finally {
      await server.stop('SIGKILL')
    }
  },
}
