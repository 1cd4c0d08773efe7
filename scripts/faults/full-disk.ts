import { strict as assert } from 'node:assert'
import { spawnSync } from 'node:child_process'
import { appendFileSync, mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Fault } from './fault.ts'
import {
  ask,
  assertRecorded,
  assertSound,
  idOf,
  reckon,
  record,
  type Server,
  send,
  serve,
  tokenFor,
  until,
} from './program.ts'

/** A way to run out of room: prepares it, and answers how a server starts there and how room is made again. */
type Shortage = {
  shell?: string
  /** Takes what little room is left, too. */
  exhaust: (server: Server) => void
  makeRoom: (server: Server) => void
  end?: () => void
}

const LIMIT_BLOCKS = 1_600
const DISK = '16m'
/** With more than the write-ahead log may take, the file itself meets the end of the disk. */
const ROOM = { short: 2_000_000, long: 7_000_000 }

/** No file of the server may grow beyond a limit, which is lifted from outside. Needs no rights. */
function limited(): Shortage | null {
  if (spawnSync('prlimit', ['--version']).status !== 0) return null
  const limit = ({ pid }: Server, bytes: string) => {
    const { status, stderr } = spawnSync('prlimit', ['--pid', String(pid), `--fsize=${bytes}:`], {
      encoding: 'utf8',
    })
    assert.equal(status, 0, stderr)
  }
  return {
    shell: `ulimit -S -f ${LIMIT_BLOCKS}; exec "$@"`,
    exhaust: (server) => limit(server, '100'),
    makeRoom: (server) => limit(server, 'unlimited'),
  }
}

/** A disk of its own, filled by another file that is deleted. Needs the right to mount. */
function mounted(folder: string, room: number): Shortage | null {
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK}`, 'reckoning', folder]).status !== 0) return null
  const filler = join(folder, 'filler')
  const free = () => {
    const { bavail, bsize } = statfsSync(folder)
    return bavail * bsize
  }
  writeFileSync(filler, Buffer.alloc(free() - room))
  return {
    exhaust: () => appendFileSync(filler, Buffer.alloc(free())),
    makeRoom: () => rmSync(filler),
    end: () => {
      spawnSync('umount', [folder])
    },
  }
}

/** The disk has no room, and then it has again. */
export const fullDisk: Fault = {
  name: 'full-disk',
  async run({ folder, short }) {
    const counts: string[] = []
    for (const name of ['limit', 'disk']) {
      const place = join(folder, name)
      mkdirSync(place)
      const shortage = name === 'limit' ? limited() : mounted(place, short ? ROOM.short : ROOM.long)
      if (shortage === null) continue
      try {
        counts.push(`${name} after ${await runOut(place, shortage)} writes`)
      } finally {
        shortage.end?.()
      }
    }
    if (counts.length === 0) return 'not tried: there is neither prlimit nor the right to mount here'
    return `${counts.join(', ')}: refused with the reason, read on, recorded again when there was room`
  },
}

async function runOut(folder: string, { shell, exhaust, makeRoom }: Shortage): Promise<number> {
  const token = await tokenFor(folder)
  const link = await linkFor(folder)
  const server = await serve(folder, shell === undefined ? {} : { shell })
  const recorded: string[] = []
  try {
    const refused = await until('no more room', async () => {
      const answer = await record(server.address, token, `event-${recorded.length}`, LONG)
      if (answer.status !== 201) return answer
      recorded.push(idOf(answer))
      return null
    })
    assert.equal(refused.status, 503, JSON.stringify(refused.body))
    assert.match(String(refused.body.detail), /nothing is recorded until/u)
    exhaust(server)
    await assertReadsOn(server, token, recorded)
    await assertWritesNothing(server, token, link)

    makeRoom(server)
    await until('recording again', async () => (await ask(server.address, '/api/ready')).status === 200)
    const answer = await record(server.address, token, 'room again')
    assert.equal(answer.status, 201, JSON.stringify(answer.body))
    recorded.push(idOf(answer))
    assert.equal((await signIn(server, link)).status, 303)
    await assertRecorded(server.address, recorded)
    assert.equal(await server.stop(), 0)
    await assertSound(folder)
  } finally {
    await server.stop('SIGKILL')
  }
  return recorded.length
}

async function linkFor(folder: string): Promise<string> {
  const { code, stdout, stderr } = await reckon(folder, 'sign-in')
  assert.equal(code, 0, stderr)
  return stdout.match(/\/sign-in\?token=(\w+)/u)?.[1] ?? ''
}

async function assertReadsOn({ address }: Server, token: string, recorded: readonly string[]) {
  await assertRecorded(address, recorded)
  for (const path of ['/', '/analysts', '/due', '/api/health', '/api/analysts', '/api/forecasts.csv'])
    assert.equal((await ask(address, path)).status, 200, path)
  const headers = { authorization: `Bearer ${token}` }
  assert.equal((await ask(address, '/api/captures', { headers })).status, 200)
}

/** Every kind of write says 503 with the reason, a form too; one that still fits is sent again. */
async function assertWritesNothing(server: Server, token: string, link: string) {
  const { address } = server
  const writes: [path: string, body: (n: number) => unknown][] = [
    ['/api/members', (n) => ({ name: `Somebody ${n}`, role: 'reader' })],
    ['/api/captures', (n) => ({ source: {}, text: `${n} ${LONG}`, marks: [] })],
    ['/api/analysts', (n) => ({ name: `Somebody Invented ${n}` })],
  ]
  for (const [path, body] of writes) {
    let n = 0
    const refused = await until(`a refusal of ${path}`, async () => {
      const answer = await send(address, token, path, body(n++))
      return answer.status !== 201 && answer
    })
    assert.equal(refused.status, 503, `${path}: ${JSON.stringify(refused.body)}`)
    assert.match(String(refused.body.detail), /nothing is recorded until/u)
  }
  assert.equal((await signIn(server, link)).status, 503)
  assert.equal((await ask(address, '/api/ready')).status, 503)
}

const signIn = ({ address }: Server, token: string) =>
  ask(address, '/sign-in', {
    method: 'POST',
    redirect: 'manual',
    headers: { origin: address },
    body: new URLSearchParams({ token }),
  })

const LONG = 'it was said at length that all of this happens '.repeat(90)
