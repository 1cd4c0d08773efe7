import type { Style } from './fonts.ts'
import type { Typeface } from './typeface.ts'

/** A piece of text that one file of letters has all of. */
export type Run = { family: string; text: string }

export type Typesetter = {
  /** A text in pieces, each with the family that draws it; null where no file has some letter of it. */
  runs: (text: string, style: Style) => Run[] | null
  /** How wide a text is, in ems. */
  width: (text: string, style: Style) => number
  /**
   * A text as it can be drawn: signs that nobody can draw are named in brackets. Null where letters of it are missing,
   * for words without some of their letters are other words.
   */
  drawable: (text: string, style: Style) => string | null
  /** A text broken into lines of at most so many ems; what is beyond the last line becomes an ellipsis. */
  lines: (text: string, style: Style, ems: number, most: number) => string[]
}

type Face = { style: Style; family: string; face: Typeface }

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' })
const lettersOf = (text: string) => [...segmenter.segment(text)].map(({ segment }) => segment)
/** What has no picture, and only steers how others are drawn. */
const UNSEEN = /\p{Cc}|\p{Cf}|\p{Cs}|\p{Co}|[\ufe00-\ufe0f]|[\ufffe\uffff]/gu
const EMOJI = /\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3/u

/** Text that a picture can hold: letters composed, one kind of hyphen and of gap, no break. */
const plain = (text: string) =>
  text
    .normalize('NFC')
    .replaceAll('\u2011', '-')
    .replaceAll('\u202f', '\u00a0')
    .replaceAll(/\s+/gu, (gap) => (gap === '\u00a0' ? gap : ' '))

export function typesetter(faces: readonly Face[]): Typesetter {
  const byStyle = (style: Style) => faces.filter((face) => face.style === style)
  const styles = { serif: byStyle('serif'), sans: byStyle('sans'), bold: byStyle('bold') }
  const faceOf = (letter: string, style: Style) => {
    const points = [...letter].map((one) => one.codePointAt(0) as number)
    return styles[style].find(({ face }) => points.every((point) => face.has(point)))
  }

  const runs = (text: string, style: Style): Run[] | null => {
    const made: Run[] = []
    for (const letter of lettersOf(text)) {
      const last = made.at(-1)
      const family = faceOf(letter, style)?.family
      if (family === undefined) return null
      if (last?.family === family) last.text += letter
      else made.push({ family, text: letter })
    }
    return made
  }

  const widthOf = (letter: string, style: Style) => {
    const face = faceOf(letter, style)?.face
    return [...letter].reduce((sum, one) => sum + (face?.get(one.codePointAt(0) as number) ?? 0), 0)
  }
  const width = (text: string, style: Style) =>
    lettersOf(text).reduce((sum, letter) => sum + widthOf(letter, style), 0)

  const drawable = (text: string, style: Style): string | null => {
    let drawn = ''
    for (const letter of lettersOf(plain(text))) {
      const bare = letter.replaceAll(UNSEEN, '')
      if (bare === '') continue
      if (faceOf(bare, style) !== undefined) drawn += bare
      else if (EMOJI.test(letter)) drawn += '[emoji]'
      else if (/[\p{L}\p{N}\p{M}]/u.test(bare)) return null
      else drawn += '[sign]'
    }
    return drawn.replaceAll(/(\[emoji\])+/gu, '[emoji]').trim()
  }

  /** A word that is longer than a line, in pieces that are not. */
  function pieces(word: string, style: Style, ems: number): string[] {
    if (width(word, style) <= ems) return [word]
    const made: string[] = []
    let [piece, sum] = ['', 0]
    for (const letter of lettersOf(word)) {
      const more = widthOf(letter, style)
      if (sum + more > ems && piece !== '') {
        made.push(piece)
        ;[piece, sum] = ['', 0]
      }
      piece += letter
      sum += more
    }
    return [...made, piece]
  }

  function lines(text: string, style: Style, ems: number, most: number): string[] {
    const made: string[] = []
    let line = ''
    const words = text
      .split(/[^\S\u00a0]+/u)
      .filter((word) => word !== '')
      // More letters than all the lines have room for are not looked at.
      .slice(0, 500)
      .flatMap((word) => pieces(word, style, ems))
    for (const word of words) {
      const longer = line === '' ? word : `${line} ${word}`
      if (width(longer, style) <= ems) line = longer
      else {
        made.push(line)
        line = word
      }
      if (made.length > most) break
    }
    made.push(line)
    if (made.length <= most) return made
    let last = lettersOf(made[most - 1] ?? '')
    while (last.length > 0 && width(`${last.join('')}…`, style) > ems) last = last.slice(0, -1)
    return [...made.slice(0, most - 1), `${last.join('').trimEnd()}…`]
  }

  return { runs, width, drawable, lines }
}
