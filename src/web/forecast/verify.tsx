import { momentOf } from '../../core/moment.ts'
import { sourceOf } from '../../core/slug.ts'
import type { Source } from '../../core/source.ts'
import type { StandingStatement } from '../../core/statement.ts'
import * as paths from '../../http/paths.ts'
import { verifyStatement } from '../../ledger/forecast/verify-statement.ts'
import { BUTTON } from '../ui/fields.ts'
import { ExternalLink } from '../ui/link.tsx'
import { type FormRoute, seeOther } from '../ui/page.ts'

/** A time code, as the way to its second where the source is a recording. */
export function TimeCode({ source, timecode }: { source: Pick<Source, 'url'>; timecode: string }) {
  const moment = source.url === undefined ? null : momentOf(source.url, timecode)
  if (moment === null) return <span>{timecode}</span>
  return (
    <ExternalLink href={moment} bare>
      {timecode}
    </ExternalLink>
  )
}

type VerifyProps = { statement: StandingStatement; source: Pick<Source, 'transcript'> }

/** For members, where a machine wrote the words down: that they listened. */
export function VerifyByEar({ statement, source }: VerifyProps) {
  if (source.transcript !== 'machine' || statement.verified_by_ear !== undefined) return null
  return (
    <form method="post" action={paths.verification(statement.id)} class="actions">
      <button type="submit" class="quiet">
        I listened: these are the words
      </button>
    </form>
  )
}

/** Records it, and goes back to the claims of the source. */
export const verifyForm: FormRoute = {
  path: '/statements/:id/verification',
  role: 'recorder',
  fields: BUTTON,
  act: async ({ host, unit, params }) => {
    const id = params.id ?? ''
    await verifyStatement(host.ledger, unit, id, {})
    return seeOther(paths.statement(sourceOf(id), id))
  },
}
