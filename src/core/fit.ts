import { Day } from './calendar.ts'
import type { WordsRequest } from './forecast.ts'
import { isOptions, kindOf, type Probability, type ProbabilityKind } from './probability.ts'
import { type Question, typeOf } from './question.ts'

const KINDS: Record<ReturnType<typeof typeOf>, { kinds: ProbabilityKind[]; needs: string }> = {
  binary: {
    kinds: ['stated', 'stated_range', 'worded', 'categorical', 'unmeasured'],
    needs: 'must be a number, a range or words: the question is answered by yes or no',
  },
  multiple_choice: { kinds: ['options'], needs: 'must give each option its probability' },
  numeric: { kinds: ['quantiles', 'interval'], needs: 'must be {quantiles} or {interval, level} of numbers' },
  date: { kinds: ['quantiles', 'interval'], needs: 'must be {quantiles} or {interval, level} of dates' },
}

/** Why a probability does not answer the question, or null. What is unlisted of the options goes to "other". */
export function probabilityProblem(
  question: Pick<Question, 'type' | 'options'>,
  probability: Probability | WordsRequest,
): string | null {
  const type = typeOf(question)
  const given = probability as Probability
  const kind = kindOf(given)
  const { kinds, needs } = KINDS[type]
  if (!kinds.includes(kind)) return needs
  if (isOptions(given)) {
    const unknown = Object.keys(given).find((option) => question.options?.includes(option) !== true)
    return unknown === undefined
      ? null
      : `names ${JSON.stringify(unknown)}, which is no option of the question`
  }
  if (type !== 'numeric' && type !== 'date') return null
  const fits = (value: unknown) =>
    type === 'date' ? Day.safeParse(value).success : typeof value === 'number'
  return valuesOf(given).every(fits) ? null : needs
}

const valuesOf = (probability: Probability): unknown[] => {
  const { quantiles, interval } = probability as { quantiles?: Record<string, unknown>; interval?: unknown[] }
  return interval ?? Object.values(quantiles ?? {})
}
