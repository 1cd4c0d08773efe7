import { type Dated, spanOf } from '../core/calendar.ts'
import { probabilityProblem } from '../core/fit.ts'
import { fullId } from '../core/folder.ts'
import type { WordsRequest } from '../core/forecast.ts'
import type { FileStatement } from '../core/predictions-file.ts'
import { type Categorical, isCategorical, tooVague } from '../core/probability.ts'
import type { Question } from '../core/question.ts'
import { LEXICON_VERSION, readHedged, readWords } from '../reading/lexicon.ts'
import { type Finding, shown } from './finding.ts'
import type { Item, SourceItem } from './folder-files.ts'
import { type Check, future, questionIn, unknownReference } from './folder-index.ts'
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
  if (statement.voice === 'headline') {
    report('voice', {
      code: 'headline_forecast',
      message: 'a headline is not the words of the analyst and carries no forecast',
      remedy: 'Log the passage that the headline repeats, and make this one duplicate_of it.',
    })
  }

  const { published } = source.value ?? {}
  const said = statement.said_on ?? published
  const days: [Path, string | undefined][] = [
    [['said_on'], statement.said_on && spanOf(statement.said_on).from],
    [['withdrawn', 'withdrawn_on'], statement.withdrawn?.withdrawn_on],
  ]
  for (const [path, day] of days) {
    if (check.today !== undefined && day !== undefined && day > check.today) {
      findings.push(document.finding([...at, ...path], future(String(path.at(-1)), day)))
    }
  }
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
          quote: typeof statement.quote === 'string' ? statement.quote : statement.quote.exact,
          resolution: statement.resolution,
          condition_met: statement.condition_met,
        },
        check,
      ),
    )
  }
  if (question !== undefined && said !== undefined) checkOrder(question, said, statement, report)
  if (statement.probability !== undefined) checkProbability(question, statement.probability, report)
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
  if (!index.statements.has(target)) {
    findings.push(
      document.finding(
        [...at, 'duplicate_of'],
        unknownReference('statement', value.duplicate_of, index, `${source.id}_`),
      ),
    )
  } else if (index.statementKind.get(target) === 'duplicate') {
    findings.push(
      document.finding([...at, 'duplicate_of'], {
        code: 'duplicate_chain',
        message: `${shown(value.duplicate_of)} is itself a duplicate`,
        remedy: 'Name the statement that is repeated: one with a question, or an untestable one.',
      }),
    )
  }
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
function checkOrder({ deadline }: Question, said: Dated, { question }: FileStatement, report: Report): void {
  const { from, to } = spanOf(said)
  if (deadline.date >= to) return
  const when = from === to ? `on ${from}` : `between ${from} and ${to}`
  const certain = deadline.date < from
  report(
    'question',
    {
      code: 'deadline_before_statement',
      level: certain ? 'error' : 'warning',
      message: `the deadline ${deadline.date} ${certain ? 'lies' : 'may lie'} before the forecast, made ${when}`,
      remedy: certain
        ? 'Check the deadline and the date of publication; say when it was said with said_on.'
        : 'Narrow the date with said_on; as it stands the forecast counts as too late and is not scored.',
    },
    typeof question === 'object' ? 'key' : 'value',
  )
}

type Request = NonNullable<FileStatement['probability']>

function checkProbability(question: Question | undefined, probability: Request, report: Report): void {
  const problem = question === undefined ? null : probabilityProblem(question, probability)
  if (problem !== null) {
    report('probability', {
      code: 'probability_unfit',
      message: `"probability" ${problem}`,
      remedy: `The question ${shown(question?.title)} is of type ${question?.type ?? 'binary'}.`,
    })
    return
  }
  if (isWordsRequest(probability)) checkWords(probability, report)
  else if (isCategorical(probability)) checkFlat(probability, report)
}

const isWordsRequest = (probability: Request): probability is WordsRequest =>
  typeof probability === 'object' && 'words' in probability && !('categorical' in probability)

/** Flat is only what the lexicon does not read as words of probability. */
function checkFlat({ words }: Categorical, report: Report): void {
  const reading = readHedged(words)
  if (reading === null) return
  report('probability', {
    code: 'flat_words',
    message: `${shown(words)} is not said flatly: the lexicon reads ${shown(reading.matched)} as ${reading.low} to ${reading.high}`,
    remedy: 'Take "categorical" out, or give only the words that say it flatly.',
  })
}

/** Words alone are read through the lexicon; numbers beside them are its own, or the editor's with a reason. */
function checkWords({ words, low, mid, high, lexicon, because }: WordsRequest, report: Report): void {
  const reading = readWords(words)
  if (low === undefined || mid === undefined || high === undefined) {
    if ((low ?? mid ?? high) !== undefined) {
      report('probability', {
        code: 'invalid',
        message: '"probability" must have low, mid and high together',
        remedy: 'Give all three, or the words alone.',
      })
    } else if (reading === null) {
      report('probability', {
        code: 'unknown_words',
        message: `the lexicon does not know ${shown(words)}`,
        remedy:
          'Give low, mid and high with a because; for "X will happen" write categorical: "yes" or "no".',
      })
    } else if (tooVague(reading)) report('probability', vague(words))
    return
  }
  const asRead = reading !== null && reading.low === low && reading.mid === mid && reading.high === high
  if (!asRead && because === undefined && (lexicon ?? LEXICON_VERSION) === LEXICON_VERSION) {
    const band = reading === null ? 'nothing' : `${reading.low}, ${reading.mid}, ${reading.high}`
    report('probability', {
      code: 'own_numbers',
      message: `the lexicon has ${band} for ${shown(words)}`,
      remedy: 'Take the numbers out, or give the reason for your own with because.',
    })
  }
  if (tooVague({ low, high })) report('probability', vague(words))
}

const vague = (words: string): What => ({
  code: 'vague_words',
  level: 'warning',
  message: `${shown(words)} can mean almost anything: readers spread it over 40 points or more`,
  remedy: 'Nothing need be done; the forecast is shown and counted, but not scored.',
})
