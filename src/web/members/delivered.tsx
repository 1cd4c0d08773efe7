import { FAILING_DAYS } from '../../core/reminder.ts'
import type { Target } from '../../store/targets.ts'
import { Instant } from '../ui/date.tsx'
import { sentence } from '../ui/field.tsx'

/** Whether what is sent there arrives. */
export function Delivered({ target }: { target: Target }) {
  const { off_at, failing_since, error, delivered_at, waiting } = target
  const says = error === null ? '' : sentence(error)
  if (off_at !== null)
    return (
      <b>
        Switched off <Instant at={off_at} />, after {FAILING_DAYS} days in which nothing was taken, or because
        nothing is wanted there. {says}
      </b>
    )
  if (failing_since !== null)
    return (
      <b>
        Fails since <Instant at={failing_since} />: {says}{' '}
        {waiting === 0 ? 'Nothing waits.' : `${waiting} to be tried again.`}
      </b>
    )
  if (delivered_at === null) return <>Nothing was sent yet.</>
  return (
    <>
      Last delivered <Instant at={delivered_at} />.
    </>
  )
}
