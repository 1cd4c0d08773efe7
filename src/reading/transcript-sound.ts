import type { Cue } from './transcript-cue.ts'

/** What was taken out of a transcript, each kind with how often. */
export type TakenOut = Map<'notes of sounds' | 'unheard words' | 'repeated lines', number>

const SOUND =
  /[[(*]\s*(?:(?:soft|loud|upbeat|dramatic|intro|outro|theme|background|audience|crowd|phone|door|bell|no) ){0,2}(?:music\w*|song|applau\w+|clap\w*|laugh\w*|chuckl\w*|giggl\w*|cheer\w*|boo(?:s|ing)|sigh\w*|cough\w*|sneez\w*|sniff\w*|gasp\w*|clears? (?:his |her |their )?throat|silence|pause|noise|static|beep\w*|bleep\w*|ring(?:s|ing)|jingle|advert\w*|blank_audio|audio|typing|crying|sobbing|whistl\w*)(?: (?:music|playing|plays|continues|ends|break|out|off))?\s*[\])*]/giu
const UNHEARD =
  /[[(]\s*(?:inaudible|unintelligible|indistinct|indiscernible|cross-?\s?talk|overlapping(?: \w+)?|foreign(?: language)?|speak(?:s|ing) (?:in )?\p{L}+|mumbl\w*)(?: \w+)?(?: at)?(?: ?\d{1,2}:\d{2}(?::\d{2})?)?\s*[\])]/giu
const SONG = /[♪♫♬♩][^♪♫♬♩]{0,500}[♪♫♬♩]|[♪♫♬♩].{0,500}$/gu
const TAG = /<\/?[a-z][^<>]{0,300}>|<\d[\d:.]{3,15}>|\{\\[^{}]{0,60}\}/giu
const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  '#39': "'",
  nbsp: ' ',
  lrm: '',
  rlm: '',
}

const unescaped = (text: string): string =>
  text.replaceAll(/&(amp|lt|gt|quot|apos|#39|nbsp|lrm|rlm);/gu, (_, name: string) => ENTITIES[name] ?? '')

/** The words of a line alone: sounds go, and where speech was not understood `[…]` says that something is missing. */
function words(line: string, out: TakenOut): string {
  const took = (kind: 'notes of sounds' | 'unheard words', instead: string) => (): string => {
    out.set(kind, (out.get(kind) ?? 0) + 1)
    return instead
  }
  return unescaped(line.replaceAll(TAG, ''))
    .replaceAll(SONG, took('notes of sounds', ' '))
    .replaceAll(SOUND, took('notes of sounds', ' '))
    .replaceAll(UNHEARD, took('unheard words', ' […] '))
    .replaceAll(/\s+/gu, ' ')
    .replaceAll(/ (?=[,.;:!?](?:\s|$))/gu, '')
    .trim()
}

const VOICE = /<v(?:\.[^\s<>]{0,60})?[ \t]([^<>]{1,200})>/giu

/** Each cue by its voices, as plain words. */
function voiced({ seconds, lines, speaker }: Cue, out: TakenOut): Cue[] {
  const found: { seconds: number | null; lines: string[]; speaker?: string | null }[] = [
    { seconds, lines: [], ...(speaker === undefined ? {} : { speaker }) },
  ]
  for (const line of lines) {
    const [first = '', ...voices] = line.split(VOICE)
    const before = words(first, out)
    if (before !== '') found.at(-1)?.lines.push(before)
    for (let i = 0; i < voices.length; i += 2) {
      const name = unescaped(voices[i] ?? '')
        .trim()
        .replaceAll(/\s+/gu, ' ')
      found.push({ seconds, lines: [], speaker: name === '' ? null : name })
      const said = words(voices[i + 1] ?? '', out)
      if (said !== '') found.at(-1)?.lines.push(said)
    }
  }
  return found.filter((cue) => cue.lines.length > 0)
}

/** The words of cues, without marks, sounds and what captions that roll up show again. */
export function spokenCues(cues: readonly Cue[]): { cues: Cue[]; out: TakenOut } {
  const out: TakenOut = new Map()
  const spoken = cues.flatMap((cue) => voiced(cue, out))
  return { cues: rolledOut(spoken, out), out }
}

const tokensIn = (lines: readonly string[]): string[] => lines.join(' ').split(' ')

/** How many of the first words of the next cue are the last ones of the one before: all that it shows again. */
function repeated(before: readonly string[], next: readonly string[]): number {
  for (let n = Math.min(before.length, next.length); n > 0; n--)
    if (next.every((word, i) => i >= n || word === before[before.length - n + i])) return n
  return 0
}

/** So many words in common are no accident. */
const TELLING = 3

/**
 * Captions that roll up, or that are painted word by word, show lines again. That one cue ends as the next begins is
 * no proof, since people say things twice: it is one where it happens all the time.
 */
function rolledOut(cues: readonly Cue[], out: TakenOut): Cue[] {
  const tokens = cues.map(({ lines }) => tokensIn(lines).slice(0, 200))
  const shared = tokens.map((next, i) => (i === 0 ? 0 : repeated(tokens[i - 1] ?? [], next)))
  const telling = shared.filter((n) => n >= TELLING).length
  if (telling === 0 || telling * 3 < cues.length - 1) return [...cues]
  return cues.flatMap((cue, i): Cue[] => {
    const n = shared[i] ?? 0
    if (n === 0) return [cue]
    out.set('repeated lines', (out.get('repeated lines') ?? 0) + 1)
    const rest = tokensIn(cue.lines).slice(n).join(' ')
    return rest === '' ? [] : [{ ...cue, lines: [rest] }]
  })
}
