import { closesAt, type Reader, wordAt, wordSet } from './reader.ts'

const AHEAD = wordSet('will would shall may might could can should must to going')
const PAST = wordSet(
  'was were had did said told won lost began came went took became fell rose ran got made left held met wrote spoke saw grew broke sent spent thought knew found gave stood built kept heard led fled rang rode drew drove threw hid sank shrank sprang swore tore wore woke chose broke ate flew froze shot slid swept fought sold paid bought resigned',
)
const PERFECT = wordSet('has have been')
const BE = wordSet('be being is are get gets am not')
/** Participles of what is ahead, and words that only end like a participle. */
const NO_PAST = wordSet(
  'planned scheduled expected slated projected supposed predicted tipped destined doomed bound need indeed hundred exceed speed proceed succeed feed seed united breed agreed red bed led shed unprecedented interested concerned convinced proposed promised',
)
const BREAKS = wordSet('that which who whom and but if because while although though whether than as')

/** Whether a word looks like a verb that tells what was. */
export const isPast = (word: string): boolean =>
  PAST.has(word) || (word.length > 4 && word.endsWith('ed') && !NO_PAST.has(word))

const MOST = 15

/** What is told before a time in its clause: what was, what has been, or neither of them. */
export function toldBefore(r: Reader, at: number): 'past' | 'perfect' | null {
  for (let i = at - 1; i >= Math.max(0, at - MOST) && !closesAt(r, i); i--) {
    const word = wordAt(r, i)
    if (AHEAD.has(word) || BREAKS.has(word)) return null
    if (PERFECT.has(word)) {
      const before = wordAt(r, i - 1)
      if (AHEAD.has(before) || before === 'not') continue
      return 'perfect'
    }
    if (isPast(word) && !BE.has(wordAt(r, i - 1))) return 'past'
  }
  return null
}

const SUPERLATIVE = wordSet('first worst best only time record')

/** "The worst slump in ten years", "for the first time in a decade". */
export function isSuperlative(r: Reader, at: number): boolean {
  for (let i = at - 1; i >= Math.max(0, at - 6) && !closesAt(r, i); i--) {
    const word = wordAt(r, i)
    if (AHEAD.has(word)) return false
    if (wordAt(r, i - 1) === 'at') continue
    if (SUPERLATIVE.has(word) || (word.length > 5 && word.endsWith('est') && !NOUNS.has(word))) return true
  }
  return false
}
const NOUNS = wordSet('protest interest invest forest arrest request harvest conquest contest unrest inquest')

export const WILL = wordSet('will would shall may might could going to')

/** Whether the first verb behind a place tells what will be, and not what was. */
export const tellsAhead = (r: Reader, at: number): boolean => nextVerb(r, at) === 'ahead'
/** Whether a time stands before every verb of its clause: "In March, he said". */
export function isFronted(r: Reader, at: number): boolean {
  for (let i = at - 1; i >= Math.max(0, at - 10) && !closesAt(r, i); i--) {
    const word = wordAt(r, i)
    if (AHEAD.has(word) || PAST.has(word) || BE.has(word) || PERFECT.has(word)) return false
  }
  return true
}

export const hasPast = (r: Reader, from: number, to: number): boolean => {
  for (let i = from; i < to; i++) if (PAST.has(wordAt(r, i))) return true
  return false
}

export const tellsPast = (r: Reader, at: number): boolean =>
  nextVerb(r, wordAt(r, at) === ',' ? at + 1 : at) === 'past'

function nextVerb(r: Reader, at: number): 'ahead' | 'past' | null {
  for (let i = at; i < at + 8 && !closesAt(r, i); i++) {
    if (WILL.has(wordAt(r, i))) return 'ahead'
    if (PAST.has(wordAt(r, i))) return 'past'
  }
  return null
}

/** Whether the clause denies what would come until then: "will not resign until". */
export function deniedBefore(r: Reader, at: number): boolean {
  for (let i = at - 1; i >= Math.max(0, at - MOST) && !closesAt(r, i); i--) {
    const word = wordAt(r, i)
    if (DENIES.has(word)) return true
    if (BREAKS.has(word) && word !== 'and' && word !== 'as' && word !== 'than') return false
  }
  return false
}
const DENIES = wordSet('not never nobody no none nothing neither hardly nor without unlikely')
