import { strict as assert } from 'node:assert'
import { existsSync } from 'node:fs'
import type { Fault } from './fault.ts'
import {
  type Answer,
  ask,
  assertSound,
  record,
  type ServerOptions,
  serve,
  tokenFor,
  until,
} from './program.ts'

const ways: readonly { name: string; options: ServerOptions }[] = [
  { name: 'a reader who left', options: { unread: true } },
  ...(existsSync('/dev/full') ? [{ name: 'a full disk', options: { shell: 'exec "$@" 2>/dev/full' } }] : []),
]

/** The log goes to a program that has ended, or to a full disk. */
export const closedLog: Fault = {
  name: 'closed-log',
  async run({ folder }) {
    const token = await tokenFor(folder)
    for (const { name, options } of ways) {
      const server = await serve(folder, options)
      try {
        server.child.stdout?.destroy()
        const ready = await until(`a note about ${name}`, async () => {
          const answer = await ask(server.address, '/api/ready')
          return notesOf(answer).length > 0 && answer
        })
        assert.equal(ready.status, 200, name)
        assert.match(String(notesOf(ready)[0]), /^The log cannot be written/u)
        assert.equal((await record(server.address, token, name)).status, 201, name)
      } finally {
        assert.equal(await server.stop(), 0, name)
      }
    }
    await assertSound(folder)
    return `${ways.map(({ name }) => name).join(' and ')}: the server went on, recorded, and said so`
  },
}

const notesOf = ({ body }: Answer): unknown[] => (Array.isArray(body.notes) ? body.notes : [])
