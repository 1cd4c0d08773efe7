import { Worker } from 'node:worker_threads'
import type { Config } from '../config.ts'
import type { Doubt } from '../core/clock.ts'
import { LedgerError } from '../core/error.ts'
import type { Head, Host } from '../http/host.ts'

/** What a reader is told when it is started. */
export type Instructions = {
  config: Config
  build: string
  version: string
  /** Which file the server has open; null where the database is none. */
  file: string | null
}

/** What a reader is asked: a request, the moment at which it is answered, and who sent it. */
export type Question = {
  id: number
  method: string
  url: string
  headers: [string, string][]
  /** The target as it was sent, and from where. */
  target: string | undefined
  address: string | undefined
  now: string
  /** What the clock of the machine shows, and why it is in doubt. */
  wall: string
  doubt: Doubt | null
  head: Head
}
export type ToReader = { question: Question } | { more: number } | { enough: number } | 'forget' | 'close'

/** A piece of a body; what is sent piece by piece waits until the next one is asked for. */
export type FromReader = 'opened' | FromWork
type FromWork = { id: number } & (
  | { status: number; headers: [string, string][]; body: ArrayBuffer | null; isWhole: boolean }
  | { piece: ArrayBuffer | null }
  | { broken: string }
)

type Pending = { take: (message: FromWork) => void; fail: (error: Error) => void }

const LONGEST_MS = 120_000
const CLOSE_WITHIN_MS = 2_000
const HEAP_MB = 1536

const lost = () =>
  new LedgerError('busy', 'This answer took too long or needed too much room: ask for less of it at once.')

const ending = () => new LedgerError('busy', 'The server is being stopped; ask again in a moment.')

/** Why a thread could not open the ledger: what it threw has come here without its class. */
const unopened = ({ message, code }: Error & { code?: unknown }) =>
  new LedgerError(code === 'damaged' ? code : 'unavailable', message)

/** The body of an answer that is sent piece by piece: one is asked for when the one before was taken. */
function streamed(
  id: number,
  pending: Map<number, Pending>,
  tell: (message: ToReader) => void,
): ReadableStream<Uint8Array> {
  let next: { resolve: () => void; reject: (error: Error) => void } | null = null
  let controller: ReadableStreamDefaultController<Uint8Array>
  return new ReadableStream<Uint8Array>(
    {
      start(own) {
        controller = own
        pending.set(id, {
          take: (message) => {
            if ('broken' in message) {
              pending.delete(id)
              return next?.reject(new Error(message.broken))
            }
            if (!('piece' in message)) return
            if (message.piece === null) {
              pending.delete(id)
              controller.close()
            } else controller.enqueue(new Uint8Array(message.piece))
            next?.resolve()
          },
          fail: (error) => {
            controller.error(error)
            next?.reject(error)
          },
        })
      },
      pull: () =>
        new Promise<void>((resolve, reject) => {
          next = { resolve, reject }
          tell({ more: id })
        }),
      cancel() {
        pending.delete(id)
        tell({ enough: id })
      },
    },
    { highWaterMark: 0 },
  )
}

/** One thread that reads: started again when it was lost and is needed. */
function reader(file: URL, instructions: Instructions, report: (error: unknown) => void, isLate = false) {
  const pending = new Map<number, Pending>()
  let worker: Worker | null = null
  let last = 0
  let hasOpened = false
  let isClosed = false
  const opened: (() => void)[] = []

  const abandon = (because: LedgerError) => {
    const left = [...pending.values()]
    pending.clear()
    for (const { fail } of left) fail(because)
  }
  const lose = (gone: Worker, why: unknown) => {
    if (worker !== gone) return
    worker = null
    report(why)
    void gone.terminate()
    // One that never answered could not open the ledger; what it said of that is the reason.
    const isUnopened = !hasOpened && why instanceof Error
    for (const tell of opened.splice(0)) tell()
    abandon(isUnopened ? unopened(why) : lost())
  }
  const started = (): Worker => {
    if (worker !== null) return worker
    const made = new Worker(file, {
      workerData: instructions,
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
    })
    hasOpened = false
    made.on('message', (message: FromReader) => {
      if (message !== 'opened') return pending.get(message.id)?.take(message)
      hasOpened = true
      for (const tell of opened.splice(0)) tell()
    })
    made.on('error', (error) => lose(made, error))
    made.on('exit', (code) => lose(made, `it ended with ${code}`))
    worker = made
    return made
  }
  const tell = (message: ToReader) => worker?.postMessage(message)

  const ask = async (question: Omit<Question, 'id'>): Promise<Response> => {
    // Whoever still waits in a line when the server ends starts no thread that nobody would end.
    if (isClosed) throw ending()
    const to = started()
    const id = ++last
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => lose(to, `an answer took more than ${LONGEST_MS} ms`), LONGEST_MS)
      const end = () => {
        clearTimeout(late)
        pending.delete(id)
      }
      pending.set(id, {
        take: (message) => {
          clearTimeout(late)
          if ('broken' in message) {
            end()
            return reject(new Error(message.broken))
          }
          if (!('status' in message)) return
          const { status, headers, body, isWhole } = message
          if (isWhole) end()
          resolve(new Response(isWhole ? body : streamed(id, pending, tell), { status, headers }))
        },
        fail: (error) => {
          end()
          reject(error)
        },
      })
      tell({ question: { id, ...question } })
    })
  }

  const close = async (): Promise<void> => {
    isClosed = true
    const closing = worker
    worker = null
    abandon(ending())
    if (closing === null) return
    const ended = new Promise<void>((resolve) => closing.once('exit', () => resolve()))
    const hurry = setTimeout(() => void closing.terminate(), CLOSE_WITHIN_MS)
    closing.postMessage('close' satisfies ToReader)
    await ended
    clearTimeout(hurry)
  }
  /** Settled when the first one has the ledger open, or cannot: whatever becomes of its name, it is that file then. */
  const ready = new Promise<void>((resolve) => opened.push(resolve))
  if (!isLate) started()
  return { ask, close, ready, forget: () => tell('forget') }
}

/**
 * Threads that read for the server, so that no query and no calculation holds up who answers: one for what is
 * quickly told, one for what goes through many records, and, once somebody asks for it, one for the past.
 */
export function readers(
  file: URL,
  instructions: Instructions,
  host: Pick<Host, 'now' | 'head' | 'ledger'>,
  report: (error: unknown) => void,
): {
  answerRead: NonNullable<Host['answerRead']>
  ready: Promise<unknown>
  /** Words were taken out: whoever holds a record of before lets go of it. */
  forget: () => void
  close: () => Promise<void>
} {
  const threads = {
    quick: reader(file, instructions, report),
    thorough: reader(file, instructions, report),
    past: reader(file, instructions, report, true),
  }
  return {
    answerRead: async (request, connection, reads) => {
      const { incoming, head: known } = (connection ?? {}) as {
        incoming?: { url?: string; socket?: { remoteAddress?: string } }
        head?: Head
      }
      const { clock } = host.ledger
      const head = known ?? (await host.head())
      return threads[reads].ask({
        method: request.method,
        url: request.url,
        headers: [...request.headers],
        target: incoming?.url,
        address: incoming?.socket?.remoteAddress,
        now: host.now().toISOString(),
        wall: clock.wall().toISOString(),
        doubt: await clock.doubt(head),
        head,
      })
    },
    ready: Promise.all([threads.quick.ready, threads.thorough.ready]),
    forget: () => {
      for (const { forget } of Object.values(threads)) forget()
    },
    close: async () => {
      await Promise.all(Object.values(threads).map((thread) => thread.close()))
    },
  }
}
