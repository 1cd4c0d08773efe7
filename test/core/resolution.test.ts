import { describe, expect, it } from 'vitest'
import { Question } from '../../src/core/question.ts'
import {
  ConditionRequest,
  Evidence,
  FileResolution,
  type Outcome,
  outcomeProblem,
  Resolution,
  ResolutionRequest,
} from '../../src/core/resolution.ts'

const fields = { title: 'x', criteria: 'x', deadline: { date: '2026-12-31', time_zone: 'UTC' } }
const binary = Question.parse({ id: 'q', ...fields })
const choice = Question.parse({ id: 'q', ...fields, type: 'multiple_choice', options: ['Baku', '3'] })
const numeric = Question.parse({ id: 'q', ...fields, type: 'numeric', range: { low: 0, high: 1 } })
const date = Question.parse({
  id: 'q',
  ...fields,
  type: 'date',
  range: { low: '2026-01-01', high: '2026-12-31' },
})

describe('an outcome', () => {
  it.each([
    [binary, 'yes'],
    [binary, 'no'],
    [choice, 'Baku'],
    [choice, '3'],
    [choice, 3],
    [numeric, 0.5],
    [numeric, -7],
    [date, '2026-02-28'],
    [date, 'not_by_deadline'],
  ] as [Question, Outcome][])('answers the question: %j', (question, outcome) => {
    expect(outcomeProblem(question, outcome)).toBeNull()
  })

  it.each([binary, choice, numeric, date])(
    'can be annulled or ambiguous whatever the question',
    (question) => {
      expect(outcomeProblem(question, 'annulled')).toBeNull()
      expect(outcomeProblem(question, 'ambiguous')).toBeNull()
    },
  )

  it.each([
    [binary, 'YES', 'must be "yes", "no", "annulled" or "ambiguous"'],
    [binary, 1, 'must be "yes", "no", "annulled" or "ambiguous"'],
    [choice, 'Tbilisi', 'must be one of "Baku", "3", "annulled" or "ambiguous"'],
    [numeric, '0.5', 'must be a number, "annulled" or "ambiguous"'],
    [date, '2026-02-29', 'must be a date, "not_by_deadline", "annulled" or "ambiguous"'],
    [date, 20260228, 'must be a date, "not_by_deadline", "annulled" or "ambiguous"'],
  ] as [Question, Outcome, string][])('does not answer the question: %#', (question, outcome, problem) => {
    expect(outcomeProblem(question, outcome)).toBe(problem)
  })
})

const evidence = [{ url: 'https://example.com/a', says: 'War was declared.', accessed: '2026-11-22' }]
const resolution = { outcome: 'no', known_on: '2027-01-01', evidence, rationale: 'Nothing happened.' }
const problems = (value: unknown) =>
  ResolutionRequest.safeParse(value).error?.issues.map(
    ({ path, message }) => `/${path.join('/')} ${message}`,
  ) ?? []

describe('a resolution', () => {
  it.each([
    resolution,
    { ...resolution, outcome: 3, because_early: 'It is impossible now.', supersedes: 'r1' },
    { ...resolution, outcome: 'annulled', annulled_because: 'moot' },
    { ...resolution, outcome: 'annulled', annulled_because: 'condition_not_met' },
  ])('can be %j', (value) => {
    expect(ResolutionRequest.parse(value)).toEqual(value)
  })

  it.each([
    [{ ...resolution, evidence: [] }, '/evidence needs at least one piece of evidence'],
    [{ ...resolution, evidence: undefined }, '/evidence '],
    [{ ...resolution, evidence: [{ ...evidence[0], url: 'javascript:x' }] }, '/evidence/0/url '],
    [{ ...resolution, evidence: [{ ...evidence[0], accessed: '2026-02-30' }] }, '/evidence/0/accessed '],
    [{ ...resolution, rationale: '' }, '/rationale '],
    [{ ...resolution, known_on: '2026' }, '/known_on '],
    [{ ...resolution, outcome: true }, '/outcome '],
    [{ ...resolution, outcome: Number.NaN }, '/outcome '],
    [{ ...resolution, outcome: 'annulled' }, '/annulled_because is given exactly'],
    [{ ...resolution, annulled_because: 'moot' }, '/annulled_because is given exactly'],
    [{ ...resolution, confirmed_by: 'me' }, '/ '],
  ])('%j is refused at %s', (value, problem) => {
    expect(problems(value).join('\n')).toContain(problem)
  })

  it('in a file may claim who decided it, in the log it names its question and zone', () => {
    const claimed = { ...resolution, proposed_by: 'Ada', confirmed_by: 'Ben' }
    expect(FileResolution.parse(claimed)).toEqual(claimed)
    expect(FileResolution.safeParse({ ...claimed, supersedes: 'r1' }).success).toBe(false)
    const recorded = {
      ...resolution,
      id: 'r1',
      question: 'war',
      time_zone: 'UTC',
      claimed: { proposed_by: 'Ada' },
    }
    expect(Resolution.parse(recorded)).toEqual(recorded)
    expect(Resolution.safeParse({ ...recorded, id: 'r0' }).success).toBe(false)
    expect(Resolution.safeParse({ ...recorded, annulled_because: 'moot' }).success).toBe(false)
  })

  it('and a condition that was met have evidence with an address, a reading and its day', () => {
    expect(Evidence.safeParse({ ...evidence[0], archive_url: 'https://archive.example/x' }).success).toBe(
      true,
    )
    expect(Evidence.safeParse({ url: 'https://example.com' }).success).toBe(false)
    expect(ConditionRequest.safeParse({ met_on: '2026-01-01', evidence }).success).toBe(true)
    expect(ConditionRequest.safeParse({ met_on: '2026-01-01', evidence: [] }).success).toBe(false)
  })
})
