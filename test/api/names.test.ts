import { describe, expect, it, test } from 'vitest'
import { personName } from '../../src/core/text.ts'
import cases from '../fixtures/names.json' with { type: 'json' }
import { client, forecastBody } from './client.ts'

const pairs = (rows: string[][]) => rows as [string, string][]
type Answer = {
  code: string
  detail: string
  existing: { analyst: string }
  similar: { id: string; name: string }[]
  record: { id: string; distinct_from?: string[] }
}
const analysts = async () => {
  const on = await client()
  const add = async (body: object) => {
    const { status, json } = await on.post('/api/analysts', body)
    return { status, ...(json as unknown as Answer) }
  }
  return { ...on, add }
}

describe('an analyst is recorded once', () => {
  const taken = ([one]: string[]) => personName().safeParse(one).success
  it.each(pairs(cases.same.filter(taken)))('whether as %s or as %s', async (one, other) => {
    const { add } = await analysts()
    // Of some letters no id can be made: it is given.
    const first = await add({ name: one, id: 'first' })
    expect(first.status).toBe(201)
    expect(await add({ name: other, id: 'second' })).toMatchObject({
      status: 409,
      code: 'duplicate',
      existing: { analyst: 'first' },
      similar: [{ id: 'first', name: one }],
    })
  })

  it.each(pairs(cases.near))('or it is asked whether %s is %s', async (one, other) => {
    const { add, post } = await analysts()
    const id = (await add({ name: one })).record.id
    const asked = { status: 409, code: 'similar', existing: { analyst: id }, similar: [{ id, name: one }] }
    expect(await add({ name: other })).toMatchObject(asked)
    const said = await post('/api/forecasts', forecastBody({ analyst: { name: other } }))
    expect([said.status, said.json.code]).toEqual([409, 'similar'])
    const another = await add({ name: other, distinct_from: [id], id: 'another' })
    expect(another).toMatchObject({ status: 201, record: { id: 'another', distinct_from: [id] } })
  })

  it.each(pairs(cases.apart))('and nobody asks of %s and %s', async (one, other) => {
    const { add } = await analysts()
    expect((await add({ name: one, id: 'first' })).status).toBe(201)
    expect((await add({ name: other, id: 'second' })).status).toBe(201)
  })
})

test('who is somebody else has to be recorded; whose name is spelled alike is the same person whatever is said', async () => {
  const { add, get, post } = await analysts()
  await add({ name: 'José Ruiz' })
  expect(await add({ name: 'Jane Roe', distinct_from: ['nobody'] })).toMatchObject({ status: 422 })
  expect(await add({ name: 'JOSÉ RUIZ', distinct_from: ['jose-ruiz'] })).toMatchObject({ code: 'duplicate' })
  expect(await add({ name: 'Jose Ruiz' })).toMatchObject({
    code: 'duplicate',
    detail: expect.stringContaining('distinct_from: ["jose-ruiz"]'),
  })
  expect(await add({ name: 'Jose Ruiz', distinct_from: ['jose-ruiz'] })).toMatchObject({
    status: 201,
    record: { id: 'jose-ruiz-2' },
  })
  // Each is now meant by their own spelling, and by no other.
  for (const [name, id] of [
    ['José Ruiz', 'jose-ruiz'],
    ['Jose Ruiz', 'jose-ruiz-2'],
  ] as const) {
    const said = await post('/api/forecasts', forecastBody({ analyst: { name }, quote: `${name} says so` }))
    expect([said.status, (said.json.record as { analyst?: string } | undefined)?.analyst]).toEqual([201, id])
  }
  const both = await post('/api/forecasts', forecastBody({ analyst: { name: 'Josè Ruiz' } }))
  expect([both.status, both.json.detail]).toEqual([409, expect.stringMatching(/jose-ruiz and jose-ruiz-2/u)])
  expect((await get('/api/analysts?q=jose')).json.items).toHaveLength(2)
})

describe('the id of an analyst', () => {
  it.each(pairs(cases.ids))('of %s is %s', async (name, id) => {
    const { add } = await analysts()
    expect((await add({ name })).record.id).toBe(id)
  })

  it.each(cases.unwritable)('of %s is asked for', async (name) => {
    const { add, post } = await analysts()
    const { status, code, ...told } = await add({ name })
    expect([status, code]).toEqual([422, 'invalid'])
    expect(told).toMatchObject({
      errors: [{ pointer: '/id', message: expect.stringMatching(/^is needed: how “/u) }],
    })
    const said = await post('/api/forecasts', forecastBody({ analyst: { name } }))
    expect(said.json).toMatchObject({ errors: [{ pointer: '/analyst/id' }] })
    expect(await add({ name, id: 'chosen' })).toMatchObject({ status: 201, record: { id: 'chosen' } })
    const known = await post('/api/forecasts', forecastBody({ analyst: { name } }))
    expect(known.status).toBe(201)
  })

  it('is refused where somebody has it, and where the person has another', async () => {
    const { add, post } = await analysts()
    await add({ name: 'Ada Lovelace' })
    expect(await add({ name: 'Bea Roe', id: 'ada-lovelace' })).toMatchObject({
      status: 409,
      code: 'duplicate',
      existing: { analyst: 'ada-lovelace' },
    })
    const other = forecastBody({ analyst: { name: 'Ada Lovelace', id: 'bea' } })
    expect((await post('/api/forecasts', other)).json).toMatchObject({ code: 'duplicate' })
  })
})
