const NARROW = /[\s.,:;!'’‘|()[\]iljIft]/u
const WIDE = /[mwMW@%—…]/u
const FULL =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Extended_Pictographic}]/u

/** About how wide a letter is in ems. A server has no fonts: these are of the widest in common use. */
function widthOf(letter: string): number {
  if (/\p{M}|\p{Cf}/u.test(letter)) return 0
  if (FULL.test(letter)) return 1.1
  if (NARROW.test(letter)) return 0.41
  if (WIDE.test(letter)) return 1
  return /\p{Lu}/u.test(letter) ? 0.76 : 0.63
}

const lengthOf = (text: string) => [...text].reduce((sum, letter) => sum + widthOf(letter), 0)

/** A word that is longer than a line, in pieces that are not; a mark stays with its letter. */
function pieces(word: string, most: number): string[] {
  const made: string[] = []
  let piece = ''
  for (const letter of word) {
    if (widthOf(letter) > 0 && lengthOf(piece + letter) > most && piece !== '') {
      made.push(piece)
      piece = ''
    }
    piece += letter
  }
  return [...made, piece]
}

/** Text broken into lines of at most so many ems; what is beyond the last line becomes an ellipsis. */
export function linesOf(text: string, ems: number, most: number): string[] {
  const lines: string[] = []
  let line = ''
  const words = text
    .split(/[^\S\u00a0]+/u)
    .filter((word) => word !== '')
    .flatMap((word) => pieces(word, ems))
  for (const word of words) {
    const longer = line === '' ? word : `${line} ${word}`
    if (lengthOf(longer) <= ems) line = longer
    else {
      lines.push(line)
      line = word
    }
    if (lines.length > most) break
  }
  lines.push(line)
  if (lines.length <= most) return lines
  let last = `${lines[most - 1]}`
  while (lengthOf(`${last}…`) > ems) last = [...last].slice(0, -1).join('')
  return [...lines.slice(0, most - 1), `${last.trimEnd()}…`]
}
