import type { TextRange } from '../core/normalised-text.ts'

const WORD = /[\p{L}\p{M}\p{Nd}\p{Nl}_\u00bc-\u00be\u2150-\u215e]/u
const LETTER = /[\p{L}\p{M}]/u
const MARK = /\p{M}/u
const UPPER = /\p{Lu}/u
const DIGIT = /[\p{Nd}\u00bc-\u00be\u2150-\u215e]/u
const UNSEEN = /[\p{Default_Ignorable_Code_Point}\u0640]/u
const APOSTROPHE = /^['\u2019\u02bc\uff07\u055a\u00b7\u05f3\u05f4"]$/u
const POINT = /^[.,:/\u066b\u066c\u2044]$/u
const MINUS = /^[-\u2212\u2013]$/u
// Scripts that set no space between words: where one ends, the letters do not say.
const UNSPACED =
  /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Bopomofo}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}\p{scx=Tibetan}]/u
// What is elided before a word of its own: l'Iran, d'ici, qu'il, dell'Unione, O'Neill.
const ELIDED =
  /(?:^|[^\p{L}\p{M}])(?:[cdjlmnsto]|qu|(?:jus|lors|puis|quoi|pres)qu|entr|un|all|dall|dell|nell|sull|coll|quell|quest|bell|sant|gl|degl|agl)$/iu

/** A character (as code point) and where it begins and ends, or nothing at an end of the text. */
type Letter = TextRange & { readonly text: string }
const NONE: Letter = { text: '', start: 0, end: 0 }
const MOST_UNSEEN = 16

function letterAfter(text: string, at: number): Letter {
  let end = at
  for (let looked = 0; end < text.length && looked < MOST_UNSEEN; looked++) {
    const letter = String.fromCodePoint(text.codePointAt(end) ?? 0)
    const start = end
    end += letter.length
    if (!UNSEEN.test(letter)) return { text: letter, start, end }
  }
  return NONE
}

function letterBefore(text: string, at: number): Letter {
  let start = at
  for (let looked = 0; start > 0 && looked < MOST_UNSEEN; looked++) {
    const end = start
    start -= isPair(text, start - 2) ? 2 : 1
    const letter = text.slice(start, end)
    if (!UNSEEN.test(letter)) return { text: letter, start, end }
  }
  return NONE
}

const isPair = (text: string, at: number): boolean => at >= 0 && (text.codePointAt(at) ?? 0) > 0xffff

/**
 * Whether a place of the normalised text lies inside a word or a number. A hyphen ends a word; the points within
 * "3.5", "1,000" and "U.S.", the minus before a number and the apostrophe of "won't" do not.
 */
export function cutsWord(text: string, at: number): boolean {
  if (at <= 0 || at >= text.length) return false
  if (isPair(text, at - 1)) return true
  const [before, after] = [letterBefore(text, at), letterAfter(text, at)]
  if (before.text === '' || after.text === '') return false
  if (MARK.test(after.text)) return true
  if (UNSPACED.test(before.text) || UNSPACED.test(after.text)) return false
  const [ends, begins] = [WORD.test(before.text), WORD.test(after.text)]
  if (ends && begins) return true
  if (ends) return joins(text, before, after, letterAfter(text, after.end)) || isThousand(text, at, at + 1)
  if (!begins) return false
  const earlier = letterBefore(text, before.start)
  if (MINUS.test(before.text))
    return DIGIT.test(after.text) && (earlier.text === '' || /[\s(]/u.test(earlier.text))
  if (isThousand(text, at - 1, at)) return true
  if (!joins(text, earlier, before, after)) return false
  return !(
    APOSTROPHE.test(before.text) && ELIDED.test(text.slice(Math.max(0, before.start - 8), before.start))
  )
}

/** Whether a sign between two characters makes one word or one number of them. */
function joins(text: string, left: Letter, sign: Letter, right: Letter): boolean {
  if (!WORD.test(left.text) || !WORD.test(right.text)) return false
  if (UNSPACED.test(left.text) || UNSPACED.test(right.text)) return false
  if (APOSTROPHE.test(sign.text)) return sign.text !== '"' || /\p{Script=Hebrew}/u.test(left.text)
  if (!POINT.test(sign.text)) return false
  if (DIGIT.test(left.text) && DIGIT.test(right.text)) return true
  // "U.S." is one word; "no war.The next day" is two with a space missing.
  return (
    sign.text === '.' &&
    LETTER.test(left.text) &&
    LETTER.test(right.text) &&
    !WORD.test(letterBefore(text, left.start).text) &&
    UPPER.test(left.text) === UPPER.test(right.text)
  )
}

/** Whether the space from `start` to `end` stands between the thousands of one number: "12 300". */
const isThousand = (text: string, start: number, end: number): boolean =>
  text[start] === ' ' &&
  /(?:^|\D)\d{1,3}$/u.test(text.slice(Math.max(0, start - 4), start)) &&
  /^\d{3}(?!\d)/u.test(text.slice(end, end + 4))

const FURTHEST = 40

/** A range moved out to the ends of the words it cuts, by 40 characters at most, without the spaces around. */
export function wholeWords(text: string, start: number, end: number): TextRange {
  for (let steps = 0; steps < FURTHEST && cutsWord(text, start); steps++) start--
  for (let steps = 0; steps < FURTHEST && cutsWord(text, end); steps++) end++
  while (start < end && text[start] === ' ') start++
  while (end > start && text[end - 1] === ' ') end--
  return { start, end }
}
