import { boundOr, listed } from './typed.ts'

type Tree = Record<string, unknown>

const lines = (text: unknown): string[] =>
  String(text)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

const bound = (name: string, value: unknown) =>
  value === undefined ? {} : { [name]: boundOr(String(value)) }

/** A question as its schema wants it, from the fields of a form: lists a line each, numbers as numbers. */
export function questionFrom({ options, resolution_sources, tags, range, condition, ...rest }: Tree): Tree {
  const { low, high, unit } = (range ?? {}) as Tree
  const { time_zone } = (rest.deadline ?? {}) as Tree
  const { deadline: by, ...said } = (condition ?? {}) as Tree
  return {
    ...rest,
    ...(options === undefined ? {} : { options: lines(options) }),
    ...(resolution_sources === undefined ? {} : { resolution_sources: lines(resolution_sources) }),
    ...(tags === undefined ? {} : { tags: listed(String(tags)) }),
    ...(range === undefined
      ? {}
      : { range: { ...bound('low', low), ...bound('high', high), ...(unit === undefined ? {} : { unit }) } }),
    // The days of one question are days of one zone.
    ...(condition === undefined
      ? {}
      : {
          condition: {
            ...said,
            deadline: { ...(time_zone === undefined ? {} : { time_zone }), ...(by as Tree) },
          },
        }),
  }
}
