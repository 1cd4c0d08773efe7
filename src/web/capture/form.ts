import { written } from '../../capture/draft.ts'
import { rangeOf } from '../../capture/marking.ts'
import type { OneMark } from '../../capture/one.ts'
import { Dated, spanOf } from '../../core/calendar.ts'
import type { CaptureDraft, Mark } from '../../core/capture.ts'
import type { Problem } from '../../core/error.ts'
import { Statement } from '../../core/statement.ts'
import type { Typed } from '../../http/form.ts'
import { writtenDate } from '../../reading/english/words/written-date.ts'
import { questionFrom } from '../ui/question-typed.ts'
import { referenceField, referenceFields, referenceFrom } from '../ui/reference-form.tsx'
import { dayTyped, listed, requestOf } from '../ui/typed.ts'
import { probabilityField, probabilityFields, probabilityOf } from './probability-typed.ts'

type Tree = Record<string, unknown>

/** The fields of one mark, whose names begin with its id: `m1:/question/title`. */
export const partOf = (typed: Typed, mark: string): Typed =>
  new Map(
    [...typed].flatMap(([name, values]) =>
      name.startsWith(`${mark}:`) ? [[name.slice(mark.length + 1), values] as const] : [],
    ),
  )

/** A kind that is none is refused as a field; what comes back with that can be saved. */
const Kind = Statement.shape.kind.catch('forecast')
const one = (typed: Typed, name: string): string => typed.get(name)?.[0] ?? ''

/** What the page of a capture says, on top of the text that it is about; for the schema of captures to check. */
export function draftFrom(
  typed: Typed,
  held: Pick<CaptureDraft, 'text' | 'transcript' | 'left_out'>,
): CaptureDraft {
  const analyst = speakerFrom(typed)
  return {
    source: sourceFrom(typed),
    text: held.text,
    ...(held.transcript === undefined ? {} : { transcript: held.transcript }),
    ...(held.left_out === undefined ? {} : { left_out: held.left_out }),
    ...(analyst === undefined ? {} : { analyst }),
    marks: (typed.get('mark') ?? []).map((id) => {
      const part = partOf(typed, id)
      return { id, ...rangeOf(one(part, 'at')), ...markFrom(part, Kind.parse(one(part, 'kind'))) }
    }),
    ignored: (typed.get('ignored') ?? []).map(rangeOf),
  } as CaptureDraft
}

/** The same of a form for one mark, whose words may come without the text around them. */
export const oneFrom = (typed: Typed, kind: string): OneMark =>
  ({ ...markFrom(typed, kind), source: sourceFrom(typed) }) as OneMark

/** A chosen source wins over the fields of a new one. */
function sourceFrom(typed: Typed): unknown {
  const chosen = one(typed, 'source')
  if (chosen !== '') return chosen
  const given = (requestOf(typed).source ?? {}) as Tree
  const source = { ...given, ...dated('published', given) }
  const [to, because] = [dayTyped(one(typed, 'published_to')), one(typed, 'published_because')]
  if (to === '' && because === '') return source
  const first = Dated.safeParse(source.published)
  const span = first.success ? spanOf(first.data) : { from: source.published, to: source.published }
  return {
    ...source,
    published: { from: span.from, to: to === '' ? span.to : to, ...(because === '' ? {} : { because }) },
  }
}

/** A day, a month or a year as it is kept; what is none stays as it was typed. */
const dated = (name: string, given: Tree): Tree => {
  const value = given[name]
  return typeof value === 'string' ? { [name]: writtenDate(value) ?? value } : {}
}

/** Who speaks; the ids of those who are somebody else stand in one field. */
function speakerFrom(typed: Typed): Tree | undefined {
  const { distinct_from, ...speaker } = (requestOf(typed).analyst ?? {}) as Tree
  const others = listed(written(distinct_from))
  const whole = { ...speaker, ...(others.length === 0 ? {} : { distinct_from: others }) }
  return Object.keys(whole).length === 0 ? undefined : whole
}

function markFrom(part: Typed, kind: string): Tree {
  const { question, probability: _, analyst: __, reference: ___, ...rest } = requestOf(part)
  const analyst = speakerFrom(part)
  const said = {
    ...rest,
    ...dated('said_on', rest),
    ...(analyst === undefined ? {} : { analyst }),
    ...(part.has('by_machine') ? { translation: { ...(rest.translation as Tree), machine: true } } : {}),
    ...(part.has('verified_by_ear') ? { verified_by_ear: true } : {}),
  }
  if (kind !== 'forecast') return { ...said, kind }
  const chosen = one(part, 'question')
  // It is asked for when a question is written.
  const reference = chosen === '' ? referenceFrom(part) : undefined
  return {
    ...said,
    kind,
    question: chosen === '' ? questionFrom(onOneLine((question ?? {}) as Tree)) : chosen,
    probability: probabilityOf(part),
    ...(reference === undefined ? {} : { reference }),
    ...(part.has('accept_vague') ? { accept_vague: true } : {}),
  }
}

/** The field of the event grows with it: a line that was broken in it is one line. */
const onOneLine = (question: Tree): Tree =>
  typeof question.title === 'string'
    ? { ...question, title: question.title.replaceAll(/\s*[\r\n]+\s*/gu, ' ') }
    : question

type Fields = Map<string, readonly string[]>

/** Every text and number within a value, by its pointer; lists a line each. */
function flatten(value: unknown, at: string, into: Fields): void {
  if (value === undefined || value === null) return
  if (Array.isArray(value))
    into.set(at, [value.map(written).join(/\/(?:tags|distinct_from)$/u.test(at) ? ', ' : '\n')])
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

/** The fields of a mark, as a draft fills them in: what `draftFrom` reads again. */
function markFields(mark: Mark): Typed {
  const { id: _, start, end, kind, question, probability, accept_vague, analyst, reference, ...rest } = mark
  const { translation, verified_by_ear, ...said } = rest
  const typed: Fields = new Map([
    ['at', [`${start}-${end}`]],
    ['kind', [kind]],
  ])
  flatten(said, '', typed)
  flatten(typeof analyst === 'string' ? { name: analyst } : analyst, '/analyst', typed)
  if (typeof question === 'string') typed.set('question', [question])
  else flatten(question, '/question', typed)
  for (const [name, value] of probabilityFields(probability)) typed.set(name, [value])
  for (const [name, value] of referenceFields(reference)) typed.set(name, [value])
  const { machine, ...translated } = translation ?? {}
  flatten(translated, '/translation', typed)
  if (machine === true) typed.set('by_machine', ['yes'])
  if (verified_by_ear === true) typed.set('verified_by_ear', ['yes'])
  if (accept_vague === true) typed.set('accept_vague', ['yes'])
  return typed
}

/** A draft as the fields of its page: what `draftFrom` reads again. */
export function fieldsOf(draft: CaptureDraft): Typed {
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

/** Problems as the form shows them: what was chosen instead of typed bears the refusal itself. */
export function placedProblems(problems: readonly Problem[], typed: Typed): Problem[] {
  const field = (name: string) => typed.get(name)?.[0] ?? ''
  // Without a readable day of publication there is no house rule: that day is what is wrong.
  const undated = problems.some(({ pointer: at }) => at.startsWith('/source/published'))
  const own = problems.filter(
    ({ pointer: at }) => !(undated && at === '/question/deadline/date' && field(at) === ''),
  )
  return own.map((problem) => {
    const { pointer: at, message } = problem
    if (at === '/verified_by_ear') return { pointer: 'verified_by_ear', message }
    if (at === '/translation') return { pointer: '/translation/text', message }
    if (at === '/translation/machine') return { pointer: '/translation/by', message }
    if (at === '/accept_vague') return { pointer: 'accept_vague', message }
    if (at === '/source' && field('source') !== '') return { pointer: 'source', message }
    if (at === '/question' && field('question') !== '') return { pointer: 'question', message }
    if ((at === '/reason' || at === '/duplicate_of') && field(at) === '')
      return { pointer: at, message: 'is required' }
    const ofReference = referenceField(at)
    if (ofReference !== null) return { pointer: ofReference, message }
    const ofProbability = probabilityField(at, field('manner'))
    if (ofProbability === null) return problem
    const isMissing = field(ofProbability) === '' && at !== '/probability/categorical'
    return { pointer: ofProbability, message: isMissing ? 'is required' : message }
  })
}
