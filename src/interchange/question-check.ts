import { type Dated, type Deadline, houseDeadline, spanOf } from '../core/calendar.ts'
import { foldedWords } from '../core/folded-text.ts'
import { normalisedText } from '../core/normalised-text.ts'
import { type Question, typeOf } from '../core/question.ts'
import type { FileReference } from '../core/reference.ts'
import {
  annulmentProblem,
  type ConditionRequest,
  type FileResolution,
  knownProblem,
  metProblem,
  needsCondition,
  outcomeProblem,
} from '../core/resolution.ts'
import { MOST_TAGS } from '../core/slug.ts'
import { textKey } from '../core/text.ts'
import { languageOf, rulesOf } from '../reading/languages.ts'
import { about, type Finding, shown } from './finding.ts'
import { type Check, futureDays } from './folder-index.ts'
import { checkReferences } from './reference-check.ts'
import type { Path, What, YamlDocument } from './yaml-document.ts'

/** A question as it stands in a file; its resolution stands in `beside`, which is the statement if it is inline. */
export type QuestionInFile = {
  document: YamlDocument
  at: Path
  beside: Path
  question: Question
  published?: Dated | undefined
  quote?: string | undefined
  /** Of its source, where the file names it. */
  language?: string | undefined
  resolution: FileResolution | undefined
  condition_met: ConditionRequest | undefined
  references: readonly FileReference[] | undefined
}

/** Everything that can be wrong with a question and its resolution, beyond their schema. */
export function checkQuestion(item: QuestionInFile, check: Check): Finding[] {
  const { document, at, question, published, quote, language, resolution, condition_met } = item
  const findings: Finding[] = []
  const report = (path: Path, what: What, on: 'key' | 'value' = 'value') => {
    findings.push(document.finding(path, what, on))
  }

  if ((question.tags?.length ?? 0) > MOST_TAGS) {
    const what: What = {
      code: 'invalid',
      message: `the question has ${question.tags?.length} tags with those of its file; ${MOST_TAGS} are allowed`,
      remedy: 'Take some out.',
    }
    report([...at, 'tags'], what)
  }
  if (published !== undefined) {
    const { condition, deadline } = question
    const ours = condition === undefined ? deadline : condition.deadline
    const path = condition === undefined ? [...at, 'deadline'] : [...at, 'condition', 'deadline']
    const what = houseRule(ours, published, quote ?? '')
    if (what !== null) report([...path, 'date'], what)
    const untrue = horizonNamed(ours, published, quote ?? '', language)
    if (untrue !== null) report([...path, 'because'], untrue)
  }
  checkClauses(question, (name, what) => report([...at, name], what))
  if (condition_met !== undefined) checkCondition(item, condition_met, report)
  if (resolution !== undefined) checkResolution(item, resolution, report)
  return [...findings, ...checkReferences(item, check), ...futureDays(item, datesOf(item), check.today)]
}

type Report = (path: Path, what: What, on?: 'key' | 'value') => void

/** What happened, beside a claim, says which of the two it was: the title says neither. */
function checkClauses(
  { title, if_yes, if_no }: Question,
  report: (name: 'if_yes' | 'if_no', what: What) => void,
): void {
  const clauses = { if_yes, if_no }
  for (const name of ['if_yes', 'if_no'] as const) {
    const clause = clauses[name]
    if (clause === undefined) continue
    const same = name === 'if_no' && if_yes !== undefined && textKey(clause) === textKey(if_yes)
    if (!same && textKey(clause) !== textKey(title)) continue
    report(name, {
      code: 'clause',
      message: same ? '"if_no" says what "if_yes" says' : `"${name}" says the title again`,
      remedy: 'Say in a few words what happened then, such as: no new war began.',
    })
  }
}

/** Where the date is ours: twelve months from the latest day of publication, unless a horizon was named. */
function houseRule(deadline: Deadline, published: Dated, quote: string): What | null {
  const house = houseDeadline(published)
  if (deadline.because === undefined || deadline.date === house || quotes(deadline.because, quote))
    return null
  return {
    code: 'house_rule',
    message: `the deadline is ours and should be ${house}, twelve months after ${spanOf(published).to}`,
    remedy: `Write ${house}; or, if a horizon was named, quote its words from the statement in "because".`,
  }
}

/** A reason that says no horizon was named is not so where the statement names one. */
function horizonNamed(
  { because }: Deadline,
  published: Dated,
  quote: string,
  told: string | undefined,
): What | null {
  if (because === undefined || !/\bno horizon\b/iu.test(because)) return null
  const rules = rulesOf(languageOf(quote, told).tag)
  const horizon = rules?.readHorizon({ sentence: quote }, spanOf(published).to) ?? { kind: 'none' }
  if (horizon.kind === 'none') return null
  return {
    code: 'house_rule',
    message: `"because" says that no horizon was named, and the statement says “${horizon.phrase}”`,
    remedy: 'Take the date from these words; where they leave a doubt, quote them in "because".',
  }
}

/** From the first letter to the last one that is neither blank nor a mark between words. */
const WORDS = /[^\s.,;:…](?:.*[^\s.,;:…])?/su
const QUOTED = /"([^"]+)"|(?<![\p{L}\p{N}])'([^']+)'(?![\p{L}\p{N}])/gu

/** Whether some words in quotation marks are words of the quote. */
function quotes(because: string, quote: string): boolean {
  const words = foldedWords(quote).toLowerCase()
  return [...normalisedText(because).toLowerCase().matchAll(QUOTED)].some(([, double, single]) => {
    const [phrase = ''] = WORDS.exec(double ?? single ?? '') ?? []
    return phrase.length > 1 && words.includes(foldedWords(phrase))
  })
}

function checkCondition({ beside, question }: QuestionInFile, met: ConditionRequest, report: Report): void {
  const path = [...beside, 'condition_met']
  if (question.condition === undefined) {
    const what: What = {
      code: 'misplaced',
      message: '"condition_met" stands beside a question without a condition',
      remedy: 'Take it out, or write the condition into the question.',
    }
    report(path, what, 'key')
    return
  }
  const late = metProblem(question, met.met_on)
  if (late !== null)
    report([...path, 'met_on'], {
      code: 'outcome_unfit',
      message: about('"met_on"', late),
      remedy: 'A condition met too late is not met: resolve as annulled, condition_not_met.',
    })
}

function checkResolution(item: QuestionInFile, resolution: FileResolution, report: Report): void {
  const { question } = item
  const path = [...item.beside, 'resolution']
  const unfit = (key: string, problem: string, remedy: string) =>
    report([...path, key], { code: 'outcome_unfit', message: about(shown(key), problem), remedy })
  const problem = outcomeProblem(question, resolution.outcome)
  if (problem !== null) {
    const type = typeOf(question)
    unfit('outcome', problem, `The question is of type ${type}; ${shown(resolution.outcome)} is no answer.`)
    return
  }
  const isMet = item.condition_met !== undefined
  const annulment = annulmentProblem(question, resolution, isMet)
  if (annulment !== null) {
    unfit(
      'annulled_because',
      annulment,
      question.condition === undefined ? 'Write moot, or the condition.' : 'Take one of the two out.',
    )
    return
  }
  if (!isMet && needsCondition(question, resolution.outcome)) {
    report([...path, 'outcome'], {
      code: 'open_condition',
      message: `the outcome is ${shown(resolution.outcome)}, and nothing says that the condition was met`,
      remedy: 'Add condition_met with its evidence; if it was not met: annulled, condition_not_met.',
    })
  }
  const early = knownProblem(question, resolution)
  if (early !== null)
    report([...path, 'known_on'], {
      code: 'too_early',
      message: about('"known_on"', early),
      remedy:
        'Say with because_early why nothing could change any more, or allow it with "early" in the question.',
    })
}

function datesOf({ beside, resolution, condition_met }: QuestionInFile): [Path, string][] {
  const dates: [Path, string][] = []
  const decided = { resolution, condition_met }
  for (const [key, value] of Object.entries(decided)) {
    if (value === undefined) continue
    const at = [...beside, key]
    if ('known_on' in value) dates.push([[...at, 'known_on'], value.known_on])
    else dates.push([[...at, 'met_on'], value.met_on])
    value.evidence.forEach(({ accessed }, index) => {
      dates.push([[...at, 'evidence', index, 'accessed'], accessed])
    })
  }
  return dates
}
