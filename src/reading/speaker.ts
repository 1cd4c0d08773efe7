import { SAID } from './attribution.ts'
import { turnsIn } from './turn.ts'

// A name begins with a word, and no word of it is endless: so each letter is looked at a few times and no more.
const WORD = String.raw`\p{Lu}[\p{L}'’-]{1,40}`
const NAME = String.raw`(?<!\p{L})(?:${WORD} ){0,2}${WORD}`
const ROLE =
  /^(?:Analyst|Expert|Professor|Prof|Dr|Mr|Mrs|Ms|President|Minister|General|Senator|Economist|Historian) /u
const SAYS = new RegExp(`(${NAME}) (?:${SAID})\\b|[”"»’'“],? (?:${SAID}) (${NAME})`, 'gu')

/** Who speaks most in a text: in a transcript by its turns, else by "… said"; null when nobody does. */
export function speakerIn(text: string): string | null {
  const turns = turnsIn(text).filter(({ interviewer }) => !interviewer)
  const lengths = new Map<string, number>()
  for (const { speaker, start, end } of turns)
    if (speaker !== null) lengths.set(speaker, (lengths.get(speaker) ?? 0) + end - start)
  const [longest] = [...lengths].sort(([, a], [, b]) => b - a)
  return longest === undefined ? sayingMost(text) : nameIn(longest[0])
}

/** A name as people write it: transcripts shout. */
export const nameIn = (label: string): string =>
  label === label.toUpperCase() && label.length > 3
    ? label.toLowerCase().replace(/(?<!\p{L})\p{L}/gu, (letter) => letter.toUpperCase())
    : label

/** The name that says most, in full where the text has it so. */
function sayingMost(text: string): string | null {
  const times = new Map<string, number>()
  const full = new Map<string, string>()
  for (const [, before, after] of text.slice(0, 100_000).matchAll(SAYS)) {
    const name = (before ?? after ?? '').replace(ROLE, '')
    const last = name.slice(name.lastIndexOf(' ') + 1)
    times.set(last, (times.get(last) ?? 0) + 1)
    if (name.includes(' ') && !full.has(last)) full.set(last, name)
  }
  const [most] = [...times].sort(([, a], [, b]) => b - a)
  return most === undefined ? null : (full.get(most[0]) ?? null)
}
