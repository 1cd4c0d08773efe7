import * as z from 'zod'
import { Day } from './calendar.ts'
import { ascending, jsonSchema } from './json-schema.ts'
import { line, prose } from './text.ts'

const SMALLEST = 1e-6

/** Exactly 0, exactly 1, or between one in a million and its complement. */
export const Chance = z
  .number('must be a number from 0 to 1, not a text')
  .min(0, 'must lie between 0 and 1')
  .max(1, 'must lie between 0 and 1')
  .refine(
    (p) => p <= 0 || p >= 1 || (p >= SMALLEST && p <= 1 - SMALLEST),
    'must be 0, 1 or at least 0.000001 away from both',
  )
  .register(jsonSchema, {
    anyOf: [{ const: 0 }, { const: 1 }, { minimum: SMALLEST, maximum: 1 - SMALLEST }],
  })

const ordered = (band: { low: number; mid?: number | undefined; high: number }) =>
  band.low <= (band.mid ?? band.low) && (band.mid ?? band.low) <= band.high && band.low <= band.high

const StatedRange = z
  .strictObject({ low: Chance, high: Chance })
  .refine(ordered, 'low must not exceed high')
  .register(jsonSchema, ascending('/low', '/high'))

/** Words read through the lexicon (10th percentile, median, 90th percentile of what readers understand). */
export const Worded = z
  .strictObject({
    words: line(300),
    low: Chance,
    mid: Chance,
    high: Chance,
    lexicon: line(40),
    key: z
      .string()
      .regex(/^[a-z0-9_]+$/u)
      .optional(),
    because: prose(2000).optional(),
  })
  .refine(ordered, 'low, mid and high must not decrease')
  .register(jsonSchema, ascending('/low', '/mid', '/high'))
export type Worded = z.infer<typeof Worded>

/** "X will happen", said flatly: never silently 0 or 1. */
export const Categorical = z.strictObject({ words: line(300), categorical: z.enum(['yes', 'no']) })
export type Categorical = z.infer<typeof Categorical>

/**
 * Words that nobody measured in their language, and the side on which they leave the event: it came true or it did not,
 * and what was to be expected is unknown. Never scored.
 */
export const Unmeasured = z.strictObject({ words: line(300), leans: z.enum(['yes', 'no']) })
export type Unmeasured = z.infer<typeof Unmeasured>

/** Names that another kind of probability uses cannot be options. */
export const RESERVED_OPTIONS = [
  'words',
  'categorical',
  'leans',
  'low',
  'mid',
  'high',
  'quantiles',
  'interval',
  'level',
  'annulled',
  'ambiguous',
  '__proto__',
]

const { pattern } = jsonSchema.get(line(200)) ?? {}
/** The name of an option, as JSON Schema says it. */
export const optionName = { pattern, minLength: 1, maxLength: 200, not: { enum: RESERVED_OPTIONS } }

/** Probabilities of options as people give them, rounded. */
export const addUpToOne = (chances: readonly number[]): boolean => Math.abs(sum(chances) - 1) <= 0.01 + 1e-9

/** One probability for each option; what is unlisted goes to "other". */
export const OptionChances = z
  .record(line(200), Chance)
  .refine((options) => Object.keys(options).length > 0, 'name at least one option')
  .refine(
    (options) => !RESERVED_OPTIONS.some((name) => Object.hasOwn(options, name)),
    'uses a reserved word as an option',
  )
  .refine(
    (options) => addUpToOne(Object.values(options)),
    'the probabilities of the options must add up to 1; of an event that comes about or not, the probability is a number alone, such as 0.7',
  )
  .register(jsonSchema, {
    minProperties: 1,
    propertyNames: optionName,
    'x-rules': [{ sum: 1 }],
  })
export type OptionChances = z.infer<typeof OptionChances>

// Up to six digits, one of which is not 0.
const LEVEL = /^0\.([1-9]\d{0,5}|0[1-9]\d{0,4}|00[1-9]\d{0,3}|000[1-9]\d{0,2}|0000[1-9]\d?|00000[1-9])$/u

export const QuantileLevel = z.string().regex(LEVEL, 'a level such as 0.05')
export const IntervalLevel = z
  .number()
  .min(SMALLEST)
  .max(1 - SMALLEST)

const Quantiles = z
  .strictObject({
    quantiles: z.record(QuantileLevel, z.union([z.number(), Day])).register(jsonSchema, { minProperties: 1 }),
  })
  .refine(({ quantiles }) => Object.keys(quantiles).length > 0, 'name at least one quantile')
  .refine(
    ({ quantiles }) => new Set(Object.keys(quantiles).map(Number)).size === Object.keys(quantiles).length,
    'gives a level twice',
  )
  .refine(({ quantiles }) => increases(Object.entries(quantiles)), 'higher levels must not have lower values')
  .register(jsonSchema, { 'x-rules': [{ increasing: '/quantiles' }] })

const Interval = z
  .strictObject({
    interval: z.union([z.tuple([z.number(), z.number()]), z.tuple([Day, Day])]),
    level: IntervalLevel,
  })
  .refine(({ interval: [a, b] }) => a <= b, 'the interval must not end before it begins')
  .register(jsonSchema, ascending('/interval/0', '/interval/1'))

/** What an analyst gave for an event: a number, a range, words, or a distribution. */
export const Probability = z.union(
  [Chance, StatedRange, Worded, Categorical, Unmeasured, OptionChances, Quantiles, Interval],
  {
    error: (issue) =>
      typeof issue.input === 'string'
        ? `must be a number from 0 to 1, not the text ${JSON.stringify(issue.input.slice(0, 40))}`
        : typeof issue.input === 'number'
          ? 'must be 0, 1 or lie between 0.000001 and 0.999999'
          : 'must be a number from 0 to 1, {low, high}, {words}, {words, categorical: "yes" | "no"}, {words, leans: "yes" | "no"}, {options}, {quantiles} or {interval, level}',
  },
)
export type Probability = z.infer<typeof Probability>

export type Band = { low: number; mid: number; high: number }

/** What readers understand by a flat yes, by the survey of "will happen"; a flat no is its mirror, which nobody measured. */
export const FLATLY: Record<'yes' | 'no', Band> = {
  yes: { low: 0.91, mid: 0.98, high: 1 },
  no: { low: 0, mid: 0.02, high: 0.09 },
}

export type ProbabilityKind =
  | 'stated'
  | 'stated_range'
  | 'worded'
  | 'categorical'
  | 'unmeasured'
  | 'options'
  | 'quantiles'
  | 'interval'

const has = (probability: object, key: string) => Object.hasOwn(probability, key)

export function kindOf(probability: Probability): ProbabilityKind {
  if (typeof probability === 'number') return 'stated'
  if (has(probability, 'categorical')) return 'categorical'
  if (has(probability, 'leans')) return 'unmeasured'
  if (has(probability, 'words')) return 'worded'
  if (has(probability, 'quantiles')) return 'quantiles'
  if (has(probability, 'interval')) return 'interval'
  return has(probability, 'low') ? 'stated_range' : 'options'
}

export const isWorded = (probability: Probability): probability is Worded => kindOf(probability) === 'worded'
export const isCategorical = (probability: Probability): probability is Categorical =>
  kindOf(probability) === 'categorical'
export const isUnmeasured = (probability: Probability): probability is Unmeasured =>
  kindOf(probability) === 'unmeasured'
export const isStatedRange = (probability: Probability): probability is { low: number; high: number } =>
  kindOf(probability) === 'stated_range'
export const isOptions = (probability: Probability): probability is OptionChances =>
  kindOf(probability) === 'options'

/** The band of a yes/no probability; null for options, quantiles and intervals, and for words that nobody measured. */
export function bandOf(probability: Probability): Band | null {
  if (typeof probability === 'number') return { low: probability, mid: probability, high: probability }
  if (isCategorical(probability)) return FLATLY[probability.categorical]
  if (isWorded(probability)) return { low: probability.low, mid: probability.mid, high: probability.high }
  if (!isStatedRange(probability)) return null
  return { low: probability.low, mid: (probability.low + probability.high) / 2, high: probability.high }
}

/** `0.02` as "2"; never 0 or 100 for what is neither. */
export function percentNumber(p: number): string {
  if (p === 0 || p === 1) return String(p * 100)
  const hundredths = p * 100
  const far = Math.min(hundredths, 100 - hundredths)
  const decimals = far < 0.001 ? 4 : far < 0.01 ? 3 : far < 0.1 ? 2 : 1
  return String(Number(hundredths.toFixed(decimals)))
}

/** `0.02` as `2 %`, with a space that does not break; never 0 or 100 for what is neither. */
export const percent = (p: number): string => `${percentNumber(p)}\u00a0%`

/** `1–20 %`. One figure where both ends read the same. */
export const percentRange = (low: number, high: number): string =>
  percentNumber(low) === percentNumber(high)
    ? percent(low)
    : `${percentNumber(low)}–${percentNumber(high)}\u00a0%`

const whole = (p: number): string => (p < 0.01 || p > 0.99 ? percentNumber(p) : String(Math.round(p * 100)))

/** What readers hear in words, to whole per cents: a survey knows no decimals. Only shown, never computed with. */
export const heardRange = (low: number, high: number): string =>
  whole(low) === whole(high) ? `${whole(low)}\u00a0%` : `${whole(low)}–${whole(high)}\u00a0%`

/** The side of one half on which a probability lies: above it yes, below it no, at it neither. */
export const leanOf = (middle: number): 'yes' | 'no' | null =>
  middle > 0.5 ? 'yes' : middle < 0.5 ? 'no' : null

/** The side that a forecast leans to, in numbers or in words; null where it leans to none, or is not of yes or no. */
export const sideOf = (probability: Probability): 'yes' | 'no' | null =>
  isUnmeasured(probability) ? probability.leans : leanOf(bandOf(probability)?.mid ?? 0.5)

/** A phrase whose readers are this far apart or further is too vague to score. */
export const TOO_VAGUE = 0.4
export const VAGUE_REFUSAL =
  'these words can mean almost anything and are never scored: accept that, or give a narrower band and the reason'

// Differences of two-digit decimals carry rounding noise: .6 − .2 is .39999….
export const tooVague = ({ low, high }: Pick<Band, 'low' | 'high'>): boolean => high - low > TOO_VAGUE - 1e-9

export const isTooVague = (probability: Probability): boolean =>
  isWorded(probability) && tooVague(probability)

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

function increases(entries: [string, number | string][]): boolean {
  const values = entries.sort((a, b) => Number(a[0]) - Number(b[0])).map(([, value]) => value)
  return values.every((value, i) => i === 0 || (values[i - 1] as number | string) <= value)
}
