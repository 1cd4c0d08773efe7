export type Seed = [number, number, number, number]

/**
 * 128-bit fingerprint of a list of numbers: the seed of every simulation and the key of its cache.
 * Formula: MurmurHash3's 32-bit round over the words of the doubles, in four lanes with different starts.
 * Symbols: values any doubles, in order.
 * Range: four unsigned 32-bit words, never all zero. Not for security.
 * Edge cases: no values → a fixed seed.
 * Reference: Appleby, MurmurHash3 (public domain); the four lanes are ours.
 * Example: seedKey(seedOf([])) = seedKey(seedOf([]))
 */
export function seedOf(values: ArrayLike<number>): Seed {
  const words = new Uint32Array(Float64Array.from(values).buffer)
  return [0x9e3779b9, 0x85ebca6b, 0xc2b2ae35, 0x27d4eb2f].map((start) => {
    let h = start
    for (let i = 0; i < words.length; i++) {
      let k = Math.imul(words[i] as number, 0xcc9e2d51 ^ (start & 0xfffe))
      k = Math.imul((k << 15) | (k >>> 17), 0x1b873593)
      h ^= k
      h = (Math.imul((h << 13) | (h >>> 19), 5) + 0xe6546b64) | 0
    }
    h ^= words.length
    h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
    return (h ^ (h >>> 16)) >>> 0
  }) as Seed
}

/** The seed as 32 hexadecimal digits. */
export function seedKey(seed: Seed): string {
  return seed.map((word) => word.toString(16).padStart(8, '0')).join('')
}

/**
 * Random numbers: xoshiro128**, 32 bits at a time.
 * Formula: as published; each call returns the next word / 2³².
 * Symbols: seed of four 32-bit words, not all zero.
 * Range: [0,1), multiples of 2⁻³²; the same seed gives the same numbers on every machine.
 * Edge cases: an all-zero seed would stay zero; seedOf never gives one.
 * Reference: Blackman & Vigna 2021, doi:10.1145/3460772.
 * Example: randomNumbers([1, 2, 3, 4])() * 2 ** 32 = 11520
 */
export function randomNumbers(seed: Seed): () => number {
  let [a, b, c, d] = seed
  return () => {
    const five = Math.imul(b, 5)
    const result = Math.imul((five << 7) | (five >>> 25), 9) >>> 0
    const t = b << 9
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= t
    d = (d << 11) | (d >>> 21)
    return result / 4294967296
  }
}
