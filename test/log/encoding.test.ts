import fc from 'fast-check'
import { expect, it } from 'vitest'
import { base64url, fromBase64url, hex, utf8 } from '../../src/log/encoding.ts'

it('base64url is the one of RFC 4648 without padding', () => {
  const vectors = {
    '': '',
    f: 'Zg',
    fo: 'Zm8',
    foo: 'Zm9v',
    foob: 'Zm9vYg',
    fooba: 'Zm9vYmE',
    foobar: 'Zm9vYmFy',
  }
  for (const [text, encoded] of Object.entries(vectors)) expect(base64url(utf8(text))).toBe(encoded)
  expect(base64url(new Uint8Array([0xfb, 0xff, 0xbf]))).toBe('-_-_')
})

it('base64url gives back the bytes it was made of', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      expect(base64url(bytes)).toBe(Buffer.from(bytes).toString('base64url'))
      expect(fromBase64url(base64url(bytes))).toEqual(bytes)
    }),
  )
})

it.each(['A', 'AB', 'Zh', 'Zg==', 'Zm9=', 'Z g', '+/+/', 'Zm9\n', 'ä'])(
  'the text %j is not the canonical base64url of any bytes',
  (text) => {
    expect(fromBase64url(text)).toBeNull()
  },
)

it('hexadecimal digits are lower case and two a byte', () => {
  expect(hex(new Uint8Array([0, 10, 255]))).toBe('000aff')
})
