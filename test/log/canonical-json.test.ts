import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalJson } from '../../src/log/canonical-json.ts'

const VECTORS = new URL('../vectors/jcs-cyberphone/', import.meta.url)
const read = (path: string) => readFileSync(new URL(path, VECTORS), 'utf8')
const NUMBERS = readFileSync(new URL('../vectors/jcs-cyberphone/numgen-readme.md', import.meta.url), 'utf8')
const NAMES = readdirSync(new URL('testdata/input/', VECTORS))

describe('the canonical text', () => {
  it('has all six published vectors to be measured against', () => {
    expect(NAMES.toSorted()).toEqual(
      ['arrays', 'french', 'structures', 'unicode', 'values', 'weird'].map((name) => `${name}.json`),
    )
  })

  it.each(NAMES)('is that of the author of RFC 8785 for %s, byte for byte', (name) => {
    const canonical = canonicalJson(JSON.parse(read(`testdata/input/${name}`)))
    expect(canonical).toBe(read(`testdata/output/${name}`).trimEnd())
    const hex = read(`testdata/outhex/${name.replace('.json', '.txt')}`).replace(/\s/gu, '')
    expect(Buffer.from(canonical, 'utf8').toString('hex')).toBe(hex)
  })

  it('writes 10,000 generated doubles as the published hash of their lines says', () => {
    const doubles = generatedDoubles()
    const hash = createHash('sha256')
    const bits = new DataView(new ArrayBuffer(8))
    for (let count = 0; count < 10_000; count++) {
      const double = doubles.next().value as number
      bits.setFloat64(0, double)
      hash.update(`${bits.getBigUint64(0).toString(16)},${canonicalJson(double)}\n`)
    }
    expect(hash.digest('hex')).toBe('b9f7a8e75ef22a835685a52ccba7f7d6bdc99e34b010992cbc5864cd12be6892')
  })

  it('of its own reading is itself', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'grapheme', maxDepth: 4 }), (value) => {
        const once = canonicalJson(value)
        expect(canonicalJson(JSON.parse(once))).toBe(once)
        expect(JSON.parse(once)).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
  })

  it('does not depend on the order in which the members of an object were made', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'binary' }), fc.integer()), (object) => {
        const backwards = Object.fromEntries(Object.entries(object).reverse())
        expect(canonicalJson(backwards)).toBe(canonicalJson(object))
      }),
    )
  })

  it('leaves out members that are undefined', () => {
    expect(canonicalJson({ b: undefined, a: 1 })).toBe('{"a":1}')
  })

  it('writes minus zero as zero', () => {
    expect(canonicalJson([-0])).toBe('[0]')
  })

  it.each([
    ['NaN', Number.NaN],
    ['an infinity', Number.POSITIVE_INFINITY],
    ['half of a surrogate pair', '\ud800'],
    ['half of a surrogate pair in a name', { '\udc00': 1 }],
    ['undefined', undefined],
    ['undefined in a list', [undefined]],
    ['a hole in a list', new Array(1)],
    ['a function', () => 1],
    ['a big integer', 1n],
    ['a symbol', Symbol('x')],
  ])('does not exist for %s', (_, value) => {
    expect(() => canonicalJson(value)).toThrow(TypeError)
  })
})

/** The sequence of the vectors' readme: fixed doubles, 2,000 neighbours, then SHA-256 chained from 32 zero bytes. */
function* generatedDoubles(): Generator<number> {
  const bits = new DataView(new ArrayBuffer(8))
  const double = (value: bigint) => {
    bits.setBigUint64(0, value)
    return bits.getFloat64(0)
  }
  const listed = /staticU64s = new BigUint64Array\(\[([^\]]*)\]\)/u.exec(NUMBERS)?.[1] ?? ''
  for (const [text] of listed.matchAll(/0x[0-9a-f]{16}(?=n)/gu)) yield double(BigInt(text))
  for (let i = 0; i < 2000; i++) yield double(0x0010000000000000n + BigInt(i))
  let block = Buffer.alloc(32)
  for (;;) {
    block = createHash('sha256').update(block).digest()
    for (let at = 0; at < 32; at += 8) {
      const value = block.readDoubleLE(at)
      if (value !== 0 && Number.isFinite(value)) yield value
    }
  }
}
