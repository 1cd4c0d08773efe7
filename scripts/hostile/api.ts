import fc from 'fast-check'
import { type Answer, answerOf, kind, noProblem } from './kind.ts'
import type { ApiRequest, Operation } from './operations.ts'
import { anyJson, authorizationOf, credential, nasty } from './values.ts'
import type { World } from './world.ts'

type Sent = ApiRequest & { who: string }

const send = async (world: World, { method, path, headers, body, who }: Sent): Promise<Answer> =>
  answerOf(
    await world.ask(method, path, {
      headers: { ...authorizationOf(world.tokens, who), ...headers },
      ...(body === null || method === 'GET' || method === 'HEAD' ? {} : { body }),
    }),
  )

const knownTo =
  ({ ids }: World) =>
  (path: string): Record<string, string[]> => ({
    id: path.includes('/questions/')
      ? [ids.question, ids.open]
      : path.includes('/forecasts/') || path.includes('/statements/')
        ? [ids.forecast]
        : path.includes('/sources/')
          ? [ids.source]
          : path.includes('/captures/')
            ? [ids.capture]
            : path.includes('/tokens/')
              ? [ids.token]
              : [ids.analyst],
    rid: ['r1', 'r2', ids.reference],
    seq: ['0', '7'],
    analysts: ['ada-lovelace,charles-babbage'],
  })

const valid = (world: World): fc.Arbitrary<[Operation, ApiRequest]> =>
  fc
    .constantFrom(...world.api.operations.filter(({ path }) => path !== '/api/pages'))
    .chain((operation) =>
      world.api
        .requests(operation, knownTo(world))
        .map((request): [Operation, ApiRequest] => [operation, request]),
    )

const matching = (world: World, method: string, path: string): Operation | undefined =>
  world.api.operations.find(
    (operation) =>
      operation.method === (method === 'HEAD' ? 'GET' : method) &&
      new RegExp(`^${operation.path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/gu, '[^/]+')}$`, 'u').test(
        path.split(/[?#]/u)[0] ?? '',
      ),
  )

/** The answer is one that the document promises for this operation. */
function undocumented(world: World, { method, path }: ApiRequest, answer: Answer): string | null {
  const problem = noProblem(answer)
  if (problem !== null) return problem
  const operation = matching(world, method, path)
  if (operation === undefined || method === 'HEAD') return null
  return answer.status >= 300 && answer.status < 400
    ? null
    : world.api.broken(operation, answer.status, answer.type, answer.text)
}

/** What the document admits: never refused for its form, and answered as it promises. */
export const documented = kind<Sent & { operation: Operation }>({
  name: 'API, as documented',
  full: 3_000,
  short: 250,
  requests: (world) =>
    fc.tuple(valid(world), credential).map(([[operation, request], who]) => ({ ...request, operation, who })),
  send,
  wrong: (world, request, answer) => {
    if ([400, 406, 415, 416].includes(answer.status))
      return `refused for its form: ${answer.text.slice(0, 300)}`
    return undocumented(world, request, answer)
  },
})

/** The places within a JSON value, as ways to change it there. */
function placesIn(value: unknown): [Record<string, unknown>, string][] {
  if (typeof value !== 'object' || value === null) return []
  const own = value as Record<string, unknown>
  return Object.keys(own).flatMap((name): [Record<string, unknown>, string][] => [
    [own, name],
    ...placesIn(own[name]),
  ])
}

type Change = { at: number; how: 'replace' | 'drop' | 'add' | 'swap'; value: unknown }
const change: fc.Arbitrary<Change> = fc.record({
  at: fc.nat(),
  how: fc.constantFrom('replace', 'replace', 'drop', 'add', 'swap'),
  value: anyJson,
})

function changed(body: string, changes: readonly Change[]): string {
  const value: unknown = JSON.parse(body)
  for (const { at, how, value: drawn } of changes) {
    const given = structuredClone(drawn)
    const places = placesIn(value)
    const [part, name] = places[at % Math.max(1, places.length)] ?? []
    if (part === undefined || name === undefined) continue
    if (how === 'drop') delete part[name]
    else if (how === 'add')
      part[Array.isArray(part) ? part.length : (JSON.stringify(given) ?? 'none').slice(0, 50)] = given
    else if (how === 'swap') part[name] = [part[name]]
    else part[name] = given
  }
  return JSON.stringify(value)
}

/** Valid requests with one to three places of their bodies changed. */
export const nearlyValid = kind<Sent>({
  name: 'API, bodies changed',
  full: 4_000,
  short: 350,
  requests: (world) =>
    fc
      .tuple(
        valid(world).filter(([, { body }]) => body !== null),
        credential,
        fc.array(change, { minLength: 1, maxLength: 3 }),
      )
      .map(([[, request], who, changes]) => ({
        ...request,
        body: changed(request.body ?? '{}', changes),
        who,
      })),
  send,
  wrong: undocumented,
})

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'QUERY', 'PROPFIND']
const HEADERS = [
  'accept',
  'accept-encoding',
  'content-type',
  'content-encoding',
  'content-length',
  'idempotency-key',
  'if-match',
  'if-none-match',
  'if-modified-since',
  'range',
  'origin',
  'sec-fetch-site',
  'cookie',
  'x-forwarded-for',
  'x-forwarded-host',
  'forwarded',
  'x-http-method-override',
]
const VALUES = [
  'application/json',
  'application/json; charset=utf-16',
  'text/html',
  '*/*;q=0',
  'gzip',
  'bytes=0-1,5-6',
  '"rev-0"',
  '"rev-99999999999"',
  '*',
  'W/"x"',
  'sid=x; sid=y',
  'identity',
  '-1',
  '1e9',
  'evil.example',
  'cross-site',
]
const ascii = fc.stringMatching(/^[\x21-\x7e]{1,60}$/u)
export const headers = fc.dictionary(
  fc.constantFrom(...HEADERS),
  fc.oneof(fc.constantFrom(...VALUES), ascii),
  { maxKeys: 3, noNullPrototype: true },
)

export const query = fc
  .array(
    fc.tuple(
      fc.constantFrom(
        'q',
        'tag',
        'limit',
        'cursor',
        'state',
        'analyst',
        'analysts',
        'from',
        'logged',
        'due_before',
        'before',
        'after',
        'done',
        'question',
        'assigned',
        'at',
        'as',
        'next',
        'token',
        'what',
        'source',
        'as_of',
        'as_of',
        'since',
        'verdict',
        'outlet',
        'said_from',
        'deadline_to',
        'upto',
        'sort',
        'order',
        'rows',
        'page',
        'url',
        'format',
        'x',
        '__proto__',
      ),
      fc.oneof(
        nasty.map(encodeURIComponent),
        fc.constantFrom(
          '%',
          '%ff',
          '%00',
          '+',
          '=',
          'open',
          'live',
          '200',
          '0',
          '2025-03-01',
          '2026-13-40',
          '5',
          'said',
          'came_true',
        ),
      ),
    ),
    { maxLength: 4 },
  )
  .map((pairs) => (pairs.length === 0 ? '' : `?${pairs.map((pair) => pair.join('=')).join('&')}`))

export const segment = (known: readonly string[]) =>
  fc.oneof(
    fc.constantFrom(...known),
    nasty.map((text) => encodeURIComponent(text.slice(0, 2_000))),
    fc.constantFrom('%', '%ff', '%00', '%2f', '%2e%2e', '..', '*', '%F0%9F%92%A9', 'a%0d%0ab'),
  )

/** Anything at all at the addresses of the API. */
export const anything = kind<Sent>({
  name: 'API, anything',
  full: 4_000,
  short: 350,
  requests: (world) =>
    fc
      .record({
        method: fc.constantFrom(...METHODS),
        template: fc.oneof(
          { weight: 5, arbitrary: fc.constantFrom(...world.api.operations.map(({ path }) => path)) },
          fc.constantFrom('/api', '/api/', '/api//forecasts', '/api/none', '/api/forecasts/'),
        ),
        name: segment(Object.values(world.ids)),
        query,
        headers,
        who: credential,
        body: fc.option(
          fc.oneof(
            anyJson.map((value) => JSON.stringify(value)),
            nasty,
          ),
          { nil: null },
        ),
      })
      // It would go out into the network.
      .filter(({ template }) => template !== '/api/pages')
      .map(({ template, name, query: search, ...request }) => ({
        ...request,
        path: template.replaceAll(/\{\w+\}/gu, () => name) + search,
      })),
  send,
  wrong: undocumented,
})
