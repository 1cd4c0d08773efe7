import { expect, test } from 'vitest'
import * as z from 'zod'
import { problemsOf } from '../../src/core/problems.ts'

const found = (schema: z.ZodType, value: unknown) =>
  problemsOf(schema.safeParse(value).error as z.ZodError, value)

const Inner = z.strictObject({ name: z.string(), age: z.number('must be a number').optional() })
const Either = z.union(
  [z.string().max(3, 'too long'), z.union([z.number().max(9, 'too large'), Inner])],
  'is neither',
)

test('of a union, the branch of the right type is heard', () => {
  expect(found(Either, 'abcd')).toEqual([{ pointer: '', message: 'too long' }])
  expect(found(Either, 10)).toEqual([{ pointer: '', message: 'too large' }])
  expect(found(z.strictObject({ a: z.array(Either) }), { a: ['x', { age: 'y' }] })).toEqual([
    { pointer: '/a/1/name', message: 'is required' },
    { pointer: '/a/1/age', message: 'must be a number' },
  ])
})

test('where no branch has the right type, the union speaks for itself', () => {
  for (const value of [true, null, undefined, []])
    expect(found(Either, value)).toEqual([{ pointer: '', message: 'is neither' }])
})

test('every unknown name is pointed at, escaped as RFC 6901 says', () => {
  expect(found(Inner, { name: 'x', 'a/b': 1, 'c~d': 2 })).toEqual([
    { pointer: '/a~1b', message: 'is not a known name' },
    { pointer: '/c~0d', message: 'is not a known name' },
  ])
})

test('at most a hundred problems are told', () => {
  const many = Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`x${i}`, i]))
  expect(found(Inner, { name: 'x', ...many })).toHaveLength(100)
})
