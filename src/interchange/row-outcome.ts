import type { QuestionType } from '../core/question.ts'
import type { Outcome } from '../core/resolution.ts'
import { shown } from './finding.ts'
import type { Cells, TableMapping } from './forecast-row.ts'
import { meaningOf, numberIn, outcomeIn } from './table-cells.ts'

/** Not decided: null. Of a row of options also yes or no of its own one, or the name of another. */
export type RowOutcome = { text: string; value: Outcome | null }

const NEVER = /^not[ _-]by[ _-](?:the[ _-])?deadline$/iu

/** What the outcome cell of a row says of a question of this type, or null where it cannot be read. */
export function rowOutcome(
  cells: Cells,
  { columns, outcomes }: TableMapping,
  type: QuestionType,
): RowOutcome | null {
  const text = cells.of(columns.outcome)
  const told = shown(`${text}=ambiguous`)
  const bad = (needs: string, remedy: string) => {
    cells.bad(columns.outcome, needs, `${remedy}, or say what it means with --outcome=${told}.`)
    return null
  }
  if (type === 'binary' || type === 'multiple_choice') {
    const value = outcomeIn(text, outcomes)
    if (value !== undefined) return { text, value }
    return type === 'multiple_choice'
      ? { text, value: text }
      : bad('not 1, 0, yes, no, ambiguous, N/A, a fraction or blank', 'Write 1 or 0, blank while it is open')
  }
  const isTold = outcomes.has(text.toLowerCase())
  const number = numberIn(text, cells.hasCommas)
  if (type === 'numeric' && !isTold && number !== null) return { text, value: number }
  const meaning = meaningOf(text, outcomes)
  if (meaning === 'open') return { text, value: null }
  if (meaning === 'ambiguous' || meaning === 'annulled') return { text, value: meaning }
  if (type === 'numeric')
    return bad('not a number, ambiguous, N/A or blank', 'Write the number, blank while it is open')
  if (NEVER.test(text) || outcomes.get(text.toLowerCase()) === 'no') return { text, value: 'not_by_deadline' }
  const read = cells.momentOf(text)
  return 'day' in read
    ? { text, value: read.day }
    : bad(
        'not a day, “not by the deadline”, ambiguous, N/A or blank',
        'Write the day as 2025-04-08, blank while it is open',
      )
}
