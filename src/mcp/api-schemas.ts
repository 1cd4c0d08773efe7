import type * as z from 'zod'
import { NAMED, schemaOf } from '../api/openapi.ts'
import { routes } from '../api/routes.ts'
import type { ApiSchemas } from '../http/assistants.ts'

const at = (method: string, path: string) =>
  routes.find((route) => route.method === method && route.path === path)

/** The schemas of the API as they stand in its own description. */
export const apiSchemas: ApiSchemas = {
  query: (path) => schemaOf(at('GET', path)?.query as z.ZodType, 'input'),
  body: (path) => schemaOf(at('POST', path)?.body as z.ZodType, 'input'),
  id: (noun) => schemaOf(NAMED[noun] as z.ZodType, 'input'),
}
