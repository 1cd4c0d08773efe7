import type { Checkable } from '../../scoring/document.ts'
import type { Sentences } from '../../scoring/sentences.ts'
import type { TrackRecord } from '../../scoring/track-record.ts'
import type { Elsewhere } from '../charts/chart.tsx'
import { CheckableBar, type Share } from '../charts/checkable-bar.tsx'
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

/** What became of it, from what can be checked to what cannot. */
export const sharesOf = (of: Checkable): Share[] => [
  { kind: 'came-true', label: 'came true', n: of.came_true },
  { kind: 'did-not', label: 'did not', n: of.did_not },
  { kind: 'neither', label: 'decided, but no claim of yes or no', n: of.neither },
  { kind: 'rest', label: 'not decided yet', n: of.open },
  { kind: 'vague', label: 'too vague to be wrong', n: of.too_vague },
  { kind: 'vague', label: 'not testable', n: of.untestable },
  { kind: 'rest', label: 'no result', n: of.no_result },
  { kind: 'rest', label: 'said twice', n: of.repeated },
]
