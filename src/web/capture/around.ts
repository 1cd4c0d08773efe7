import { helpWith, type Rung, titleAsked } from '../../capture/question.ts'
import type { Mark } from '../../core/capture.ts'
import { typeOf } from '../../core/question.ts'
import type { readCapturePage } from '../../store/documents/capture.ts'
import type { QuestionItem } from '../../store/nouns.ts'

/** The list stands in every card. */
const MOST_RUNGS = 20

/** Recorded questions that a new one may imply: not decided, a yes or no, and of a development. */
export const rungsAmong = (items: readonly QuestionItem[]): Rung[] =>
  items
    .filter(({ record, outcome }) => outcome === null && record.family !== undefined)
    .filter(({ record }) => typeOf(record) === 'binary')
    .map(({ record }) => [record.id, record.title])

/** The titles of the questions that marks ask by themselves, each once. */
export const titlesAsked = (marks: readonly Mark[]): string[] => [
  ...new Set(marks.map(titleAsked).filter((title) => title !== '')),
]

type Recorded = Pick<Awaited<ReturnType<typeof readCapturePage>>, 'questions' | 'similar'>

/** For a mark that asks a question of its own: questions that are like it, that it may imply, and what it lacks. */
export function aroundMark(
  mark: Mark,
  marks: readonly Mark[],
  published: string | undefined,
  { questions, similar }: Recorded,
  asks: readonly string[],
) {
  const help = helpWith(mark, marks, published)
  return {
    similar: [...help.similar, ...(similar[titleAsked(mark)] ?? [])],
    rungs: [...help.rungs, ...rungsAmong(questions.items).slice(0, MOST_RUNGS)],
    lacks: [...asks, ...help.lacks],
  }
}
export type AroundMark = ReturnType<typeof aroundMark>
