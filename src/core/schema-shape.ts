import type * as z from 'zod'

/** A step into a value: a key of a mapping, or a place in a list. */
type Step = string | number

export type Schema = z.core.$ZodType

type Parts = { shape?: Record<string, Schema>; element?: Schema; options?: Schema[]; innerType?: Schema }
const parts = (schema: Schema) => schema._zod.def as unknown as Parts

/** The keys that any of the schemas knows, in their order there. */
export const keysOf = (schemas: readonly Schema[]): string[] => [
  ...new Set(schemas.flatMap((schema) => Object.keys(parts(schema).shape ?? {}))),
]

/** The schemas of one step further: a key of a mapping, or (a number) an item of a list. */
export const within = (schemas: readonly Schema[], part: Step): Schema[] =>
  schemas.flatMap((schema) => {
    const { shape, element } = parts(schema)
    const next =
      typeof part === 'number' ? element : shape && Object.hasOwn(shape, part) ? shape[part] : undefined
    return next === undefined ? [] : unwrapped(next)
  })

/** The schemas behind optional values and unions. */
export function unwrapped(schema: Schema): Schema[] {
  const { options, innerType } = parts(schema)
  if (innerType !== undefined) return unwrapped(innerType)
  return options === undefined ? [schema] : options.flatMap(unwrapped)
}
