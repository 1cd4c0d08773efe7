import { connect } from 'node:net'

/** Sends bytes on a fresh connection and answers all that comes back until the server closes it. */
export const conversation = (port: number, bytes: string): Promise<string> =>
  new Promise((resolve) => {
    let text = ''
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes, 'latin1'))
    socket.setEncoding('latin1')
    socket.on('data', (data) => {
      text += data
    })
    socket.on('error', () => resolve(text))
    socket.on('close', () => resolve(text))
  })

export const statusesOf = (text: string): number[] =>
  [...text.matchAll(/^HTTP\/1\.1 (\d{3})/gmu)].map(([, status]) => Number(status))
