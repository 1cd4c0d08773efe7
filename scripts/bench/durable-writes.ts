import { closeSync, fsyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import autocannon from 'autocannon'
import NativeDatabase from 'libsql'
import { interleaved, median, type Result, round, timed } from './measure.ts'
import { startReckoning } from './server.ts'

const SECONDS = 5
const CLIENTS = 64
const ROUNDS = 3

/** B7: acknowledged durable writes over HTTP against one-row transactions through the native package. */
export async function durableWrites(): Promise<Result[]> {
  const server = await startReckoning()
  const post = async (path: string, body: unknown) => {
    const response = await fetch(server.url + path, {
      method: 'POST',
      headers: { authorization: `Bearer ${server.token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    if (response.status !== 201) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    return ((await response.json()) as { record: { id: string } }).record.id
  }
  const analyst = await post('/api/analysts', { name: 'Invented Person' })
  const source = await post('/api/sources', {
    title: 'An interview',
    type: 'interview',
    published: '2026-01-01',
  })
  const question = await post('/api/questions', {
    title: 'Something happens',
    criteria: 'It is reported.',
    deadline: { date: '2030-01-01', time_zone: 'UTC' },
  })
  const body = JSON.stringify({ analyst, source, question, quote: 'something will happen', probability: 0.7 })
  const writes = async () => {
    const result = await autocannon({
      url: `${server.url}/api/forecasts`,
      method: 'POST',
      headers: { authorization: `Bearer ${server.token}`, 'content-type': 'application/json' },
      body,
      connections: CLIENTS,
      duration: SECONDS,
    })
    if (result.non2xx > 0) throw new Error(`${result.non2xx} writes were refused`)
    return result['2xx'] / result.duration
  }

  const folder = mkdtempSync(join(tmpdir(), 'reckoning-native-'))
  const native = new NativeDatabase(join(folder, 'native.db'))
  native.exec('PRAGMA journal_mode = WAL')
  native.exec('PRAGMA synchronous = FULL')
  native.exec('CREATE TABLE entry (seq INTEGER PRIMARY KEY, bytes TEXT NOT NULL) STRICT')
  const insert = native.prepare('INSERT INTO entry (bytes) VALUES (?)')
  const line = 'x'.repeat(400)
  const rows = async () => {
    let count = 0
    const spent = await timed(() => {
      const until = performance.now() + SECONDS * 1000
      while (performance.now() < until) {
        insert.run([line])
        count++
      }
    })
    return (count / spent) * 1000
  }

  const [measured, yardstick] = await interleaved(ROUNDS, writes, rows)
  native.close()
  await server.stop()
  const fsync = fsyncMs(folder)
  rmSync(folder, { recursive: true, force: true })
  const ratio = round(measured / yardstick)
  return [
    {
      id: 'B7',
      work: `durable forecasts over HTTP, ${CLIENTS} clients (fsync ${round(fsync, 2)} ms)`,
      measured: `${Math.round(measured)}/s`,
      yardstick: `${Math.round(yardstick)}/s one-row native transactions`,
      ratio,
      goal: '≥ 1.5',
      reached: ratio >= 1.5,
    },
  ]
}

function fsyncMs(folder: string): number {
  const file = openSync(join(folder, 'fsync'), 'w')
  const spent = Array.from({ length: 50 }, () => {
    writeSync(file, 'x'.repeat(4096))
    const began = performance.now()
    fsyncSync(file)
    return performance.now() - began
  })
  closeSync(file)
  return median(spent)
}
