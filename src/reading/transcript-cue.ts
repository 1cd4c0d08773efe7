/** What is said from a time on, if it is known. A speaker of null is one whom nobody names; without one it goes on. */
export type Cue = {
  readonly seconds: number | null
  readonly lines: readonly string[]
  readonly speaker?: string | null
}

/** A file of captions or a transcript with times, cut into its cues and not yet joined. */
export type CueFile = {
  readonly format: 'WebVTT' | 'SubRip' | 'JSON' | 'time codes'
  readonly cues: readonly Cue[]
  /** Why it is taken for the work of a machine; null where nothing says so. */
  readonly machine: string | null
}

const CLOCK = String.raw`(?:\d{1,3}:)?\d{1,3}:\d{2}(?:[.,]\d{1,3})?`
// Some programs write `0:0:3.0`.
const LOOSE = CLOCK.replace('\\d{2}', '\\d{1,2}')
const TIMING = new RegExp(`^\\s*(${LOOSE})\\s*(?:-->|,(?=\\d{1,3}:\\d))\\s*${LOOSE}`, 'u')
const MADE_BY_MACHINE =
  /\b(?:auto(?:matic(?:ally)?)?[ -]?(?:generated|captions?)|automatic speech recognition|ASR|whisper\w*|otter\.ai|speech-to-text|machine transcript(?:ion)?)\b/iu

/** `1:02:03.5`, `02:03`, `02:03,500` in seconds. */
export function secondsOf(clock: string): number {
  const parts = clock.replace(',', '.').split(':').map(Number)
  return parts.reduce((sum, part) => sum * 60 + part, 0)
}

/** The cues of a file of captions, whatever its format; null for a text that is none. */
export function cueFileOf(raw: string): CueFile | null {
  const text = raw.replace(/^\ufeff/u, '').replaceAll(/\r\n?/gu, '\n')
  if (/^WEBVTT(?![^\s])/u.test(text)) return webVtt(text)
  const start = text.trimStart()
  if (/^(?:\d{1,6}\s*\n)?[ \t]*(?:\d{1,3}:)?\d{1,3}:\d{2}[.,]\d{1,3}\s*(?:-->|,\d)/u.test(start))
    return { format: 'SubRip', cues: timed(start.split('\n')), machine: null }
  return /^[[{]/u.test(start) ? ofJson(start) : null
}

function webVtt(text: string): CueFile {
  const lines = text.split('\n')
  const blank = lines.findIndex((line, i) => i > 0 && (line.trim() === '' || TIMING.test(line)))
  const header = lines.slice(0, blank === -1 ? lines.length : blank).join('\n')
  const notes = lines.filter((line) => /^NOTE(?:\s|$)/u.test(line)).join('\n')
  const body = blank === -1 ? [] : lines.slice(blank)
  const isCaptions = /^Kind:\s*captions/imu.test(header)
  return {
    format: 'WebVTT',
    cues: timed(body),
    machine: MADE_BY_MACHINE.test(`${header}\n${notes}`)
      ? 'the file says that it was generated'
      : isCaptions
        ? 'its header says “Kind: captions”, as files of automatic captions do'
        : /<\d{1,2}:\d{2}[:.]\d/u.test(text)
          ? 'every word in it has a time of its own, as automatic captions have'
          : null,
  }
}

/** The cues of lines of which some say from when to when; notes, styles and regions are none. */
function timed(lines: readonly string[]): Cue[] {
  const cues: { seconds: number; lines: string[] }[] = []
  let skipping = false
  for (const [i, line] of lines.entries()) {
    const timing = TIMING.exec(line)
    if (timing !== null) {
      cues.push({ seconds: secondsOf(timing[1] ?? ''), lines: [] })
      skipping = false
      continue
    }
    const before = lines[i - 1]?.trim() ?? ''
    if (line.trim() === '') skipping = false
    else if (before === '' && /^(?:NOTE|STYLE|REGION)(?:\s|$)/u.test(line)) skipping = true
    else if (!skipping && !isIdentifier(line, before, lines[i + 1] ?? '')) cues.at(-1)?.lines.push(line)
  }
  return cues
}

/** The number or the name of a cue stands in the line before its times. */
const isIdentifier = (line: string, before: string, next: string): boolean =>
  TIMING.test(next) && (before === '' || /^\s*\d{1,6}\s*$/u.test(line))

type Json = Readonly<Record<string, unknown>>
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const OF_RECOGNISERS = ['avg_logprob', 'no_speech_prob', 'compression_ratio', 'confidence', 'words', 'tokens']

/** The segments of a podcast's transcript, or of a recogniser of speech. */
function ofJson(text: string): CueFile | null {
  let read: unknown
  try {
    read = JSON.parse(text)
  } catch {
    return null
  }
  const top = isObject(read) ? read : {}
  const list = Array.isArray(read) ? read : top.segments
  if (!Array.isArray(list)) return null
  const segments = list.filter(isObject)
  const cues = segments.flatMap(cueOf)
  if (cues.length === 0 || cues.length * 2 < list.length) return null
  const about = Object.entries(top).flatMap(([name, value]) =>
    typeof value === 'string' && name !== 'text' ? [`${name} ${value.slice(0, 200)}`] : [],
  )
  const telling = OF_RECOGNISERS.find((name) => segments.some((segment) => name in segment))
  return {
    format: 'JSON',
    cues,
    machine: MADE_BY_MACHINE.test(about.join('\n'))
      ? 'the file says that it was generated'
      : telling === undefined
        ? null
        : `its segments say “${telling}”, as recognisers of speech do`,
  }
}

function cueOf(segment: Json): Cue[] {
  const words = [segment.body, segment.text].find((value) => typeof value === 'string')
  const seconds = [segment.startTime, segment.start].map(secondsIn).find((value) => value !== null)
  if (typeof words !== 'string' || seconds === undefined || seconds === null) return []
  const speaker = typeof segment.speaker === 'string' ? segment.speaker.trim().replaceAll(/\s+/gu, ' ') : ''
  return [{ seconds, lines: words.split(/\r\n?|\n/u), ...(speaker === '' ? {} : { speaker }) }]
}

function secondsIn(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) && value >= 0 ? value : null
  if (typeof value !== 'string' || value.length > 20) return null
  if (new RegExp(`^${CLOCK}$`, 'u').test(value)) return secondsOf(value)
  return /^\d{1,9}(?:\.\d{1,9})?$/u.test(value) ? Number(value) : null
}
