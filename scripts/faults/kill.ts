import { strict as assert } from 'node:assert'
import { setTimeout as wait } from 'node:timers/promises'
import { seeded } from './chance.ts'
import type { Fault } from './fault.ts'
import { assertRecorded, assertSound, idOf, record, type Server, serve, tokenFor, until } from './program.ts'

const ROUNDS = 66
const SHORT_ROUNDS = 3
const CLIENTS = 16
const LONGEST_MS = 400

/** A server is killed (-9) among many writes, again and again on the same file. */
export const kill: Fault = {
  name: 'kill',
  async run({ folder, short, seed }) {
    const chance = seeded(seed)
    const token = await tokenFor(folder)
    const recorded: string[] = []
    const rounds = short ? SHORT_ROUNDS : ROUNDS
    for (let round = 0; round < rounds; round++) {
      const server = await serve(folder)
      const before = recorded.length
      const clients = Promise.all(
        Array.from({ length: CLIENTS }, (_, client) => post(server, token, `r${round}-c${client}`, recorded)),
      )
      await until('a first answer', () => recorded.length > before)
      await wait(chance() * LONGEST_MS)
      await server.stop('SIGKILL')
      await clients
      const again = await serve(folder)
      await assertRecorded(again.address, recorded.slice(before))
      await again.stop('SIGKILL')
    }
    const last = await serve(folder)
    await assertRecorded(last.address, recorded)
    assert.equal(await last.stop(), 0)
    await assertSound(folder)
    return `${rounds} rounds, ${recorded.length} acknowledged writes: all there, nothing was changed`
  },
}

/** Writes until the server is gone. */
async function post({ address }: Server, token: string, name: string, recorded: string[]): Promise<void> {
  for (let i = 0; ; i++) {
    const answer = await record(address, token, `${name}-${i}`)
    if (answer.status === 0) return
    assert.equal(answer.status, 201, JSON.stringify(answer.body))
    recorded.push(idOf(answer))
  }
}
