/** Letters as wide as they are high: Chinese, Japanese and Korean ones, and what is written like them. */
const FULL =
  /[\u1100-\u11ff\u2e80-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff00-\uff60]|\p{Emoji_Presentation}/u
/** Of the size of the letters: what a text of the labels is wide on average, and a little more. */
const SHARE = 0.56
const BROAD = /\p{Script=Cyrillic}|\p{Script=Armenian}|\p{Script=Georgian}/u
const BROAD_SHARE = 0.66

const shareOf = (letter: string) => (FULL.test(letter) ? 1 : BROAD.test(letter) ? BROAD_SHARE : SHARE)

/** About so many pixels a label is wide: on the server nobody can measure it. */
export const textWidth = (text: string, size = 12): number =>
  [...text].reduce((width, letter) => width + size * shareOf(letter), 0)

/** A text that is not wider than that, cut between words where it can be. */
export function fitted(text: string, most: number, size = 12): string {
  if (textWidth(text, size) <= most) return text
  const letters = [...text]
  let [kept, width] = [0, textWidth('…', size)]
  while (kept < letters.length && width <= most) width += textWidth(letters[kept++] as string, size)
  const cut = letters.slice(0, Math.max(1, kept - 1)).join('')
  return `${cut.replace(/\s+\S{0,8}$/u, '').trimEnd() || cut}…`
}
