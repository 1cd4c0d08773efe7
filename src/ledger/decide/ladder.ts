import { invalid } from '../../core/error.ts'
import { implicationProblem, ladderConflict, rungsAbove, rungsBelow } from '../../core/ladder.ts'
import type { Question } from '../../core/question.ts'
import type { Outcome } from '../../core/resolution.ts'
import type { Database, Statement } from '../../store/database.ts'
import type { QuestionRow } from '../../store/lookups.ts'
import { requireLadders, rungsOf } from '../../store/nouns.ts'

type Decided = Pick<Question, 'id' | 'implies'> & { outcome: Outcome | null }
/** A question of a ladder, and how it was decided. */
export type Rung = Question & { outcome: Outcome | null }

const asRung = ({ record, outcome }: Pick<QuestionRow, 'record' | 'outcome'>): Rung => ({
  ...record,
  outcome,
})
const familiesOf = (questions: readonly Question[]) => [
  ...new Set(questions.flatMap(({ family }) => family ?? [])),
]

/** The ladders that these questions change, as they are with them; `held` is what the ledger holds of them. */
export async function readLadders(
  db: Database,
  questions: readonly Question[],
  held: readonly Question[],
): Promise<Map<string, Rung>> {
  const families = familiesOf([...questions, ...held])
  const rows =
    families.length === 0
      ? []
      : await rungsOf(
          db,
          families,
          questions.map(({ implies }) => implies),
        )
  const rungs = new Map(rows.map((row) => [row.record.id, asRung(row)]))
  for (const question of questions)
    rungs.set(question.id, { ...question, outcome: rungs.get(question.id)?.outcome ?? null })
  return rungs
}

/** Refuses a question that does not fit the one it implies, or those that imply it. `at` is where it stands. */
export function requireLadder(
  question: Question,
  { rungs, implied, at = '' }: { rungs: readonly Rung[]; implied: Question | undefined; at?: string },
): void {
  if (question.implies !== undefined) {
    const problem =
      implied === undefined
        ? `names ${JSON.stringify(question.implies)}, and there is no such question`
        : implicationProblem(question, implied)
    if (problem !== null) throw invalid(`${at}/implies`, problem)
    if (rungsBelow(question, rungs).at(-1)?.implies === question.id)
      throw invalid(`${at}/implies`, 'goes round in a circle')
  }
  for (const above of rungs.filter(({ implies }) => implies === question.id)) {
    const problem = implicationProblem(above, question)
    if (problem !== null) throw invalid(`${at}/implies`, `of ${above.id} ${problem}`)
  }
  if (!rungsAbove(question, rungs).some(({ outcome }) => outcome === 'yes')) return
  const conflict = ladderConflict(question, 'yes', rungs)
  if (conflict !== null) throw invalid(`${at}/implies`, `contradicts what was decided: it ${conflict}`)
}

/** Beside what changes these questions: somebody may change another rung of their ladders at the same moment. */
export function keepingLadders(questions: readonly Question[]): Statement[] {
  const families = familiesOf(questions)
  return families.length === 0 ? [] : [requireLadders(families)]
}

/** Refuses an outcome that contradicts those of the other rungs. */
export function requireConsistent(question: Question, outcome: Outcome, rungs: readonly Decided[]): void {
  const problem = question.family === undefined ? null : ladderConflict(question, outcome, rungs)
  if (problem !== null) throw invalid('/outcome', problem)
}

/** The ladder of a question; what is decided `beside` it in the same moment counts as decided. */
export async function ladderOf(
  db: Database,
  { family }: Question,
  beside: readonly Decided[] = [],
): Promise<Decided[]> {
  if (family === undefined) return []
  const rows = await rungsOf(
    db,
    [family],
    beside.map(({ implies }) => implies),
  )
  const rungs = new Map<string, Decided>(rows.map((row) => [row.record.id, asRung(row)]))
  for (const decided of beside) rungs.set(decided.id, decided)
  return [...rungs.values()]
}
