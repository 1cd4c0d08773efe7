import { written } from '../../capture/draft.ts'
import { typedDay } from '../../core/typed-date.ts'
import type { Typed } from '../../http/form.ts'

type Tree = { [name: string]: Tree | string | undefined }

/**
 * The request that a form describes. Its fields are named by where their value goes, as a JSON pointer
 * (`/evidence/0/url`); empty ones are left out, and other names are not part of the request.
 */
export function requestOf(typed: Typed): Record<string, unknown> {
  const tree: Tree = Object.create(null) as Tree
  for (const [name, [value = '']] of typed) {
    if (!name.startsWith('/') || value === '') continue
    const path = name.slice(1).split('/')
    let at = tree
    for (const step of path.slice(0, -1)) {
      const held = at[step]
      const next: Tree = typeof held === 'object' ? held : (Object.create(null) as Tree)
      at[step] = next
      at = next
    }
    const last = path.at(-1) as string
    at[last] = DAYS.test(last) ? dayTyped(value) : value
  }
  return grown(tree) as Record<string, unknown>
}

/** The fields that hold one day. */
const DAYS = /^(?:date|opens|until|accessed|[a-z]+_on)$/u

/** A day as a record holds it; what is none stays as it was typed, for the schema to refuse. */
export function dayTyped(text: string): string {
  const read = typedDay(text)
  return 'day' in read ? read.day : text
}

/** Branches whose names are all numbers are lists; what lies between them closes up. */
function grown(tree: Tree | string | undefined): unknown {
  if (typeof tree !== 'object') return tree
  const names = Object.keys(tree)
  if (names.length > 0 && names.every((name) => /^\d{1,2}$/u.test(name)))
    return names.sort((a, b) => Number(a) - Number(b)).map((name) => grown(tree[name]))
  return Object.fromEntries(names.map((name) => [name, grown(tree[name])]))
}

/** A plain decimal number as one, anything else as it was typed, for the schema to refuse. */
export const numberOr = (typed: string): number | string =>
  /^-?\d{1,15}(\.\d{1,15})?$/u.test(typed) ? Number(typed) : typed

/** A number or a day, as it was typed into a field that may hold either. */
export function boundOr(typed: string): number | string {
  const read = numberOr(typed)
  return typeof read === 'string' ? dayTyped(read) : read
}

/** `a, b c` as the words between the commas. */
export const listed = (text: string): string[] =>
  text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '')

/** `70`, `70 %` or `70,5` as a share of one; what is no number stays as it was typed, for the schema to refuse. */
export function share(text: string): number | string | undefined {
  const number = text.replace(/\s*%$/u, '').replace(',', '.')
  if (number === '') return undefined
  return /^\d{1,15}(\.\d{1,15})?$/u.test(number) ? Number((Number(number) / 100).toPrecision(15)) : text
}

/** A share of one as it is typed, in percent. */
export const percent = (value: unknown): string =>
  typeof value === 'number' ? String(Number((value * 100).toPrecision(12))) : written(value)
