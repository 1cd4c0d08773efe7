import { type CueTime, type Heard, MOST_CUES } from '../core/capture.ts'
import { atOnce } from '../core/steps.ts'
import { asks } from './role.ts'
import { sentenceSteps } from './sentence.ts'
import { type Cue, type CueFile, cueFileOf, secondsOf } from './transcript-cue.ts'
import { spokenCues, type TakenOut } from './transcript-sound.ts'
import { type Label, labelsOf } from './turn.ts'
import { voicedSentences } from './voice.ts'

/** A transcript as it is read, quoted and kept: turns as paragraphs, with the way back from each place to its time. */
export type Transcript = Heard & {
  readonly format: CueFile['format']
  /** `[12:31] NAME: …`, a turn a paragraph or several; the words of cues are joined. */
  readonly text: string
}

/** What somebody says in one go. */
type Stretch = {
  speaker: string | null | undefined
  cues: { at: number; seconds: number | null }[]
  text: string
}

/**
 * A file of captions (WebVTT, SubRip, the JSON of podcasts and recognisers) or a text with times before its lines, as
 * one text; null for any other text. Where cues end is nothing that was said: they are joined before anything is read.
 */
export function transcriptIn(raw: string): Transcript | null {
  const captions = captionsIn(raw)
  if (captions !== null) return captions
  const text = raw.replace(/^\ufeff/u, '').replaceAll(/\r\n?/gu, '\n')
  const labels = labelsOf(text)
  const timed = labels.filter(({ timecode }) => timecode !== null)
  const isTranscript = timed.length > 0 && timed.length * 3 >= labels.length
  return isTranscript && !runsBack(timed) && !isAgenda(text, labels) ? ofPlain(text, labels) : null
}

/** The same of a file alone, which nobody reads as it is. */
export function captionsIn(raw: string): Transcript | null {
  const file = cueFileOf(raw)
  return file === null ? null : joined(file, '')
}

/** A live blog tells the latest first. */
const runsBack = (labels: readonly Label[]): boolean => {
  const times = labels.map(({ timecode }) => secondsOf(timecode ?? ''))
  return times.filter((time, i) => time < (times[i - 1] ?? 0)).length * 4 > times.length
}

const RECOGNISED = /^\s*\[(?:\d\d:)?\d\d:\d\d\.\d{3} --> /u

/** Times before titles, none of which is a sentence or goes on with one: what happens when, and nobody speaks. */
const isAgenda = (text: string, labels: readonly Label[]): boolean =>
  labels.length > 1 &&
  labels.every(({ words, how }, i) => {
    const said = text.slice(words, labels[i + 1]?.at ?? text.length).trim()
    return how === 'timed' && said.length < 100 && /^[\p{Lu}\p{N}]/u.test(said) && !ENDS.test(said)
  })

/** A text in which no time stands within a sentence stays as it is. */
function ofPlain(text: string, labels: readonly Label[]): Transcript {
  let seconds: number | null = null
  const cues = labels.map(({ timecode, isOther, name, role, words }, i) => {
    seconds = timecode === null ? (isOther ? null : seconds) : secondsOf(timecode)
    const speaker = name === null || role === undefined ? name : `${name} (${role})`
    const lines = text.slice(words, labels[i + 1]?.at ?? text.length).split('\n')
    return isOther ? { seconds, lines, speaker } : { seconds, lines }
  })
  const head = text.slice(0, labels[0]?.at ?? 0).trim()
  const machine = RECOGNISED.test(text)
    ? 'its lines bear their times as recognisers of speech write them'
    : null
  const whole = joined({ format: 'time codes', cues, machine }, head)
  if (whole.taken_out.length > 0 || saidIn(whole.text) !== saidIn(text)) return whole
  const places = cues.flatMap(({ seconds: time }, i): CueTime[] =>
    time === null ? [] : [[labels[i]?.words ?? 0, Math.floor(time)]],
  )
  return { ...whole, text, cues: places.filter(([at], i) => at < text.length && places[i + 1]?.[0] !== at) }
}

const saidIn = (text: string): string =>
  voicedSentences(text)
    .map(({ sentence }) => sentence.text)
    .join('\n')

const ENDS = /[\p{Sentence_Terminal}…][\])"'”’»*_]*\s*$/u

// Where words are not set apart by spaces, lines are not either.
const CLOSE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}。、，！？「」『』（）]/u
const NEXT_SPEAKER = /^(?:>>+|»>+)\s*(?:(\p{Lu}[\p{L}\p{M}.'’ -]{0,60}): )?/u
const DASH = /^[-–—]\s?(?=["“„«‘]?[\p{Lu}\p{N}])/u
const LABEL = /^\[?(\p{Lu}[\p{L}\p{M}\p{N}.'’_ -]{0,60})\]?: (?=\S)/u

/** The stretches of a file: a new one wherever somebody else is said to speak. */
function stretchesOf(cues: readonly Cue[]): Stretch[] {
  const found: Stretch[] = []
  const { names, everywhere } = namesIn(cues)
  let last: Stretch = { speaker: undefined, cues: [], text: '' }
  const turn = (speaker: string | null) => {
    if (speaker !== null && speaker === last.speaker) return
    last = { speaker, cues: [], text: '' }
    found.push(last)
  }
  for (const { seconds, lines, speaker } of cues) {
    if (speaker !== undefined) turn(speaker)
    for (const line of lines) {
      let said = line
      const isNext = NEXT_SPEAKER.exec(said)
      const isFree = last.text === '' || ENDS.test(last.text.slice(-20))
      const labelled = (isFree || everywhere) && isNext === null ? LABEL.exec(said) : null
      if (isNext !== null) {
        turn(isNext[1] ?? null)
        said = said.slice(isNext[0].length)
      } else if (labelled !== null && (everywhere || names.has(labelled[1] ?? ''))) {
        turn(labelled[1] ?? null)
        said = said.slice(labelled[0].length)
      } else if (isFree && speaker === undefined && DASH.test(said)) {
        turn(null)
        said = said.replace(DASH, '')
      }
      if (said === '') continue
      if (found.length === 0) found.push(last)
      const isClose = CLOSE.test(last.text.at(-1) ?? '') && CLOSE.test(said[0] ?? '')
      if (last.text !== '' && !isClose) last.text += ' '
      if (last.cues.at(-1)?.seconds !== seconds) last.cues.push({ at: last.text.length, seconds })
      last.text += said
    }
  }
  return found.filter(({ text }) => text !== '')
}

/**
 * What stands before a colon at the beginning of cues and is somebody's name: it does so twice, or shouts. Some files
 * say in every cue whose it is.
 */
function namesIn(cues: readonly Cue[]): { names: Set<string>; everywhere: boolean } {
  const times = new Map<string, number>()
  let labelled = 0
  for (const { lines } of cues)
    for (const [i, line] of lines.entries()) {
      const name = LABEL.exec(line.replace(/^>>+\s*|^[-–—]\s?/u, ''))?.[1]
      if (name === undefined) continue
      times.set(name, (times.get(name) ?? 0) + 1)
      if (i === 0) labelled++
    }
  const names = new Set(
    [...times].flatMap(([name, n]) =>
      n > 1 || (name === name.toUpperCase() && name.length > 3) ? [name] : [],
    ),
  )
  return { names, everywhere: labelled >= 3 && labelled * 2 > cues.length && times.size < labelled }
}

/** A paragraph of captions without names goes on for so many characters, and then to the end of a sentence. */
const PARAGRAPH = 500

/** Beyond this nothing is a sentence, and nothing is read. */
const LONGEST_SENTENCE = 2_000

function joined({ format, cues, machine }: CueFile, head: string): Transcript {
  const { cues: spoken, out } = spokenCues(cues)
  const stretches = stretchesOf(spoken)
  const named = stretches.some(({ speaker }) => typeof speaker === 'string')
  const places: CueTime[] = []
  let text = head
  for (const stretch of stretches) {
    let next = 0
    for (const { start, end, isFirst } of paragraphsOf(stretch, named)) {
      const from = next
      while ((stretch.cues[next]?.at ?? end) < end) next++
      const own = stretch.cues.slice(from, next)
      const begins = own[0]?.at === start ? own[0] : stretch.cues[Math.max(0, from - 1)]
      const second = begins?.seconds ?? null
      const label = second !== null && (isFirst || !named) ? `[${clock(second)}] ` : ''
      text += `${text === '' ? '' : '\n\n'}${label}${isFirst ? nameBefore(stretch.speaker) : ''}`
      if (own[0]?.at !== start && second !== null) places.push([text.length, Math.floor(second)])
      for (const { at, seconds } of own)
        if (seconds !== null) places.push([text.length + at - start, Math.floor(seconds)])
      text += stretch.text.slice(start, end)
    }
  }
  const all = stretches.map((stretch) => stretch.text).join(' ')
  const has_sentences = !isUnpointed(all)
  const why = machine ?? (has_sentences ? null : 'it has hardly any full stops and capital letters')
  return { format, text, cues: places, machine: why, has_sentences, taken_out: inWords(out) }
}

/** A name as turns begin with it; one that could not be told from words is none. */
function nameBefore(speaker: string | null | undefined): string {
  if (speaker === undefined) return ''
  const [, own = '', role] = /^([^()]*?) ?(?:\(((?!\d)[^()]{1,40})\))?$/u.exec(speaker ?? '') ?? []
  const isNumbered = /^speaker[ _]?\d{1,2}$/iu.test(own)
  const words = own
    .replaceAll(isNumbered ? /(?!)/gu : /[^\p{L}\p{M}.'’ -]+/gu, ' ')
    .split(' ')
    .filter((word) => /\p{L}/u.test(word))
    .slice(0, 4)
    .map((word) =>
      isNumbered ? word : word.slice(0, 40).replace(/^[^\p{L}]*\p{L}/u, (first) => first.toUpperCase()),
    )
  const name = isNumbered ? own.replace(/^s/u, 'S') : words.join(' ')
  if (name === '') return '– '
  return `${name}${role === undefined ? '' : ` (${role.trim()})`}: `
}

/** So many words without the end of a sentence are none of a person who writes. */
const isUnpointed = (text: string): boolean => {
  const words = text.match(/\p{L}+/gu)?.length ?? 0
  const ends = text.match(/[\p{Sentence_Terminal}…](?=\s|$|["'”’»)])/gu)?.length ?? 0
  return words >= 40 && ends * 100 < words
}

/** Paragraphs end where sentences do; where nobody is named also around what asks. */
function paragraphsOf({ text }: Stretch, named: boolean): { start: number; end: number; isFirst: boolean }[] {
  if (isUnpointed(text)) return unpointedParagraphs(text)
  const found: { start: number; end: number; isFirst: boolean }[] = []
  const sentences = atOnce(sentenceSteps(text))
  let start = 0
  for (const [i, sentence] of sentences.entries()) {
    const next = sentences[i + 1]
    const isLong = sentence.end - start >= PARAGRAPH
    const turns = !named && next !== undefined && (asks(sentence.text) || asks(next.text))
    if (next !== undefined && !isLong && !turns) continue
    found.push({ start, end: next === undefined ? text.length : sentence.end, isFirst: start === 0 })
    start = next?.start ?? text.length
  }
  return found
}

/** Cut only where it is too long to be read as a sentence anyway. */
function unpointedParagraphs(text: string): { start: number; end: number; isFirst: boolean }[] {
  const found: { start: number; end: number; isFirst: boolean }[] = []
  for (let start = 0; start < text.length; ) {
    const space = text.indexOf(' ', start + LONGEST_SENTENCE)
    const end = space === -1 || text.length - space <= LONGEST_SENTENCE ? text.length : space
    found.push({ start, end, isFirst: start === 0 })
    start = end === text.length ? end : end + 1
  }
  return found
}

const two = (n: number): string => String(n).padStart(2, '0')

/** Seconds as a time code: `00:13`, `1:02:03`. */
export function clock(seconds: number): string {
  const whole = Math.floor(seconds)
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60]
  return `${hours === 0 ? '' : `${hours}:`}${two(minutes)}:${two(whole % 60)}`
}

/** The kinds are in the plural: `3 notes of sounds`, `1 unheard word`. */
const inWords = (out: TakenOut): string[] =>
  [...out].map(([what, n]) => `${n} ${n === 1 ? what.replace(/s(?= of|$)/u, '') : what}`)

/** What is kept of a transcript beside its text: no more cues than a capture may hold, and none beyond its end. */
export const heardOf = ({ cues, machine, has_sentences, taken_out }: Heard, end: number): Heard => ({
  cues: cues.filter(([at]) => at < end).slice(0, MOST_CUES),
  machine,
  has_sentences,
  taken_out,
})

/** The second in which a place of the text is said, where it is known. */
export function secondAt(cues: readonly CueTime[], place: number): number | null {
  let low = 0
  let high = cues.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((cues[middle]?.[0] ?? 0) <= place) low = middle + 1
    else high = middle
  }
  return cues[low - 1]?.[1] ?? null
}
