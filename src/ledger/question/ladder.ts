import { invalid } from '../../core/error.ts'
import { implicationProblem, ladderConflict, rungsAbove, rungsBelow } from '../../core/ladder.ts'
import type { Question } from '../../core/question.ts'
import type { Outcome } from '../../core/resolution.ts'
import type { Statement } from '../../store/database.ts'
import { findQuestion } from '../../store/lookups.ts'
import { requireLadders, rungsOf } from '../../store/nouns.ts'
import type { Ledger } from '../ledger.ts'

type Decided = Pick<Question, 'id' | 'implies'> & { outcome: Outcome | null }
type Surrounding = {
  /** What an amendment changes. */
  held?: Question | undefined
  /** The questions that are written with it. */
  beside?: readonly Question[]
  /** Where the question stands in the request. */
  at?: string
}

const impliedBy = (questions: readonly Decided[] | readonly Question[]) =>
  questions.map(({ implies }) => implies)

/** Refuses a question that does not fit the one it implies, or those that imply it. */
export async function requireLadder(
  { db }: Ledger,
  question: Question,
  { held, beside = [], at = '' }: Surrounding = {},
): Promise<void> {
  if (question.implies === undefined && held === undefined) return
  const families = new Set([question.family, held?.family])
  const rungs = new Map<string, Question & Decided>()
  const changed = [...beside, question]
  for (const family of families)
    if (family !== undefined)
      for (const { record, outcome } of await rungsOf(db, family, impliedBy(changed)))
        rungs.set(record.id, { ...record, outcome })
  for (const record of changed)
    rungs.set(record.id, { ...record, outcome: rungs.get(record.id)?.outcome ?? null })
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
  if (!rungsAbove(question, all).some(({ outcome }) => outcome === 'yes')) return
  const conflict = ladderConflict(question, 'yes', all)
  if (conflict !== null) throw invalid(`${at}/implies`, `contradicts what was decided: it ${conflict}`)
}

/** Beside what changes these questions: somebody may change another rung of their ladders at the same moment. */
export function keepingLadders(questions: readonly Question[]): Statement[] {
  const families = [...new Set(questions.flatMap(({ family }) => family ?? []))]
  return families.length === 0 ? [] : [requireLadders(families)]
}

/** Refuses an outcome that contradicts those of the other rungs; `beside` are decided in the same moment. */
export async function requireConsistent(
  { db }: Ledger,
  question: Question,
  outcome: Outcome,
  beside: readonly Decided[] = [],
): Promise<void> {
  if (question.family === undefined) return
  const rungs = new Map<string, Decided>()
  for (const { record, outcome: held } of await rungsOf(db, question.family, impliedBy(beside)))
    rungs.set(record.id, { ...record, outcome: held })
  for (const decided of beside) rungs.set(decided.id, decided)
  const problem = ladderConflict(question, outcome, [...rungs.values()])
  if (problem !== null) throw invalid('/outcome', problem)
}
