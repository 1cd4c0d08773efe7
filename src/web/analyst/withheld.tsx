import type { TrackRecord } from '../../scoring/track-record.ts'
import { PART, WITHHELD } from '../ui/record-words.ts'

/** Every part that is not shown, with its reason; parts of one reason together. */
export function notShown({ withheld }: Pick<TrackRecord, 'withheld'>): { reason: string; parts: string[] }[] {
  const reasons = new Map<string, string[]>()
  for (const [part, reason] of Object.entries(withheld)) {
    const parts = reasons.get(WITHHELD[reason]) ?? []
    reasons.set(WITHHELD[reason], [...parts, PART[part] ?? part])
  }
  return [...reasons].map(([reason, parts]) => ({ reason, parts: [...new Set(parts)] }))
}

export function NotShown({ record }: { record: TrackRecord }) {
  const reasons = notShown(record)
  if (reasons.length === 0) return null
  return (
    <section>
      <h2>Not shown, and why</h2>
      <ul class="withheld">
        {reasons.map(({ reason, parts }) => (
          <li>
            {parts.join('; ')}: {reason}.
          </li>
        ))}
      </ul>
    </section>
  )
}
