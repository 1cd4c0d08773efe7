import type { Child } from 'hono/jsx'
import { sentencesOf } from '../../scoring/sentences.ts'
import type { RecordDocument } from '../../store/documents/track-record.ts'
import { sentenceText } from '../ui/record-words.ts'
import { Said } from '../ui/said.tsx'
import { WouldYouKnow } from './checkable.tsx'
import { CameTrue } from './claims.tsx'
import { CountedNumbers, CountedWords } from './counted.tsx'
import { FromLogged } from './from-logged.tsx'
import { OtherKinds, Selection, Topics } from './groups.tsx'
import { ChangesOfMind, Monitored, OverTime, Score } from './score.tsx'
import { ForStatisticians } from './statistics.tsx'
import { NotShown } from './withheld.tsx'

type Props = {
  record: RecordDocument
  name: string
  topics: readonly { tag: string; record: RecordDocument }[]
  /** The forecasts one by one. */
  forecasts: Child
  /** Which of them count, under the sentence. */
  children?: Child
}

/** A record on its page: the sentence first, then what it rests on; nothing hidden without saying why. */
export function RecordParts({ record, name, topics, forecasts, children }: Props) {
  const sentences = sentencesOf(record, { name })
  const drawn = { record, sentences }
  return (
    <>
      <p class="lead">{sentenceText(record.finding.sentence)}</p>
      <Said sentences={sentences} ids={['how_sure', 'illustration']} class="how-sure" />
      {children}
      <CameTrue {...drawn} />
      <CountedWords record={record} />
      <CountedNumbers record={record} name={name} />
      <Score {...drawn} />
      <ChangesOfMind {...drawn} />
      <Monitored {...drawn} />
      <WouldYouKnow {...drawn} />
      <FromLogged record={record} />
      <OtherKinds {...drawn} />
      <OverTime {...drawn} />
      <Topics topics={topics} />
      <h2>Every forecast</h2>
      {forecasts}
      <h2>How the sources were selected</h2>
      <Selection record={record} />
      <NotShown record={record} />
      <ForStatisticians {...drawn} />
    </>
  )
}
