import { capitalised } from '../../core/text.ts'
import type { TrackRecord } from '../../scoring/track-record.ts'
import { PART, WITHHELD } from '../../scoring/withheld-words.ts'

type NotShownPart = { reason: string; parts: string[] }

/** Every part that is not shown, with its reason; parts of one reason together. */
export function notShown({ withheld, counts }: TrackRecord): NotShownPart[] {
  if (counts.scored === 0) return [{ reason: WITHHELD.nothing_scored, parts: ['every figure of a record'] }]
  const reasons = new Map<string, string[]>()
  for (const [part, reason] of Object.entries(withheld)) {
    const parts = reasons.get(WITHHELD[reason]) ?? []
    reasons.set(WITHHELD[reason], [...parts, PART[part] ?? part])
  }
  return [...reasons].map(([reason, parts]) => ({ reason, parts: [...new Set(parts)] }))
}

/** "The score; changes of mind: nothing is scored yet." */
export function notShownText({ reason, parts }: NotShownPart): string {
  const said = `${parts.join('; ')}: ${reason}.`
  return capitalised(said)
}

export function NotShown({ record }: { record: TrackRecord }) {
  const reasons = notShown(record)
  if (reasons.length === 0) return null
  return (
    <section>
      <h2>Not shown, and why</h2>
      <ul class="withheld">
        {reasons.map((part) => (
          <li>{notShownText(part)}</li>
        ))}
      </ul>
    </section>
  )
}
