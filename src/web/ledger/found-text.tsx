import { formsOf, isUnspaced, otherForms, searchWords } from '../../core/search-form.ts'

export type Span = { start: number; end: number }
/** Finds in a text what was searched for. */
export type Finder = (text: string) => Span[]

const WORD = /[\p{L}\p{N}\p{M}]+/gu
/** So far into a text is looked for what was found: nobody reads a mark beyond. */
const FAR = 2000

const plain = (word: string): string => word.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()

type Wanted = { words: string[]; sounds: string[]; isUnfinished: boolean }

/** What a search marks: words in these letters or others, as the search finds them; the last one may be unfinished. */
export function finderOf(q: string | undefined): Finder {
  const words = q === undefined ? [] : searchWords(q)
  const unspaced = words.filter(isUnspaced)
  const wanted = words.flatMap((word, i): Wanted[] => {
    if (isUnspaced(word)) return []
    const { sounds, spellings } = otherForms(word)
    return [{ words: [word, ...spellings].map(plain), sounds, isUnfinished: i === words.length - 1 }]
  })
  if (words.length === 0) return () => []
  const known = new Map<string, boolean>()
  const isWanted = (token: string): boolean => {
    const held = known.get(token)
    if (held !== undefined) return held
    const own = searchWords(token).map(plain)
    const sounding = formsOf(token).split(/\s+/u)
    const among = (forms: readonly string[], sought: readonly string[], isUnfinished: boolean) =>
      sought.some((one) => forms.some((form) => (isUnfinished ? form.startsWith(one) : form === one)))
    const found = wanted.some(
      ({ words, sounds, isUnfinished }) =>
        among(own, words, isUnfinished) || among(sounding, sounds, isUnfinished),
    )
    known.set(token, found)
    return found
  }
  return (text) => {
    const spans: Span[] = []
    for (const match of text.slice(0, FAR).matchAll(WORD)) {
      const [token] = match
      if (isWanted(token)) spans.push({ start: match.index, end: match.index + token.length })
      else
        for (const piece of unspaced) {
          const at = token.indexOf(piece)
          if (at !== -1) spans.push({ start: match.index + at, end: match.index + at + piece.length })
        }
    }
    return spans
  }
}

/** A text with what was found in it marked. */
export const Found = ({ text, find }: { text: string; find: Finder }) => {
  const spans = find(text)
  if (spans.length === 0) return <>{text}</>
  return (
    <>
      {spans.map(({ start, end }, i) => (
        <>
          {text.slice(spans[i - 1]?.end ?? 0, start)}
          <mark>{text.slice(start, end)}</mark>
        </>
      ))}
      {text.slice(spans.at(-1)?.end ?? 0)}
    </>
  )
}
