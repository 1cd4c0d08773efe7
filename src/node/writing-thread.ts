import { Worker } from 'node:worker_threads'
import { LedgerError } from '../core/error.ts'
import type { Connection, Results, Statement } from '../store/database.ts'

type Mode = 'read' | 'write'

/** What the thread is told when it starts: a file, and how long SQLite waits for a lock, in ms. */
export type Writer = { path: string; timeout: number }
/** What it is asked, and what it says to each, in order. */
export type Ask =
  | { what: 'execute' | 'inside'; statement: Statement | string }
  | { what: 'batch'; statements: (Statement | string)[]; mode: Mode }
  | { what: 'begin'; mode: Mode }
  | { what: 'end' | 'reconnect' | 'close' }
export type Answer =
  | { value: unknown }
  | { failed: { message: string; code: unknown; extendedCode: unknown } }

type Waiting = { resolve: (value: unknown) => void; reject: (error: Error) => void }
/** A thread, and who waits for its answers, in their order. */
type Thread = { worker: Worker; waiting: Waiting[] }

const lost = () =>
  new LedgerError('unavailable', 'The thread that writes was lost; look whether it was done, and try again.')

/**
 * A connection in a thread of its own: the disk is waited for there, while the server reads requests and seals entries.
 * One that was lost is started again when it is next asked; what it was asked may have been done.
 */
export function writingThread(file: URL, writer: Writer, report: (error: unknown) => void): Connection {
  let thread: Thread | null = null
  let isClosed = false

  const lose = (gone: Thread, why: unknown) => {
    for (const { reject } of gone.waiting.splice(0)) reject(lost())
    if (thread !== gone) return
    thread = null
    report(why)
  }
  const started = (): Thread => {
    if (thread !== null) return thread
    const made: Thread = { worker: new Worker(file, { workerData: writer }), waiting: [] }
    made.worker.on('message', (answer: Answer) => {
      const asked = made.waiting.shift()
      if ('value' in answer) return asked?.resolve(answer.value)
      const { message, ...codes } = answer.failed
      asked?.reject(Object.assign(new Error(message), codes))
    })
    made.worker.on('error', (error) => lose(made, error))
    made.worker.on('exit', (code) => lose(made, `it ended with ${code}`))
    thread = made
    return made
  }
  const ask = <T>(asked: Ask): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      if (isClosed)
        return reject(Object.assign(new Error('The connection is closed'), { code: 'CLIENT_CLOSED' }))
      const { worker, waiting } = started()
      waiting.push({ resolve: resolve as Waiting['resolve'], reject })
      worker.postMessage(asked)
    })
  const later = (asked: Ask) => {
    if (thread !== null) void ask(asked).catch(() => undefined)
  }

  started()
  return {
    execute: (statement) => ask<Results>({ what: 'execute', statement }),
    batch: (statements, mode) => ask<Results[]>({ what: 'batch', statements, mode }),
    transaction: async (mode) => {
      await ask({ what: 'begin', mode })
      return {
        execute: (statement) => ask<Results>({ what: 'inside', statement }),
        rollback: () => ask<void>({ what: 'end' }),
        close: () => later({ what: 'end' }),
      }
    },
    reconnect: () => later({ what: 'reconnect' }),
    close: async () => {
      isClosed = true
      const closing = thread
      thread = null
      if (closing === null) return
      const ended = new Promise<void>((resolve) => closing.worker.once('exit', () => resolve()))
      closing.worker.postMessage({ what: 'close' } satisfies Ask)
      await ended
    },
  }
}
