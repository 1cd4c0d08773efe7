import type { Child } from 'hono/jsx'
import { sentencesOf } from '../../scoring/sentences.ts'
import type { RecordDocument } from '../../store/documents/track-record.ts'
import type { Elsewhere } from '../charts/chart.tsx'
import { WouldYouKnow } from './checkable.tsx'
import { CameTrue } from './claims.tsx'
import { CountedNumbers, CountedWords } from './counted.tsx'
import { FromLogged } from './from-logged.tsx'
import { OtherKinds, Selection, type Topic, Topics } from './groups.tsx'
import { ChangesOfMind, Monitored, OverTime, Score } from './score.tsx'
import { ForStatisticians } from './statistics.tsx'
import { NotShown } from './withheld.tsx'

type Props = {
  record: RecordDocument
  name: string
  topics: readonly Topic[]
  /** Where the charts of this page are found otherwise. */
  elsewhere?: (chart: string) => Elsewhere
  /** The forecasts one by one. */
  forecasts: Child
}

/** What a record rests on, under what leads it: pictures first, the score for who asks; nothing hidden without saying why. */
export function RecordParts({ record, name, topics, forecasts, elsewhere = () => ({}) }: Props) {
  const sentences = sentencesOf(record, { name })
  const drawn = { record, sentences, name, elsewhere }
  return (
    <>
      <CountedWords {...drawn} />
      <CountedNumbers {...drawn} />
      <CameTrue {...drawn} />
      <WouldYouKnow {...drawn} />
      {forecasts}
      <OtherKinds {...drawn} />
      <div class="halves">
        <FromLogged record={record} elsewhere={elsewhere} />
        <Topics topics={topics} />
      </div>
      <div class="halves">
        <section>
          <h2>How the sources were selected</h2>
          <Selection record={record} />
        </section>
        <div>
          <Monitored {...drawn} />
          <ChangesOfMind {...drawn} />
        </div>
      </div>
      <Score {...drawn}>
        <OverTime {...drawn} />
      </Score>
      <ForStatisticians {...drawn} />
      <NotShown record={record} />
    </>
  )
}
