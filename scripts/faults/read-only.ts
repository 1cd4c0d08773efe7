import { strict as assert } from 'node:assert'
import { spawnSync } from 'node:child_process'
import { chmodSync, chownSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Fault } from './fault.ts'
import {
  ask,
  assertRecorded,
  assertSound,
  idOf,
  ledgerIn,
  reckonOn,
  record,
  serve,
  settingsFor,
  tokenFor,
  until,
} from './program.ts'

/** Who may write everything is not kept from writing: then somebody else runs the server. */
const NOBODY = 65_534
const user = process.getuid?.() === 0 ? NOBODY : undefined

/** The file may only be read when the server starts, and may be written again while it runs. */
export const readOnly: Fault = {
  name: 'read-only',
  async run({ folder }) {
    if (user !== undefined && !mayRun(user)) return 'not tried: nobody else may run the program from here'
    const token = await tokenFor(folder)
    give(folder)
    chmodSync(ledgerIn(folder), 0o400)
    const server = await serve(folder, { user })
    try {
      for (const path of ['/', '/ledger', '/api/health', '/api/analysts', '/api/forecasts.csv'])
        assert.equal((await ask(server.address, path)).status, 200, path)
      const refused = await record(server.address, token, 'while it can only be read')
      assert.equal(refused.status, 503, JSON.stringify(refused.body))
      assert.match(String(refused.body.detail), /can only be read: nothing is recorded until/u)
      const ready = await ask(server.address, '/api/ready')
      assert.equal(ready.status, 503)
      assert.equal(ready.body.detail, refused.body.detail)

      chmodSync(ledgerIn(folder), 0o600)
      await until('readiness', async () => (await ask(server.address, '/api/ready')).status === 200)
      const answer = await record(server.address, token, 'again')
      assert.equal(answer.status, 201, JSON.stringify(answer.body))
      await assertRecorded(server.address, [idOf(answer)])
      assert.equal(await server.stop(), 0)
    } finally {
      await server.stop('SIGKILL')
    }
    await assertSound(folder)

    give(folder)
    chmodSync(ledgerIn(folder), 0o400)
    chmodSync(folder, 0o500)
    try {
      const { code, stderr } = await reckonOn(settingsFor(folder), ['serve'], user)
      assert.notEqual(code, 0)
      assert.match(stderr, /can only be read/u)
    } finally {
      chmodSync(folder, 0o700)
    }
    return 'refused with the reason, read on, recorded again when it could be written, without a restart; where its folder can only be read, too, it says so and does not start'
  },
}

const mayRun = (uid: number): boolean =>
  spawnSync(process.execPath, ['scripts/reckon.js', '--help'], { uid, gid: uid }).status === 0

/** All of the folder belongs to whoever runs the server. */
function give(folder: string): void {
  if (user === undefined) return
  for (const path of [folder, ...readdirSync(folder).map((name) => join(folder, name))])
    chownSync(path, user, user)
}
