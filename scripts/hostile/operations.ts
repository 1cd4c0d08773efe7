import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { type Json, keepsRules, schemaArbitrary } from './schema.ts'

type Parameter = { name: string; in: 'path' | 'query' | 'header'; required: boolean; schema: Json }
type Response = { content?: Record<string, { schema: Json }> }
export type Operation = {
  method: string
  path: string
  parameters: Parameter[]
  body: Json | null
  bodyRequired: boolean
  responses: Record<string, Response>
}

export type ApiRequest = {
  method: string
  path: string
  headers: Record<string, string>
  body: string | null
}

const SHARED = 'components:/'
const referring = (schema: Json): Json =>
  JSON.parse(JSON.stringify(schema).replaceAll('"$ref":"#/', `"$ref":"${SHARED}#/`))

/** The operations of an OpenAPI document, with what requests and answers of each look like. */
export function operationsOf(document: Json) {
  const components = document.components as Json
  // Each check is used a few times: making its code shorter takes longer than running it.
  const code = { optimize: false }
  const ajv = new Ajv2020({ strict: false, validateFormats: false, inlineRefs: false, code })
  // Under an address of their own, so that what refers to one of them does not compile it anew.
  ajv.addSchema({ components }, SHARED)
  const compiled = new Map<Json, ValidateFunction>()
  const validates = (schema: Json, value: unknown): ValidateFunction | null => {
    const check = compiled.get(schema) ?? ajv.compile(referring(schema))
    compiled.set(schema, check)
    return check(value) ? null : check
  }
  const operations: Operation[] = Object.entries(
    document.paths as Record<string, Record<string, Json>>,
  ).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => {
      const body = operation.requestBody as
        | { required: boolean; content: Record<string, { schema: Json }> }
        | undefined
      return {
        method: method.toUpperCase(),
        path,
        parameters: operation.parameters as Parameter[],
        body: body?.content['application/json']?.schema ?? null,
        bodyRequired: body?.required ?? false,
        responses: operation.responses as Record<string, Response>,
      }
    }),
  )

  const isValid = (schema: Json, value: unknown) =>
    validates(schema, value) === null && keepsRules(value, schema, components)

  const arbitraryOf = (schema: Json) =>
    schemaArbitrary(schema, components).filter((value) => isValid(schema, value))

  /** Requests that the document admits; `known` are values that exist, by the name of the parameter. */
  function requests(
    operation: Operation,
    known: (path: string) => Record<string, string[]>,
  ): fc.Arbitrary<ApiRequest> {
    const given = known(operation.path)
    const values = operation.parameters
      .filter(({ schema }) => schema['x-opaque'] === undefined)
      .map((parameter) => {
        const held = given[parameter.name]
        const made = arbitraryOf(parameter.schema).map(String)
        const value =
          held === undefined || held.length === 0
            ? made
            : fc.oneof(fc.constantFrom(...held), fc.constantFrom(...held), made)
        return (parameter.required ? value : fc.option(value, { nil: null })).map(
          (chosen) => [parameter, chosen] as const,
        )
      })
    const { body: schema } = operation
    const body =
      schema === null
        ? fc.constant(null)
        : operation.bodyRequired
          ? arbitraryOf(schema).map((value) => JSON.stringify(value))
          : fc.option(
              arbitraryOf(schema).map((value) => JSON.stringify(value)),
              { nil: null },
            )
    return fc.tuple(fc.tuple(...values), body).map(([parameters, sent]) => {
      const headers: Record<string, string> = sent === null ? {} : { 'content-type': 'application/json' }
      let { path } = operation
      const query: string[] = []
      for (const [{ name, in: place }, value] of parameters) {
        if (value === null) continue
        if (place === 'path') path = path.replace(`{${name}}`, encodeURIComponent(value))
        else if (place === 'query') query.push(`${name}=${encodeURIComponent(value)}`)
        else headers[name.toLowerCase()] = value
      }
      return {
        method: operation.method,
        path: query.length === 0 ? path : `${path}?${query.join('&')}`,
        headers,
        body: sent,
      }
    })
  }

  /** Why an answer is none that the document promises, or null. */
  function broken(operation: Operation, status: number, type: string | null, text: string): string | null {
    const response = operation.responses[status]
    if (response === undefined) return `status ${status} is not documented`
    if (response.content === undefined) return text === '' ? null : 'a body where none is documented'
    const media = type?.split(';')[0] ?? ''
    const schema = response.content[media]?.schema
    if (schema === undefined) return `${media} is not documented for ${status}`
    const value = media.endsWith('json') ? (JSON.parse(text) as unknown) : text
    const check = validates(schema, value)
    if (check === null) return null
    const [error] = check.errors ?? []
    return `not as documented for ${status}: ${error?.instancePath} ${error?.message} ${JSON.stringify(error?.params)}`
  }

  return { operations, requests, broken, isValid, arbitraryOf }
}
