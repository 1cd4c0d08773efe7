import { isForeseen } from './announcement.ts'
import type { Say } from './cue.ts'
import { type Token, wordsAt } from './words/token.ts'

/** "Every spring the river will flood", "on Sundays he will walk", "children will be children". */
export function habit(tokens: readonly Token[], say: Say): void {
  const words = tokens.map(({ word }) => word)
  const will = words.indexOf('will')
  if (will === -1) return
  const often = words.findIndex(
    (word, i) =>
      /^(?:often|always|usually|sometimes|typically|normally|generally)$/u.test(word) ||
      ((word === 'every' || word === 'each') && REPEATED.test(words[i + 1] ?? '')) ||
      (word === 'on' && /days$/u.test(words[i + 1] ?? '')) ||
      (word === 'most' &&
        /^(?:days|evenings|mornings|nights|weeks|years|winters|summers)$/u.test(words[i + 1] ?? '')),
  )
  if (often !== -1) say('habit', words[often] ?? '')
  else if (will > 0 && words[will + 1] === 'be' && words[will + 2] === words[will - 1])
    say('habit', wordsAt(tokens, will - 1, will + 2))
  if (words.slice(will, will + 2).join(' ') === 'will have' && words.slice(-4).join(' ').includes('by now'))
    say('state', 'by now')
  if (words[will + 1] === 'be' && /^(?:that|this)$/u.test(words[will - 1] ?? '') && words[will + 2] === 'the')
    say('state', wordsAt(tokens, will - 1, will + 1))
  if (words[will - 1] === 'you' && !isForeseen(tokens, will)) say('address', wordsAt(tokens, will - 1, will))
}
const REPEATED =
  /^(?:time|day|week|month|year|spring|summer|autumn|fall|winter|morning|evening|night|season|\p{L}+day)$/u
