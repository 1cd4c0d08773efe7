import { expect, test } from 'vitest'
import { allRoutes } from '../../src/api/routes.ts'
import { openSecret } from '../../src/ledger/members/membership.ts'
import { client } from './client.ts'

const routes = await allRoutes()

const CHUNK = new Uint8Array(64 * 1024).fill(0x61)

const ENOUGH = 20_000_000

/** A body far beyond every bound, and how much of it was asked for. */
function endless() {
  const held = { pulled: 0 }
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (held.pulled > ENOUGH) return controller.close()
      held.pulled += CHUNK.length
      controller.enqueue(CHUNK)
    },
  })
  return { body, held }
}

const FORMS = [
  '/capture',
  '/capture/one',
  '/captures/x',
  '/questions/x/note',
  '/settings/members',
  '/reply',
  '/sign-in',
]
const LENGTHS: Record<string, string>[] = [{}, { 'content-length': '10' }, { 'content-length': 'x' }]

test('no write reads a body beyond its bound, whatever it says of its length', async () => {
  const held = await client()
  const writes = routes.filter(({ method }) => method !== 'GET')
  for (const { method, path } of writes)
    for (const length of LENGTHS) {
      const { body, held: stream } = endless()
      const answer = await held.app.request(`/api${path.replaceAll(/:\w+/gu, 'x')}`, {
        method,
        body,
        duplex: 'half',
        headers: { authorization: `Bearer ${held.token}`, 'content-type': 'application/json', ...length },
      } as RequestInit)
      expect([path, answer.status, stream.pulled < 2_000_000]).toEqual([path, 413, true])
    }
})

test('no form does either', async () => {
  const held = await client()
  const cookie = `sid=${await openSecret(held.ledger, held.host.now(), held.unit.by.member, 'session')}`
  for (const path of FORMS)
    for (const length of LENGTHS)
      for (const type of ['application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
        const { body, held: stream } = endless()
        const answer = await held.app.request(path, {
          method: 'POST',
          body,
          duplex: 'half',
          headers: { cookie, origin: 'http://localhost', 'content-type': type, ...length },
        } as RequestInit)
        expect([path, answer.status, stream.pulled < 5_000_000]).toEqual([path, 413, true])
      }
})
