import { execFileSync, spawn } from 'node:child_process'
import { join } from 'node:path'
import { afterwards, folder } from './afterwards.ts'
import { type Peer, post, type Record, WORDS } from './peer.ts'
import { freePort, stopChild, untilAnswers } from './server.ts'

const AT_ONCE = 1_000
const WHO = { identity: 'bench@example.com', password: 'a-long-password-of-nobody' }
const RECORDS = '/api/collections/forecasts/records'

/**
 * PocketBase with the records in a collection of its own, an index by analyst, and reading open to everybody. It writes
 * with `synchronous = NORMAL`, which its program cannot be told otherwise: what it answered can be lost with the power.
 */
export async function pocketbase(program: string, records: readonly Record[]): Promise<Peer> {
  const [place, port] = [folder(), await freePort()]
  // Otherwise it writes down beside the folder what is made here, and makes it again the next time.
  const own = ['--dir', join(place, 'data'), '--migrationsDir', join(place, 'migrations')]
  execFileSync(program, ['superuser', 'upsert', WHO.identity, WHO.password, ...own], { stdio: 'ignore' })
  const child = spawn(program, ['serve', '--http', `127.0.0.1:${port}`, ...own], { stdio: 'ignore' })
  afterwards(() => stopChild(child))
  const url = `http://127.0.0.1:${port}`
  await untilAnswers(`${url}/api/health`, child)
  const { token } = await post<{ token: string }>(
    `${url}/api/collections/_superusers/auth-with-password`,
    {},
    WHO,
  )
  const headers = { authorization: token }
  await post(
    `${url}/api/settings`,
    headers,
    { batch: { enabled: true, maxRequests: AT_ONCE, timeout: 60 } },
    'PATCH',
  )
  const text = (name: string) => ({ name, type: 'text' })
  const number = (name: string) => ({ name, type: 'number' })
  await post(`${url}/api/collections`, headers, {
    name: 'forecasts',
    type: 'base',
    listRule: '',
    viewRule: '',
    fields: [
      number('seq'),
      ...['claim', 'analyst', 'title', 'source_title', 'quote'].map(text),
      number('probability'),
    ],
    indexes: [
      'CREATE INDEX forecast_seq ON forecasts (seq)',
      'CREATE INDEX forecast_analyst ON forecasts (analyst, seq)',
    ],
  })
  const ids: string[] = []
  for (let from = 0; from < records.length; from += AT_ONCE) {
    const requests = records
      .slice(from, from + AT_ONCE)
      .map(({ id, ...rest }) => ({ method: 'POST', url: RECORDS, body: { ...rest, claim: id } }))
    const made = await post<{ body: { id: string } }[]>(`${url}/api/batch`, headers, { requests })
    ids.push(...made.map(({ body }) => body.id))
  }
  const list = `${RECORDS}?perPage=50&skipTotal=1&sort=-seq`
  let seq = records.length
  return {
    name: 'PocketBase',
    url,
    headers,
    works: {
      list: { path: () => list },
      filtered: { path: (i) => `${list}&filter=${encodeURIComponent(`analyst="analyst-${i}"`)}` },
      search: {
        path: (i) => `${list}&filter=${encodeURIComponent(`quote~"${WORDS[i % WORDS.length]}"`)}`,
      },
      one: { path: (i, n) => `${RECORDS}/${ids[(n ?? i) % ids.length]}` },
      create: {
        path: () => RECORDS,
        body: () =>
          JSON.stringify({
            seq: seq++,
            claim: `claim-${seq}`,
            analyst: 'analyst-1',
            title: 'Something happens',
            source_title: `Interview ${seq}`,
            quote: 'something will happen',
            probability: 0.7,
          }),
      },
    },
  }
}
