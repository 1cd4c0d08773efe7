import { parentPort, workerData } from 'node:worker_threads'
import type { Transaction } from '../store/database.ts'
import { fileConnection } from './file-connection.ts'
import type { Answer, Ask, Writer } from './writing-thread.ts'

// The thread behind writing-thread.ts: one connection to a file, asked one thing after another.
const port = parentPort
if (port === null) throw new Error('this is a thread of the server')
const { path, timeout } = workerData as Writer
const connection = fileConnection(path, timeout)
let open: Transaction | null = null

async function done(ask: Ask): Promise<unknown> {
  switch (ask.what) {
    case 'execute':
      return connection.execute(ask.statement)
    case 'batch':
      return connection.batch(ask.statements, ask.mode)
    case 'begin':
      open = await connection.transaction(ask.mode)
      return null
    case 'inside':
      return open?.execute(ask.statement)
    case 'end':
      open?.close()
      open = null
      return null
    case 'reconnect':
      return connection.reconnect()
    case 'close':
      return connection.close()
  }
}

const answer = (ask: Ask): Promise<Answer> =>
  done(ask).then(
    (value) => ({ value }),
    // What is thrown would arrive without its codes.
    ({ message, code, extendedCode }) => ({ failed: { message, code, extendedCode } }),
  )

let turn: Promise<unknown> = Promise.resolve()
port.on('message', (ask: Ask) => {
  turn = turn.then(async () => {
    port.postMessage(await answer(ask))
    if (ask.what === 'close') port.close()
  })
})
