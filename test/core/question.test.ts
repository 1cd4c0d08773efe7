import { describe, expect, it } from 'vitest'
import {
  AmendmentRequest,
  earlyOutcomes,
  Question,
  QuestionRequest,
  typeOf,
} from '../../src/core/question.ts'

const deadline = { date: '2026-12-31', time_zone: 'Asia/Yerevan' }
const question = { id: 'war', title: 'A new war begins', criteria: 'A war is declared.', deadline }
const choice = { ...question, type: 'multiple_choice', options: ['Baku', 'Yerevan'] }
const numeric = { ...question, type: 'numeric', range: { low: 0, high: 10, unit: '%' } }
const date = { ...question, type: 'date', range: { low: '2026-01-01', high: '2026-12-31' } }
const problems = (value: unknown) =>
  Question.safeParse(value).error?.issues.map(({ path, message }) => `/${path.join('/')} ${message}`) ?? []

describe('a question', () => {
  it.each([
    question,
    { ...question, id: 'interview_war', opens: '2026-12-31', tags: ['a', 'b'], early: ['yes', 'no'] },
    {
      ...question,
      condition: { text: 'An attack happens.', deadline: { date: '2026-12-31', time_zone: 'UTC' } },
    },
    {
      ...question,
      fine_print: 'x',
      resolution_sources: ['ICG'],
      family: 'wars',
      low_information: 'It always goes on.',
    },
    { ...choice, ordered: true },
    numeric,
    { ...numeric, range: { low: -1.5, high: 0 } },
    date,
  ])('can be %j', (value) => {
    expect(Question.parse(value)).toEqual(value)
  })

  it.each([
    [{ ...question, type: 'multiple_choice' }, ['/options are given exactly for multiple_choice']],
    [{ ...question, options: ['a', 'b'] }, ['/options are given exactly for multiple_choice']],
    [{ ...choice, options: ['a', 'a'] }, ['/options must all differ']],
    [{ ...question, ordered: true }, ['/ordered is for multiple_choice']],
    [{ ...question, type: 'numeric' }, ['/range is given exactly for numeric and date']],
    [{ ...question, type: 'date' }, ['/range is given exactly for numeric and date']],
    [{ ...question, range: numeric.range }, ['/range is given exactly for numeric and date']],
    [{ ...date, range: numeric.range }, ['/range must hold dates']],
    [{ ...numeric, range: date.range }, ['/range must hold numbers']],
    [{ ...numeric, range: { low: 1, high: 1 } }, ['/range/high must lie above low']],
    [{ ...date, range: { low: '2026-01-01', high: '2026-01-01' } }, ['/range/high must lie after low']],
    [{ ...numeric, early: ['yes'] }, ['/early is for yes/no questions']],
    [{ ...question, tags: ['a', 'a'] }, ['/tags must all differ']],
    [{ ...question, tags: Array.from({ length: 21 }, (_, i) => `t${i}`) }, ['/tags must be at most 20 tags']],
    [{ ...question, opens: '2027-01-01' }, ['/opens must not lie after the deadline']],
    [
      { ...question, condition: { text: 'x', deadline: { date: '2027-01-01', time_zone: 'UTC' } } },
      ['/condition must be decided by the deadline of the question'],
    ],
    [
      { ...question, deadline: { date: '2025-02-29', time_zone: 'Mars/Olympus' } },
      [
        '/deadline/date is not a day of the calendar',
        '/deadline/time_zone is not an IANA time zone such as Asia/Yerevan',
      ],
    ],
  ])('%j owes %j', (value, expected) => {
    expect(problems(value)).toEqual(expected)
  })

  it.each([
    { ...choice, options: ['a'] },
    { ...choice, options: ['a', 'annulled'] },
    { ...choice, options: ['a', 'words'] },
    { ...question, early: ['maybe'] },
    { ...question, type: 'essay' },
    { ...question, title: 'two\nlines' },
    { ...question, criteria: '' },
    { ...question, deadline: '2026-12-31' },
    { ...question, deadline: undefined },
    { ...question, probability: 0.5 },
    { ...question, family: 'Not A Slug' },
  ])('cannot be %j', (value) => {
    expect(problems(value).length).toBeGreaterThan(0)
  })

  it('is asked for without an id, under the same rules', () => {
    const { id: _, ...request } = question
    expect(QuestionRequest.parse(request)).toEqual(request)
    expect(QuestionRequest.safeParse(question).success).toBe(false)
    expect(QuestionRequest.safeParse({ ...request, opens: '2027-01-01' }).success).toBe(false)
  })

  it('is a yes/no question unless it says otherwise, and decided early only as yes', () => {
    expect(typeOf({})).toBe('binary')
    expect(typeOf({ type: 'date' })).toBe('date')
    expect(earlyOutcomes({})).toEqual(['yes'])
    expect(earlyOutcomes({ early: ['no'] })).toEqual(['no'])
  })

  it('is amended with a reason, in any of its fields but its type', () => {
    expect(AmendmentRequest.safeParse({ title: 'Another title', because: 'It was unclear.' }).success).toBe(
      true,
    )
    expect(AmendmentRequest.safeParse({ title: 'Another title' }).success).toBe(false)
    expect(AmendmentRequest.safeParse({ title: 'Another title', because: ' ' }).success).toBe(false)
    expect(AmendmentRequest.safeParse({ type: 'date', because: 'x' }).success).toBe(false)
    expect(AmendmentRequest.safeParse({ id: 'x', because: 'x' }).success).toBe(false)
  })
})
