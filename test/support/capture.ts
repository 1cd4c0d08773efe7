import { CaptureDraft, type Mark } from '../../src/core/capture.ts'
import { normalisedText } from '../../src/core/normalised-text.ts'

/** An interview of our own: two forecasts of one speaker, one of another, one repeated, one untestable remark. */
export const TEXT = `The talks will fail, says Lena Orlova

Lena Orlova, who has followed the talks for years, sees no way out. The talks will fail, she says.

“The talks will probably fail before the end of the year,” she told us. “Nobody wants to pay for peace.”

“If they fail, the border will be closed,” said Tomas Reis of the border institute. “But the mediators may come back.”
`

/** The mark on these words of the text; `which` of their places, counted from 0. */
export function mark(
  id: string,
  words: string,
  fields: Partial<Mark> & Pick<Mark, 'kind'>,
  which = 0,
  text = TEXT,
): Mark {
  const within = normalisedText(text)
  const sought = normalisedText(words)
  let start = -1
  for (let n = 0; n <= which; n++) start = within.indexOf(sought, start + 1)
  if (start === -1) throw new Error(`the text has no ${JSON.stringify(words)}`)
  return { id, start, end: start + sought.length, ...fields } as Mark
}

export const question = (title: string, changes: Record<string, unknown> = {}) => ({
  title,
  criteria: 'As Reuters or AFP report it; a break of at least a month counts.',
  deadline: { date: '2026-12-31', time_zone: 'UTC' },
  ...changes,
})

/** The whole interview marked, and what else looks like a forecast left: ready to be logged. */
export const aCapture = (changes: Record<string, unknown> = {}): CaptureDraft =>
  CaptureDraft.parse({
    source: {
      type: 'interview',
      title: 'The talks will fail',
      publisher: 'The News',
      url: 'https://news.example/talks',
      published: '2026-11-20',
      coverage: 'complete',
    },
    text: TEXT,
    analyst: { name: 'Lena Orlova', affiliation: '' },
    marks: [
      mark('m2', 'The talks will probably fail before the end of the year,', {
        kind: 'forecast',
        question: question('The talks fail'),
        probability: { words: 'probably' },
      }),
      mark('m1', 'The talks will fail', { kind: 'duplicate', voice: 'headline', duplicate_of: 'm2' }),
      mark('m3', 'Nobody wants to pay for peace.', { kind: 'untestable', reason: 'motive' }),
      mark('m4', 'the border will be closed', {
        kind: 'forecast',
        analyst: { name: 'Tomas Reis' },
        timecode: '12:34',
        question: question('The border is closed', {
          condition: { text: 'The talks fail.', deadline: { date: '2026-12-31', time_zone: 'UTC' } },
        }),
        probability: { words: 'will be', categorical: 'yes' },
      }),
    ],
    ignored: [{ start: 0, end: normalisedText(TEXT).length }],
    ...changes,
  })

/** The same with one mark changed. */
export const withMark = (draft: CaptureDraft, id: string, changes: Record<string, unknown>): CaptureDraft =>
  CaptureDraft.parse({
    ...draft,
    marks: draft.marks.map((each) => (each.id === id ? { ...each, ...changes } : each)),
  })
