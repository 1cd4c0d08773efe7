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

const NOBODY: Waiting = { resolve: () => {}, reject: () => {} }

const lost = () =>
  new LedgerError('unavailable', 'The thread that writes was lost; look whether it was done, and try again.')

/**
 * A connection in a thread of its own: the disk is waited for there, while the server reads requests and seals entries.
 * One that was lost is started again when it is next asked; what it was asked may have been done.
 */
export function writingThread(thread: URL, writer: Writer, report: (error: unknown) => void): Connection {
  let worker: Worker | null = null
  let isClosed = false
  let waiting: Waiting[] = []

  const lose = (gone: Worker, why: unknown) => {
    if (worker !== gone) return
    worker = null
    const left = waiting
    waiting = []
    for (const { reject } of left) reject(lost())
    report(why)
  }
  const started = (): Worker => {
    if (worker !== null) return worker
    const made = new Worker(thread, { workerData: writer })
    made.on('message', (answer: Answer) => {
      const { resolve, reject } = waiting.shift() ?? NOBODY
      if ('value' in answer) resolve(answer.value)
      else {
        const { message, ...codes } = answer.failed
        reject(Object.assign(new Error(message), codes))
      }
    })
    made.on('error', (error) => lose(made, error))
    made.on('exit', (code) => lose(made, `it ended with ${code}`))
    worker = made
    return made
  }
  const ask = <T>(asked: Ask): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      if (isClosed)
        return reject(Object.assign(new Error('The connection is closed'), { code: 'CLIENT_CLOSED' }))
      const to = started()
      waiting.push({ resolve: resolve as Waiting['resolve'], reject })
      to.postMessage(asked)
    })
  const later = (asked: Ask) => {
    if (worker !== null) void ask(asked).catch(() => undefined)
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
      const closing = worker
      worker = null
      if (closing === null) return
      const ended = new Promise<void>((resolve) => closing.once('exit', () => resolve()))
      closing.postMessage({ what: 'close' } satisfies Ask)
      await ended
    },
  }
}
