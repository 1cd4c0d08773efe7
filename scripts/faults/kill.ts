import { strict as assert } from 'node:assert'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { seeded } from './chance.ts'
import type { Fault } from './fault.ts'
import { assertRecorded, assertSound, idOf, record, type Server, serve, tokenFor, until } from './program.ts'

const ROUNDS = 200
/** A slow machine takes more rounds. */
const LEAST_WRITES = 10_000
/** As many rounds on one file; then another, so that a verification after each does not take an hour. */
const ROUNDS_A_LEDGER = 20
const SHORT_ROUNDS = 3
const CLIENTS = 16
const LONGEST_MS = 400

/** A server is killed (-9) among many writes, again and again on the same file. */
export const kill: Fault = {
  name: 'kill',
  async run({ folder, short, seed }) {
    const chance = seeded(seed)
    const [least, together] = short ? [SHORT_ROUNDS, SHORT_ROUNDS] : [ROUNDS, ROUNDS_A_LEDGER]
    let [rounds, acknowledged] = [0, 0]
    for (; rounds < least || (!short && acknowledged < LEAST_WRITES); rounds += together) {
      const place = join(folder, String(rounds))
      mkdirSync(place)
      acknowledged += await killed(place, together, chance)
    }
    return `${rounds} rounds, ${acknowledged} acknowledged writes: all there, and verified after each round`
  },
}

/** Rounds on one ledger; answers how many writes were acknowledged in all. */
async function killed(folder: string, rounds: number, chance: () => number): Promise<number> {
  const token = await tokenFor(folder)
  const recorded: string[] = []
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
    await assertSound(folder)
  }
  const last = await serve(folder)
  await assertRecorded(last.address, recorded)
  assert.equal(await last.stop(), 0)
  await assertSound(folder)
  return recorded.length
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
