import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseStrictJson } from '../../src/api/strict-json.ts'
import { LedgerError } from '../../src/core/error.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)
const parse = (text: string) => parseStrictJson(utf8(text))

function refusal(text: string | Uint8Array): { code: string; pointer: string | undefined } {
  try {
    parseStrictJson(typeof text === 'string' ? utf8(text) : text)
  } catch (error) {
    if (error instanceof LedgerError) return { code: error.code, pointer: error.problems[0]?.pointer }
    throw error
  }
  throw new Error(`accepted ${String(text).slice(0, 60)}`)
}

test('whatever JSON.stringify writes is read back as it was', () => {
  const value = fc.jsonValue({ noUnicodeString: false }).filter((json) => isPlain(json))
  fc.assert(
    fc.property(value, (json) => {
      expect(parse(JSON.stringify(json))).toEqual(JSON.parse(JSON.stringify(json)))
    }),
  )
})

const isPlain = (json: unknown): boolean => {
  const text = JSON.stringify(json)
  return (
    !text.includes('__proto__') &&
    !/\\u(0000|d[89a-f])/iu.test(text) &&
    !/[0-9]{16}/u.test(text) &&
    !/e-3[0-9]{2}/u.test(text)
  )
}

test('bytes that are not UTF-8, or begin with a byte order mark, are refused', () => {
  expect(refusal(new Uint8Array([0x22, 0xff, 0x22])).code).toBe('malformed')
  expect(refusal(new Uint8Array([0x22, 0xed, 0xa0, 0x80, 0x22])).code).toBe('malformed')
  expect(refusal(new Uint8Array([0xef, 0xbb, 0xbf, 0x7b, 0x7d])).code).toBe('malformed')
})

test.each([
  '',
  ' \n',
  '{',
  '{"a":1,}',
  '{a:1}',
  "{'a':1}",
  '{"a":\u00a01}',
  'NaN',
  '.5',
  '+1',
  '1_000',
  '// x\n{}',
  '{}{}',
])('what is not JSON is malformed: %j', (text) => {
  expect(refusal(text).code).toBe('malformed')
})

test('a name that stands twice is refused where it stands, however it is spelt', () => {
  expect(refusal('{"a":1,"a":2}')).toEqual({ code: 'malformed', pointer: '/a' })
  expect(refusal('{"x":[{"y":{"a/b":1,"a\\u002fb":2}}]}')).toEqual({
    code: 'malformed',
    pointer: '/x/0/y/a~1b',
  })
  expect(parse('[{"a":1},{"a":2}]')).toEqual([{ a: 1 }, { a: 2 }])
  expect(parse('{"a":{"a":"a"},"b":["a","a"]}')).toEqual({ a: { a: 'a' }, b: ['a', 'a'] })
})

test('64 levels are read and 65 are not', () => {
  expect(() => parse('['.repeat(64) + ']'.repeat(64))).not.toThrow()
  expect(refusal('['.repeat(65) + ']'.repeat(65)).code).toBe('malformed')
  expect(refusal(`${'{"a":'.repeat(5000)}1`).code).toBe('malformed')
})

test('numbers that a double does not hold are refused', () => {
  expect(refusal('{"a":1e309}')).toEqual({ code: 'malformed', pointer: '/a' })
  expect(refusal('[1,-1e999]')).toEqual({ code: 'malformed', pointer: '/1' })
  expect(refusal('9007199254740993').code).toBe('malformed')
  expect(refusal('{"p":1e-400}')).toEqual({ code: 'invalid', pointer: '/p' })
  expect(parse('[9007199254740991,-9007199254740991,0.1,0e-400,0.000,-0.5,1e300]')).toEqual([
    9007199254740991, -9007199254740991, 0.1, 0, 0, -0.5, 1e300,
  ])
})

test('digits and brackets within a text are text', () => {
  const text = '{"a":"1e999 {[ \\" 9007199254740993","b":"\\\\"}'
  expect(parse(text)).toEqual(JSON.parse(text))
})

test('half a surrogate pair and U+0000 are refused, in names too', () => {
  expect(refusal('{"a":"\\ud800"}')).toEqual({ code: 'malformed', pointer: '/a' })
  expect(refusal('{"\\udc00":1}').code).toBe('malformed')
  expect(refusal('{"a":["a\\u0000b"]}')).toEqual({ code: 'malformed', pointer: '/a/0' })
  expect(parse('"\\ud83d\\ude00"')).toBe('😀')
})

test('the name __proto__ is refused and no prototype is touched', () => {
  expect(refusal('{"__proto__":{"admin":true}}')).toEqual({ code: 'invalid', pointer: '/__proto__' })
  expect(refusal('{"a":{"\\u005f_proto__":1}}').code).toBe('invalid')
  expect(({} as { admin?: unknown }).admin).toBeUndefined()
})

test('any bytes at all give a value or a LedgerError', () => {
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array(), fc.string().map(utf8)), (bytes) => {
      try {
        parseStrictJson(bytes)
      } catch (error) {
        expect(error).toBeInstanceOf(LedgerError)
      }
    }),
  )
})
