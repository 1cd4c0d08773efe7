import { codedHow, codedKind } from '../../core/coding-round.ts'
import * as paths from '../../http/paths.ts'
import type { RoundRow } from '../../store/coding.ts'

/** Beside our reading of a forecast: whether two members coded its source, and how blind they were. */
type NoteProps = {
  rounds: readonly RoundRow[]
  /** From when the outcome of the question was known. */
  known_from: Date | null
}
export function CodedNote({ rounds: [round], known_from }: NoteProps) {
  if (round === undefined) return null
  const { blind } = codedHow(round.sent)
  const isKnowing = codedKind(round.sent, known_from?.toISOString() ?? null) === 'knowing'
  return (
    <p class="small soft">
      Its source was coded by two members, each blind to the other
      {blind
        ? ' and to any reading in the ledger'
        : ', but not to the published reading: claims from it were in the ledger before'}
      {isKnowing ? '; at least one of them when the outcome was known' : ''}.{' '}
      <a href={paths.coding(round.record.id)}>How far they agree</a>
    </p>
  )
}
