import type * as z from 'zod'
import { NAMED, schemaOf } from '../api/openapi.ts'
import { allRoutes } from '../api/routes.ts'
import type { ApiSchemas } from '../http/assistants.ts'

/** The schemas of the API as they stand in its own description. */
export async function apiSchemas(): Promise<ApiSchemas> {
  const routes = await allRoutes()
  const at = (method: string, path: string) =>
    routes.find((route) => route.method === method && route.path === path)
  return {
    query: (path) => schemaOf(at('GET', path)?.query as z.ZodType, 'input'),
    body: (path) => schemaOf(at('POST', path)?.body as z.ZodType, 'input'),
    id: (noun) => schemaOf(NAMED[noun] as z.ZodType, 'input'),
  }
}
