import * as z from 'zod'
import type { ErrorCode } from '../core/error.ts'
import { ProbabilityRequest } from '../core/forecast.ts'
import { Probability } from '../core/probability.ts'
import { line } from '../core/text.ts'
import * as answers from './answers.ts'
import { weightOf } from './read-weight.ts'
import { type Route, read } from './route.ts'
import { routeGroups } from './routes.ts'

type Json = Record<string, unknown>

const named = z.registry<{ id: string }>()
for (const [id, schema] of Object.entries(answers))
  if (schema instanceof z.ZodType && !named.has(schema)) named.add(schema, { id })

/** What a client may send as a probability: the schema itself can only say so in code. */
const ProbabilitySent = z.union([Probability, z.strictObject({ words: line(300) })])

const OPTIONS = { unrepresentable: 'any', metadata: named } as const

/** The JSON Schema of what is sent (`input`) or answered (`output`); named schemas are referred to. */
function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const id = named.get(schema)?.id
  if (id !== undefined && io === 'output') return { $ref: `#/components/schemas/${id}` }
  const json = z.toJSONSchema(schema, {
    ...OPTIONS,
    io,
    override: ({ zodSchema, jsonSchema }) => {
      if ((zodSchema as unknown) === ProbabilityRequest)
        Object.assign(jsonSchema, schemaOf(ProbabilitySent, io))
    },
  }) as Json
  delete json.$schema
  delete json.$defs
  return JSON.parse(JSON.stringify(json).replaceAll('"#/$defs/', '"#/components/schemas/')) as Json
}

function componentSchemas(): Json {
  const { schemas } = z.toJSONSchema(named, {
    ...OPTIONS,
    io: 'output',
    uri: (id) => `#/components/schemas/${id}`,
  })
  return Object.fromEntries(
    Object.entries(schemas).map(([id, { $schema: _, $id: __, ...schema }]) => [id, schema as Json]),
  )
}

const pathOf = (route: Route) => `/api${route.path.replaceAll(/:(\w+)/gu, '{$1}')}`

/** `getForecastsId`: one name for each operation. */
const operationId = (route: Route) =>
  `${route.method.toLowerCase()}${route.path.replaceAll(/[^a-z]+([a-z])/gu, (_, letter: string) => letter.toUpperCase())}`

function parametersOf(route: Route): Json[] {
  const inPath = [...route.path.matchAll(/:(\w+)/gu)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))
  const query = schemaOf(route.query, 'input') as { properties?: Record<string, Json>; required?: string[] }
  const inQuery = Object.entries(query.properties ?? {}).map(([name, schema]) => ({
    name,
    in: 'query',
    required: query.required?.includes(name) ?? false,
    schema,
  }))
  const header = (name: string, description: string) => ({
    name,
    in: 'header',
    description,
    schema: { type: 'string' },
  })
  return [
    ...inPath,
    ...inQuery,
    ...(route.replays
      ? [header('Idempotency-Key', 'Makes a retry safe: the same key and body, the same answer.')]
      : []),
    ...(route.matches
      ? [header('If-Match', '"rev-<n>" of the question as you read it; stale otherwise.')]
      : []),
  ]
}

const problemAnswer = (description: string): Json => ({
  description,
  content: { 'application/problem+json': { schema: schemaOf(answers.ProblemAnswer, 'output') } },
})

function operationOf(group: string, route: Route): Json {
  const isWrite = route.status === 201
  const content = { [route.media]: { schema: schemaOf(route.answer, 'output') } }
  const location = { Location: { description: 'Where the record is.', schema: { type: 'string' } } }
  return {
    operationId: operationId(route),
    summary: route.summary,
    tags: [group],
    ...(route.role === null ? {} : { description: `Needs the role ${route.role}.` }),
    security: route.role === null ? [{}, { token: [] }] : [{ token: [] }],
    parameters: parametersOf(route),
    ...(route.body === null
      ? {}
      : {
          requestBody: {
            required: !route.bodyOptional,
            content: { 'application/json': { schema: schemaOf(route.body, 'input') } },
          },
        }),
    responses: {
      ...(isWrite
        ? { 201: { description: 'Recorded.', headers: location, content } }
        : { 200: { description: 'OK', content } }),
      ...(route.method === 'GET' && !route.fresh ? { 304: { description: 'Not modified.' } } : {}),
      '4XX': problemAnswer('Refused: `code` says why, `errors` where.'),
      '5XX': problemAnswer('Our side.'),
    },
  }
}

/** Listed last in the table; it describes itself too. */
export const openApiRoute: Route = read({
  path: '/openapi.json',
  summary: 'This API as OpenAPI 3.1.',
  open: true,
  answer: z.looseObject({ openapi: z.string() }),
  run: async ({ host }) => ({ body: openApiDocument(host.version) }),
})

const groups = [...routeGroups, { name: 'Reference', about: 'This API, described.', routes: [openApiRoute] }]

let paths: Json | null = null
let schemas: Json | null = null

/** The whole API as OpenAPI 3.1, made from the table of routes. */
function openApiDocument(version: string): Json {
  paths ??= allPaths()
  schemas ??= componentSchemas()
  return {
    openapi: '3.1.0',
    info: {
      title: 'Reckoning',
      version,
      description:
        'A ledger of other people’s predictions. Reads are public unless the ledger says otherwise; writes need a token.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    tags: groups.map(({ name, about }) => ({ name, description: about })),
    paths,
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer', bearerFormat: 'rk_pat_…' } },
      schemas,
    },
  }
}

function allPaths(): Json {
  const found: Record<string, Json> = {}
  for (const { name, routes } of groups)
    for (const route of routes)
      found[pathOf(route)] = {
        ...found[pathOf(route)],
        [route.method.toLowerCase()]: operationOf(name, route),
      }
  return found
}

/** One route as the reference page shows it; `body` is a JSON Schema as text. */
export type ReferenceRoute = {
  method: Route['method']
  path: string
  summary: string
  role: Route['role']
  query: { name: string; description: string }[]
  body?: string
  problems: ErrorCode[]
}

/** The whole table for the reference page, in its order. */
export const apiReference = (): ReferenceRoute[] =>
  groups.flatMap(({ routes }) =>
    routes.map((route) => ({
      method: route.method,
      path: `/api${route.path}`,
      summary: route.summary,
      role: route.role,
      query: parametersOf(route)
        .filter((parameter) => parameter.in === 'query')
        .map(({ name, schema }) => ({
          name: String(name),
          description: String((schema as Json).description ?? ''),
        })),
      ...(route.body === null ? {} : { body: JSON.stringify(schemaOf(route.body, 'input'), null, 2) }),
      problems: problemsOf(route),
    })),
  )

function problemsOf(route: Route): ErrorCode[] {
  const codes: [boolean, ErrorCode[]][] = [
    [true, ['malformed', 'not_acceptable']],
    [route.method === 'GET' && weightOf(`/api${route.path}`, '', true).cost > 0, ['rate_limited', 'busy']],
    [route.path.includes(':'), ['not_found']],
    [!route.open, ['unauthenticated']],
    [route.role !== null, ['forbidden']],
    [route.body !== null, ['unsupported_media_type', 'too_large', 'invalid', 'conflict', 'rate_limited']],
    [route.matches, ['stale', 'already_decided', 'frozen']],
    [route.replays, ['idempotency_mismatch']],
  ]
  return codes.flatMap(([applies, names]) => (applies ? names : []))
}
