import type { Part } from './clause.ts'
import { type Frame, frameOf, type Said } from './frame.ts'

/** A clause of a sentence that is read by itself; `start` and `end` are places in the sentence. */
export type Claim = { readonly frame: Frame; readonly start: number; readonly end: number }

const JOINS = /^(?:а|но|и|да|зато|однако|а вот)$/u

/** "Рубль ослабнет, а цены вырастут": every clause of a sentence that tells of what is to come. */
export function claimsIn(whole: Claim, said: Said): Claim[] {
  const { text } = whole.frame
  const cuts = cutsOf(whole.frame)
  if (cuts.length === 0) return [whole]
  const starts = [0, ...cuts]
  return starts.map((start, i) => {
    const end = starts[i + 1] ?? text.length
    return { frame: frameOf(text.slice(start, end), said), start, end }
  })
}

/** Where a further clause begins, that has words for the future of its own as the one before it has. */
function cutsOf({ tokens, parts, phrases, futures }: Frame): number[] {
  const tells = (part: Part) =>
    futures.some((future) => future.part === part && future.kind !== 'likely') ||
    phrases.some(({ alone, first, last }) => alone === true && first >= part.first && last <= part.last)
  const cuts: number[] = []
  let isTold = false
  for (const [i, part] of parts.entries()) {
    const opens =
      i > 0 &&
      part.kind === 'main' &&
      (JOINS.test(tokens[part.first]?.word ?? '') || tokens[part.first - 1]?.word === ';')
    const own = tells(part)
    if (opens && isTold && own) cuts.push(tokens[part.first]?.start ?? 0)
    isTold ||= own
  }
  return cuts
}
