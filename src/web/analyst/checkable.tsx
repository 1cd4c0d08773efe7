import type { Sentences } from '../../scoring/sentences.ts'
import type { TrackRecord } from '../../scoring/track-record.ts'
import type { Elsewhere } from '../charts/chart.tsx'
import { CheckableBar, sharesOf } from '../charts/checkable-bar.tsx'
import { Original } from '../ui/original.tsx'
import { sentenceText } from '../ui/record-words.ts'

type Props = {
  record: TrackRecord
  sentences: Sentences
  name: string
  elsewhere: (chart: string) => Elsewhere
}

/** What became of all that was said in the sources that were read from end to end. */
export function WouldYouKnow({ record: { checkable }, sentences, name, elsewhere }: Props) {
  if (checkable === null) return null
  return (
    <CheckableBar
      id="checkable"
      title="What became of all that was said"
      heading={
        <>
          Would you know if <Original>{name}</Original> were wrong?
        </>
      }
      how={sentenceText(
        sentences.checkable ?? 'What became of all that was said in sources read from end to end.',
      )}
      elsewhere={elsewhere('checkable')}
      shares={sharesOf(checkable)}
    />
  )
}
