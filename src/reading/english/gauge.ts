import type { Say } from './cue.ts'
import { type Token, wordsAt } from './words/token.ts'

/** What a speaker pictures ("I can see them losing"), how long he gives it, and at what he puts it. */
export function gauged(tokens: readonly Token[], say: Say): void {
  for (const [at, { word }] of tokens.entries()) {
    const [rule, last] = PICTURES.test(word)
      ? (['picturing', pictured(tokens, at)] as const)
      : /^(?:give|gives|gave)$/u.test(word)
        ? (['lasting', durationBehind(tokens, at)] as const)
        : /^(?:puts?|has)$/u.test(word)
          ? (['estimate', amountBehind(tokens, at)] as const)
          : REVISES.test(word)
            ? (['revised', forecastBehind(tokens, at)] as const)
            : ['', null]
    if (last !== null) say(rule, wordsAt(tokens, at, last))
  }
}

const REVISES = /^(?:raised|lowered|cut|trimmed|revised|lifted|raises|lowers|cuts|trims|lifts)$/u
const PICTURES = /^(?:sees?|have|imagine|picture|envisages?)$/u
const NO_VERB = /^(?:thing|something|anything|nothing|everything|king|evening|morning)$/u

/** "I can see them losing", "she sees rents going up", "I have them at thirty seats". */
function pictured(tokens: readonly Token[], at: number): number | null {
  const { word } = tokens[at] as Token
  const own = tokens.slice(Math.max(0, at - 4), at).some((token) => token.word === 'i' || token.word === 'we')
  if (!own && !word.endsWith('s')) return null
  for (let next = at + 2; next <= at + 7; next++) {
    const behind = tokens[next]?.word ?? ''
    if (word !== 'have' && /^\p{L}{2,}ing$/u.test(behind) && !NO_VERB.test(behind)) return next
    if (behind === 'at' && (tokens[next + 1]?.value ?? tokens[next + 2]?.value) !== undefined) return next + 1
  }
  return null
}

const FARTHEST = 9
const UNITS = /^(?:days?|weeks?|months?|years?|winters?|summers?|seasons?|terms?)$/u
const GOES_ON = /^(?:of|in|off|to|for|with|and|on)$/u

/** "He gives such a government a year". */
function durationBehind(tokens: readonly Token[], at: number): number | null {
  for (let next = at + 2; next < Math.min(tokens.length, at + FARTHEST); next++) {
    const isNumber = tokens[next]?.value !== undefined || /^(?:a|an|another)$/u.test(tokens[next]?.word ?? '')
    const isLength = isNumber && UNITS.test(tokens[next + 1]?.word ?? '')
    if (isLength && !GOES_ON.test(tokens[next + 2]?.word ?? '.')) return next + 1
  }
  return null
}

/** "She puts the bill at a hundred million". */
function amountBehind(tokens: readonly Token[], at: number): number | null {
  for (let next = at + 2; next < Math.min(tokens.length, at + FARTHEST); next++) {
    const isAmount = tokens.slice(next + 1, next + 4).some(({ value }) => value !== undefined)
    if (tokens[next]?.word === 'at' && isAmount) return next + 1
  }
  return null
}

/** "She lowered her forecast for 2031 to 68 dollars". */
function forecastBehind(tokens: readonly Token[], at: number): number | null {
  const forecast = tokens.findIndex(
    ({ word }, i) =>
      i > at && i < at + 5 && /^(?:forecasts?|estimates?|projections?|predictions?)$/u.test(word),
  )
  if (forecast === -1) return null
  const isTo = tokens.some(
    ({ word }, i) =>
      i > forecast && word === 'to' && tokens.slice(i, i + 3).some(({ value }) => value !== undefined),
  )
  return isTo ? forecast : null
}
