import type { Reason } from '../../scoring/document.ts'
import type { TrackRecord } from '../../scoring/track-record.ts'
import { WITHHELD } from '../ui/record-words.ts'

// What other places of the page explain: the score, the claims, the section for statisticians; or shows in the API only.
const PARTS: Record<string, string> = {
  words: 'What the words turned out to mean',
  calibration: 'When 80 % is said, how often is it so',
  'calibration.curve': 'The curve through the dots',
  'calibration.band': 'The band of a calibrated forecaster',
  reference: 'Against a probability of somebody else',
  over_time: 'The score over the years',
}
const KINDS = ['by_type.multiple_choice', 'by_type.numeric', 'by_type.date']

/** Every part that is not shown, with its reason. */
export function notShown({ withheld, words, counts }: TrackRecord): { part: string; reason: string }[] {
  const parts = Object.entries(PARTS).flatMap(([key, part]) => {
    const reason = withheld[key] as Reason | undefined
    return reason === undefined ? [] : [{ part, reason: WITHHELD[reason] }]
  })
  const noWords = words !== null && words.length === 0
  return [
    ...(noWords
      ? [
          {
            part: PARTS.words as string,
            reason:
              counts.worded === 0 ? 'everything was given in numbers' : 'no phrase of the lexicon was used',
          },
        ]
      : []),
    ...parts,
    ...(KINDS.every((kind) => withheld[kind] !== undefined)
      ? [
          {
            part: 'Averages of questions with several options, numbers or dates',
            reason: 'fewer than five of a kind, or from fewer than three groups',
          },
        ]
      : []),
  ]
}

export function NotShown({ record }: { record: TrackRecord }) {
  const parts = notShown(record)
  if (parts.length === 0) return null
  return (
    <section>
      <h2>Not shown, and why</h2>
      <ul class="withheld">
        {parts.map(({ part, reason }) => (
          <li>
            {part}: {reason}.
          </li>
        ))}
      </ul>
    </section>
  )
}
