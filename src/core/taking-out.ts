import * as z from 'zod'
import { type EntryType, payloads } from './entry.ts'
import { NAMELESS, NO_ADDRESS, TAKEN_OUT } from './redaction.ts'
import { type Schema, unwrapped, within } from './schema-shape.ts'
import { Slug, StatementId } from './slug.ts'
import { webAddresses, writtenTexts } from './text.ts'

/** What one entry recorded, as its opening says it. */
export type Recorded = { readonly [field: string]: unknown }

/** Nothing is taken out of what says when, by which rules, and what words mean. */
const WHOLE = /^(?:policy|clock|log|lexicon)\./u
/** Of members and their tokens something goes only when a member goes. */
const OF_MEMBERS = /^(?:member\.(?!redacted)|token\.)/u
export const isOfMembers = (type: EntryType): boolean => OF_MEMBERS.test(type)
export const isWhole = (type: EntryType): boolean => WHOLE.test(type)

/** Texts by their schema that scores or other entries depend on. */
const DEPENDED_ON = new Set(['outcome', 'cluster', 'unit', 'options'])
/** What is no text and yet tells of somebody; all of it can be left out. */
const IDENTIFYING = new Set(['wikidata'])
/** What stands around a quote goes whole: it is no record of its own. */
const CONTEXT = new Set(['prefix', 'suffix'])

export const isContext = (path: readonly string[]): boolean => CONTEXT.has(keyOf(path))

type Kind = 'text' | 'address' | 'id' | 'kept'

const takes = (schema: Schema, value: string): boolean => z.core.safeParse(schema, value).success

function kindOf(schemas: readonly Schema[], key: string, value: string): Kind {
  if (DEPENDED_ON.has(key)) return 'kept'
  if (schemas.some((schema) => schema === Slug || schema === StatementId)) return 'id'
  if (schemas.some((schema) => webAddresses.has(schema))) return 'address'
  const isOther = schemas.some((schema) => !writtenTexts.has(schema) && takes(schema, value))
  return schemas.some((schema) => writtenTexts.has(schema)) && !isOther ? 'text' : 'kept'
}

const isRecord = (value: unknown): value is Recorded =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The key under which a value stands: of an item of a list that of the list. */
const keyOf = (path: readonly string[]): string => path.findLast((step) => !/^\d+$/u.test(step)) ?? ''

/** What is to go out of one entry. */
export type Removal = {
  /** Whether the text at this place goes whole; the path begins within the record. */
  whole: (path: readonly string[], text: string) => boolean
  /** A text without the words; the same where they are not in it. */
  without: (text: string) => string
  /** Whether what stands around a quote shares words with what goes. */
  shares: (context: string) => boolean
  /** What an id is called from now on: itself, where it tells nothing. */
  renamed: (id: string) => string
}

const plainAddress = (address: string): string => {
  try {
    return decodeURIComponent(address)
  } catch {
    return address
  }
}

/**
 * What an entry recorded, without the words: texts have a placeholder, ids that told something another name, addresses
 * that did are gone. Everything else is as it was. The same object where nothing goes.
 */
export function takenOut(type: EntryType, recorded: Recorded, removal: Removal): Recorded {
  const dropped = walked(type, recorded, removal, undefined)
  // Some kinds of record cannot do without their address.
  const made = payloads[type].safeParse(dropped).success
    ? dropped
    : walked(type, recorded, removal, NO_ADDRESS)
  return JSON.stringify(made) === JSON.stringify(recorded) ? recorded : made
}

/** Every text of a record that may go, with its place. */
export function textsOf(type: EntryType, recorded: Recorded): { path: readonly string[]; text: string }[] {
  const found: { path: readonly string[]; text: string }[] = []
  const collect: Removal = {
    whole: (path, text) => {
      found.push({ path, text })
      return false
    },
    without: (text) => text,
    shares: () => false,
    renamed: (id) => id,
  }
  walked(type, recorded, collect, undefined)
  return found
}

function walked(
  type: EntryType,
  recorded: Recorded,
  { whole, without, shares, renamed }: Removal,
  address: string | undefined,
): Recorded {
  const leaf = (schemas: readonly Schema[], text: string, path: readonly string[]): string | undefined => {
    const key = keyOf(path)
    const own = path[0] === 'record' ? path.slice(1) : path
    if (IDENTIFYING.has(key)) return whole(own, text) ? undefined : text
    switch (kindOf(schemas, key, text)) {
      case 'kept':
        return text
      case 'id':
        return renamed(text)
      case 'address':
        return whole(own, text) || without(plainAddress(text)) !== plainAddress(text) ? address : text
      case 'text': {
        if (CONTEXT.has(key))
          return whole(own, text) || shares(text) || without(text) !== text ? undefined : text
        return whole(own, text) ? TAKEN_OUT : without(text)
      }
    }
  }
  const walk = (schemas: readonly Schema[], value: unknown, path: readonly string[]): unknown => {
    if (typeof value === 'string') return leaf(schemas, value, path)
    if (Array.isArray(value))
      return value.map((item, i) => walk(within(schemas, i), item, [...path, String(i)]))
    if (!isRecord(value)) return value
    const kept = Object.entries(value).map(
      ([key, field]) => [key, walk(within(schemas, key), field, [...path, key])] as const,
    )
    return Object.fromEntries(kept.filter(([, field]) => field !== undefined))
  }
  return walk(unwrapped(payloads[type]), recorded, []) as Recorded
}

/** What may be left out of a record when words are taken out of it. */
const MAY_GO = new Set([...IDENTIFYING, ...CONTEXT, 'url', 'archive_url'])

const isRenamed = (before: string, after: string): boolean => {
  const [was, is] = [before.split('_'), after.split('_')]
  return (
    was.length === is.length &&
    is.every((part, i) => part === was[i] || new RegExp(`^${NAMELESS}[a-z0-9]{8}$`, 'u').test(part))
  )
}

/**
 * Why a replacement changes more than words: a number, a day, an outcome, a kind, or who is meant by an id that tells
 * nothing; or null. Where it differs is a JSON pointer.
 */
export function replacementProblem(type: EntryType, before: Recorded, after: Recorded): string | null {
  if (isWhole(type)) return `nothing is taken out of ${type}`
  const differs = (
    schemas: readonly Schema[],
    was: unknown,
    is: unknown,
    path: readonly string[],
  ): string | null => {
    const place = `/${path.join('/')}`
    const key = keyOf(path)
    if (was !== undefined && is === undefined)
      return MAY_GO.has(key) ? null : `${place} is left out, which is no text`
    if (typeof was === 'string' && typeof is === 'string') {
      if (was === is) return null
      const kind = kindOf(schemas, key, was)
      if (kind === 'text' || (kind === 'address' && is === NO_ADDRESS)) return null
      return kind === 'id' && isRenamed(was, is) ? null : `${place} is another value, and no text`
    }
    if (Array.isArray(was) && Array.isArray(is)) {
      if (was.length !== is.length) return `${place} has another length`
      return first(was.map((item, i) => differs(within(schemas, i), item, is[i], [...path, String(i)])))
    }
    if (isRecord(was) && isRecord(is)) {
      const keys = [...new Set([...Object.keys(was), ...Object.keys(is)])]
      return first(keys.map((name) => differs(within(schemas, name), was[name], is[name], [...path, name])))
    }
    return Object.is(was, is) ? null : `${place} is another value, and no text`
  }
  return differs(unwrapped(payloads[type]), before, after, [])
}

const first = (problems: readonly (string | null)[]): string | null =>
  problems.find((problem) => problem !== null) ?? null
