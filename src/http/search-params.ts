import * as z from 'zod'
import { LedgerError } from '../core/error.ts'
import { urlencoded } from './urlencoded.ts'

/**
 * What an address says to its page: each name that the page knows once, or as a list. Empty values say nothing, and
 * so do names that others put there. Throws `malformed` with the name of what cannot be read.
 */
export function searchOf<S extends z.ZodRawShape>(url: URL, shape: S): z.infer<z.ZodObject<S>> {
  const given: Record<string, string | string[]> = {}
  for (const [name, value] of urlencoded(url.search.slice(1))) {
    if (!Object.hasOwn(shape, name) || value.trim() === '') continue
    const held = given[name]
    given[name] = held === undefined ? value : [held, value].flat()
  }
  const read = z.object(shape).safeParse(given)
  if (read.success) return read.data
  const [issue] = read.error.issues
  const name = String(issue?.path[0] ?? '')
  const says =
    Array.isArray(given[name]) && issue?.code === 'invalid_type' ? 'is given twice' : issue?.message
  throw new LedgerError('malformed', `The address cannot be read: ${name} ${says}.`)
}

/** A name that may stand in an address several times. */
export const listOf = <T extends z.ZodType>(value: T, most: number) =>
  z.preprocess((given) => (given === undefined ? [] : [given].flat()), z.array(value).max(most))

/** A text of an address. */
export const words = (longest: number) => z.string().max(longest, `must be at most ${longest} characters`)
/** The place in the log from which a list goes on. */
export const Place = z
  .string()
  .regex(/^\d{1,15}$/u, 'must be a whole number')
  .transform(Number)
