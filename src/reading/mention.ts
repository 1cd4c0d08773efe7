import type { Analyst } from '../core/analyst.ts'
import { begunWith, type NameWord, nameWords, sameWord } from '../core/name.ts'

/** A place of a text where somebody is named, as UTF-16 offsets, and who that can be. */
export type Mention = {
  exact: string
  start: number
  end: number
  /** Whose whole name it is, in whatever spelling or case; nobody where two answer to it. */
  is: string | null
  /** Everybody whom it may mean, where that is not one. */
  may: string[]
}

/** How cases end a name, and how it is written by itself, by script; `’s` and `’in` fall off before. */
const CASES: readonly (readonly [script: RegExp, endings: RegExp, plain: readonly string[]])[] = [
  [
    /\p{Script=Cyrillic}/u,
    /(?:ого|его|ому|ему|ыми|ими|ами|ями|ой|ей|ою|ею|ую|юю|ая|яя|ый|ий|ом|ем|ым|им|ью|ия|ии|ию|ием|ові|еві|ом|ем|а|я|у|ю|е|о|ы|и|і|ь|й)$/u,
    ['', 'а', 'я', 'й', 'ь', 'о', 'ий', 'ый', 'ая', 'ия'],
  ],
  [/\p{Script=Armenian}/u, /(?:յի|ին|ից|ով|ում|ի|ը|ն)$/u, ['', 'ի', 'ա']],
  [/\p{Script=Georgian}/u, /(?:ისთვის|თან|მა|მ|ის|ით|ად|ს)$/u, ['', 'ი', 'ა', 'ე', 'ო']],
  [/\p{Script=Greek}/u, /(?:ους|ου|ος|ης|ας|ον|ων|η|α|ο)$/u, ['', 'ος', 'ης', 'ας', 'η', 'α', 'ο']],
  [
    /\p{Script=Latin}/u,
    /(?:owi|ovi|iem|em|om|ego|emu|ie|ou|ą|ę|a|u|y|i|e|s)$/u,
    ['', 'a', 'o', 'i', 'y', 'e'],
  ],
]
const SHORTEST_STEM = 3
const AFTER_APOSTROPHE = /['’ʼ]\p{Ll}{1,6}$/u

/** A word as it stands, and as it may be written where no case changes it. */
function basesOf(word: string): string[] {
  const bare = word.replace(AFTER_APOSTROPHE, '').replace(/['’ʼ]$/u, '')
  const [, endings, plain] = CASES.find(([script]) => script.test(bare)) ?? []
  const stem = endings === undefined ? bare : bare.replace(endings, '')
  const cased = [...stem].length < SHORTEST_STEM ? [] : (plain ?? []).map((ending) => stem + ending)
  return [...new Set([word, bare, ...cased])]
}

const WORD =
  /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*(?:['’ʼ-][\p{L}\p{M}]+)*['’ʼ]?(?:(?<=(?<![\p{L}\p{M}])\p{Lu})\.)?/gu
/** Between two words of one name; behind an initial its dot is part of the word. */
const GAP = /^[ \u00a0\u202f]{1,2}$/u
const MOST_WORDS = 4

type Standing = { start: number; end: number; words: readonly NameWord[] }

/** Georgian has large letters, and begins no name with one. */
const isNameLike = (word: string): boolean => !/^\p{Ll}/u.test(word) || /^\p{Script=Georgian}/u.test(word)

/** The words of a text that can be of a name, each in every form of it. */
function standingIn(text: string): Standing[] {
  return [...text.matchAll(WORD)].flatMap(({ 0: word, index: start }) => {
    if (!isNameLike(word)) return []
    const words = basesOf(word).flatMap((base) => nameWords(base).slice(0, 1))
    return words.length === 0 ? [] : [{ start, end: start + word.length, words }]
  })
}

const isNext = (text: string, one: Standing, next: Standing | undefined): boolean =>
  next !== undefined && GAP.test(text.slice(one.end, next.start))

/**
 * By what whoever is named in a text can be looked up, in the way of `nearKeys`: of every two words that may be of one
 * name the beginning of one and the whole of the other, and every word alone.
 */
export function keysIn(text: string): string[] {
  const standing = standingIn(text)
  const keys = new Set<string>()
  for (const [at, one] of standing.entries()) {
    for (const { sounds } of one.words) for (const sound of sounds) keys.add(`= ${sound}`)
    for (let next = at + 1; next < at + MOST_WORDS; next++) {
      if (!isNext(text, standing[next - 1] as Standing, standing[next])) break
      const other = standing[next] as Standing
      for (const key of [...begunWith(one.words, other.words), ...begunWith(other.words, one.words)])
        keys.add(key)
    }
  }
  return [...keys]
}

/**
 * Where these analysts are named in a text by a whole name or alias, in any of its cases and usual spellings; never by
 * a surname alone. A name by which two can be meant is said to be nobody's.
 */
export function mentionsIn(text: string, analysts: readonly Analyst[]): Mention[] {
  const standing = standingIn(text)
  const names = analysts.flatMap(({ id, name, aliases = [] }) =>
    [name, ...aliases].map((one) => ({ id, words: nameWords(one) })),
  )
  const found: (Mention & { ids: Set<string>; unsure: boolean })[] = []
  for (let at = 0; at < standing.length; at++) {
    const span: Standing[] = []
    let longest: (typeof found)[number] | null = null
    for (let next = at; next < Math.min(at + MOST_WORDS, standing.length); next++) {
      if (next > at && !isNext(text, standing[next - 1] as Standing, standing[next])) break
      span.push(standing[next] as Standing)
      const meant = names.flatMap(({ id, words }) => {
        const fit = fitOf(words, span)
        return fit === null ? [] : [{ id, fit }]
      })
      if (meant.length === 0) continue
      const [start, end] = [(span[0] as Standing).start, (span.at(-1) as Standing).end]
      longest = {
        ...{ exact: text.slice(start, end), start, end, is: null, may: [] },
        ids: new Set(meant.map(({ id }) => id)),
        unsure: meant.every(({ fit }) => fit === 'initials'),
      }
    }
    if (longest !== null && (found.at(-1)?.end ?? 0) <= longest.start) found.push(longest)
  }
  return found.map(({ ids, unsure, ...mention }) => {
    const [id, ...others] = [...ids].sort()
    return id !== undefined && others.length === 0 && !unsure
      ? { ...mention, is: id }
      : { ...mention, may: [...ids].sort() }
  })
}

/** Whether a name stands in some words, in any order: each word in one of its forms, or only by an initial. */
function fitOf(name: readonly NameWord[], span: readonly Standing[]): 'whole' | 'initials' | null {
  if (name.length !== span.length || !name.some(({ isInitial }) => !isInitial)) return null
  const left = [...span]
  let fit: 'whole' | 'initials' = 'whole'
  for (const word of [...name].sort((a, b) => Number(a.isInitial) - Number(b.isInitial))) {
    const same = left.findIndex(({ words }) => words.some((form) => sameWord(word, form) === 'same'))
    const at =
      same !== -1 ? same : left.findIndex(({ words }) => words.some((form) => sameWord(word, form) !== null))
    if (at === -1) return null
    if (same === -1) fit = 'initials'
    left.splice(at, 1)
  }
  return fit
}
