import { invalid } from '../core/error.ts'
import { implicationProblem, ladderConflict, rungsBelow } from '../core/ladder.ts'
import type { Question } from '../core/question.ts'
import type { Outcome } from '../core/resolution.ts'
import { findQuestion } from '../store/lookups.ts'
import { rungsOf } from '../store/nouns.ts'
import type { Ledger } from './ledger.ts'

type Decided = Pick<Question, 'id' | 'implies'> & { outcome: Outcome | null }
type Surrounding = {
  /** What an amendment changes. */
  held?: Question | undefined
  /** The questions that are written with it. */
  beside?: readonly Question[]
  /** Where the question stands in the request. */
  at?: string
}

/** Refuses a question that does not fit the one it implies, or those that imply it. */
export async function requireLadder(
  { db }: Ledger,
  question: Question,
  { held, beside = [], at = '' }: Surrounding = {},
): Promise<void> {
  if (question.implies === undefined && held === undefined) return
  const families = new Set([question.family, held?.family])
  const rungs = new Map<string, Question>()
  for (const family of families)
    if (family !== undefined) for (const { record } of await rungsOf(db, family)) rungs.set(record.id, record)
  for (const record of [...beside, question]) rungs.set(record.id, record)
  const all = [...rungs.values()]
  if (question.implies !== undefined) {
    const implied = rungs.get(question.implies) ?? (await findQuestion(db, question.implies))?.record
    const problem =
      implied === undefined
        ? `names ${JSON.stringify(question.implies)}, and there is no such question`
        : implicationProblem(question, implied)
    if (problem !== null) throw invalid(`${at}/implies`, problem)
    if (rungsBelow(question, all).at(-1)?.implies === question.id)
      throw invalid(`${at}/implies`, 'goes round in a circle')
  }
  for (const above of all.filter(({ implies }) => implies === question.id)) {
    const problem = implicationProblem(above, question)
    if (problem !== null) throw invalid(`${at}/implies`, `of ${above.id} ${problem}`)
  }
}

/** What decides on rungs of one ladder is decided one after the other. */
export const claimOnLadder = ({ family }: Question): string[] =>
  family === undefined ? [] : [`family:${family}`]

/** Refuses an outcome that contradicts those of the other rungs; `beside` are decided in the same moment. */
export async function requireConsistent(
  { db }: Ledger,
  question: Question,
  outcome: Outcome,
  beside: readonly Decided[] = [],
): Promise<void> {
  if (question.family === undefined) return
  const rungs = new Map<string, Decided>()
  for (const { record, outcome: held } of await rungsOf(db, question.family))
    rungs.set(record.id, { ...record, outcome: held })
  for (const decided of beside) rungs.set(decided.id, decided)
  const problem = ladderConflict(question, outcome, [...rungs.values()])
  if (problem !== null) throw invalid('/outcome', problem)
}
