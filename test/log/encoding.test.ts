import { sha256 as portableSha256 } from '@noble/hashes/sha2.js'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { digest, sha256 } from '../../src/log/digest.ts'
import {
  base64,
  base64url,
  fromBase64,
  fromBase64url,
  fromHex,
  fromUtf8,
  hex,
  joined,
  portable,
  sameBytes,
  utf8,
} from '../../src/log/encoding.ts'

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

it('base64 with padding gives back the bytes it was made of, and nothing else is read as it', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      expect(base64(bytes)).toBe(Buffer.from(bytes).toString('base64'))
      expect(fromBase64(base64(bytes))).toEqual(bytes)
    }),
  )
  for (const text of ['Zg', 'Zg=', 'Zg===', 'Zh==', 'Zm9v=', '-_-_', 'Zm9v\n', '=']) {
    expect(fromBase64(text), text).toBeNull()
  }
})

it('hexadecimal digits are read back, in lower case and pairs only', () => {
  expect(fromHex('000aff')).toEqual(Uint8Array.of(0, 10, 255))
  for (const text of ['0', 'FF', '0x', 'zz']) expect(fromHex(text), text).toBeNull()
})

it('bytes that are no UTF-8 are no text, and a byte order mark is kept', () => {
  expect(fromUtf8(Uint8Array.of(0xff, 0x49))).toBeNull()
  expect(fromUtf8(Uint8Array.of(0xef, 0xbb, 0xbf, 0x49))).toBe('\ufeffI')
})

it('bytes are the same when each is, and are joined in order', () => {
  const bytes = joined(utf8('a'), utf8(''), utf8('bc'))
  expect(sameBytes(bytes, utf8('abc'))).toBe(true)
  expect(sameBytes(bytes, utf8('abd'))).toBe(false)
  expect(sameBytes(bytes, utf8('ab'))).toBe(false)
})

it('what a Worker does by itself is what Node does', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.string({ unit: 'binary' }), (bytes, text) => {
      expect(portable.base64url(bytes)).toBe(base64url(bytes))
      expect(portable.fromBase64url(base64url(bytes))).toEqual(bytes)
      expect(portable.fromBase64url(text)).toEqual(fromBase64url(text))
      expect(portableSha256(bytes)).toEqual(sha256(bytes))
      expect(digest(bytes, 'hex')).toBe(hex(sha256(bytes)))
      expect(digest(text, 'base64url')).toBe(base64url(sha256(utf8(text))))
    }),
  )
})
