import { invalid, refuseIf } from '../../core/error.ts'
import { probabilityProblem } from '../../core/fit.ts'
import type { WordsRequest } from '../../core/forecast.ts'
import { isCategorical, isUnmeasured, type Probability, Worded } from '../../core/probability.ts'
import type { Question } from '../../core/question.ts'
import type { ReadingContext } from '../../reading/own-lexicon.ts'
import {
  flatProblem,
  isAsRead,
  leansProblem,
  measuredIn,
  readWords,
  wordsProblem,
} from '../../reading/wording.ts'

const EDITOR = 'editor'

/**
 * A probability ready to be recorded. Words alone are read through the lexicon; an editor's own band needs a
 * `because`, and is refused for what is logged afterwards unless the lexicon lacks the phrase. Flat is only what the
 * lexicon does not read as words of probability, and without a band only what no lexicon of its language has.
 */
export function completeProbability(
  request: Probability | WordsRequest,
  question: Pick<Question, 'type' | 'options'>,
  afterwards: boolean,
  context: ReadingContext,
): Probability {
  const probability = isWordsRequest(request) ? readThroughLexicon(request, afterwards, context) : request
  if (isCategorical(probability))
    refuseIf('/probability/categorical', flatProblem(probability.words, context))
  if (isUnmeasured(probability)) refuseIf('/probability/leans', leansProblem(probability.words, context))
  refuseIf('/probability', probabilityProblem(question, probability))
  return probability
}

const isWordsRequest = (request: Probability | WordsRequest): request is WordsRequest =>
  typeof request === 'object' && 'words' in request && !('categorical' in request) && !('leans' in request)

function readThroughLexicon(
  request: WordsRequest,
  afterwards: boolean,
  context: ReadingContext,
): Probability {
  const problem = wordsProblem(request, context)
  if (problem !== null) throw invalid(`/probability${problem.pointer}`, problem.message)
  const reading = readWords(request.words, context)
  if (reading !== null && request.low === undefined) {
    if (reading.categorical !== undefined) return { words: request.words, categorical: reading.categorical }
    return worded({
      words: request.words,
      low: reading.low,
      mid: reading.mid,
      high: reading.high,
      lexicon: reading.lexicon,
      key: reading.key,
    })
  }
  if (reading !== null && isAsRead(request, context))
    return worded({ ...request, lexicon: reading.lexicon, key: reading.key })
  const measured = measuredIn(request, context)
  if (measured === 'before') return worded(request)
  if (afterwards && reading !== null)
    throw invalid(
      '/probability',
      'logged after the outcome was known, a phrase of the lexicon keeps the band of the lexicon',
    )
  const { key: _, ...own } = request
  const because =
    measured === null ? {} : { because: `Read through ${own.lexicon}, the lexicon of another ledger.` }
  return worded({ ...because, ...own, lexicon: EDITOR })
}

function worded(value: unknown): Probability {
  const read = Worded.safeParse(value)
  if (!read.success) throw invalid('/probability', read.error.issues[0]?.message ?? 'is not a band')
  return read.data
}
