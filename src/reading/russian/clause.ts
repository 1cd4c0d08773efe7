import type { Token } from './token.ts'
import { futureForm, isInfinitive, isOurFuture, isWill } from './verb.ts'

/** Words between commas, by the places of their tokens: first..last. */
export type Part = {
  readonly first: number
  readonly last: number
  /** How it hangs on the rest: as a condition, a time, an aim or a remark on a noun; or it stands by itself. */
  readonly kind: 'main' | 'condition' | 'time' | 'relative' | 'complement'
}

const CONDITION = /^(?:если|при условии|в случае|в том случае|коль|ежели)/u
const TIME =
  /^(?:когда|пока|как только|прежде чем|перед тем как|после того как|до того как|с тех пор|чтобы|дабы|хотя|поскольку|потому что|так как|куда|откуда)(?![\p{L}])/u
const RELATIVE =
  /^(?:(?:в|на|с|о|об|из|к|по|за|от|для|у|над|под|через|после|до) )?(?:котор\p{L}+|чей|чья|чье|чьи|кто|кого|кому|кем|как|какой|какая|какие|каким|сколько|почему|зачем|где)(?![\p{L}])/u
const COMPLEMENT = /^(?:о том )?(?:что|будто|якобы)(?![\p{L}])/u
const CUT = new Set([',', ';', ':', '—', '(', ')'])

const openingOf = (tokens: readonly Token[], first: number): string =>
  tokens
    .slice(first, first + 4)
    .map(({ word }) => word)
    .join(' ')

function kindOf(tokens: readonly Token[], first: number, isFirst: boolean): Part['kind'] {
  const skipped = /^(?:и|а|но|да)$/u.test(tokens[first]?.word ?? '') ? first + 1 : first
  const opening = openingOf(tokens, skipped)
  if (CONDITION.test(opening)) return 'condition'
  if (TIME.test(opening)) return 'time'
  if (COMPLEMENT.test(opening)) return 'complement'
  if (!isFirst && RELATIVE.test(opening)) return 'relative'
  return 'main'
}

/** The parts of a sentence between its commas, dashes and brackets. */
export function partsOf(tokens: readonly Token[]): Part[] {
  const parts: Part[] = []
  let first = 0
  for (let at = 0; at <= tokens.length; at++) {
    const { word = '.' } = tokens[at] ?? {}
    const isCut = CUT.has(word) || (word === '-' && isDash(tokens, at))
    if (at < tokens.length && !isCut) continue
    if (at > first) parts.push({ first, last: at - 1, kind: kindOf(tokens, first, parts.length === 0) })
    first = at + 1
  }
  return parts
}

/** A dash stands between blanks; a hyphen, or the stroke of a range, does not. */
const isDash = (tokens: readonly Token[], at: number): boolean =>
  (tokens[at - 1]?.end ?? 0) < (tokens[at]?.start ?? 0) ||
  (tokens[at + 1]?.start ?? 0) > (tokens[at]?.end ?? 0)

/** The word of a part that tells what is to come, and how surely it does. */
export type Future = {
  readonly at: number
  readonly kind: 'will' | 'known' | 'likely'
  readonly part: Part
}

const SPEAKING =
  /^(?:скаж|напомн|замет|отмет|подчеркн|добав|поясн|посмотр|увид|пожив|погляд|узна|пойм|представ|попроб)/u
const FIRST = /^(?:я|мы)$/u

/** "Что будет с рублём", "о том, что будет после": asked, and not told. */
const isAsked = (tokens: readonly Token[], { first }: Part, verb: number): boolean =>
  isWill(tokens[verb]?.word ?? '') &&
  /^(?:что|кто|каким|какой|какая|какие|как)$/u.test(tokens[verb - 1]?.word ?? '') &&
  verb - 1 >= first &&
  verb - 1 <= first + 1

export function futuresIn(tokens: readonly Token[], parts: readonly Part[]): Future[] {
  const found: Future[] = []
  for (const part of parts) {
    const ours = tokens.slice(part.first, part.last + 1).some(({ word }) => word === 'мы')
    for (let at = part.first; at <= part.last; at++) {
      const { word } = tokens[at] as Token
      if (isWill(word)) {
        if (isAsked(tokens, part, at)) continue
        if (word !== 'будем' || ours) found.push({ at, kind: 'will', part })
        continue
      }
      if (SPEAKING.test(word) && FIRST.test(tokens[at - 1]?.word ?? '')) continue
      // "Любой вам скажет": an appeal to what is known.
      if (/^скаж[еу]т$/u.test(word) && /^(?:вам|тебе|любой|каждый|всякий)$/u.test(tokens[at - 1]?.word ?? ''))
        continue
      const form = futureForm(word) ?? (ours && isOurFuture(word) ? 'known' : null)
      if (form !== null) found.push({ at, kind: form, part })
    }
  }
  return found
}

const NEGATIVE =
  /^(?:никто|никого|никому|никем|ничто|ничего|ничему|ничем|никогда|нигде|никуда|никак|никак\p{L}+|ни|нет)$/u

export type Denial = {
  /** Whether the event is denied; null where "не" stands before something else than the verb. */
  readonly denied: boolean | null
  readonly first: number
  readonly last: number
}

/**
 * Whether the verb at a place is denied. Several negative words and one "не" are one denial in Russian: "никто ничего
 * не подпишет". What `taken` holds belongs to phrases that were placed already.
 */
export function denialOf(
  tokens: readonly Token[],
  { first, last }: Pick<Part, 'first' | 'last'>,
  verb: number,
  taken: ReadonlySet<number>,
): Denial {
  const before: number[] = []
  const elsewhere: number[] = []
  let firstOf = verb
  for (let at = first; at <= last; at++) {
    if (taken.has(at) || tokens[at]?.word !== 'не') continue
    const isOfVerb =
      at < verb && tokens.slice(at + 1, verb).every(({ word }) => /^(?:бы|же|ли|уж)$/u.test(word))
    const isOfInfinitive = isInfinitive(tokens[at + 1]?.word ?? '') && at > verb
    if (isOfVerb || isOfInfinitive) before.push(at)
    else elsewhere.push(at)
  }
  const negative = tokens
    .slice(first, last + 1)
    .findIndex(({ word }, i) => NEGATIVE.test(word) && !taken.has(first + i))
  const places = [...before, ...(negative === -1 ? [] : [first + negative]), verb]
  firstOf = Math.min(...places)
  const lastOf = Math.max(...places)
  if (before.length > 1 || elsewhere.length > 0) return { denied: null, first: firstOf, last: lastOf }
  return { denied: before.length === 1, first: firstOf, last: lastOf }
}
