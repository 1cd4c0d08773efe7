import { Dated, spanOf } from '../../core/calendar.ts'
import type { CaptureDraft, Mark } from '../../core/capture.ts'
import type { Typed } from '../../http/form.ts'
import { writtenDate } from '../../reading/written-date.ts'
import { questionFrom } from '../ui/question-typed.ts'
import { requestOf } from '../ui/typed.ts'
import { probabilityOf } from './probability.tsx'

type Tree = Record<string, unknown>

/** The fields of one mark, whose names begin with its id: `m1:/question/title`. */
export const partOf = (typed: Typed, mark: string): Typed =>
  new Map(
    [...typed].flatMap(([name, values]) =>
      name.startsWith(`${mark}:`) ? [[name.slice(mark.length + 1), values] as const] : [],
    ),
  )

const one = (typed: Typed, name: string): string => typed.get(name)?.[0] ?? ''

/** What the page of a capture says, on top of the text that it is about; for the schema of captures to check. */
export function draftFrom(typed: Typed, text: string): unknown {
  const { source, analyst } = requestOf(typed)
  const chosen = one(typed, 'source')
  return {
    source: chosen === '' ? sourceFrom((source ?? {}) as Tree, typed) : chosen,
    text,
    ...(analyst === undefined ? {} : { analyst }),
    marks: (typed.get('mark') ?? []).map((id) => markFrom(id, partOf(typed, id))),
    ignored: (typed.get('ignored') ?? []).map(rangeOf),
  }
}

/** `12-80` as a place. */
export function rangeOf(text: string): { start: number; end: number } {
  const [start = Number.NaN, end = Number.NaN] = text.split('-').map(Number)
  return { start, end }
}

function sourceFrom(given: Tree, typed: Typed): Tree {
  const { published } = given
  const source =
    typeof published === 'string' ? { ...given, published: writtenDate(published) ?? published } : given
  const [to, because] = [one(typed, 'published_to'), one(typed, 'published_because')]
  if (to === '' && because === '') return source
  const first = Dated.safeParse(source.published)
  const span = first.success ? spanOf(first.data) : { from: source.published, to: source.published }
  return {
    ...source,
    published: { from: span.from, to: to === '' ? span.to : to, ...(because === '' ? {} : { because }) },
  }
}

function markFrom(id: string, part: Typed): Tree {
  const { question, probability: _, exact, ...said } = requestOf(part)
  const chosen = one(part, 'question')
  const kind = one(part, 'kind')
  return {
    id,
    ...rangeOf(one(part, 'at')),
    kind,
    ...said,
    ...(exact === undefined ? {} : { exact }),
    ...(kind !== 'forecast'
      ? {}
      : {
          question: chosen === '' ? questionFrom((question ?? {}) as Tree) : chosen,
          probability: probabilityOf(part),
          ...(part.has('accept_vague') ? { accept_vague: true } : {}),
        }),
  }
}

/** A value as a field shows it: a draft may hold anything, and what is no single value has no place in one. */
export const written = (value: unknown): string => (typeof value === 'object' ? '' : String(value ?? ''))

type Fields = Map<string, readonly string[]>

/** Every text and number within a value, by its pointer; lists a line each. */
function flatten(value: unknown, at: string, into: Fields): void {
  if (value === undefined || value === null) return
  if (Array.isArray(value)) into.set(at, [value.map(written).join(at.endsWith('/tags') ? ', ' : '\n')])
  else if (typeof value === 'object')
    for (const [name, inner] of Object.entries(value)) flatten(inner, `${at}/${name}`, into)
  else into.set(at, [written(value)])
}

/** The fields of the source and of the speaker, as a draft fills them in. */
function sourceFields({ source, analyst }: Pick<CaptureDraft, 'source' | 'analyst'>): Typed {
  const typed: Fields = new Map()
  if (typeof source === 'string') typed.set('source', [source])
  else {
    const { published, ...rest } = source
    flatten(rest, '/source', typed)
    if (typeof published === 'string') typed.set('/source/published', [published])
    else if (published !== undefined) {
      const { from, to, because } = published as Record<string, unknown>
      typed.set('/source/published', [written(from)])
      typed.set('published_to', [to === from ? '' : written(to)])
      typed.set('published_because', [written(because)])
    }
  }
  flatten(typeof analyst === 'string' ? { name: analyst } : analyst, '/analyst', typed)
  return typed
}

const percent = (value: unknown): string =>
  typeof value === 'number' ? String(Number((value * 100).toPrecision(12))) : written(value)

function probabilityFields(given: unknown): [string, string][] {
  if (given === undefined || given === null) return []
  if (typeof given !== 'object')
    return [
      ['manner', 'stated'],
      ['percent', percent(given)],
    ]
  const held = given as Tree
  const words: [string, string] = ['/probability/words', written(held.words)]
  if ('categorical' in held) return [['manner', written(held.categorical)], words]
  if ('interval' in held) {
    const [from, to] = [held.interval].flat()
    return [
      ['manner', 'interval'],
      ['from', written(from)],
      ['to', written(to)],
      ['level', percent(held.level)],
    ]
  }
  if ('words' in held)
    return [
      ['manner', 'worded'],
      words,
      ['band_low', percent(held.low)],
      ['band_mid', percent(held.mid)],
      ['band_high', percent(held.high)],
      ['/probability/because', written(held.because)],
    ]
  if ('low' in held || 'high' in held)
    return [
      ['manner', 'range'],
      ['low', percent(held.low)],
      ['high', percent(held.high)],
    ]
  const shares = Object.entries(held).map(([option, share]) => `${option}: ${percent(share)}`)
  return shares.length === 0
    ? []
    : [
        ['manner', 'options'],
        ['shares', shares.join('\n')],
      ]
}

/** The fields of a mark, as a draft fills them in: what `draftFrom` reads again. */
function markFields(mark: Mark): Typed {
  const { id: _, start, end, kind, question, probability, accept_vague, analyst, ...said } = mark
  const typed: Fields = new Map([
    ['at', [`${start}-${end}`]],
    ['kind', [kind]],
  ])
  flatten(said, '', typed)
  flatten(typeof analyst === 'string' ? { name: analyst } : analyst, '/analyst', typed)
  if (typeof question === 'string') typed.set('question', [question])
  else flatten(question, '/question', typed)
  for (const [name, value] of probabilityFields(probability)) typed.set(name, [value])
  if (accept_vague === true) typed.set('accept_vague', ['yes'])
  return typed
}

/** The whole page as fields; what was typed goes back and forth through this unchanged. */
export function allFields(draft: CaptureDraft): Typed {
  const typed: Fields = new Map(sourceFields(draft))
  typed.set(
    'mark',
    draft.marks.map(({ id }) => id),
  )
  typed.set(
    'ignored',
    (draft.ignored ?? []).map(({ start, end }) => `${start}-${end}`),
  )
  for (const mark of draft.marks)
    for (const [name, values] of markFields(mark)) typed.set(`${mark.id}:${name}`, values)
  return typed
}
