import { strict as assert } from 'node:assert'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Fault } from './fault.ts'
import {
  type Answer,
  ask,
  assertSound,
  reckon,
  record,
  type Server,
  send,
  serve,
  tokenFor,
} from './program.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** A clock that can be set while a program runs by it: it is off by what stands in a file. */
function clockIn(folder: string, name: string) {
  const [by, shift] = ['txt', 'mjs'].map((end) => join(folder, `${name}.${end}`)) as [string, string]
  writeFileSync(
    shift,
    `import { readFileSync } from 'node:fs'
    const Right = Date
    const off = () => Number(readFileSync(${JSON.stringify(by)}, 'utf8'))
    globalThis.Date = class extends Right {
      constructor(...given) { if (given.length === 0) super(Right.now() + off()); else super(...given) }
      static now() { return Right.now() + off() }
    }`,
  )
  const set = (ms: number) => writeFileSync(by, String(ms))
  set(0)
  return { set, shell: `NODE_OPTIONS="--import ${pathToFileURL(shift).href}" exec "$@"` }
}

const sizeOf = async ({ address }: Server): Promise<number> =>
  Number((await ask(address, '/api/health')).body.ledger_size)

const isClock = ({ status, body }: Answer) => status === 503 && body.code === 'clock'

/** Nothing is written, neither by a request nor by anything else, and what is wrong is said. */
async function assertWaits(server: Server, token: string, what: string): Promise<number> {
  const before = await sizeOf(server)
  const answers = await Promise.all([
    ...Array.from({ length: 10 }, (_, i) => record(server.address, token, `${what}-${i}`)),
    send(server.address, token, '/api/analysts', { name: what }),
    send(server.address, token, '/api/captures', { source: {}, text: what, analyst: {}, marks: [] }),
    ask(server.address, '/api/ready'),
  ])
  for (const answer of answers) assert.ok(isClock(answer), `${what}: ${JSON.stringify(answer)}`)
  assert.equal((await ask(server.address, '/')).status, 200)
  assert.equal(await sizeOf(server), before, `${what}: something was written`)
  return answers.length - 1
}

async function assertWrites(server: Server, token: string, what: string): Promise<void> {
  const { status, body } = await record(server.address, token, what)
  assert.equal(status, 201, `${what}: ${JSON.stringify(body)}`)
}

/** The clock of a machine is wrong at the start of a server, jumps while it runs, or was wrong for a while. */
export const clock: Fault = {
  name: 'clock',
  async run({ folder }) {
    const token = await tokenFor(folder)
    const { set, shell } = clockIn(folder, 'clock')
    let refused = 0
    const during = async (off: number, work: (server: Server) => Promise<void>) => {
      set(off)
      const server = await serve(folder, { shell })
      try {
        await work(server)
        assert.equal(await server.stop(), 0)
      } finally {
        await server.stop('SIGKILL')
      }
      await assertSound(folder)
    }
    const waits = async (server: Server, what: string) => {
      refused += await assertWaits(server, token, what)
    }

    await during(-400 * DAY_MS, async (server) => {
      assert.match(server.said(), /this program was built on/u)
      await waits(server, 'before-the-build')
      set(0)
      await assertWrites(server, token, 'after-before-the-build')
    })
    await during(0, async (server) => {
      for (const hours of [2, -2]) {
        set(hours * HOUR_MS)
        await waits(server, `jumped-by-${hours}`)
        set(0)
        await assertWrites(server, token, `back-from-${hours}`)
      }
      set(2 * HOUR_MS)
      await waits(server, 'jumped-for-good')
      const accepted = await send(server.address, token, '/api/clock/acceptance', {
        because: 'It was moved.',
      })
      assert.equal(accepted.status, 201, JSON.stringify(accepted.body))
      await assertWrites(server, token, 'accepted')
    })
    await during(0, async (server) => {
      assert.match(server.said(), /last entry of the ledger/u)
      await waits(server, 'two-hours-behind')
      await correct(folder)
      await assertWrites(server, token, 'corrected')
    })

    // Two servers on one ledger, one of them ten minutes ahead.
    const ahead = clockIn(folder, 'ahead')
    ahead.set(10 * MINUTE_MS)
    const other = await serve(folder, { shell: ahead.shell })
    try {
      await during(0, async (server) => {
        await assertWrites(server, token, 'both-write')
        await assertWrites(other, token, 'ten-minutes-ahead')
        await waits(server, 'ten-minutes-behind')
      })
    } finally {
      await other.stop('SIGKILL')
    }
    await correct(folder)

    await during(1600 * DAY_MS, (server) => assertWrites(server, token, 'years-ahead'))
    await during(0, async (server) => {
      await waits(server, 'years-behind')
      await correct(folder)
      await assertWrites(server, token, 'years-corrected')
      assert.equal((await ask(server.address, '/api/ready')).status, 200)
    })
    return `${refused} writes under a clock in doubt waited, and nothing was written; 3 corrections, and the ledger verifies`
  },
}

/** By the command: it says what it would do, and then does it. */
async function correct(folder: string): Promise<void> {
  const words = ['clock', 'correct', '--because', 'The clock was wrong.']
  const asked = await reckon(folder, ...words)
  assert.equal(asked.code, 1, asked.stdout + asked.stderr)
  assert.match(asked.stdout, /Nothing was written/u)
  const done = await reckon(folder, ...words, '--yes')
  assert.equal(done.code, 0, done.stdout + done.stderr)
}
