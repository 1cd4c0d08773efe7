/** A JSON Schema as OpenAPI 3.1 has it, as far as types can say it. */
export type Schema = {
  $ref?: string
  description?: string
  const?: unknown
  enum?: readonly unknown[]
  anyOf?: readonly Schema[]
  oneOf?: readonly Schema[]
  allOf?: readonly Schema[]
  type?: string | readonly string[]
  items?: Schema | false
  prefixItems?: readonly Schema[]
  properties?: Record<string, Schema>
  required?: readonly string[]
  additionalProperties?: boolean | Schema
  [other: string]: unknown
}

const union = (types: readonly string[]): string => {
  const distinct = [...new Set(types)]
  return distinct.length === 1 ? (distinct[0] as string) : `(${distinct.join(' | ')})`
}
const name = (key: string) => (/^[A-Za-z_]\w*$/u.test(key) ? key : JSON.stringify(key))
const comment = ({ description }: Schema) =>
  description === undefined ? '' : `/** ${description.replaceAll('*/', '*\\/').replaceAll('\n', ' ')} */ `

/** The TypeScript type of what a schema describes; what types cannot say (lengths, patterns, `not`) is left to the ledger. */
export function typeOf(schema: Schema): string {
  const { $ref, enum: values, anyOf, oneOf, allOf, type } = schema
  if ($ref !== undefined) return $ref.slice($ref.lastIndexOf('/') + 1)
  if (Object.hasOwn(schema, 'const')) return JSON.stringify(schema.const)
  if (values !== undefined) return union(values.map((value) => JSON.stringify(value)))
  const some = anyOf ?? oneOf
  if (some?.every(isTyped)) return union(some.map(typeOf))
  const parts = allOf?.filter(isTyped) ?? []
  if (parts.length > 0) return parts.map(typeOf).join(' & ')
  if (type === undefined) return schema.properties === undefined ? 'unknown' : objectOf(schema)
  return union([type].flat().map((one) => typeNamed(one, schema)))
}

/** Whether it says what something is, and not only what it must be like. */
const isTyped = (schema: Schema): boolean =>
  ['$ref', 'const', 'enum', 'anyOf', 'oneOf', 'allOf', 'type', 'properties'].some((key) =>
    Object.hasOwn(schema, key),
  )

function typeNamed(type: string, schema: Schema): string {
  switch (type) {
    case 'object':
      return objectOf(schema)
    case 'array':
      return arrayOf(schema)
    case 'integer':
      return 'number'
    default:
      return type
  }
}

function arrayOf({ prefixItems, items }: Schema): string {
  if (prefixItems !== undefined) return `[${prefixItems.map(typeOf).join(', ')}]`
  return `${items === undefined || items === false ? 'unknown' : typeOf(items)}[]`
}

function objectOf({ properties = {}, required = [], additionalProperties }: Schema): string {
  const own = Object.entries(properties).map(
    ([key, value]) => `${comment(value)}${name(key)}${required.includes(key) ? '' : '?'}: ${typeOf(value)}`,
  )
  const others =
    typeof additionalProperties === 'object'
      ? [`[key: string]: ${own.length === 0 ? typeOf(additionalProperties) : 'unknown'}`]
      : []
  return own.length + others.length === 0 ? '{}' : `{ ${[...own, ...others].join('; ')} }`
}
