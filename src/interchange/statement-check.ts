import { type Dated, spanOf } from '../core/calendar.ts'
import { probabilityProblem } from '../core/fit.ts'
import { fullId } from '../core/folder.ts'
import { deadlineProblem, type WordsRequest } from '../core/forecast.ts'
import type { FileStatement } from '../core/predictions-file.ts'
import {
  type Categorical,
  isCategorical,
  isUnmeasured,
  tooVague,
  type Unmeasured,
} from '../core/probability.ts'
import type { Question } from '../core/question.ts'
import { sourceOf } from '../core/slug.ts'
import { originalProblem, voiceProblem } from '../core/statement.ts'
import { LEXICON_VERSION } from '../reading/english/lexicon.ts'
import { languageSaid } from '../reading/languages.ts'
import type { ReadingContext } from '../reading/own-lexicon.ts'
import { flatProblem, isAsRead, leansProblem, readWords, wordsProblem } from '../reading/wording.ts'
import { about, type Finding, shown } from './finding.ts'
import type { Item, SourceItem } from './folder-files.ts'
import { type Check, futureDays, questionIn, unknownReference } from './folder-index.ts'
import { checkQuestion } from './question-check.ts'
import type { Path, What } from './yaml-document.ts'

const FORECAST_ONLY = ['said_on', 'withdrawn', 'retracted', 'resolution', 'condition_met'] as const

/** Everything that can be wrong with one statement of a source, beyond its schema. */
export function checkStatement(source: SourceItem, item: Item<FileStatement>, check: Check): Finding[] {
  const { document, at, value: statement } = item
  const { index } = check
  const findings: Finding[] = []
  const report = (key: string, what: What, on: 'key' | 'value' = 'value') => {
    findings.push(document.finding([...at, key], what, on))
  }

  if (statement.analyst === undefined && source.analyst === undefined && !document.has(['analyst'])) {
    report('id', {
      code: 'missing_key',
      message: `the statement ${shown(statement.id)} has no analyst`,
      remedy: 'Write "analyst: <id>" in the statement, or at the top of the file for all of them.',
    })
  }
  if (statement.analyst !== undefined && !index.analysts.has(statement.analyst)) {
    report('analyst', unknownReference('analyst', statement.analyst, index))
  }

  const isForecast = statement.question !== undefined || statement.probability !== undefined
  const kinds = [
    ...(statement.untestable === undefined ? [] : ['untestable']),
    ...(statement.duplicate_of === undefined ? [] : ['duplicate_of']),
    ...(isForecast ? [statement.question === undefined ? 'probability' : 'question'] : []),
  ]
  if (kinds.length !== 1) {
    report(
      kinds[1] ?? 'id',
      {
        code: 'statement_kind',
        message:
          kinds.length === 0
            ? `the statement ${shown(statement.id)} is neither forecast, duplicate nor untestable`
            : `the statement ${shown(statement.id)} has ${kinds.map((kind) => `"${kind}"`).join(' and ')}`,
        remedy: 'Keep one: question and probability, or duplicate_of, or untestable.',
      },
      kinds.length === 0 ? 'value' : 'key',
    )
    return findings
  }
  if (!isForecast) return [...findings, ...checkRemark(source, item, check)]

  if (statement.question === undefined || statement.probability === undefined) {
    const [has, lacks] =
      statement.question === undefined ? ['probability', 'question'] : ['question', 'probability']
    report(
      has as string,
      {
        code: 'incomplete_forecast',
        message: `the forecast ${shown(statement.id)} has no ${shown(lacks)}`,
        remedy: `Add "${lacks}: …", or take "${has}" out and say why the statement is untestable.`,
      },
      'key',
    )
  }
  const unfit = voiceProblem(statement.voice)
  if (unfit !== null) {
    report('voice', {
      code: 'headline_forecast',
      message: about('"voice"', unfit),
      remedy: 'Log the passage that the headline repeats, and make this one duplicate_of it.',
    })
  }

  const { published } = source.value ?? {}
  const quote = typeof statement.quote === 'string' ? statement.quote : statement.quote.exact
  const said = statement.said_on ?? published
  const days: [Path, string | undefined][] = [
    [[...at, 'said_on'], statement.said_on && spanOf(statement.said_on).from],
    [[...at, 'withdrawn', 'withdrawn_on'], statement.withdrawn?.withdrawn_on],
  ]
  findings.push(...futureDays(source, days, check.today))
  const question = questionOf(source, item, check, report)
  if (typeof statement.question === 'object' && question !== undefined) {
    findings.push(
      ...checkQuestion(
        {
          document,
          at: [...at, 'question'],
          beside: at,
          question,
          published,
          quote,
          language: source.value?.language,
          resolution: statement.resolution,
          condition_met: statement.condition_met,
          references: statement.question.references,
        },
        check,
      ),
    )
  }
  if (question !== undefined && said !== undefined) findings.push(...checkOrder(item, question, said))
  if (statement.probability !== undefined)
    checkProbability(
      question,
      statement.probability,
      { language: languageSaid(source.value?.language, quote) },
      report,
    )
  return findings
}

type Report = (key: string, what: What, on?: 'key' | 'value') => void

/** A duplicate or an untestable remark: neither carries what belongs to a forecast. */
function checkRemark(
  source: SourceItem,
  { document, at, value }: Item<FileStatement>,
  { index }: Check,
): Finding[] {
  const kind = value.untestable === undefined ? 'a duplicate' : 'an untestable remark'
  const findings = FORECAST_ONLY.filter((key) => value[key] !== undefined).map((key) =>
    document.finding(
      [...at, key],
      {
        code: 'misplaced',
        message: `${shown(key)} belongs to a forecast, not to ${kind}`,
        remedy: 'Take it out.',
      },
      'key',
    ),
  )
  if (value.untestable !== undefined && value.because !== undefined) {
    findings.push(
      document.finding(
        [...at, 'because'],
        {
          code: 'misplaced',
          message: '"because" stands beside "untestable"',
          remedy: 'Write it inside: untestable: {reason: …, because: …}.',
        },
        'key',
      ),
    )
  }
  if (value.duplicate_of === undefined) return findings
  const target = fullId(source.id ?? '', value.duplicate_of)
  const report = (what: What) => findings.push(document.finding([...at, 'duplicate_of'], what))
  if (!index.statements.has(target)) {
    report(unknownReference('statement', value.duplicate_of, index, `${source.id}_`))
    return findings
  }
  const original = { source: sourceOf(target), kind: index.statementKind.get(target) }
  const wrong = originalProblem(original, source.id ?? '')
  if (wrong !== null)
    report({
      code: 'duplicate_chain',
      message: about('"duplicate_of"', wrong),
      remedy: 'Name the statement that is repeated: one with a question, or an untestable one.',
    })
  return findings
}

function questionOf(
  source: SourceItem,
  { value }: Item<FileStatement>,
  { index }: Check,
  report: Report,
): Question | undefined {
  if (typeof value.question !== 'string') return questionIn(source, value) ?? undefined
  for (const key of ['resolution', 'condition_met'] as const) {
    if (value[key] === undefined) continue
    const what: What = {
      code: 'misplaced',
      message: `${shown(key)} stands beside a question that is written elsewhere`,
      remedy: `Move it to where the question ${shown(value.question)} is written.`,
    }
    report(key, what, 'key')
  }
  if (!index.questions.has(value.question)) {
    report('question', unknownReference('question', value.question, index))
  }
  return index.question.get(value.question)
}

/** A coarse date counts as its latest day, so foresight is never credited. */
function checkOrder(
  { document, at, value }: Item<FileStatement>,
  question: Question,
  dated: Dated,
): Finding[] {
  const said = spanOf(dated)
  const { date } = question.deadline
  const inline = typeof value.question === 'object'
  const backward = deadlineProblem(question, said, !inline)
  const path = [...at, 'question', ...(inline ? ['deadline', 'date'] : [])]
  const finding = (what: Pick<What, 'level' | 'message' | 'remedy'>) =>
    document.finding(path, { code: 'deadline_before_statement', ...what })
  if (backward !== null)
    return [
      finding({
        message: about(shown(path.at(-1)), backward.message),
        remedy: 'Check the deadline and the date of publication; say when it was said with said_on.',
      }),
    ]
  if (date >= said.to) return []
  return [
    finding({
      level: 'warning',
      message: `the deadline ${date} may lie before the forecast, made between ${said.from} and ${said.to}`,
      remedy: 'Narrow the date with said_on; as it stands the forecast counts as too late and is not scored.',
    }),
  ]
}

type Request = NonNullable<FileStatement['probability']>

function checkProbability(
  question: Question | undefined,
  probability: Request,
  context: ReadingContext,
  report: Report,
): void {
  const problem = question === undefined ? null : probabilityProblem(question, probability)
  if (problem !== null) {
    report('probability', {
      code: 'probability_unfit',
      message: about('"probability"', problem),
      remedy: `The question ${shown(question?.title)} is of type ${question?.type ?? 'binary'}.`,
    })
    return
  }
  if (isWordsRequest(probability)) checkWords(probability, context, report)
  else if (isCategorical(probability)) checkFlat(probability, context, report)
  else if (isUnmeasured(probability)) checkLeaning(probability, context, report)
}

const isWordsRequest = (probability: Request): probability is WordsRequest =>
  typeof probability === 'object' &&
  'words' in probability &&
  !('categorical' in probability) &&
  !('leans' in probability)

/** Flat is only what the lexicon does not read as words of probability. */
function checkFlat({ words }: Categorical, context: ReadingContext, report: Report): void {
  const problem = flatProblem(words, context)
  if (problem !== null)
    report('probability', {
      code: 'flat_words',
      message: about('"categorical"', problem),
      remedy: 'Take "categorical" out, or give only the words that say it flatly.',
    })
}

/** Without a band stand only words of a language that nobody measured. */
function checkLeaning({ words }: Unmeasured, context: ReadingContext, report: Report): void {
  const problem = leansProblem(words, context)
  if (problem !== null)
    report('probability', {
      code: 'measured_words',
      message: about('"leans"', problem),
      remedy: 'Take "leans" out, and give the words alone or the number.',
    })
}

const WORDS_FINDINGS: Record<string, Pick<What, 'code' | 'remedy'>> = {
  '': { code: 'invalid', remedy: 'Give all three, or the words alone.' },
  '/words': {
    code: 'unknown_words',
    remedy:
      'Give low, mid and high with a because; for "X will happen" write categorical: "yes" or "no"; for words that nobody measured in their language leans: "yes" or "no".',
  },
  '/because': {
    code: 'own_numbers',
    remedy: 'Take the numbers out, or give the reason for your own with because.',
  },
}

/** Numbers of another lexicon, or of the editor, were right when they were logged. */
function checkWords(request: WordsRequest, context: ReadingContext, report: Report): void {
  const { words, low, high, lexicon } = request
  const problem = wordsProblem(request, context)
  const isOfAnother =
    problem?.pointer === '/because' &&
    ((lexicon ?? LEXICON_VERSION) !== LEXICON_VERSION ||
      // Read when it was logged, by another spelling of the quote.
      (lexicon !== undefined && isAsRead(request, { language: 'en' })))
  if (problem !== null && !isOfAnother) {
    const key = problem.pointer.slice(1) || 'probability'
    const what = WORDS_FINDINGS[problem.pointer] as Pick<What, 'code' | 'remedy'>
    report('probability', { ...what, message: about(shown(key), problem.message) })
  }
  const band = low === undefined || high === undefined ? readWords(words, context) : { low, high }
  if (band !== null && tooVague(band)) report('probability', vague(words))
}

const vague = (words: string): What => ({
  code: 'vague_words',
  level: 'warning',
  message: `${shown(words)} can mean almost anything: readers spread it over 40 points or more`,
  remedy: 'Nothing need be done; the forecast is shown and counted, but not scored.',
})
