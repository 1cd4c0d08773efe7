import * as z from 'zod'
import { Day, Deadline } from './calendar.ts'
import { ClassSaid } from './correction.ts'
import { ascendingStrictly, exactlyFor, jsonSchema, onlyFor } from './json-schema.ts'
import { optionName, RESERVED_OPTIONS } from './probability.ts'
import { QuestionId, Slug, Tags } from './slug.ts'
import { line, prose, textKey } from './text.ts'

export const questionTypes = ['binary', 'multiple_choice', 'numeric', 'date'] as const
export type QuestionType = (typeof questionTypes)[number]
export const MOST_OPTIONS = 50

/** The bounds an answer can lie in, declared when the question was written. */
export const Range = z.union([
  z
    .strictObject({ low: z.number(), high: z.number(), unit: line(60).optional() })
    .refine((range) => range.low < range.high, { message: 'must lie above low', path: ['high'] })
    .register(jsonSchema, ascendingStrictly('/low', '/high')),
  z
    .strictObject({ low: Day, high: Day })
    .refine((range) => range.low < range.high, { message: 'must lie after low', path: ['high'] })
    .register(jsonSchema, ascendingStrictly('/low', '/high')),
])
export type Range = z.infer<typeof Range>

export const Option = line(200)
  .refine((name) => !RESERVED_OPTIONS.includes(name), 'is a reserved word')
  .register(jsonSchema, optionName)

// Without quotation marks, which would make them somebody's words, and without an end of a sentence.
const UNQUOTED = '^(?!.*["“”„‟«»])(?!.*[.!?…。]\\s*$)'
const clause = line(120)
const { pattern: ofLine } = jsonSchema.get(clause) ?? {}
/** What happened, as a short clause that goes on a line: "no new war began". Nobody's words but ours. */
const Clause = clause
  .refine(
    (text) => new RegExp(UNQUOTED, 'u').test(text),
    'must be a clause without quotation marks and without a full stop, such as: no new war began',
  )
  .register(jsonSchema, {
    pattern: `${UNQUOTED}${String(ofLine).slice(1)}`,
    minLength: 1,
    maxLength: 120,
  })

export const QuestionFields = z.strictObject({
  id: QuestionId,
  title: line(),
  type: z.enum(questionTypes).optional(),
  criteria: prose(),
  fine_print: prose().optional(),
  resolution_sources: z.array(line(500)).max(20).optional(),
  opens: Day.optional(),
  deadline: Deadline,
  condition: z.strictObject({ text: prose(2000), deadline: Deadline }).optional(),
  early: z
    .array(z.enum(['yes', 'no']))
    .max(2)
    .optional(),
  options: z.array(Option).min(2).max(MOST_OPTIONS).register(jsonSchema, { uniqueItems: true }).optional(),
  ordered: z.boolean().optional(),
  range: Range.optional(),
  family: Slug.optional(),
  /** The next lower rung of a ladder: a question of the family that happens whenever this one does. */
  implies: QuestionId.optional(),
  low_information: prose(1000).optional(),
  /** What happened where the outcome is yes, and where it is no: said beside every claim on the question. */
  if_yes: Clause.optional(),
  if_no: Clause.optional(),
  tags: Tags.optional(),
})
type Fields = Omit<z.infer<typeof QuestionFields>, 'id'>

type Issue = { message: string; path: string[] }

/** What the fields of a question owe each other. */
function disagreements(question: Fields): Issue[] {
  const issues: Issue[] = []
  const owe = (holds: boolean, path: string, message: string) => {
    if (!holds) issues.push({ message, path: [path] })
  }
  const type = typeOf(question)
  owe(
    (type === 'multiple_choice') === (question.options !== undefined),
    'options',
    'are given exactly for multiple_choice',
  )
  owe(new Set(question.options).size === (question.options?.length ?? 0), 'options', 'must all differ')
  owe(question.ordered === undefined || type === 'multiple_choice', 'ordered', 'is for multiple_choice')
  owe(
    (type === 'numeric' || type === 'date') === (question.range !== undefined),
    'range',
    'is given exactly for numeric and date',
  )
  const isDateRange = typeof question.range?.low === 'string'
  owe(
    question.range === undefined || isDateRange === (type === 'date'),
    'range',
    `must hold ${type === 'date' ? 'dates' : 'numbers'}`,
  )
  owe(question.implies === undefined || type === 'binary', 'implies', 'is for yes/no questions')
  owe(
    question.implies === undefined || question.family !== undefined,
    'family',
    'is needed: a question and what it implies are of one family',
  )
  owe(question.early === undefined || type === 'binary', 'early', 'is for yes/no questions')
  for (const name of ['if_yes', 'if_no'] as const)
    owe(question[name] === undefined || type === 'binary', name, 'is for yes/no questions')
  owe(new Set(question.tags).size === (question.tags?.length ?? 0), 'tags', 'must all differ')
  owe(
    question.opens === undefined || question.opens <= question.deadline.date,
    'opens',
    'must not lie after the deadline',
  )
  owe(
    question.condition === undefined || question.condition.deadline.date <= question.deadline.date,
    'condition',
    'must be decided by the deadline of the question',
  )
  return issues
}

/** The rules between the fields, for every schema derived from them. */
export const agrees = (question: Fields, context: z.RefinementCtx) => {
  for (const issue of disagreements(question)) context.addIssue({ code: 'custom', ...issue })
}

/** An event with resolution criteria and a deadline; several analysts may share one. */
export const Question = QuestionFields.superRefine(agrees)
export type Question = z.infer<typeof Question>

const rangeOf = (type: string) => ({
  properties: { range: { properties: { low: { type }, high: { type } } } },
})
const isOf = (type: string) => ({ properties: { type: { const: type } }, required: ['type'] })

/** The same rules, in the words of JSON Schema. */
export const AGREEMENTS = {
  allOf: [
    exactlyFor('type', ['multiple_choice'], 'options'),
    exactlyFor('type', ['numeric', 'date'], 'range'),
    // biome-ignore lint/suspicious/noThenProperty: a word of JSON Schema
    { if: isOf('numeric'), then: rangeOf('number') },
    // biome-ignore lint/suspicious/noThenProperty: a word of JSON Schema
    { if: isOf('date'), then: rangeOf('string') },
    onlyFor('type', ['multiple_choice'], 'ordered'),
    onlyFor('type', ['binary'], 'implies', true),
    onlyFor('type', ['binary'], 'early', true),
    onlyFor('type', ['binary'], 'if_yes', true),
    onlyFor('type', ['binary'], 'if_no', true),
  ],
  dependentRequired: { implies: ['family'] },
  'x-rules': [
    { ascending: ['/opens', '/deadline/date'] },
    { ascending: ['/condition/deadline/date', '/deadline/date'] },
  ],
}

export const QuestionRequest = QuestionFields.omit({ id: true })
  .superRefine(agrees)
  .register(jsonSchema, AGREEMENTS)
export type QuestionRequest = z.infer<typeof QuestionRequest>

const { shape } = QuestionFields
/** What a question can also do without: `null` takes it away. */
const removable = {
  fine_print: shape.fine_print.nullable(),
  resolution_sources: shape.resolution_sources.nullable(),
  opens: shape.opens.nullable(),
  condition: shape.condition.nullable(),
  early: shape.early.nullable(),
  ordered: shape.ordered.nullable(),
  family: shape.family.nullable(),
  implies: shape.implies.nullable(),
  low_information: shape.low_information.nullable(),
  if_yes: shape.if_yes.nullable(),
  if_no: shape.if_no.nullable(),
  tags: shape.tags.nullable(),
}

/** An amendment names what changes and why; anything else stays. */
export const AmendmentRequest = QuestionFields.omit({ id: true, type: true })
  .partial()
  .extend({ ...removable, because: prose(2000), class: ClassSaid })
export type AmendmentRequest = z.infer<typeof AmendmentRequest>

export const typeOf = (question: Pick<Question, 'type'>) => question.type ?? 'binary'

/** Two questions ask the same when these keys are equal: what else they say only explains or files them. */
export const questionKey = (question: Fields): string => {
  const { title, criteria, deadline, condition, options, range } = question
  return JSON.stringify([
    typeOf(question),
    textKey(title),
    textKey(criteria),
    deadline.date,
    deadline.time_zone,
    ...(condition === undefined
      ? []
      : [textKey(condition.text), condition.deadline.date, condition.deadline.time_zone]),
    ...(options ?? []).map(textKey),
    ...(range === undefined ? [] : [range.low, range.high]),
  ])
}

/** Which outcomes may be decided before the deadline without a further reason. */
export const earlyOutcomes = (question: Pick<Question, 'early'>) => question.early ?? ['yes']
