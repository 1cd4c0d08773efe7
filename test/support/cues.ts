import fc from 'fast-check'

/** Captions of a text that is cut at some of its blanks, in the formats they come in. */
export type Cut = { lines: string[]; starts: number[] }

export const FORMATS = ['WebVTT', 'SubRip', 'podcast', 'recogniser', 'lines'] as const

/** A text cut at random blanks, a second or more a cue. */
export const cutOf = (text: string): fc.Arbitrary<Cut> => {
  const words = text.split(' ')
  return fc
    .array(fc.tuple(fc.boolean(), fc.integer({ min: 1, max: 90 })), {
      minLength: words.length,
      maxLength: words.length,
    })
    .map((cuts) => {
      const lines: string[] = []
      const starts: number[] = []
      let at = 0
      for (const [i, word] of words.entries()) {
        const [isCut = false, pause = 1] = cuts[i] ?? []
        if (i === 0 || isCut) {
          lines.push(word)
          starts.push(at)
          at += pause
        } else lines.push(`${lines.pop() ?? ''} ${word}`)
      }
      return { lines, starts }
    })
}

const two = (n: number) => String(n).padStart(2, '0')
const clock = (seconds: number) =>
  [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map(two).join(':')

/** Captions as a file of theirs; every second cue on two lines where the format knows lines. */
export function written(format: (typeof FORMATS)[number], { lines, starts }: Cut): string {
  const end = (i: number) => starts[i + 1] ?? (starts[i] ?? 0) + 1
  const broken = (line: string, i: number) => (i % 2 === 0 ? line : line.replace(' ', '\n'))
  if (format === 'WebVTT')
    return `WEBVTT\n\nSTYLE\n::cue { color: white }\n\nNOTE by hand\n\n${lines
      .map(
        (line, i) =>
          `${clock(starts[i] ?? 0)}.000 --> ${clock(end(i))}.000 align:start position:10%\n${broken(line.replaceAll('&', '&amp;'), i)}`,
      )
      .join('\n\n')}\n`
  if (format === 'SubRip')
    return `\ufeff${lines
      .map((line, i) => `${i + 1}\n${clock(starts[i] ?? 0)},000 --> ${clock(end(i))},500\n${broken(line, i)}`)
      .join('\n\n')
      .replaceAll('\n', '\r\n')}\r\n`
  if (format === 'podcast')
    return JSON.stringify({
      version: '1.0.0',
      segments: lines.map((body, i) => ({ startTime: starts[i], endTime: end(i), body })),
    })
  if (format === 'recogniser')
    return JSON.stringify({
      text: lines.join(' '),
      segments: lines.map((line, i) => ({ id: i, start: starts[i], end: end(i), text: ` ${line}` })),
    })
  return lines.map((line, i) => `[${clock(starts[i] ?? 0)}] ${line}`).join('\n')
}
