import { codedHow } from '../../core/coding-round.ts'
import * as paths from '../../http/paths.ts'
import type { RoundRow } from '../../store/coding.ts'

/** Beside our reading of a forecast: whether two members coded its source, and how blind they were. */
export function CodedNote({ rounds: [round] }: { rounds: readonly RoundRow[] }) {
  if (round === undefined) return null
  const { blind } = codedHow(round.sent)
  return (
    <p class="small soft">
      Its source was coded by two members, each blind to the other
      {blind
        ? ' and to any reading in the ledger'
        : ', but not to the published reading: claims from it were in the ledger before'}
      . <a href={paths.coding(round.record.id)}>How far they agree</a>
    </p>
  )
}
