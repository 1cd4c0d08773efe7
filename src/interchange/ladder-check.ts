import { conflictsIn, implicationProblem, ladderOf } from '../core/ladder.ts'
import type { Question } from '../core/question.ts'
import type { FileResolution, Outcome } from '../core/resolution.ts'
import { bandRead, checkNested } from '../reading/checklist.ts'
import { type Finding, shown } from './finding.ts'
import type { FolderFiles } from './folder-files.ts'
import { type FolderIndex, questionIn, unknownReference } from './folder-index.ts'
import { MOST_FINDINGS, type Path, type YamlDocument } from './yaml-document.ts'

/** A question where it is written; its resolution stands in `beside`. */
type Placed = {
  document: YamlDocument
  at: Path
  beside: Path
  question: Question
  outcome: Outcome | null
}

/** Whatever is wrong with what questions imply: unknown or unfit rungs, outcomes and bands that contradict. */
export function checkLadders(files: FolderFiles, index: FolderIndex): Finding[] {
  const placed = questionsOf(files)
  const implied = new Set(placed.map(({ question }) => question.implies))
  const rungs = placed.filter(({ question: { id, implies } }) => implies !== undefined || implied.has(id))
  if (rungs.length === 0) return []
  const decided = rungs.map(({ question, outcome }) => ({ ...question, outcome }))
  const ladder = ladderOf(decided)
  const conflictOf = conflictsIn(decided)
  const findings = rungs.flatMap(({ document, at, beside, question, outcome }) => {
    const { id, implies } = question
    if (implies !== undefined) {
      const path = [...at, 'implies']
      const other = index.question.get(implies)
      if (!index.questions.has(implies))
        return [document.finding(path, unknownReference('question', implies, index))]
      const problem = ladder.isCircular(id)
        ? 'goes round in a circle'
        : other === undefined
          ? null
          : implicationProblem(question, other)
      if (problem !== null)
        return [
          document.finding(path, {
            code: 'ladder',
            message: `"implies" ${problem}`,
            remedy: 'Name a question of the same family that must have happened whenever this one does.',
          }),
        ]
    }
    const conflict = outcome === null ? null : conflictOf(question, outcome)
    if (conflict === null) return []
    return [
      document.finding([...beside, 'resolution', 'outcome'], {
        code: 'ladder',
        message: `"outcome" ${conflict}`,
        remedy: 'One of the two outcomes is wrong, or "implies" is.',
      }),
    ]
  })
  return [...findings, ...outOfOrder(files, decided, ladder)]
}

function questionsOf(files: FolderFiles): Placed[] {
  const outcomeOf = (resolution: FileResolution | undefined) => resolution?.outcome ?? null
  return [
    ...files.questions.map(({ document, at, value }) => {
      const { resolution, condition_met: _, amends: __, ...question } = value
      return { document, at, beside: at, question, outcome: outcomeOf(resolution) }
    }),
    ...files.sources.flatMap((source) =>
      source.statements.flatMap(({ document, at, value }) => {
        const question = questionIn(source, value)
        if (question === null) return []
        return [
          { document, at: [...at, 'question'], beside: at, question, outcome: outcomeOf(value.resolution) },
        ]
      }),
    ),
  ]
}

/** A rung that one person, in one source, is read as holding likelier than a rung which it implies. */
function outOfOrder(
  files: FolderFiles,
  rungs: readonly Question[],
  ladder: ReturnType<typeof ladderOf>,
): Finding[] {
  const byId = new Map(rungs.map((rung) => [rung.id, rung]))
  return files.sources.flatMap((source) => {
    const given = source.statements.flatMap(({ document, at, value }) => {
      const id = typeof value.question === 'string' ? value.question : questionIn(source, value)?.id
      const question = byId.get(id ?? '')
      const band = bandRead(value.probability, { language: source.value?.language })
      const analyst = value.analyst ?? source.analyst
      return question === undefined || band === null ? [] : [{ document, at, question, band, analyst }]
    })
    const findings: Finding[] = []
    for (const { document, at, question, band, analyst } of given) {
      for (const other of given) {
        if (findings.length >= MOST_FINDINGS) return findings
        if (other.analyst !== analyst || !ladder.implies(question.id, other.question.id)) continue
        const warning = checkNested(
          { title: question.title, band },
          { title: other.question.title, band: other.band },
        )
        if (warning === null) continue
        findings.push(
          document.finding([...at, 'probability'], {
            code: 'ladder',
            level: 'warning',
            message: warning.says,
            remedy: `See whether both readings are right; the other stands in ${shown(other.question.id)}.`,
          }),
        )
      }
    }
    return findings
  })
}
