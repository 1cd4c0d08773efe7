import * as paths from '../http/paths.ts'
import type { Reason } from '../scoring/document.ts'
import { PART, WITHHELD } from '../scoring/withheld-words.ts'

type Json = Record<string, unknown>

/** These fields of an answer, where they say something. */
export const picked = (from: Json, ...names: string[]): Json =>
  Object.fromEntries(
    names.flatMap((name) => (from[name] === undefined || from[name] === null ? [] : [[name, from[name]]])),
  )

/** A forecast as it stands in a list: the words, the question, what became of it, and where it is. */
export const shortForecast = (forecast: Json): Json => ({
  ...picked(forecast, 'id', 'analyst', 'analyst_name', 'said_on', 'publisher', 'question', 'title'),
  quote: (forecast.quote as Json).exact,
  ...picked(forecast, 'checked', 'probability', 'deadline', 'state', 'outcome', 'known_on', 'disputed'),
  verdict: (forecast.verdict as Json).text,
  page: paths.forecast(String(forecast.id)),
})

/** Every part of a record that is not shown, with the reason in words. */
export const withheldParts = (withheld: unknown): { part: string; because: string }[] =>
  Object.entries(withheld as Record<string, Reason>).map(([part, reason]) => ({
    part: PART[part] ?? part,
    because: WITHHELD[reason] ?? reason,
  }))

type Schema = { [name: string]: unknown }
/** A pattern or a list that is longer tells an assistant nothing: the ledger checks it anyway. */
const LONGEST_LIST = 30

/** A schema of the API without what only a program that checks needs. */
export function shortSchema(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(shortSchema)
  if (typeof schema !== 'object' || schema === null) return schema
  return Object.fromEntries(
    Object.entries(schema as Schema).flatMap(([name, value]) => {
      if (name === 'properties')
        return [
          [name, Object.fromEntries(Object.entries(value as Schema).map(([n, v]) => [n, shortSchema(v)]))],
        ]
      if (['pattern', 'not', 'examples', 'allOf'].includes(name) || name.startsWith('x-')) return []
      if (name === 'enum' && (value as unknown[]).length > LONGEST_LIST) return []
      if (name === '$ref') return [['type', 'string']]
      return [[name, shortSchema(value)]]
    }),
  )
}
