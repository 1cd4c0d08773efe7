import { helpWith, type Rung, type Similar, titleAsked } from '../../capture/question.ts'
import type { Mark } from '../../core/capture.ts'
import { typeOf } from '../../core/question.ts'
import { listQuestions } from '../../store/nouns.ts'
import { similarQuestions } from '../../store/similar.ts'
import type { PageContext } from '../ui/page.ts'

const SIMILAR = 3
const MOST_READ = 200
/** The list stands in every card. */
const MOST_RUNGS = 20

type Listed = Awaited<ReturnType<typeof listQuestions>>['items'][number]

/** Recorded questions that a new one may imply: not decided, a yes or no, and of a development. */
export const rungsAmong = (items: readonly Listed[]): Rung[] =>
  items
    .filter(({ record, outcome }) => outcome === null && record.family !== undefined)
    .filter(({ record }) => typeOf(record) === 'binary')
    .map(({ record }) => [record.id, record.title])

/** For each mark that asks a question of its own, what the other questions say to it. */
export async function aroundMarks(
  { host, now }: PageContext,
  marks: readonly Mark[],
  published: string | undefined,
) {
  const { db } = host.ledger
  const titled = marks.filter((mark) => titleAsked(mark) !== '')
  const [recorded, ...similar] = await Promise.all([
    titled.length === 0 ? { items: [] } : listQuestions(db, {}, now, { limit: MOST_READ }),
    ...titled.map((mark) => similarQuestions(db, titleAsked(mark), SIMILAR)),
  ])
  const found = new Map<string, readonly Similar[]>(titled.map(({ id }, i) => [id, similar[i] ?? []]))
  const rungs = rungsAmong(recorded.items).slice(0, MOST_RUNGS)
  return (mark: Mark) => {
    const help = helpWith(mark, marks, published)
    return {
      similar: [...help.similar, ...(found.get(mark.id) ?? [])],
      rungs: [...help.rungs, ...rungs],
      lacks: help.lacks,
    }
  }
}
/** What else a card needs to know: questions that are like its own, that it may imply, and what it lacks. */
export type AroundMark = ReturnType<Awaited<ReturnType<typeof aroundMarks>>>
