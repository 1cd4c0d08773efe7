/** Where text is shown: how wide, and whether in colour. */
export type Terminal = { width: number; colour: boolean }

const NARROWEST = 40
const USUAL = 80

/** Reads the terminal behind a stream: 80 columns where there is none, colour only on a terminal without NO_COLOR. */
export function terminalOf(
  stream: { isTTY?: boolean; columns?: number },
  environment: Record<string, string | undefined>,
): Terminal {
  const isDumb = (environment.NO_COLOR ?? '') !== '' || environment.TERM === 'dumb'
  return { width: Math.max(stream.columns ?? USUAL, NARROWEST), colour: stream.isTTY === true && !isDumb }
}

const STYLES = { bold: [1, 22], dim: [2, 22], red: [31, 39], green: [32, 39], yellow: [33, 39] } as const
export type Style = keyof typeof STYLES

export const styled = (terminal: Terminal, style: Style, text: string): string =>
  terminal.colour ? `\u001b[${STYLES[style][0]}m${text}\u001b[${STYLES[style][1]}m` : text

const hex = (character: string) => {
  const code = character.codePointAt(0) ?? 0
  return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`
}

/** Text that cannot steer a terminal: control, override and hidden characters become visible escapes. */
export const harmless = (text: string): string =>
  text.replace(
    /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu,
    hex,
  )

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' })
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1b000}-\u{1b2ff}\u{20000}-\u{3fffd}]/u
const EMOJI = /\p{Emoji_Presentation}|\p{Extended_Pictographic}\ufe0f/u
const NOTHING = /^[\p{M}\p{Cf}]+$/u

const cells = (grapheme: string): number =>
  NOTHING.test(grapheme) ? 0 : WIDE.test(grapheme) || EMOJI.test(grapheme) ? 2 : 1

const lettersOf = (text: string): string[] => Array.from(graphemes.segment(text), ({ segment }) => segment)

/** How many columns a text takes: wide letters two, marks none. */
export const widthOf = (text: string): number =>
  lettersOf(text).reduce((sum, letter) => sum + cells(letter), 0)

/** As many letters from the start as fit. */
function beginning(text: string, width: number): string {
  let kept = ''
  let used = 0
  for (const letter of lettersOf(text)) {
    if (used + cells(letter) > width) break
    kept += letter
    used += cells(letter)
  }
  return kept
}

/** The text in at most `width` columns, cut with an ellipsis. */
export const cut = (text: string, width: number): string =>
  widthOf(text) <= width ? text : width < 1 ? '' : `${beginning(text, width - 1)}…`

export const padEnd = (text: string, width: number): string =>
  text + ' '.repeat(Math.max(0, width - widthOf(text)))
export const padStart = (text: string, width: number): string =>
  ' '.repeat(Math.max(0, width - widthOf(text))) + text

/** Breaks a text at blanks into lines of at most `width` columns; words longer than a line are broken too. */
export function wrapped(text: string, width: number, indent = ''): string[] {
  const room = Math.max(1, width - widthOf(indent))
  const lines: string[] = []
  let line = ''
  const close = () => {
    if (line !== '') lines.push(indent + line)
    line = ''
  }
  for (let word of text.split(/\s+/u).filter((part) => part !== '')) {
    if (line !== '' && widthOf(line) + 1 + widthOf(word) > room) close()
    while (widthOf(word) > room) {
      const head = beginning(word, room) || (lettersOf(word)[0] as string)
      lines.push(indent + head)
      word = word.slice(head.length)
    }
    line = line === '' ? word : `${line} ${word}`
  }
  close()
  return lines
}
