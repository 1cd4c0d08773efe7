import { expect, test } from 'vitest'
import { captureRoutes } from '../../src/api/capture-routes.ts'
import { secondReader } from '../../src/model/second-reader.ts'
import { modelServer, says } from '../support/model.ts'
import { client } from './client.ts'

const CAPTURE = { source: { title: 'A talk' }, text: 'She said: prices will likely fall.', marks: [] }
const PASSAGE = { quote: 'prices will likely fall', kind: 'forecast', event: 'Prices fall', words: 'likely' }

test('a capture is read by the model that the settings name, and what it proposes is kept beside it', async () => {
  const { post, get, host, join } = await client()
  const model = await modelServer(says({ passages: [PASSAGE, { ...PASSAGE, quote: 'prices rise' }] }))
  const { id } = (await post('/api/captures', CAPTURE)).json as { id: string }
  const path = `/api/captures/${id}/second-readings`
  expect(await post(path)).toMatchObject({ status: 409, json: { code: 'conflict' } })
  host.secondReader = secondReader({ url: model.url, key: 'sk-secret', model: 'm-one' })
  const reader = await join('A Reader', 'reader')
  expect(await post(path, {}, { authorization: `Bearer ${reader.token}` })).toMatchObject({ status: 403 })
  expect(model.asked).toEqual([])
  const { status, json } = await post(path)
  const { quote: exact, ...rest } = PASSAGE
  expect([status, json]).toMatchObject([
    201,
    {
      n: 1,
      model: 'm-one',
      sent_to: new URL(model.url).host,
      problem: null,
      items: [{ ...rest, exact, start: 10, end: 33 }],
      dropped: { not_in_text: 1, malformed: 0, too_many: 0 },
    },
  ])
  const { authorization } = { authorization: `Bearer ${reader.token}` }
  expect((await get(path, { authorization })).status).toBe(403)
  const kept = await get(path, { authorization: `Bearer ${(await join('B', 'recorder')).token}` })
  expect(kept.json).toEqual({ items: [json] })
  for (const route of captureRoutes.filter(({ path: own }) => own.endsWith('/second-readings')))
    expect(route.answer.safeParse(route.method === 'GET' ? kept.json : json).error).toBeUndefined()
  expect((await post('/api/captures/none/second-readings')).status).toBe(404)
})
