import fc from 'fast-check'

export type Json = Record<string, unknown>
type Rule = {
  ascending?: string[]
  strictly?: boolean
  increasing?: string
  sum?: number
  differ?: string
  distinct?: string
}

const record = (value: unknown): Json => (typeof value === 'object' && value !== null ? (value as Json) : {})
const list = (value: unknown): Json[] => (Array.isArray(value) ? (value as Json[]) : [])

/** Values that a JSON Schema of the OpenAPI document admits, its `x-rules` heeded as far as one can aim at them. */
export function schemaArbitrary(schema: Json, components: Json): fc.Arbitrary<unknown> {
  const { $ref, anyOf, ...own } = schema
  if (typeof $ref === 'string') return schemaArbitrary(named($ref, components), components)
  if (Array.isArray(anyOf))
    return fc.oneof(
      ...list(anyOf).map((branch) =>
        schemaArbitrary('$ref' in branch ? branch : { ...own, ...branch }, components),
      ),
    )
  if ('const' in own) return fc.constant(own.const)
  if (Array.isArray(own.enum)) return fc.constantFrom(...(own.enum as unknown[]))
  const { type } = own
  if (Array.isArray(type))
    return fc.oneof(...type.map((each) => schemaArbitrary({ ...own, type: each }, components)))
  switch (type) {
    case 'string':
      return text(own)
    case 'integer':
      return fc
        .maxSafeInteger()
        .chain(() => fc.integer({ min: bound(own.minimum, 0), max: bound(own.maximum, 9e15) }))
    case 'number':
      return fc.oneof(
        fc.constantFrom(own.minimum, own.maximum),
        fc.double({
          min: Number(own.minimum ?? -9e15),
          max: Number(own.maximum ?? 9e15),
          noNaN: true,
          noDefaultInfinity: true,
        }),
      )
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    case 'array':
      return array(own, components)
    case 'object':
      return object(own, components)
    default:
      return fc.constantFrom(null, 0, '', 'x', true)
  }
}

const bound = (given: unknown, otherwise: number): number =>
  Math.max(-2_000_000_000, Math.min(2_000_000_000, Number(given ?? otherwise)))

const named = (ref: string, components: Json): Json =>
  record(record(components.schemas)[ref.split('/').at(-1) ?? ''])

const texts = new Map<string, fc.Arbitrary<string>>()

/** Texts of a pattern and a length, the longest ones among them. */
function text({ pattern, minLength = 0, maxLength = 10_000 }: Json): fc.Arbitrary<string> {
  const key = JSON.stringify([pattern, minLength, maxLength])
  const held = texts.get(key)
  if (held !== undefined) return held
  const matches = typeof pattern === 'string' ? new RegExp(pattern, 'u') : /^/u
  const fits = (value: string) => {
    const { length } = [...value]
    return (
      length >= Number(minLength) &&
      length <= Number(maxLength) &&
      value.isWellFormed() &&
      matches.test(value)
    )
  }
  const most = Number(maxLength)
  const edges = [
    'x',
    'Ab',
    '2026-11-22',
    'x'.repeat(most),
    '\u{1f600}'.repeat(Math.min(most, 5_000)),
    'née  ',
    'ო',
    '一',
  ].filter(fits)
  const random = (
    typeof pattern === 'string' ? fc.stringMatching(withoutLooks(pattern)) : fc.string({ unit: 'grapheme' })
  ).filter(fits)
  const made =
    edges.length === 0 ? random : fc.oneof({ weight: 5, arbitrary: random }, fc.constantFrom(...edges))
  texts.set(key, made)
  return made
}

/** What is looked at ahead cannot be generated: it is made without, and what does not fit is left out. */
const withoutLooks = (pattern: string): RegExp =>
  new RegExp(pattern.replaceAll(/\(\?!(?:\.\*)?\[[^\]]*\](?:\\s\*\$)?\)/gu, ''), 'u')

function array(schema: Json, components: Json): fc.Arbitrary<unknown> {
  const { items, prefixItems, minItems = 0, maxItems = 3, uniqueItems } = schema
  if (Array.isArray(prefixItems))
    return fc.tuple(...list(prefixItems).map((item) => schemaArbitrary(item, components)))
  const made = schemaArbitrary(record(items), components)
  const length = {
    minLength: Number(minItems),
    maxLength: Math.max(Number(minItems), Math.min(3, Number(maxItems))),
  }
  return uniqueItems === true
    ? fc.uniqueArray(made, { ...length, comparator: 'IsStrictlyEqual' })
    : fc.array(made, length)
}

function object(schema: Json, components: Json): fc.Arbitrary<unknown> {
  const properties = record(schema.properties)
  const names = Object.keys(properties)
  const rules = list(schema['x-rules']) as Rule[]
  if (names.length === 0 && typeof schema.additionalProperties === 'object')
    return fc
      .dictionary(
        schemaArbitrary(
          { type: 'string', ...record(schema.propertyNames) },
          components,
        ) as fc.Arbitrary<string>,
        schemaArbitrary(record(schema.additionalProperties), components),
        { minKeys: Number(schema.minProperties ?? 0), maxKeys: 3, noNullPrototype: true },
      )
      .map((value) => obeying(value, rules))
  const required = (schema.required ?? []) as string[]
  const values = Object.fromEntries(
    names.map((name) => [name, schemaArbitrary(record(properties[name]), components)]),
  )
  const optional = names.filter((name) => !required.includes(name))
  return fc.tuple(fc.record(values), fc.subarray(optional)).map(([whole, also]) => {
    const chosen = new Set([...required, ...also])
    for (const condition of list(schema.allOf)) decide(condition, whole, chosen)
    for (const [name, needed] of Object.entries(record(schema.dependentRequired)))
      if (chosen.has(name)) for (const other of needed as string[]) chosen.add(other)
    return obeying(Object.fromEntries([...chosen].map((name) => [name, whole[name]])), rules)
  })
}

/** What `if`, `then` and `else` say of which names are there. */
function decide({ if: when, then, else: otherwise }: Json, whole: Json, chosen: Set<string>): void {
  const conditions = Object.entries(record(record(when).properties))
  const needed = (record(when).required ?? []) as string[]
  const holds =
    needed.every((name) => chosen.has(name)) &&
    conditions.every(([name, condition]) => {
      const { enum: values, const: value } = record(condition)
      return (
        !chosen.has(name) || whole[name] === value || (values as unknown[] | undefined)?.includes(whole[name])
      )
    })
  const branch = record(holds ? then : otherwise)
  for (const name of (branch.required ?? []) as string[]) chosen.add(name)
  for (const name of (record(branch.not).required ?? []) as string[]) chosen.delete(name)
}

const at = (value: unknown, pointer: string): unknown =>
  pointer
    .split('/')
    .slice(1)
    .reduce((held, step) => record(held)[step], value)

function put(value: unknown, pointer: string, given: unknown): void {
  const steps = pointer.split('/').slice(1)
  const last = steps.pop() ?? ''
  record(at(value, steps.length === 0 ? '' : `/${steps.join('/')}`))[last] = given
}

const inOrder = (values: readonly unknown[]) =>
  [...values].sort((a, b) =>
    typeof a === 'number' && typeof b === 'number' ? a - b : String(a) < String(b) ? -1 : 1,
  )

/** The value with its parts put in the order, or shared out, as its rules want it. */
function obeying(value: Json, rules: readonly Rule[]): Json {
  const made = structuredClone(value)
  for (const { ascending, increasing, sum } of rules) {
    if (ascending !== undefined) {
      const there = ascending.filter((pointer) => at(made, pointer) !== undefined)
      const sorted = inOrder(there.map((pointer) => at(made, pointer)))
      for (const [i, pointer] of there.entries()) put(made, pointer, sorted[i])
    }
    if (increasing !== undefined) {
      const held = record(at(made, increasing))
      const levels = Object.keys(held).sort((a, b) => Number(a) - Number(b))
      const sorted = inOrder(Object.values(held))
      for (const [i, level] of levels.entries()) held[level] = sorted[i]
    }
    if (sum !== undefined) {
      const total = Object.values(made).reduce((all: number, share) => all + Number(share), 0)
      for (const name of Object.keys(made))
        made[name] = total === 0 ? 1 / Object.keys(made).length : (sum * Number(made[name])) / total
    }
  }
  return made
}

/** Whether a value keeps the `x-rules` of its schema, wherever in it they stand. */
export function keepsRules(value: unknown, schema: Json, components: Json): boolean {
  const { $ref, anyOf } = schema
  if (typeof $ref === 'string') return keepsRules(value, named($ref, components), components)
  // A schema-valid value of a union obeys the rules of a branch that it could be of, by its names.
  if (Array.isArray(anyOf)) {
    const branches = list(anyOf).filter((branch) => mayBe(value, branch, components))
    return branches.length === 0 || branches.some((branch) => keepsRules(value, branch, components))
  }
  const rules = list(schema['x-rules']) as Rule[]
  if (!rules.every((rule) => keeps(value, rule))) return false
  if (Array.isArray(value)) {
    const inner = list(schema.prefixItems)
    return value.every((item, i) => keepsRules(item, inner[i] ?? record(schema.items), components))
  }
  return Object.entries(record(schema.properties)).every(
    ([name, inner]) =>
      record(value)[name] === undefined || keepsRules(record(value)[name], record(inner), components),
  )
}

function mayBe(value: unknown, schema: Json, components: Json): boolean {
  if (typeof schema.$ref === 'string') return mayBe(value, named(schema.$ref, components), components)
  if (Array.isArray(schema.anyOf) && schema.type === undefined)
    return list(schema.anyOf).some((branch) => mayBe(value, branch, components))
  if (schema.type !== 'object')
    return typeof value === schema.type || (Array.isArray(value) && schema.type === 'array')
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const names = Object.keys(value)
  const known = record(schema.properties)
  if (Object.keys(known).length === 0) return schema.additionalProperties !== false
  return (
    names.every((name) => name in known) &&
    ((schema.required ?? []) as string[]).every((name) => names.includes(name))
  )
}

function keeps(value: unknown, { ascending, strictly, increasing, sum, differ, distinct }: Rule): boolean {
  if (ascending !== undefined) {
    const values = ascending.map((pointer) => at(value, pointer)).filter((held) => held !== undefined)
    const rises = (a: unknown, b: unknown) =>
      strictly === true ? (a as number) < (b as number) : (a as number) <= (b as number)
    return values.every((held, i) => i === 0 || rises(values[i - 1], held))
  }
  if (increasing !== undefined) {
    const entries = Object.entries(record(at(value, increasing))).sort((a, b) => Number(a[0]) - Number(b[0]))
    const kinds = new Set(entries.map(([, held]) => typeof held))
    return (
      kinds.size <= 1 &&
      new Set(entries.map(([level]) => Number(level))).size === entries.length &&
      entries.every(([, held], i) => i === 0 || (entries[i - 1]?.[1] as number) <= (held as number))
    )
  }
  if (sum !== undefined)
    return (
      Math.abs(Object.values(record(value)).reduce((all: number, share) => all + Number(share), 0) - sum) <=
      0.01
    )
  if (differ !== undefined) {
    const parts = String(value).split(differ)
    return new Set(parts).size === parts.length
  }
  if (distinct !== undefined) {
    const held = list(at(value, distinct.split('/*')[0] ?? '')).map((item) =>
      at(item, distinct.split('/*')[1] ?? ''),
    )
    return new Set(held).size === held.length
  }
  return true
}
