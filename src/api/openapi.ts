import * as z from 'zod'
import { AsOfText } from '../core/as-of.ts'
import { timeZones } from '../core/calendar.ts'
import { unfinishedSchema } from '../core/capture.ts'
import { type ErrorCode, errorCodes } from '../core/error.ts'
import { ProbabilityRequest, ProbabilitySent } from '../core/forecast.ts'
import { jsonSchema } from '../core/json-schema.ts'
import { ReferenceId } from '../core/reference.ts'
import { QuestionId, Slug, StatementId } from '../core/slug.ts'
import { apiOf } from '../http/paths.ts'
import { problems } from '../http/problem.ts'
import { isAlwaysTheSame, WATCHED, weightOf } from '../http/read-weight.ts'
import type { ReferenceRoute } from '../http/reference.ts'
import * as scores from '../scoring/document.ts'
import * as answers from './answers.ts'
import * as memberAnswers from './member-answers.ts'
import * as pastAnswers from './past-answers.ts'
import * as referenceAnswers from './reference-answers.ts'
import { IDEMPOTENCY_KEY, IF_MATCH } from './request.ts'
import { type Route, read } from './route.ts'
import { loadedGroups } from './routes.ts'
import { FILE_TYPES, MULTIPART } from './upload.ts'

type Json = Record<string, unknown>

const named = z.registry<{ id: string }>()
for (const [id, schema] of Object.entries({
  ...scores,
  ...answers,
  ...memberAnswers,
  ...referenceAnswers,
  ...pastAnswers,
}))
  if (schema instanceof z.ZodType && !named.has(schema)) named.add(schema, { id })

const OPTIONS = { unrepresentable: 'any', metadata: named } as const

/** Beyond it a whole number in JSON is refused rather than rounded. */
const GREATEST = Number.MAX_SAFE_INTEGER

type Overridden = { zodSchema: unknown; jsonSchema: z.core.JSONSchema.BaseSchema }

/** What a schema says of itself in words, and for what is sent also what it demands in code. */
function completed({ zodSchema, jsonSchema: json }: Overridden, io: 'input' | 'output'): void {
  const schema = zodSchema as z.ZodType
  const { description } = z.globalRegistry.get(schema) ?? {}
  if (description !== undefined) json.description = description
  if (io === 'output') return
  if (schema === ProbabilityRequest) Object.assign(json, schemaOf(ProbabilitySent, io))
  if (json.type === 'number') {
    json.minimum ??= -GREATEST
    json.maximum ??= GREATEST
  }
  const demanded = jsonSchema.get(schema)
  if (demanded?.$ref !== undefined) for (const name of Object.keys(json)) delete json[name]
  Object.assign(json, demanded)
}

/** The JSON Schema of what is sent (`input`) or answered (`output`); named schemas are referred to. */
export function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const id = named.get(schema)?.id
  if (id !== undefined && io === 'output') return { $ref: `#/components/schemas/${id}` }
  const override = (overridden: Overridden) => completed(overridden, io)
  const json = z.toJSONSchema(schema, { ...OPTIONS, io, override }) as Json
  delete json.$schema
  delete json.$defs
  return JSON.parse(JSON.stringify(json).replaceAll('"#/$defs/', '"#/components/schemas/')) as Json
}

function componentSchemas(): Json {
  const { schemas } = z.toJSONSchema(named, {
    ...OPTIONS,
    io: 'output',
    uri: (id) => `#/components/schemas/${id}`,
    override: (overridden) => completed(overridden, 'output'),
  })
  return {
    ...Object.fromEntries(
      Object.entries(schemas).map(([id, { $schema: _, $id: __, ...schema }]) => [id, schema as Json]),
    ),
    TimeZone: { type: 'string', enum: timeZones() },
    Unfinished: unfinishedSchema(),
  }
}

const pathOf = (route: Route) => apiOf(route.path.replaceAll(/:(\w+)/gu, '{$1}'))

/** `getForecastsId`: one name for each operation. */
const operationId = (route: Route) =>
  `${route.method.toLowerCase()}${route.path.replaceAll(/[^a-z]+([a-z])/gu, (_, letter: string) => letter.toUpperCase())}`

/** What the named parts of an address look like, by the noun before them. */
const SEQ = z.string().regex(/^(0|[1-9][0-9]{0,14})$/u)
export const NAMED: Record<string, z.ZodType> = {
  anchors: SEQ,
  forecasts: StatementId,
  statements: StatementId,
  questions: QuestionId,
  sources: Slug,
  analysts: Slug,
  resolutions: z.string().regex(/^r[1-9]\d{0,5}$/u),
  references: ReferenceId,
  entries: SEQ,
  tile: z
    .string()
    .regex(/^(entries|[0-9]|[1-5][0-9]|6[0-3])\/(x[0-9]{3}\/)*[0-9]{3}(\.p\/[1-9][0-9]{0,2})?$/u),
  openings: z.string().regex(/^(x[0-9]{3}\/)*[0-9]{3}(\.p\/[1-9][0-9]{0,2})?$/u),
}
const anyId = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/u)

/** Whether a route tells of the record, which has a past. */
const hasPast = ({ method, fresh, role, path }: Route): boolean =>
  method === 'GET' && !fresh && role === null && !isAlwaysTheSame(apiOf(path)) && !WATCHED.has(apiOf(path))

/** Every such route takes it; `/docs` says so once. */
const AS_OF: Json = {
  name: 'as_of',
  in: 'query',
  required: false,
  description:
    'The answer as it could have been read after this entry, or at the end of this day (UTC), made from the log. Not where the ledger is served by a Worker.',
  schema: schemaOf(AsOfText, 'input'),
}

function parametersOf(route: Route): Json[] {
  const inPath = [...route.path.matchAll(/(\w+)\/:(\w+)/gu)].map(([, noun = '', name]) => ({
    name,
    in: 'path',
    required: true,
    schema: schemaOf(NAMED[noun] ?? anyId, 'input'),
  }))
  const query = schemaOf(route.query, 'input') as { properties?: Record<string, Json>; required?: string[] }
  const inQuery = Object.entries(query.properties ?? {}).map(([name, { description, ...schema }]) => ({
    name,
    in: 'query',
    required: query.required?.includes(name) ?? false,
    ...(description === undefined ? {} : { description }),
    schema,
  }))
  const header = (name: string, required: boolean, description: string, schema: Json) => ({
    name,
    in: 'header',
    required,
    description,
    schema: { type: 'string', ...schema },
  })
  return [
    ...inPath,
    ...inQuery,
    ...(hasPast(route) ? [AS_OF] : []),
    ...(route.replays
      ? [
          header('Idempotency-Key', false, 'Makes a retry safe: the same key and body, the same answer.', {
            minLength: 1,
            maxLength: 200,
            pattern: IDEMPOTENCY_KEY.source,
          }),
        ]
      : []),
    ...(route.matches
      ? [
          header('If-Match', route.needsMatch, '"rev-<n>" of what you read; 412 once it has changed.', {
            pattern: IF_MATCH.source,
          }),
        ]
      : []),
  ]
}

/** An answer that refuses, for one status: which codes it can bear. */
function problemAnswer(status: number, codes: readonly ErrorCode[]): Json {
  const says = codes.map((code) => `\`${code}\`: ${problems[code].means}`).join(' ')
  const retry = { 'Retry-After': { description: 'Seconds to wait.', schema: { type: 'string' } } }
  const schema = {
    allOf: [
      schemaOf(answers.ProblemAnswer, 'output'),
      { properties: { status: { const: status }, code: { enum: codes } } },
    ],
  }
  return {
    description: says,
    ...(status === 429 || status === 503 ? { headers: retry } : {}),
    content: { 'application/problem+json': { schema } },
  }
}

function problemAnswers(route: Route): Json {
  const byStatus = new Map<number, ErrorCode[]>()
  for (const code of problemsOf(route)) {
    const { status } = problems[code]
    byStatus.set(status, [...(byStatus.get(status) ?? []), code])
  }
  return Object.fromEntries([...byStatus].map(([status, codes]) => [status, problemAnswer(status, codes)]))
}

const binary: Json = { type: 'string', format: 'binary' }
/** A body that is a file, or a form of files. */
const uploadContent: Json = {
  ...Object.fromEntries(Object.keys(FILE_TYPES).map((type) => [type, { schema: binary }])),
  [MULTIPART]: {
    schema: {
      type: 'object',
      required: ['file'],
      additionalProperties: false,
      properties: {
        file: { type: 'array', items: binary },
        mapping: { type: 'string', description: 'As JSON or YAML.' },
        dry_run: { type: 'string', enum: ['true', 'false'] },
      },
    },
  },
}

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
            content: {
              'application/json': { schema: schemaOf(route.body, 'input') },
              ...(route.files ? uploadContent : {}),
            },
          },
        }),
    responses: {
      ...(isWrite
        ? { 201: { description: 'Recorded.', headers: location, content } }
        : { 200: { description: 'OK', content } }),
      ...(route.method === 'GET' && !route.fresh ? { 304: { description: 'Not modified.' } } : {}),
      ...problemAnswers(route),
    },
  }
}

/** Listed last in the table; it describes itself too. */
export const openApiRoute: Route = read({
  path: '/openapi.json',
  summary: 'This API as OpenAPI 3.1.',
  open: true,
  answer: z.looseObject({ openapi: z.string() }),
  run: async ({ host }) => ({ body: await openApiDocument(host.version) }),
})

type Groups = Awaited<ReturnType<typeof loadedGroups>>
const allGroups = async (): Promise<Groups> => [
  ...(await loadedGroups()),
  { name: 'Reference', about: 'This API, described.', routes: [openApiRoute] },
]

let paths: Json | null = null
let schemas: Json | null = null

/** The whole API as OpenAPI 3.1, made from the table of routes. */
async function openApiDocument(version: string): Promise<Json> {
  const groups = await allGroups()
  paths ??= allPaths(groups)
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

function allPaths(groups: Groups): Json {
  const found: Record<string, Json> = {}
  for (const { name, routes } of groups)
    for (const route of routes)
      found[pathOf(route)] = {
        ...found[pathOf(route)],
        [route.method.toLowerCase()]: operationOf(name, route),
      }
  return found
}

/** The whole table for the reference page, in its order. */
export const apiReference = async (): Promise<ReferenceRoute[]> =>
  (await allGroups()).flatMap(({ routes }) =>
    routes.map((route) => ({
      method: route.method,
      path: apiOf(route.path),
      summary: route.summary,
      role: route.role,
      query: parametersOf(route)
        .filter((parameter) => parameter.in === 'query' && parameter !== AS_OF)
        .map(({ name, description }) => ({
          name: String(name),
          description: String(description ?? ''),
        })),
      ...(route.body === null ? {} : { body: JSON.stringify(schemaOf(route.body, 'input'), null, 2) }),
      problems: problemsOf(route),
    })),
  )

/** When an operation can give a code; what is not named here is of writes. */
const GIVEN: Partial<Record<ErrorCode, (route: Route) => boolean>> = {
  malformed: () => true,
  misdirected: () => true,
  timeout: () => true,
  headers_too_large: () => true,
  // A token that is not valid is refused where none is needed too.
  unauthenticated: () => true,
  not_acceptable: () => true,
  range_not_satisfiable: () => true,
  rate_limited: () => true,
  busy: (route) => !isWrite(route) && weightOf(apiOf(route.path), '', true).cost > 0,
  rebuilding: () => true,
  behind: () => true,
  damaged: () => true,
  clock: (route) => isWrite(route) || route.path === '/ready',
  unavailable: () => true,
  internal: () => true,
  // Nothing is written into the past.
  method_not_allowed: (route) => isWrite(route),
  forbidden: (route) => route.role !== null,
  // What is for members has no past: it is not found in one.
  not_found: (route) =>
    isWrite(route) ||
    route.path.includes(':') ||
    route.path.startsWith('/log/') ||
    route.path === '/compare' ||
    hasPast(route) ||
    route.role !== null,
  too_large: (route) => isWrite(route) || hasPast(route),
}
const isWrite = (route: Route) => route.method !== 'GET'

const problemsOf = (route: Route): ErrorCode[] => errorCodes.filter((code) => (GIVEN[code] ?? isWrite)(route))
