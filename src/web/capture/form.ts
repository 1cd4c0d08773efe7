import { Dated, HOUSE_RULE, houseDeadline } from '../../core/calendar.ts'
import { invalid, type Problem } from '../../core/error.ts'
import { ForecastRequest, StatementRequest } from '../../core/forecast.ts'
import { tooVague, VAGUE_REFUSAL } from '../../core/probability.ts'
import type { Source } from '../../core/source.ts'
import type { Typed } from '../../http/form.ts'
import { bandRead } from '../../reading/checklist.ts'
import { parsed } from '../ui/problem.ts'
import { questionFrom } from '../ui/question-typed.ts'
import { listed, requestOf } from '../ui/typed.ts'
import { probabilityField, probabilityOf } from './probability.tsx'

type Tree = Record<string, unknown>

/** What both forms say: who, where, the words. A chosen source wins over the fields of a new one. */
function sayingOf(typed: Typed): Tree {
  const { question: _, probability: __, tags: ___, source, ...saying } = requestOf(typed)
  const chosen = typed.get('source')?.[0] ?? ''
  return { ...saying, source: chosen === '' ? sourceOf(source, typed) : chosen }
}

function sourceOf(source: unknown, typed: Typed): unknown {
  const to = typed.get('published_to')?.[0] ?? ''
  const fields = (source ?? {}) as Tree
  if (to === '') return fields
  return { ...fields, published: { from: fields.published, to } }
}

/** The forecast that the form describes. `source` is the chosen one, where one was chosen. */
export function forecastRequest(typed: Typed, source: Source | null): ForecastRequest {
  const saying = sayingOf(typed)
  const chosen = typed.get('question')?.[0] ?? ''
  const { question, tags } = requestOf(typed)
  const topics = listed(String(tags ?? ''))
  const request = parsed(ForecastRequest, {
    ...saying,
    question: chosen === '' ? questionOf((question ?? {}) as Tree, saying, source) : chosen,
    probability: probabilityOf(typed),
    ...(topics.length === 0 ? {} : { tags: topics }),
  })
  const band = bandRead(request.probability)
  const isPhrase = typed.get('manner')?.[0] === 'worded'
  if (isPhrase && band !== null && tooVague(band) && !typed.has('accept_vague'))
    throw invalid('/accept_vague', VAGUE_REFUSAL)
  return request
}

/** A new question; where no deadline was typed, the house rule gives it and says so. */
function questionOf(question: Tree, saying: Tree, source: Source | null): Tree {
  const { deadline, ...rest } = questionFrom(question)
  const { date, because, ...zoned } = (deadline ?? {}) as Tree
  const published = Dated.safeParse(source?.published ?? (saying.source as Tree).published)
  const house = date === undefined && published.success ? houseDeadline(published.data) : undefined
  const why = because ?? (house === undefined ? undefined : HOUSE_RULE)
  return {
    ...rest,
    deadline: { date: date ?? house, ...zoned, ...(why === undefined ? {} : { because: why }) },
  }
}

/** The remark that the form describes: untestable, or said already in this source. */
export function statementRequest(typed: Typed): StatementRequest {
  const { reason, duplicate_of, ...rest } = sayingOf(typed)
  const { kind } = rest
  return parsed(StatementRequest, {
    ...rest,
    ...(kind === 'untestable' ? { reason } : { duplicate_of }),
  })
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
    if (at === '/accept_vague') return { pointer: 'accept_vague', message }
    if (at === '/source' && field('source') !== '') return { pointer: 'source', message }
    if (at === '/question' && field('question') !== '') return { pointer: 'question', message }
    if ((at === '/reason' || at === '/duplicate_of') && field(at) === '')
      return { pointer: at, message: 'is required' }
    const ofProbability = probabilityField(at, field('manner'))
    if (ofProbability === null) return problem
    const isMissing = field(ofProbability) === '' && at !== '/probability/categorical'
    return { pointer: ofProbability, message: isMissing ? 'is required' : message }
  })
}
