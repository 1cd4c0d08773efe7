import { normalisedText } from '../core/normalised-text.ts'
import { quoteParts } from './quote-part.ts'

/** A longer stretch is named by its beginning and its end: browsers look for a whole one within one paragraph. */
const LONGEST = 120
const LONGEST_END = 60

/**
 * The text fragment that leads a browser to a quote, as it stands behind `#:~:text=`: the words of the source itself,
 * without what an editor put in; null where no whole word is left.
 */
export function textFragment(exact: string): string | null {
  const { parts } = quoteParts(normalisedText(exact))
  const said = parts
    .flatMap(({ text, opens, closes }) => {
      // Of a word with brackets in it a browser finds neither half.
      const from = opens === null ? 0 : text.search(/ |$/u)
      const to = closes === null ? text.length : Math.max(0, text.lastIndexOf(' '))
      // Which marks the source prints the record does not say, and browsers tell « from ".
      return text.slice(from, to).split('"')
    })
    .map((text) => text.trim())
    .filter((text) => /[\p{L}\p{N}]/u.test(text))
  const [first, last] = [said[0], said.at(-1)]
  if (first === undefined || last === undefined) return null
  if (said.length === 1 && first.length <= LONGEST) return encoded(first)
  const [start, end] = [beginning(first), ending(last)]
  return said.length === 1 && start.length + end.length >= first.length
    ? encoded(first)
    : `${encoded(start)},${encoded(end)}`
}

/** The first words of a stretch, or all of it in a script without spaces. */
function beginning(text: string): string {
  const end = text.length <= LONGEST_END ? -1 : text.lastIndexOf(' ', LONGEST_END)
  return end === -1 ? text : text.slice(0, end)
}

function ending(text: string): string {
  const start = text.length <= LONGEST_END ? -1 : text.indexOf(' ', text.length - LONGEST_END)
  return start === -1 ? text : text.slice(start + 1)
}

/** A dash and a comma have a meaning of their own in a fragment. */
const encoded = (text: string): string => encodeURIComponent(text.toWellFormed()).replaceAll('-', '%2D')
