import type { TextRange } from '../core/normalised-text.ts'
import { asks, asksYou, withRoles } from './role.ts'

/** What one person says in a transcript, up to the next one. */
export type Turn = {
  /** Where the name or the time code begins, and where the words do. */
  readonly at: number
  readonly start: number
  readonly end: number
  /** The name before them, as it stands there; null for "A:", "Speaker 2" and where no name stands. */
  readonly speaker: string | null
  readonly interviewer: boolean
  /** Whether nothing says whose words these are. */
  readonly unsure: boolean
  /** The words that this turn answers, where they are known. */
  readonly answers: TextRange | null
  /** `12:34` or `1:02:03`, as it stands there. */
  readonly timecode: string | null
}

const CLOCK = String.raw`(?:\d{1,2}:)?\d{1,2}:\d{2}`
const TIME = String.raw`[[(]?(${CLOCK})(?:[.,]\d{1,3})?(?: ?(?:-->|[-–—]) ?${CLOCK}(?:[.,]\d{1,3})?)?[\])]?`
const WORD = String.raw`[\p{Lu}\p{Lo}][\p{L}\p{M}.'’-]{0,40}`
const NAME = String.raw`((?:[Ss]peaker|SPEAKER)[ _]?\d{1,2}|Q\d{1,2}|A\d{1,2}|${WORD}(?: (?:${WORD}|de|der|den|di|da|van|von|bin|al|el)){0,3})`
const ROLE = String.raw`(?: ?\(((?!\d)[^()\n]{1,40})\))?`
const GAP = String.raw`[\t \u00a0–—,|-]{0,5}`
const BEFORE = String.raw`^[\t ]{0,20}(?:\*\*|__)?`
// `[12:34] Jane Roe: …`, `Jane Roe (12:34): …`, `**Jane Roe (host):** …` or `[Interviewer]: …`
const SPOKEN = new RegExp(
  `${BEFORE}(?:${TIME}${GAP})?\\[?${NAME}\\]?${ROLE}(?:${GAP}${TIME})?[\\t \\u00a0]?(?:\\*\\*|__)?[:：](?:\\*\\*|__)?(?:\\s|$)`,
  'u',
)
// A line of its own: `Jane Roe  12:34` or `12:34 Jane Roe`; `12:34 Tomorrow.` is what somebody says.
const HEADED = new RegExp(
  `^[\\t ]{0,20}(?:${NAME}${GAP}${TIME}|${TIME}${GAP}(?=\\S+ )${NAME}(?<!\\.))[\\t ]*$`,
  'u',
)
// Behind a time code a dash says that somebody else goes on.
const TIMED = new RegExp(
  `^[\\t ]{0,20}${TIME}[\\t \\u00a0|]{0,5}(?:$|(?<=\\s|\\]|\\)|${CLOCK}))([–—-](?=\\s)[\\t \\u00a0]{0,5})?`,
  'u',
)
const DASHED = /^[\t ]{0,20}[–—-][\t \u00a0]{0,3}(?=["“„«‘]?[\p{Lu}\p{N}])/u
const LETTERED =
  /^[\t ]{0,20}(?:\*\*|__)?([QA])(?:[.)]|\*\*|__|(?= [–—-] ))(?:\*\*|__)?(?:[\t ]{1,5}|$)(?:[–—-] )?/u
const BARE =
  /^[\t ]{0,20}(?:\*\*|__)?(Q|A|INTERVIEWER|QUESTION|ANSWER|HOST|MODERATOR|Interviewer|Question|Answer)(?:\*\*|__)?[\t ]*$/u
const INLINE = new RegExp(
  `(?<=[.!?…"”»)][\\t \\u00a0]{1,3})${TIME}(?=[\\t \\u00a0])[\\t \\u00a0–—-]{1,5}`,
  'gu',
)

const ANSWERS = /^(?:A\d{0,2}|Answer|Reply|(?:speaker|SPEAKER)[ _]?\d{1,2})$/iu
const QUESTIONS = /^(?:Q\d{0,2}|Question|(?:the )?Interviewer)$/iu
const ASKS =
  /^(?:Q\d{0,2}|Question|(?:the )?Interviewer|Int|Host|Co-?host|Moderator|Presenter|Anchor|Anchorman|Journalist|Reporter|Correspondent)$/iu

// What stands before a colon in articles and in letters without being anybody's name.
const CAPTION =
  /^(?:Photos?|Pictures?|Images?|Videos?|Graphics?|Captions?|Credits?|Sources?|Read More|Read Also|Also Read|See Also|Related|Notes?|Updated?|Published|Tags?|Topics?|Author|By|From|To|Cc|Date|Sent|Subject|Re)$/iu

export type Label = {
  at: number
  words: number
  name: string | null
  role?: string
  timecode: string | null
  how: 'named' | 'timed' | 'dash' | 'letter'
  /** Whether somebody else than before goes on. */
  isOther: boolean
  /** Where the words would begin if the name or the dash were part of them. */
  bare?: number
}

function labelOf(line: string, at: number): Label | null {
  const timed = TIMED.exec(line)
  const bare = timed === null ? {} : { bare: at + timed[0].length - (timed[2]?.length ?? 0) }
  const spoken = SPOKEN.exec(line)
  if (spoken !== null) {
    const [whole, before, name = '', role, after] = spoken
    const said = { at, words: at + whole.length, name, timecode: before ?? after ?? null, ...bare }
    return { ...said, ...(role === undefined ? {} : { role }), how: 'named', isOther: true }
  }
  const headed = HEADED.exec(line)
  if (headed !== null) {
    const [whole, first, after, before, second] = headed
    const timecode = after ?? before ?? null
    const name = first ?? second ?? ''
    return { at, words: at + whole.length, name, timecode, how: 'named', isOther: true, ...bare }
  }
  if (timed !== null) {
    const [whole, timecode = null, dash] = timed
    const isOther = dash !== undefined
    return { at, words: at + whole.length, name: null, timecode, how: 'timed', isOther, ...bare }
  }
  const lettered = BARE.exec(line) ?? LETTERED.exec(line)
  if (lettered !== null) {
    const [whole, name = ''] = lettered
    return { at, words: at + whole.length, name, timecode: null, how: 'letter', isOther: true }
  }
  const dashed = DASHED.exec(line)?.[0].length
  return dashed === undefined
    ? null
    : { at, words: at + dashed, name: null, timecode: null, how: 'dash', isOther: true }
}

/** The labels of a line that goes on with others behind the first: a transcript pasted as one paragraph. */
function labelsWithin(line: string, at: number, first: Label): Label[] {
  if (first.timecode === null) return []
  return [...line.matchAll(INLINE)].map(({ 0: whole, 1: timecode, index }) => ({
    at: at + index,
    words: at + index + whole.length,
    name: null,
    timecode: timecode ?? null,
    how: 'timed',
    isOther: false,
  }))
}

const SENTENCE_ENDS = /[\p{Sentence_Terminal}…:][\])"'”’»*_]{0,5}\s*$/u

/** A name or a dash behind a time is one only where it cannot be what is said: cues begin anywhere. */
function placed(text: string, labels: readonly Label[]): Label[] {
  const times = new Map<string, number>()
  for (const { name } of labels) if (name !== null) times.set(name, (times.get(name) ?? 0) + 1)
  const timed = labels.filter(({ how }) => how === 'timed')
  const separates = timed.length > 1 && timed.every(({ isOther }) => isOther)
  return labels.map((label, i): Label => {
    const { bare, name, how, isOther, words, at } = label
    if (bare === undefined || !isOther) return label
    const said = { ...label, words: bare, name: null, how: 'timed' as const, isOther: false }
    const isFree = SENTENCE_ENDS.test(text.slice(Math.max(0, at - 20), at)) || text.slice(0, at).trim() === ''
    if (how === 'timed')
      return separates
        ? { ...label, isOther: false }
        : isFree && UPPER.test(text.slice(words, words + 2))
          ? label
          : said
    const isName =
      (times.get(name ?? '') ?? 0) > 1 ||
      name === name?.toUpperCase() ||
      ASKS.test(name ?? '') ||
      ANSWERS.test(name ?? '') ||
      (name?.includes(' ') === true && isFree)
    const isEmpty = text.slice(words, labels[i + 1]?.at ?? text.length).trim() === ''
    return isName && !isEmpty ? label : said
  })
}
const UPPER = /^["“„«‘]?[\p{Lu}\p{Lo}\p{N}]/u

/** What could be a label in a text, in its order. */
function labelsIn(text: string): Label[] {
  const labels: Label[] = []
  for (const { 0: line, index } of text.matchAll(/[^\n\r\u2028\u2029]+/gu)) {
    const label = labelOf(line, index)
    if (label !== null && !CAPTION.test(label.name ?? ''))
      labels.push(label, ...labelsWithin(line, index, label))
  }
  return placed(text, labels)
}

/**
 * Labels that are some: names and times where somebody speaks twice, or where the text begins with a time and goes on
 * with others; letters where questions and answers alternate; dashes among them, or where one of them asks.
 */
export function labelsOf(text: string): Label[] {
  const all = labelsIn(text)
  const named = all.filter(({ how }) => how === 'named' || how === 'timed')
  const speaking = new Set(named.map(({ name }) => name))
  const timed = named.filter(({ timecode }) => timecode !== null)
  const begins = timed[0] !== undefined && text.slice(0, timed[0].at).trim() === ''
  const letters = all.filter(({ how }) => how === 'letter')
  const asks = [...letters, ...named].some(({ name }) => QUESTIONS.test(name ?? ''))
  const isNamed =
    (named.length >= 3 && named.length > speaking.size) ||
    (begins && (timed.length >= 2 || text.trimStart().startsWith('[')))
  const isLettered = asks && letters.length + named.length >= 2
  const dashes = all.filter(({ how }) => how === 'dash')
  const isDashed =
    isNamed ||
    dashes.some(({ words }, i) => {
      const next = dashes[i + 1]
      return next !== undefined && /\?["”»’)]*\s*$/u.test(text.slice(words, Math.min(next.at, words + 2_000)))
    })
  return all.filter(({ how }) =>
    how === 'letter' ? isLettered : how === 'dash' ? isDashed : isNamed || (isLettered && how === 'named'),
  )
}

/** The questions of an interview that names nobody, and what follows each: two paragraphs of it ask whoever answers. */
function questionsIn(text: string): Label[] {
  const labels: Label[] = []
  let asked = 0
  let follows = false
  for (const { 0: line, index: at } of text.matchAll(/[^\n\r\u2028\u2029]+/gu)) {
    if (line.trim() === '') continue
    const isQuestion = asksYou(line) || (labels.length > 0 && line.length < 200 && asks(line))
    if (asksYou(line)) asked++
    if (isQuestion || follows)
      labels.push({ at, words: at, name: null, timecode: null, how: 'dash', isOther: true })
    follows = isQuestion
  }
  return asked >= 2 && labels.length > asked ? labels : []
}

/**
 * The turns of a transcript or of an interview; none where a text is neither. Where nobody is named, who asks is seen
 * by the asking. Offsets are into `text`.
 */
export function turnsIn(text: string): Turn[] {
  const found = labelsOf(text)
  const labels = found.length === 0 ? questionsIn(text) : found
  let last: Pick<Label, 'name' | 'role'> = { name: null }
  return withRoles(
    text,
    labels.map((label, i) => {
      // A time in between names nobody, and the same person goes on.
      last = label.isOther ? label : last
      const { name, role } = last
      return {
        at: label.at,
        start: label.words,
        end: labels[i + 1]?.at ?? text.length,
        speaker: name === null || ANSWERS.test(name) ? null : name,
        label: name,
        interviewer: (name !== null && ASKS.test(name)) || (role !== undefined && ASKS.test(role)),
        timecode: label.timecode,
      }
    }),
  )
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
