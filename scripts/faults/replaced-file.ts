import { strict as assert } from 'node:assert'
import { copyFileSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Fault } from './fault.ts'
import {
  ask,
  assertRecorded,
  assertSound,
  idOf,
  ledgerIn,
  reckon,
  record,
  type Server,
  serve,
  tokenFor,
  until,
} from './program.ts'

type Held = { server: Server; token: string; folder: string; recorded: string[] }

/** Each answers what must happen before the ledger records again; `lost` may go with the file. */
const cases: Record<string, (held: Held) => Promise<void>> = {
  async 'removed and put back'({ server, token, folder, recorded }) {
    renameSync(ledgerIn(folder), join(folder, 'away.db'))
    await assertRefuses(server, token, recorded)
    renameSync(join(folder, 'away.db'), ledgerIn(folder))
    recorded.push(idOf(await assertRecords(server, token, 'back')))
    assert.equal((await ask(server.address, '/api/ready')).status, 200)
    assert.equal(await server.stop(), 0)
  },
  async 'another file renamed over it'(held) {
    renameSync(await backup(held), ledgerIn(held.folder))
    await assertRefuses(held.server, held.token, held.recorded)
    assert.equal(await held.server.stop(), 0)
  },
  async 'another file copied over it'(held) {
    copyFileSync(await backup(held), ledgerIn(held.folder))
    // Half of what is read now is of the one file and half of the other.
    await assertRefusesToWrite(held.server, held.token)
    await held.server.stop('SIGKILL')
    for (const end of ['-wal', '-shm']) rmSync(ledgerIn(held.folder) + end, { force: true })
    copyFileSync(join(held.folder, 'backup.db'), ledgerIn(held.folder))
  },
  async 'its log removed'({ server, token, folder, recorded }) {
    rmSync(`${ledgerIn(folder)}-wal`)
    await assertRefuses(server, token, recorded)
    assert.equal(await server.stop(), 0)
  },
  async 'its index removed'({ server, token, folder, recorded }) {
    rmSync(`${ledgerIn(folder)}-shm`)
    await assertRefuses(server, token, recorded)
    assert.equal(await server.stop(), 0)
  },
  async 'removed among many writes'({ server, token, folder, recorded }) {
    let refused = 0
    const clients = Array.from({ length: 8 }, async (_, client) => {
      for (let i = 0; refused < 40; i++) {
        const answer = await record(server.address, token, `rush-${client}-${i}`)
        if (answer.status === 201) recorded.push(idOf(answer))
        else {
          assert.equal(answer.status, 503, JSON.stringify(answer.body))
          refused++
        }
      }
    })
    await until('some writes', () => recorded.length > 20)
    renameSync(ledgerIn(folder), join(folder, 'away.db'))
    await Promise.all(clients)
    renameSync(join(folder, 'away.db'), ledgerIn(folder))
    recorded.push(idOf(await assertRecords(server, token, 'back')))
    assert.equal(await server.stop(), 0)
  },
}

/** The file goes away under a running server, or another one comes into its place. */
export const replacedFile: Fault = {
  name: 'replaced-file',
  async run({ folder: within }) {
    for (const [name, happen] of Object.entries(cases)) {
      const folder = join(within, name.replaceAll(' ', '-'))
      mkdirSync(folder)
      const token = await tokenFor(folder)
      const server = await serve(folder)
      const recorded: string[] = []
      try {
        recorded.push(idOf(await assertRecords(server, token, 'before')))
        await happen({ server, token, folder, recorded })
        const again = await serve(folder)
        await assertRecorded(again.address, recorded)
        await assertRecords(again, token, 'again')
        assert.equal(await again.stop(), 0)
        await assertSound(folder)
      } catch (error) {
        throw new Error(`${name}: ${(error as Error).message}`, { cause: error })
      } finally {
        await server.stop('SIGKILL')
      }
    }
    return `${Object.keys(cases).join(', ')}: refused with the reason, read on, lost nothing that was acknowledged`
  },
}

async function assertRecords({ address }: Server, token: string, name: string) {
  const answer = await record(address, token, name)
  assert.equal(answer.status, 201, JSON.stringify(answer.body))
  return answer
}

/** Writes are refused with a reason, `/api/ready` is red, and what was recorded is still shown. */
async function assertRefuses(server: Server, token: string, recorded: readonly string[]) {
  for (const path of ['/api/health', ...recorded.map((id) => `/api/forecasts/${id}`)])
    assert.equal((await ask(server.address, path)).status, 200, path)
  await assertRefusesToWrite(server, token)
}

async function assertRefusesToWrite({ address }: Server, token: string) {
  const refused = await record(address, token, 'into nothing')
  assert.equal(refused.status, 503)
  assert.match(String(refused.body.detail), /nothing is recorded/u)
  const ready = await ask(address, '/api/ready')
  assert.equal(ready.status, 503)
  assert.equal(ready.body.detail, refused.body.detail)
}

/** A copy made while the server runs: the ledger as it is now, in another file. */
async function backup({ folder }: Held): Promise<string> {
  const file = join(folder, 'backup.db')
  const { code, stderr } = await reckon(folder, 'backup', file)
  assert.equal(code, 0, stderr)
  return file
}
