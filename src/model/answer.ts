import * as z from 'zod'
import type { Dropped, SecondAnswer, SecondItem } from '../core/second-reading.ts'
import { LONGEST_QUOTE, untestableReasons } from '../core/statement.ts'
import { line, prose } from '../core/text.ts'

const MOST_PASSAGES = 60
const LONGEST_CRITERIA = 2_000

/** What is not as it should be beside the quote and its kind is left out; without these two there is no passage. */
const Passage = z.object({
  quote: z.string().trim().min(1).max(LONGEST_QUOTE),
  kind: z.enum(['forecast', 'untestable']),
  reason: z.enum(untestableReasons).optional().catch(undefined),
  event: line(300).optional().catch(undefined),
  criteria: prose(LONGEST_CRITERIA).optional().catch(undefined),
  words: line(300).optional().catch(undefined),
  low: z.number().min(0).max(1).optional().catch(undefined),
  high: z.number().min(0).max(1).optional().catch(undefined),
  why: line(300).optional().catch(undefined),
})
type Passage = z.infer<typeof Passage>
const Answer = z.object({ passages: z.array(z.unknown()) })

const NONE: Dropped = { not_in_text: 0, malformed: 0, too_many: 0 }
export const nothing = (problem: string): SecondAnswer => ({ problem, items: [], dropped: NONE })

/** The outermost object of what a model wrote, which may stand between other words or in a fence of Markdown. */
function objectIn(written: string): unknown {
  try {
    return JSON.parse(written.slice(written.indexOf('{'), written.lastIndexOf('}') + 1))
  } catch {
    return null
  }
}

/** What a model wrote of a text, as proposals: each a passage that stands in it, character by character, or dropped. */
export function answerIn(written: string, text: string): SecondAnswer {
  const read = Answer.safeParse(objectIn(written))
  if (!read.success) return nothing('It answered something else than a list of passages.')
  const { passages } = read.data
  const dropped = { ...NONE, too_many: Math.max(0, passages.length - MOST_PASSAGES) }
  const items: SecondItem[] = []
  for (const passage of passages.slice(0, MOST_PASSAGES)) {
    const proposed = Passage.safeParse(passage)
    if (!proposed.success) {
      dropped.malformed++
      continue
    }
    const start = placeOf(proposed.data.quote, text, items)
    if (start === -1) dropped.not_in_text++
    else items.push(itemOf(proposed.data, start))
  }
  return { problem: null, items: items.sort((a, b) => a.start - b.start), dropped }
}

/** The first place of a quote at which nothing was proposed yet; -1 where there is none. */
function placeOf(quote: string, text: string, items: readonly SecondItem[]): number {
  let start = text.indexOf(quote)
  while (start !== -1 && items.some((item) => item.start === start)) start = text.indexOf(quote, start + 1)
  return start
}

function itemOf({ quote, words, low, high, reason, kind, ...rest }: Passage, start: number): SecondItem {
  const isBand = low !== undefined && high !== undefined && low <= high
  const said = words !== undefined && quote.includes(words)
  const item = {
    start,
    end: start + quote.length,
    exact: quote,
    kind,
    ...rest,
    ...(kind === 'untestable' ? { reason } : {}),
    ...(kind === 'forecast' && said ? { words } : {}),
    ...(kind === 'forecast' && said && isBand ? { low, high } : {}),
  }
  return Object.fromEntries(Object.entries(item).filter(([, value]) => value !== undefined)) as SecondItem
}
