import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { generateApi } from 'swagger-typescript-api'
import { expect, test } from 'vitest'
import type { Client, Problem } from '../../src/client/client.ts'
import { folder, root } from '../support/process.ts'
import { client, forecastBody } from './client.ts'

/** What the compiler says of programs of somebody else's. */
const compiled = (cwd: string, ...files: string[]): string =>
  spawnSync(
    process.execPath,
    [
      join(root, 'node_modules/typescript/bin/tsc'),
      ...['--ignoreConfig', '--noEmit', '--strict', '--exactOptionalPropertyTypes'],
      ...['--target', 'es2023', '--module', 'nodenext', '--lib', 'es2023,dom,dom.iterable', ...files],
    ],
    { cwd, encoding: 'utf8' },
  ).stdout

/** A folder with the package in it, as npm would put it there. */
function installed(): string {
  const cwd = folder()
  const pack = join(cwd, 'node_modules/reckoning')
  mkdirSync(join(pack, 'dist'), { recursive: true })
  execFileSync(process.execPath, [join(root, 'scripts/client.js'), join(pack, 'dist')], { cwd: root })
  const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { exports: object }
  writeFileSync(join(pack, 'package.json'), JSON.stringify({ name: 'reckoning', type: 'module', exports }))
  writeFileSync(join(cwd, 'package.json'), '{"type":"module"}')
  return cwd
}

const PROGRAM = `
import { Problem, reckoning } from 'reckoning/client'
const ledger = reckoning({ url: 'https://ledger.example', token: 'rk_pat_x' })
const { record, seq } = await ledger('POST /forecasts', {
  body: {
    analyst: { name: 'Ada' },
    source: { title: 'T', type: 'interview', published: '2026-11-01' },
    quote: 'it will rain',
    question: { title: 'It rains', criteria: 'C.', deadline: { date: '2027-01-01', time_zone: 'UTC' } },
    probability: 0.7,
  },
  idempotency_key: 'k',
})
const id: string = record.id
const n: number = seq
for await (const item of ledger.all('GET /forecasts', { query: { analyst: 'ada', state: 'open', limit: 200 } })) {
  const said: string = item.said_on.from
}
const { finding } = await ledger('GET /analysts/{id}/track-record', { path: { id: 'ada' } })
const sentence: string = finding.sentence
const table: string = await ledger('GET /forecasts.csv')
const health = await ledger('GET /health')
// @ts-expect-error: there is no such route
await ledger('GET /nothing')
// @ts-expect-error: an id is needed
await ledger('GET /forecasts/{id}')
// @ts-expect-error: no such state
await ledger('GET /forecasts', { query: { state: 'lost' } })
// @ts-expect-error: a question is needed
await ledger('POST /forecasts', { body: { analyst: 'ada', source: 's', quote: 'q', probability: 0.7 } })
// @ts-expect-error: that is not in the answer
record.nothing
// @ts-expect-error: it is no list
ledger.all('GET /health')[Symbol.iterator]
export { health, id, n, Problem, sentence, table }
`

test('the typed client takes what the API takes, and a compiler refuses what it would refuse', async () => {
  const cwd = installed()
  writeFileSync(join(cwd, 'program.ts'), PROGRAM)
  expect(compiled(cwd, 'program.ts')).toBe('')
  const { app, token } = await client()
  const { reckoning, Problem: Refused } = (await import(
    pathToFileURL(join(cwd, 'node_modules/reckoning/dist/client.js')).href
  )) as typeof import('../../src/client/client.ts')
  // biome-ignore lint/suspicious/noExplicitAny: the types are tried above.
  const ledger: Client<any> = reckoning({
    url: 'http://localhost/',
    token,
    fetch: (input, init) => Promise.resolve(app.request(String(input), init)),
  })
  const logged: { record: { id: string; question: string } }[] = []
  for (const title of ['A', 'B', 'C'])
    logged.push(
      await ledger('POST /forecasts', {
        body: forecastBody({ question: { ...forecastBody().question, title } }),
        idempotency_key: title,
      }),
    )
  const again = await ledger('POST /forecasts', {
    body: forecastBody({ question: { ...forecastBody().question, title: 'A' } }),
    idempotency_key: 'A',
  })
  expect(again).toEqual(logged[0])
  const listed: string[] = []
  for await (const { id } of ledger.all('GET /forecasts', { query: { limit: 1 } }) as AsyncGenerator<{
    id: string
  }>)
    listed.push(id)
  expect(listed).toEqual(logged.map(({ record }) => record.id).toReversed())
  const id = listed[0] as string
  expect(await ledger('GET /forecasts/{id}', { path: { id } })).toMatchObject({ id })
  expect(await ledger('GET /forecasts.csv')).toContain(id)
  const refused = (await ledger('POST /questions/{id}/amendments', {
    path: { id: logged[0]?.record.question },
    body: { criteria: 'D.', because: 'Clearer.', class: 'update' },
    rev: 7,
  }).catch((error: unknown) => error)) as Problem
  expect(refused).toBeInstanceOf(Refused)
  expect([refused.status, refused.code]).toEqual([412, 'stale'])
  expect(() => ledger('GET /forecasts/{id}', {})).rejects.toThrow('needs path.id')
})

test('an independent generator makes a client of the OpenAPI document, and it compiles', async () => {
  const { get } = await client()
  const { json } = await get('/api/openapi.json')
  const cwd = folder()
  await generateApi({
    fileName: 'api.ts',
    output: cwd,
    spec: json as never,
    silent: true,
    generateClient: true,
  })
  writeFileSync(join(cwd, 'package.json'), '{"type":"module"}')
  writeFileSync(
    join(cwd, 'program.ts'),
    `import { Api } from './api.js'
    const { api } = new Api({ baseUrl: 'https://ledger.example' })
    const { data } = await api.getForecasts({ state: 'open' })
    export const said: string = data.items[0]!.said_on.from
    // @ts-expect-error: no such state
    await api.getForecasts({ state: 'lost' })`,
  )
  expect(compiled(cwd, 'program.ts')).toBe('')
})

/** Where a schema says that something is there and not what. */
function looseIn(value: unknown, at = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((item, i) => looseIn(item, `${at}/${i}`))
  if (typeof value !== 'object' || value === null) return []
  const { type, properties, additionalProperties, propertyNames } = value as Record<string, unknown>
  const isAnything = (schema: unknown) =>
    schema === true || (typeof schema === 'object' && schema !== null && Object.keys(schema).length === 0)
  const isLoose =
    type === 'object' &&
    (isAnything(additionalProperties) ||
      (properties === undefined && additionalProperties === undefined && propertyNames === undefined))
  return [
    ...(isLoose ? [at] : []),
    ...Object.entries(value).flatMap(([key, inner]) => looseIn(inner, `${at}/${key}`)),
  ]
}

test('nothing that is answered is a loose object, but this description itself', async () => {
  const { get } = await client()
  const { json } = await get('/api/openapi.json')
  expect(looseIn({ a: { type: 'object' }, b: { type: 'object', additionalProperties: {} } })).toHaveLength(2)
  // What a redaction puts in the place of a record is as loose as the records are different.
  const loose = looseIn(json).filter((path) => !path.endsWith('/replaced_by'))
  expect(loose.map((path) => path.split('/responses')[0])).toEqual(['/paths//api/openapi.json/get'])
})
