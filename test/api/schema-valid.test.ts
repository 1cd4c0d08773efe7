import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type ApiRequest, type Operation, operationsOf } from '../../scripts/hostile/operations.ts'
import { allRoutes } from '../../src/api/routes.ts'
import { patient } from '../support/by-files.ts'
import { type Client, client, forecastBody, pastQuestion } from './client.ts'

const routes = await allRoutes()

const SEED = 8
const EACH = 15

async function prepared(): Promise<Client> {
  const held = await client()
  await held.post('/api/forecasts', forecastBody({ question: pastQuestion() }))
  await held.post('/api/analysts', { name: 'Ada Lovelace' })
  return held
}

/** What exists, by where its id stands in an address. */
const known = (path: string): Record<string, string[]> => ({
  id: path.includes('/analysts/')
    ? ['konstantin-kalachev']
    : path.includes('/sources/')
      ? ['2026-11-an-interview']
      : ['2026-11-an-interview_a-new-war-begins'],
  seq: ['0', '9'],
  as_of: ['9'],
  analysts: ['ada-lovelace,konstantin-kalachev'],
})

const routeOf = ({ method, path }: Operation) =>
  routes.find(
    (route) => route.method === method && `/api${route.path.replaceAll(/:(\w+)/gu, '{$1}')}` === path,
  )

/** A refusal of what was sent itself, whatever the ledger holds. */
function isOfForm(operation: Operation, request: ApiRequest, status: number, code: unknown): boolean {
  if ([400, 406, 415, 416].includes(status)) return true
  if (status !== 422 || code !== 'invalid') return false
  return routeOf(operation)?.body?.safeParse(JSON.parse(request.body ?? '{}')).success === false
}

test(
  'nothing that the document admits is refused for its form, and every answer is one that it promises',
  async () => {
    const held = await prepared()
    const document = (await held.get('/api/openapi.json')).json
    const { operations, requests, broken } = operationsOf(document)
    const taken = new Set<string>()
    for (const operation of operations)
      await fc.assert(
        fc.asyncProperty(requests(operation, known), async (request) => {
          const reply = await held.send(request.path, {
            method: request.method,
            body: request.body,
            headers: { authorization: `Bearer ${held.token}`, ...request.headers },
          })
          expect({
            request,
            refused: isOfForm(operation, request, reply.status, reply.json.code),
            reply: reply.text,
          }).toEqual({
            request,
            refused: false,
            reply: reply.text,
          })
          expect([
            request,
            broken(operation, reply.status, reply.headers.get('content-type'), reply.text),
          ]).toEqual([request, null])
          if (reply.status < 300) taken.add(`${operation.method} ${operation.path}`)
        }),
        { numRuns: EACH, seed: SEED, endOnFailure: true },
      )
    for (const path of ['/api/questions', '/api/analysts', '/api/sources', '/api/captures'])
      expect([...taken]).toEqual(expect.arrayContaining([`GET ${path}`, `POST ${path}`]))
  },
  patient(120_000),
)
