import { strict as assert } from 'node:assert'
import { copyFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Fault } from './fault.ts'
import {
  assertRecorded,
  assertSound,
  idOf,
  ledgerIn,
  reckon,
  record,
  rows,
  serve,
  tokenFor,
  until,
} from './program.ts'

const BACKUPS = 10
const SHORT_BACKUPS = 1
const CLIENTS = 8
const ASKED_FOR = 100

/** Backups are taken while many write, and each takes the place of a lost machine: how long until it is served. */
export const restore: Fault = {
  name: 'restore',
  async run({ folder, short }) {
    const home = join(folder, 'home')
    mkdirSync(home)
    const token = await tokenFor(home)
    const server = await serve(home)
    const recorded: string[] = []
    let writing = true
    const clients = Promise.all(
      Array.from({ length: CLIENTS }, async (_, client) => {
        for (let i = 0; writing; i++) {
          const answer = await record(server.address, token, `c${client}-${i}`)
          assert.equal(answer.status, 201, JSON.stringify(answer.body))
          recorded.push(idOf(answer))
        }
      }),
    )
    const times: { backup: number; restored: number }[] = []
    try {
      for (let i = 0; i < (short ? SHORT_BACKUPS : BACKUPS); i++) {
        const before = recorded.length
        await until('more writes', () => recorded.length > before + CLIENTS)
        const known = [...recorded]
        const began = performance.now()
        const file = join(folder, `backup-${i}.db`)
        const { code, stderr } = await reckon(home, 'backup', file)
        assert.equal(code, 0, stderr)
        const backup = performance.now() - began
        times.push({ backup, restored: await served(join(folder, `elsewhere-${i}`), file, known) })
        await wait(100)
      }
    } finally {
      writing = false
      await clients
      assert.equal(await server.stop(), 0)
    }
    await assertSound(home)
    const worst = (name: 'backup' | 'restored') =>
      (Math.max(...times.map((time) => time[name])) / 1000).toFixed(1)
    return `${times.length} backups beside ${recorded.length} writes: each complete and sound, made in at most ${worst('backup')} s; from the copy to the first answer at most ${worst('restored')} s`
  },
}

/** Puts a backup where a machine without a ledger looks for it, and answers how long it took until it was read. */
async function served(folder: string, file: string, known: readonly string[]): Promise<number> {
  const began = performance.now()
  mkdirSync(folder)
  copyFileSync(file, ledgerIn(folder))
  const server = await serve(folder)
  try {
    const [first = ''] = known
    await assertRecorded(server.address, [first])
    const took = performance.now() - began
    // Of all that was known some are asked for: asking for each takes longer every time, as the others write on.
    await assertRecorded(server.address, known.slice(-ASKED_FOR))
    assert.equal(await server.stop(), 0)
    const held = new Set((await rows(folder, 'SELECT id FROM forecast')).map(({ id }) => String(id)))
    assert.deepEqual(
      known.filter((id) => !held.has(id)),
      [],
    )
    await assertSound(folder)
    return took
  } finally {
    await server.stop('SIGKILL')
  }
}
