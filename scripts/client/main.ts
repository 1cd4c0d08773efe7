import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import { openApiRoute } from '../../src/api/openapi.ts'
import type { Asked } from '../../src/api/route.ts'
import { type Schema, typeOf } from './type.ts'

const SOURCE = 'src/client/client.ts'
const [folder = 'dist'] = process.argv.slice(2)

type Operation = {
  summary: string
  parameters: {
    name: string
    in: 'path' | 'query' | 'header'
    required: boolean
    description?: string
    schema: Schema
  }[]
  requestBody?: { required: boolean; content: Record<string, { schema: Schema }> }
  responses: Record<string, { content?: Record<string, { schema: Schema }> }>
}
type Document = {
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, Schema> }
}

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }
const { body } = await openApiRoute.run({ host: { version } } as unknown as Asked)
const { paths, components } = body as Document

/** `path?: { … }`, or nothing where a route takes none. */
function parametersOf({ parameters }: Operation, place: 'path' | 'query'): string[] {
  const own = parameters.filter((one) => one.in === place)
  if (own.length === 0) return []
  const properties = Object.fromEntries(
    own.map(({ name, description, schema }) => [
      name,
      // In an address everything is a text; whole numbers are read from it.
      place === 'query' || description !== undefined ? { ...schema, description } : schema,
    ]),
  )
  const required = own.filter((one) => one.required).map(({ name }) => name)
  const type = typeOf({ type: 'object', properties, required } as Schema)
  return [`${place}${required.length === 0 ? '?' : ''}: ${type}`]
}

function routeOf(address: string, method: string, operation: Operation): string {
  const sent = operation.requestBody
  const schema = sent?.content['application/json']?.schema
  const isEmpty = schema?.type === 'object' && Object.keys(schema.properties ?? {}).length === 0
  const answer =
    Object.entries(operation.responses).find(([status]) => status.startsWith('2'))?.[1].content ?? {}
  const [[media = '', answered] = []] = Object.entries(answer)
  const type =
    media === 'application/json'
      ? typeOf(answered?.schema as Schema)
      : media.startsWith('text/')
        ? 'string'
        : 'Uint8Array'
  const parts = [
    ...parametersOf(operation, 'path'),
    ...parametersOf(operation, 'query'),
    ...(schema === undefined || isEmpty
      ? []
      : [`body${sent?.required === true ? '' : '?'}: ${typeOf(schema)}`]),
    `answer: ${type}`,
  ]
  return `  /** ${operation.summary.replaceAll('*/', '*\\/')} */\n  '${method.toUpperCase()} ${address.replace(/^\/api/u, '')}': { ${parts.join('; ')} }`
}

const routes = Object.entries(paths).flatMap(([address, operations]) =>
  Object.entries(operations).map(([method, operation]) => routeOf(address, method, operation)),
)
const schemas = Object.entries(components.schemas).map(
  ([name, schema]) => `export type ${name} = ${typeOf(schema)}`,
)

await build({
  entryPoints: [SOURCE],
  outfile: join(folder, 'client.js'),
  format: 'esm',
  target: 'es2022',
  logLevel: 'error',
})
execFileSync(process.execPath, [
  'node_modules/typescript/bin/tsc',
  ...[
    '--ignoreConfig',
    '--declaration',
    '--emitDeclarationOnly',
    '--strict',
    '--target',
    'es2022',
    '--module',
    'nodenext',
  ],
  ...['--lib', 'es2023,dom', '--outDir', folder, SOURCE],
])
const declared = readFileSync(join(folder, 'client.d.ts'), 'utf8').replace(
  /export declare function reckoning<[^;]*;/u,
  'export declare function reckoning(options: Options): Client<Routes>;',
)
writeFileSync(
  join(folder, 'client.d.ts'),
  `${declared}\n/** Every route of the API, with what it takes and answers. */\nexport interface Routes {\n${routes.join('\n')}\n}\n${schemas.join('\n')}\n`,
)
