import type { Dates } from '../grammar/language.ts'
import { isChain, verbBehind } from './chain.ts'
import type { Claim } from './claim.ts'
import { THRESHOLD } from './cue.ts'
import type { Frame } from './frame.ts'

/** What these tell goes on for a while, or by degrees: the time says how long and not when. */
const LASTING =
  /^(?:last|lasts|remain|remains|stay|stays|continue|continues|keep|grow|grows|rise|rises|fall|falls|increase|decline|average|hover|rule|govern|live|serve|take|be|drop|climb|gain|lose|have|hold)$/u

/**
 * When a claim puts an event that happens once: "no earlier than 2028", "in 2031 or 2032". Null where it only says by
 * when, which is a yes or no with a deadline.
 */
export function datesOf({ frame, score, time }: Claim): Dates | null {
  if (score < THRESHOLD || time === null || lasts(frame)) return null
  const isDenied = frame.denials.length > 0
  if (time.kind === 'asks') return typeof time.from === 'string' ? { from: time.from } : null
  return time.between === true && !isDenied && typeof time.from === 'string' && time.date !== undefined
    ? { from: time.from, to: time.date }
    : null
}

/** "There will be an election" and "it will be held" happen once; "it will be high" does not. */
function lasts({ tokens, elements }: Frame): boolean {
  const chain = elements.find((element) => isChain(element, tokens))
  if (chain === undefined) return false
  const at = verbBehind(tokens, chain.last)
  const { word = '' } = tokens[at] ?? {}
  const isMade =
    word === 'be' && /(?:ed|en|wn|ld|ready|over|gone|done|complete)$/u.test(tokens[at + 1]?.word ?? '')
  return LASTING.test(word) && !isMade
}
