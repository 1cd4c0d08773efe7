import type { ApiSchemas } from '../http/assistants.ts'
import { shortSchema } from './short.ts'

/** A JSON Schema of an object, as a tool publishes what it takes. */
export type ObjectSchema = {
  type: 'object'
  properties: Record<string, unknown>
  required: string[]
  additionalProperties: false
}

const object = (properties: Record<string, unknown>, required: string[] = []): ObjectSchema => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
})

export const NOTHING = object({})

type Properties = { properties: Record<string, object>; required?: string[] }

/** The id of a record, as its addresses have it. */
export const idOf = ({ id }: ApiSchemas, noun: string, name: string, says: string): ObjectSchema =>
  object({ [name]: { ...(shortSchema(id(noun)) as object), description: says } }, [name])

/** Some parameters of the query of a list. */
export function queryOf(
  { query }: ApiSchemas,
  path: string,
  names: readonly string[],
  required: string[] = [],
): ObjectSchema {
  const { properties } = shortSchema(query(path)) as Properties
  return object(Object.fromEntries(names.map((name) => [name, properties[name] ?? {}])), required)
}

/** The body of a route, without what an assistant cannot know. */
export function bodyOf({ body }: ApiSchemas, path: string, without: readonly string[] = []): ObjectSchema {
  const { properties, required = [] } = shortSchema(body(path)) as Properties
  const kept = Object.entries(properties).filter(([name]) => !without.includes(name))
  return object(Object.fromEntries(kept), required)
}

/** Both in one. */
export const joined = (a: ObjectSchema, b: ObjectSchema): ObjectSchema =>
  object({ ...a.properties, ...b.properties }, [...a.required, ...b.required])
