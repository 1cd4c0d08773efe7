import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Draft } from '../../src/core/entry.ts'
import { base64url, utf8 } from '../../src/log/encoding.ts'
import { leafHash, openingOf, seal, sealOf, textHash } from '../../src/log/entry.ts'

const SALT = new Uint8Array(16).fill(7)
const AT = '2026-11-22T10:00:00.000Z'
const draft: Draft<'token.revoked'> = {
  type: 'token.revoked',
  stream: 'AAAAAAAAAAAAAAAAAAAAAA',
  rev: 1,
  by: 'BBBBBBBBBBBBBBBBBBBBBB',
  refs: ['CCCCCCCCCCCCCCCCCCCCCC'],
  payload: { id: 'Ünï' },
}
const sha256 = (text: string) => createHash('sha256').update(text).digest()

describe('a sealed entry', () => {
  const { bytes, leaf, disclosure } = seal(draft, AT, SALT)

  it('shows its envelope in clear, canonical, with nothing of the payload but its seal', () => {
    const sealed = sha256(disclosure).toString('base64url')
    expect(bytes).toBe(
      `{"at":"${AT}","by":"${draft.by}","refs":["${draft.refs[0]}"],"rev":1,"sealed":"${sealed}","stream":"${draft.stream}","type":"token.revoked","v":1}`,
    )
    expect(sealOf(disclosure)).toBe(sealed)
  })

  it('has the leaf hash of RFC 6962 over its bytes', () => {
    expect(leaf).toBe(createHash('sha256').update('\0').update(bytes).digest('hex'))
  })

  it('is opened by a disclosure in the form of RFC 9901: salt, name, value', () => {
    const opened = JSON.parse(Buffer.from(disclosure, 'base64url').toString('utf8'))
    expect(opened).toEqual([base64url(SALT), 'record', { id: 'Ünï' }])
    expect(openingOf(disclosure)).toEqual({ id: 'Ünï' })
  })

  it('does not tell two equal payloads from two different ones: the salt hides them', () => {
    const other = seal(draft, AT, new Uint8Array(16).fill(8))
    expect(other.bytes).not.toBe(bytes)
    expect(openingOf(other.disclosure)).toEqual(openingOf(disclosure))
  })
})

// transparency-dev/merkle testonly/constants.go: the leaves whose bytes are text.
it.each([
  ['', '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d'],
  ['\0', '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7'],
  ['\x10', '0298d122906dcfc10892cb53a73992fc5b9f493ea4c9badb27b791b4127a7fe7'],
  [' !', '07506a85fd9dd2f120eb694f86011e5bb4662e5c415a62917033d4a9624487e7'],
  ['01', 'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b'],
  ['@ABC', '4271a26be0d8a84f0bd54c8c302e7cb3a3b5d1fa6780a40bcce2873477dab658'],
  ['PQRSTUVW', 'b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f'],
  ['`abcdefghijklmno', '46f6ffadd3d06a09ff3c5860d2755c8b9819db7df44251788c7d8e3180de8eb1'],
])('the leaf hash of %j is the published one', (text, expected) => {
  expect(leafHash(text)).toBe(expected)
})

it('every payload that is sealed is opened again', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 300 }),
      fc.uint8Array({ minLength: 16, maxLength: 16 }),
      (id, salt) => {
        expect(openingOf(seal({ ...draft, payload: { id } }, AT, salt).disclosure)).toEqual({ id })
      },
    ),
  )
})

const encoded = (value: unknown) => base64url(utf8(JSON.stringify(value)))
it.each([
  ['no base64url', '***'],
  ['no UTF-8', base64url(new Uint8Array([0xff, 0xfe]))],
  ['no JSON', base64url(utf8('{'))],
  ['no list', encoded({ record: 1 })],
  ['too short', encoded(['salt', 'record'])],
  ['of another name', encoded(['salt', 'other', 1])],
])('a disclosure that is %s opens nothing', (_, disclosure) => {
  expect(openingOf(disclosure)).toBeNull()
})

it('the hash of a text is that of its UTF-8 bytes', () => {
  expect(textHash('é')).toBe(sha256('é').toString('hex'))
})
