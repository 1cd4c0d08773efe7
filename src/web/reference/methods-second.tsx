import type { SecondUse } from '../../store/second-readings.ts'
import { counted } from '../ui/number.ts'

/** On `/methods`: in how much of what is logged a language model had a part; nothing where none had. */
export function SecondReaders({ use }: { use: readonly SecondUse[] }) {
  const used = use.filter(({ captures }) => captures > 0)
  if (used.length === 0) return null
  return (
    <>
      <h2 id="second-reader">A language model as a second reader</h2>
      <p>
        A member may ask a model which passages of a text forecast something. It marks and logs nothing: a
        member takes over what it proposes, changes it, or leaves it. No figure of a record is the model’s.
      </p>
      <ul>
        {used.map(({ model, captures, logged, logged_dropped: dropped, accepted, changed, rejected }) => (
          <li>
            <bdi>{model}</bdi> was asked in {counted(captures, 'capture')} that{' '}
            {captures === 1 ? 'was' : 'were'} logged, and proposed {counted(logged + dropped, 'passage')}:{' '}
            {dropped} dropped, because they do not stand in the text, are incomplete or came after the 60th,{' '}
            {accepted} taken over as proposed, {changed} changed, {rejected} left.
          </li>
        ))}
      </ul>
    </>
  )
}
