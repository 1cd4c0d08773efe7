import { AsyncLocalStorage } from 'node:async_hooks'
import { parentPort, workerData } from 'node:worker_threads'
import { createFaces, loadFaces } from '../app.ts'
import { ASSETS } from '../build.ts'
import { hostSettings } from '../config.ts'
import type { Clock } from '../core/clock.ts'
import type { Host } from '../http/host.ts'
import { providing } from './accounts.ts'
import { documents } from './documents.ts'
import { pictures } from './pictures.ts'
import type { FromReader, Instructions, Question, ToReader } from './readers.ts'
import { ledgerOn, openForReading, pastOn } from './runtime.ts'

// The thread behind readers.ts: answers reads from a connection of its own. The clock and the head come with the
// request, so that all threads answer of one moment.
const port = parentPort
if (port === null) throw new Error('this is a thread of the server')
const { config, build, version, file } = workerData as Instructions

type Moment = Pick<Question, 'now' | 'wall' | 'doubt' | 'head'>
const moments = new AsyncLocalStorage<Moment>()
const moment = () => {
  const held = moments.getStore()
  if (held === undefined) throw new Error('outside of a request')
  return held
}

const now = () => new Date(moment().now)
const clock: Clock = {
  now,
  wall: () => new Date(moment().wall),
  notAfter: (begun) => begun,
  doubt: async () => moment().doubt,
}
const db = await openForReading(config, file)
const past = pastOn(db)
const host: Host = {
  ...providing(config),
  ledger: ledgerOn(db, clock),
  now,
  head: async () => moment().head,
  build,
  ...(ASSETS === undefined ? {} : { assets: ASSETS }),
  version,
  past,
  pictures,
  documents,
  settings: hostSettings(config),
}
const app = createFaces(host)
const bodies = new Map<number, ReadableStreamDefaultReader<Uint8Array>>()

const tell = (message: FromReader, moved: ArrayBuffer[] = []) => port.postMessage(message, moved)
tell('opened')
// Whoever asks meanwhile loads what they ask for, and hears of what fails.
void loadFaces().catch(() => undefined)
const bytesOf = (piece: Uint8Array): ArrayBuffer => new Uint8Array(piece).buffer

async function answer({ id, method, url, headers, target, address, ...at }: Question): Promise<void> {
  const connection = {
    incoming: { ...(target === undefined ? {} : { url: target }), socket: { remoteAddress: address } },
    head: at.head,
  }
  const response = await moments.run(at, async () =>
    app.fetch(new Request(url, { method, headers }), connection),
  )
  const said = { id, status: response.status, headers: [...response.headers] as [string, string][] }
  if (response.body !== null && response.headers.get('content-type')?.startsWith('text/csv') === true) {
    bodies.set(id, response.body.getReader())
    return tell({ ...said, body: null, isWhole: false })
  }
  const body = response.body === null ? null : await response.arrayBuffer()
  tell({ ...said, body, isWhole: true }, body === null ? [] : [body])
}

async function more(id: number): Promise<void> {
  const body = bodies.get(id)
  if (body === undefined) return
  const { done, value } = await body.read()
  if (done) bodies.delete(id)
  const piece = done ? null : bytesOf(value)
  tell({ id, piece }, piece === null ? [] : [piece])
}

async function enough(id: number): Promise<void> {
  await bodies.get(id)?.cancel()
  bodies.delete(id)
}

const orSay = (id: number, work: Promise<void>) =>
  void work.catch((error: unknown) => {
    bodies.delete(id)
    tell({ id, broken: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  })

port.on('message', (message: ToReader) => {
  if (message === 'close') {
    void past
      .close()
      .then(db.close)
      .finally(() => port.close())
  } else if (message === 'forget') void past.forget().catch(() => undefined)
  else if ('question' in message) orSay(message.question.id, answer(message.question))
  else if ('more' in message) orSay(message.more, more(message.more))
  else orSay(message.enough, enough(message.enough))
})
