import * as z from 'zod'

/**
 * What a schema demands in code, in the words of JSON Schema: OpenAPI describes requests with it. Rules that these
 * words cannot say stand under `x-rules`, with JSON pointers from where they stand: `ascending` values (`strictly`
 * or not), values that `sum` to 1, `increasing` values by their numeric names, parts between commas that
 * `differ`, values of a list that are `distinct`.
 */
export const jsonSchema = z.registry<Record<string, unknown>>()

/** `field` is given exactly where `name` has one of these values. */
export const exactlyFor = (name: string, values: readonly string[], field: string) => ({
  if: { properties: { [name]: { enum: values } }, required: [name] },
  // biome-ignore lint/suspicious/noThenProperty: a word of JSON Schema
  then: { required: [field] },
  else: { not: { required: [field] } },
})

/** `field` may be given only where `name` has one of these values, or `orAbsent`. */
export const onlyFor = (name: string, values: readonly string[], field: string, orAbsent = false) => ({
  if: {
    properties: { [name]: { enum: values } },
    ...(orAbsent ? {} : { required: [name] }),
  },
  // biome-ignore lint/suspicious/noThenProperty: a word of JSON Schema
  then: true,
  else: { not: { required: [field] } },
})

/** `field` is given at least where `name` has one of these values. */
export const neededFor = (name: string, values: readonly string[], field: string) => ({
  if: { properties: { [name]: { enum: values } }, required: [name] },
  // biome-ignore lint/suspicious/noThenProperty: a word of JSON Schema
  then: { required: [field] },
})

export const ascending = (...pointers: string[]) => ({ 'x-rules': [{ ascending: pointers }] })
export const ascendingStrictly = (...pointers: string[]) => ({
  'x-rules': [{ ascending: pointers, strictly: true }],
})
