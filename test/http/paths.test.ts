import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { TrieRouter } from 'hono/router/trie-router'
import { expect, test } from 'vitest'
import { openApiRoute } from '../../src/api/openapi.ts'
import { allRoutes } from '../../src/api/routes.ts'
import { createFaces } from '../../src/app.ts'
import * as paths from '../../src/http/paths.ts'
import { testLedger } from '../support/ledger.ts'

const SRC = fileURLToPath(new URL('../../src', import.meta.url))
const sources = readdirSync(SRC, { recursive: true })
  .map(String)
  .filter((path) => /\.tsx?$/u.test(path) && path !== 'http/paths.ts')
  .map((path) => ({ path, text: readFileSync(join(SRC, path), 'utf8') }))

const {
  api,
  query,
  asOf,
  apiOf,
  csvOf,
  frameOf,
  pictureOf,
  chartLink,
  chartFrame,
  chartPicture,
  chartData,
  asset,
  ...own
} = paths
/** Every function with an id for each that it needs. */
const called = (functions: Record<string, (...ids: never[]) => string>) =>
  Object.entries(functions).map(
    ([name, path]) => [name, path(...(['x1', 'x2'].slice(0, path.length) as never[]))] as const,
  )

async function tables() {
  const { host } = await testLedger()
  const router = new TrieRouter<string>()
  const ofApi = [...(await allRoutes()), openApiRoute].map(({ method, path, deep }) => ({
    method,
    path: `/api${path}${deep ? '{.+}' : ''}`,
  }))
  const routes = [
    ...ofApi,
    ...createFaces(host).routes.filter(({ method, path }) => method !== 'ALL' && !path.endsWith('*')),
  ]
  for (const { method, path } of routes) router.add(method, path, `${method} ${path}`)
  /** The routes that an address leads to, by GET or by POST. */
  const routesOf = (address: string): string[] => {
    const { pathname } = new URL(address, 'http://local')
    return ['GET', 'POST'].flatMap((method) => router.match(method, pathname)[0].map(([route]) => route))
  }
  return { host, all: routes.map(({ method, path }) => `${method} ${path}`), routesOf }
}

test('every address leads to a route of the tables, and every page and form has its address', async () => {
  const { host, all, routesOf } = await tables()
  const addresses: (readonly [string, string])[] = [
    ...called(own),
    ...called(api),
    ...['forecasts', 'questions', 'sources', 'statements', 'analysts'].map(
      (list) => [`${list}.csv`, csvOf(apiOf(`/${list}`))] as const,
    ),
    ...[paths.forecast('x1'), paths.analyst('x1'), paths.lookup()].map(
      (page) => [`the frame of ${page}`, frameOf(page)] as const,
    ),
    ...[
      ...[paths.front(), paths.ledger(), paths.due(), paths.sources(), paths.analysts()],
      ...[paths.compare(), paths.methods(), paths.words(), paths.changes()],
      ...[paths.corrections(), paths.correctionPolicy()],
      ...[paths.forecast('x1'), paths.question('x1'), paths.source('x1'), paths.analyst('x1')],
      ...[paths.codings(), paths.coding('x1'), paths.codebook()],
    ].flatMap((page) => [
      [`the picture of ${page}`, pictureOf(page)] as const,
      ...[chartFrame(page, 'words'), chartPicture(page, 'words'), chartData(page, 'words')].map(
        (address) => [`a chart of ${page}`, address] as const,
      ),
    ]),
    ...['style.css', 'icon.svg', 'script.js', 'check.js'].map(
      (name) => [name, asset(name, host.build)] as const,
    ),
  ]
  expect(addresses.filter(([, address]) => routesOf(address).length === 0)).toEqual([])
  const reached = new Set(addresses.flatMap(([, address]) => routesOf(address)))
  expect(all.filter((route) => !route.includes(' /api/') && !reached.has(route))).toEqual([])
  expect(routesOf('/questions/x1/nothing')).toEqual([])
})

test('an id cannot leave its place, and what an address says is spelled in one way', () => {
  expect(paths.question('../settings?a#b')).toBe('/questions/..%2Fsettings%3Fa%23b')
  expect(paths.statement('a', 'a_b')).toBe('/sources/a#a_b')
  expect(paths.due({ done: 'x', question: ['a', 'b'], assigned: undefined })).toBe(
    '/due?done=x&question=a&question=b',
  )
  expect(csvOf(api.forecasts({ q: 'a & b.csv?' }))).toBe('/api/forecasts.csv?q=a+%26+b.csv%3F')
  expect(query({})).toBe('')
})

/** What of the tables stands in the sources: there an address is what it is because it is written there. */
const TABLE =
  /\bat: \[[^\]]*\]|\bpath: ['`][^'`]*['`]|'\/[\w/-]*:[\w/:-]*'|\bapp\.(get|post|route)\(\s*'[^']*'/gu
const FACES = ['web', 'http', 'api', 'cli', 'node', 'app.ts', 'worker.ts']
const EXCEPT: Record<string, string> = {
  'api/capture-routes.ts: `/api': 'the reference says in a sentence where suggestions are',
  'cli/clock.ts: `/api': 'the help says in a sentence what to ask',
}

const rooms =
  'analysts|api|captures?|cards|codebook|codings|compare|corrections|docs|due|embed|forecasts|help|ledger|methods|questions|reports?|settings|sign-in|sign-out|sources'
const ADDRESS = new RegExp(String.raw`["'\x60}>](/(?:(?:${rooms})(?![\w-])|(?:style|icon|script)\.))`, 'gu')
const LINK = /\b(?:href|action|formaction|src|json|card|location|seeOther|assign)[=:(]\s*[{(]?\s*["'`]\//gu
/** Inside the API a route is named without `/api`: no address begins so. */
const API = /["'`}>]\/api(?![\w-])/gu

function writtenIn(path: string, text: string): string[] {
  const written = text.replaceAll(TABLE, '').replaceAll(/^\s*(?:\/\*\*|\*|\/\/).*$/gmu, '')
  const found = path.startsWith('api/') ? [API, LINK] : [ADDRESS, LINK]
  return found
    .flatMap((rule) => written.match(rule) ?? [])
    .map((address) => `${path}: ${address}`)
    .filter((line) => !Object.hasOwn(EXCEPT, line))
}

test('no address is written by hand', () => {
  const faces = sources.filter(({ path }) => FACES.includes(path.split('/')[0] as string))
  expect(faces.length).toBeGreaterThan(100)
  expect(faces.flatMap(({ path, text }) => writtenIn(path, text))).toEqual([])
  for (const planted of [
    '<a href="/due">',
    '<a href={`/questions/{id}`}>',
    "seeOther('/')",
    '`{origin}/sign-in?token={token}`',
    "<form action='/'>",
    'href={`/{search}`}',
    '`/style.{build}.css`',
    "location: () => '/api/members'",
  ])
    expect([planted, writtenIn('web/x.tsx', planted).length > 0]).toEqual([planted, true])
  expect(writtenIn('api/x.ts', 'Location: `/api/captures/{id}`')).toHaveLength(1)
})

test('an address in a sentence is one of the API, and every function of the API is needed', async () => {
  const { all } = await tables()
  const known = new Set(all.map((route) => route.replace(/^\w+ /u, '').replaceAll(/:\w+/gu, '{id}')))
  const named = sources.flatMap(({ path, text }) =>
    [...text.matchAll(/(?<=[\s`(])\/api\/[\w{}/.-]*\w\}?/gu)].map(([address]) => ({ path, address })),
  )
  expect(named.length).toBeGreaterThan(5)
  expect(named.filter(({ address }) => !known.has(address))).toEqual([])
  expect(
    Object.keys(api).filter((name) => !sources.some(({ text }) => text.includes(`api.${name}(`))),
  ).toEqual([])
  expect(apiOf(paths.due())).toBe(api.due())
})
