import { startOfDay } from '../core/calendar.ts'
import { baseRateProblem, type FileReference, hindsightProblem, referenceUnfit } from '../core/reference.ts'
import { about, type Finding, shown } from './finding.ts'
import { type Check, futureDays } from './folder-index.ts'
import type { QuestionInFile } from './question-check.ts'
import type { Path } from './yaml-document.ts'

/** Everything that can be wrong with what a question is compared with, beyond the schema. */
export function checkReferences(item: QuestionInFile, { today }: Check): Finding[] {
  const { document, at, question, references = [], resolution } = item
  const unfit = (path: Path, problem: string, remedy: string): Finding =>
    document.finding(path, {
      code: 'reference_unfit',
      message: about(shown(path.at(-1)), problem),
      remedy,
    })
  const known_from =
    resolution === undefined ? null : startOfDay(resolution.known_on, question.deadline.time_zone)
  const found = references.flatMap((reference: FileReference, index) => {
    const problems: [field: string, problem: string | null, remedy: string][] = [
      [
        'probability',
        baseRateProblem(reference),
        'Take it out, so that k of n counts, or correct one of the two.',
      ],
      [
        'observed_at',
        hindsightProblem(reference, known_from),
        'Name the instant before the outcome was known at which the page showed it.',
      ],
    ]
    return problems.flatMap(([field, problem, remedy]) =>
      problem === null ? [] : [unfit([...at, 'references', index, field], problem, remedy)],
    )
  })
  const misfit = references.length === 0 ? null : referenceUnfit(question)
  const days = references.map(({ observed_at }, index): [Path, string | undefined] => [
    [...at, 'references', index, 'observed_at'],
    observed_at?.slice(0, 10),
  ])
  return [
    ...(misfit === null
      ? []
      : [unfit([...at, 'references'], misfit, 'Take the references out, or ask a question of yes or no.')]),
    ...found,
    ...futureDays(item, days, today),
  ]
}
