import { SETTLED_CACHING } from './freshness.ts'

/** An answer that everybody gets alike, whole and ready to be sent. */
export type Kept = {
  status: number
  headers: Record<string, string>
  /** The headers of a 304. */
  notModified: Record<string, string>
  body: Uint8Array
  etag: string
  media: string
}

/** What all kept answers are valid for: nothing else changes what is public. `redacted` as in the head. */
export type Moment = { seq: number; quarter: number; redacted?: number }

export type AnswerCache = {
  get: (moment: Moment, url: string) => Kept | undefined
  put: (moment: Moment, url: string, answer: Kept) => void
}

const MOST_BYTES = 32 * 1024 * 1024
const MOST_BYTES_AN_ANSWER = 4 * 1024 * 1024
/** Headers, keys and the map itself, roughly. */
const OVERHEAD = 1024

type Held = { answer: Kept; isWanted: boolean }

/**
 * Answers by address, all of one moment: the next moment drops them, and so does a want of room, oldest first. One
 * that was asked for since gets another round, so that addresses nobody asks twice do not push out the front page.
 */
export function answerCache(mostBytes = MOST_BYTES): AnswerCache {
  const kept = new Map<string, Held>()
  let moment: Moment = { seq: -2, quarter: 0 }
  let bytes = 0
  const sizeOf = (url: string, answer: Kept) => OVERHEAD + 2 * url.length + answer.body.length
  const isNow = ({ seq, quarter }: Moment) => seq === moment.seq && quarter === moment.quarter
  return {
    get(asked, url) {
      const held = isNow(asked) ? kept.get(url) : undefined
      if (held === undefined) return undefined
      held.isWanted = true
      return held.answer
    },
    put(asked, url, answer) {
      if (answer.body.length > MOST_BYTES_AN_ANSWER) return
      if (!isNow(asked)) {
        // A slow answer of a moment that has just passed does not bring it back; a clock that was put back does.
        if (asked.seq < moment.seq || asked.quarter === moment.quarter - 1) return
        kept.clear()
        bytes = 0
        moment = asked
      }
      const replaced = kept.get(url)
      if (replaced !== undefined) bytes -= sizeOf(url, replaced.answer)
      kept.delete(url)
      kept.set(url, { answer, isWanted: false })
      bytes += sizeOf(url, answer)
      // Each is met twice at most: the first time it loses its round.
      for (const [oldest, held] of kept) {
        if (bytes <= mostBytes) break
        kept.delete(oldest)
        if (held.isWanted) kept.set(oldest, { ...held, isWanted: false })
        else bytes -= sizeOf(oldest, held.answer)
      }
    },
  }
}

/** Room for answers of moments that are over. */
const SETTLED_BYTES = 8 * 1024 * 1024
/** They stand until words are taken out of the record: then none of them does. */
const ever = ({ redacted = -1 }: Moment): Moment => ({ seq: redacted, quarter: 0 })

/** Answers of the present, and beside them those of moments that are over, which nothing but a redaction drops. */
export function answersOfAll(): AnswerCache {
  const present = answerCache()
  const settled = answerCache(SETTLED_BYTES)
  return {
    get: (moment, url) => present.get(moment, url) ?? settled.get(ever(moment), url),
    put: (moment, url, answer) =>
      answer.headers['cache-control'] === SETTLED_CACHING
        ? settled.put(ever(moment), url, answer)
        : present.put(moment, url, answer),
  }
}
