/** What one person says in a transcript, up to the next one. */
export type Turn = {
  /** Where the name or the time code begins, and where the words do. */
  readonly at: number
  readonly start: number
  readonly end: number
  /** The name before them, as it stands there; null for "A:" and where only a time code stands. */
  readonly speaker: string | null
  readonly interviewer: boolean
  /** `12:34` or `1:02:03`, as it stands there. */
  readonly timecode: string | null
}

const TIME = String.raw`[[(]?((?:\d{1,2}:)?\d{1,2}:\d{2})[\])]?`
const NAME = String.raw`(\p{Lu}[\p{L}\p{M}.'’-]{0,40}(?: (?:\p{Lu}[\p{L}\p{M}.'’-]{0,40}|de|der|den|di|da|van|von|bin|al|el)){0,3})`
const GAP = String.raw`[\t \u00a0–—,|-]{0,5}`
// `[12:34] Jane Roe: …` or `Jane Roe (12:34): …`
const SPOKEN = new RegExp(
  `^[\\t ]{0,20}(?:${TIME}${GAP})?${NAME}(?:${GAP}${TIME})?[\\t \\u00a0]?:(?:\\s|$)`,
  'u',
)
// A line of its own: `Jane Roe  12:34` or `12:34 Jane Roe`; `12:34 Tomorrow.` is what somebody says.
const HEADED = new RegExp(
  `^[\\t ]{0,20}(?:${NAME}${GAP}${TIME}|${TIME}${GAP}(?=\\S+ )${NAME}(?<!\\.))[\\t ]*$`,
  'u',
)
const TIMED = new RegExp(`^[\\t ]{0,20}${TIME}(?:${GAP}|$)`, 'u')
const ANSWERS = /^(?:A|Answer|Reply)$/iu
const ASKS = /^(?:Q|Question|Interviewer|Host|Moderator|Presenter|Anchor|Journalist|Reporter)$/iu

// What stands before a colon in articles and in letters without being anybody's name.
const CAPTION =
  /^(?:Photos?|Pictures?|Images?|Videos?|Graphics?|Captions?|Credits?|Sources?|Read More|Read Also|Also Read|See Also|Related|Notes?|Updated?|Published|Tags?|Topics?|Author|By|From|To|Cc|Date|Sent|Subject|Re)$/iu

type Label = { at: number; words: number; name: string | null; timecode: string | null }

function labelOf(line: string, at: number): Label | null {
  const spoken = SPOKEN.exec(line)
  if (spoken !== null) {
    const [whole, before, name = '', after] = spoken
    return { at, words: at + whole.length, name, timecode: before ?? after ?? null }
  }
  const headed = HEADED.exec(line)
  if (headed !== null) {
    const [whole, first, after, before, second] = headed
    return { at, words: at + whole.length, name: first ?? second ?? '', timecode: after ?? before ?? null }
  }
  const timed = TIMED.exec(line)
  return timed === null ? null : { at, words: at + timed[0].length, name: null, timecode: timed[1] ?? null }
}

/**
 * The turns of a transcript; none where a text is no transcript. It is one where at least three lines begin with a
 * name and a colon, or with a time code, and somebody speaks twice. Offsets are into `text`.
 */
export function turnsIn(text: string): Turn[] {
  const labels: Label[] = []
  for (const { 0: line, index } of text.matchAll(/[^\n\r\u2028\u2029]+/gu)) {
    const label = labelOf(line, index)
    if (label !== null && !CAPTION.test(label.name ?? '')) labels.push(label)
  }
  const times = new Map<string | null, number>()
  for (const { name } of labels) times.set(name, (times.get(name) ?? 0) + 1)
  if (labels.length < 3 || labels.length === times.size) return []
  return labels.map(({ at, words, name, timecode }, i) => ({
    at,
    start: words,
    end: labels[i + 1]?.at ?? text.length,
    speaker: name === null || ANSWERS.test(name) ? null : name,
    interviewer: name !== null && ASKS.test(name),
    timecode,
  }))
}

/** The turn that a place belongs to, its label included. */
export function turnAt(turns: readonly Turn[], place: number): Turn | undefined {
  let low = 0
  let high = turns.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((turns[middle]?.at ?? 0) <= place) low = middle + 1
    else high = middle
  }
  return turns[low - 1]
}
