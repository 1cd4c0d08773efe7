import type { RedactionKind } from '../../core/redaction.ts'
import * as paths from '../../http/paths.ts'
import type { Viewer } from '../../http/session.ts'
import type { TakenOutRow } from '../../store/redactions.ts'
import { Instant } from './date.tsx'

/** That something was taken out of what stands here, when and why: each occasion once. */
export function TakenOut({ rows }: { rows: readonly TakenOutRow[] }) {
  // What went from the page itself tells of the occasion where both did.
  const inOrder = rows.toSorted((a, b) => Number(b.of_member) - Number(a.of_member))
  const occasions = new Map(
    inOrder.filter(({ text }) => !text).map((row) => [`${row.at} ${row.because}`, row]),
  )
  return (
    <>
      {[...occasions.values()].map(({ at, because, of_member }) => (
        <p class="notice">
          {of_member ? 'The name of a member who wrote here was taken out' : 'Something was taken out here'}{' '}
          on <Instant at={at} />: <bdi>{because}</bdi>
        </p>
      ))}
    </>
  )
}

type OfRecord = { viewer: Viewer | null; kind: RedactionKind; id: string }

/** The way to taking something out, for administrators. */
export const TakeOut = ({ viewer, kind, id }: OfRecord) =>
  viewer?.role !== 'admin' ? null : (
    <p class="small">
      <a href={paths.redactions({ kind, id })}>Take something out of this</a>
    </p>
  )
