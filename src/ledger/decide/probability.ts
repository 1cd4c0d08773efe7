import { invalid } from '../../core/error.ts'
import { probabilityProblem } from '../../core/fit.ts'
import type { WordsRequest } from '../../core/forecast.ts'
import { type Categorical, isCategorical, type Probability, Worded } from '../../core/probability.ts'
import type { Question } from '../../core/question.ts'
import { readHedged, readWords } from '../../reading/lexicon.ts'

const EDITOR = 'editor'

/**
 * A probability ready to be recorded. Words alone are read through the lexicon; an editor's own band needs a
 * `because`, and is refused for what is logged afterwards unless the lexicon lacks the phrase. Flat is only what the
 * lexicon does not read as words of probability.
 */
export function completeProbability(
  request: Probability | WordsRequest,
  question: Pick<Question, 'type' | 'options'>,
  afterwards: boolean,
): Probability {
  const probability = isWordsRequest(request) ? readThroughLexicon(request, afterwards) : request
  if (isCategorical(probability)) requireFlat(probability)
  const problem = probabilityProblem(question, probability)
  if (problem !== null) throw invalid('/probability', problem)
  return probability
}

const isWordsRequest = (request: Probability | WordsRequest): request is WordsRequest =>
  typeof request === 'object' && 'words' in request && !('categorical' in request)

function requireFlat({ words }: Categorical): void {
  const reading = readHedged(words)
  if (reading === null) return
  const [low, high] = [reading.low, reading.high].map((end) => Math.round(end * 100))
  throw invalid(
    '/probability/categorical',
    `does not go with “${reading.matched}”, which readers take as ${low} to ${high} %: leave it out, or give only the words that say it flatly`,
  )
}

function readThroughLexicon(request: WordsRequest, afterwards: boolean): Probability {
  const reading = readWords(request.words as string)
  const { low, mid, high } = request
  const numbers = [low, mid, high].filter((value) => value !== undefined).length
  if (numbers === 0) {
    if (reading === null)
      throw invalid(
        '/probability/words',
        'are not in the lexicon: give low, mid, high and because, or categorical "yes" or "no"',
      )
    if (reading.categorical !== undefined)
      return { words: request.words as string, categorical: reading.categorical }
    return worded({
      words: request.words,
      low: reading.low,
      mid: reading.mid,
      high: reading.high,
      lexicon: reading.lexicon,
      key: reading.key,
    })
  }
  if (numbers < 3) throw invalid('/probability', 'low, mid and high go together')
  const asRead = reading !== null && reading.low === low && reading.mid === mid && reading.high === high
  if (asRead) return worded({ ...request, lexicon: reading.lexicon, key: reading.key })
  if (request.because === undefined)
    throw invalid('/probability/because', 'is needed: this band is not the one of the lexicon')
  if (afterwards && reading !== null)
    throw invalid(
      '/probability',
      'logged after the outcome was known, a phrase of the lexicon keeps the band of the lexicon',
    )
  const { key: _, ...own } = request
  return worded({ ...own, lexicon: EDITOR })
}

function worded(value: unknown): Probability {
  const read = Worded.safeParse(value)
  if (!read.success) throw invalid('/probability', read.error.issues[0]?.message ?? 'is not a band')
  return read.data
}
