import type { ClaimFigures, Claims } from '../../scoring/document.ts'
import { expectedText, numeral, partOf } from '../../scoring/figure-text.ts'
import { nothingChangesText } from '../../scoring/rule-text.ts'
import { SECTIONS } from '../../scoring/sections.ts'
import type { Sentences } from '../../scoring/sentences.ts'
import type { TrackRecord } from '../../scoring/track-record.ts'
import type { RecordDocument } from '../../store/documents/track-record.ts'
import { type Elsewhere, NumbersTable } from '../charts/chart.tsx'
import { ParallelRecords } from '../charts/parallel-records.tsx'
import { Withheld } from '../ui/card.tsx'
import { sentenceText } from '../ui/record-words.ts'
import { Said, says } from '../ui/said.tsx'

type Props = { record: RecordDocument; sentences: Sentences; elsewhere: (chart: string) => Elsewhere }

const RIGHT = 'the numbers are right'
const MEANT = 'the words mean what readers hear'
const ONE = `if ${RIGHT}`
const TWO = { kindest: 'kindest reading', usual: 'usual reading' }

/** How many came true, among all the ways it could have gone. */
export function CameTrue({ record, sentences, elsewhere }: Props) {
  const { claims, counts } = record
  const { no_claims } = sentences
  const isTold = no_claims === undefined || record.finding.sentence.startsWith(no_claims)
  if (claims.n === 0 && isTold && !says(sentences, [...SECTIONS.claims, ...SECTIONS.claims_besides]))
    return null
  const isDrawn = claims.records !== null
  return (
    <section>
      {isDrawn ? null : (
        <h2>{claims.n === 0 ? 'Did it come true?' : `${partOf(claims.came_true, claims.n)} came true`}</h2>
      )}
      {isTold ? null : <Withheld>{no_claims}</Withheld>}
      <div class={isDrawn ? 'halves' : ''}>
        <Records record={record} elsewhere={elsewhere('records')} />
        <div class="beside">
          <Disputed n={counts.disputed} />
          <Said sentences={sentences} ids={SECTIONS.claims} />
          {nothingChangesText(record.nothing_changes).map((sentence) => (
            <p>{sentenceText(sentence)}</p>
          ))}
          <Said sentences={sentences} ids={SECTIONS.claims_besides} class="soft" />
        </div>
      </div>
      <Groups record={record} />
    </section>
  )
}

/** Where numbers alone were given, there is one reading. */
const isOneReading = ({ kindest, usual }: NonNullable<Claims['records']>) =>
  kindest.every((chance, count) => chance === usual[count])

/** What one asks of so many that came true, of so many. */
function askedOf({ came_true, n, promised: [low, high] }: Claims): string {
  const count = partOf(came_true, n)
  // A part of a claim is no luck.
  return came_true <= low - 1
    ? `Is ${count} bad luck?`
    : came_true >= high + 1
      ? `Is ${count} good luck?`
      : `${count} came true: how else could it have gone?`
}

function Records({ record: { claims, counts }, elsewhere }: { record: TrackRecord; elsewhere: Elsewhere }) {
  const { records, came_true, n, clusters } = claims
  if (records === null) return null
  const isOne = isOneReading(records)
  const premise = isOne ? RIGHT : counts.numbers === 0 ? MEANT : `${RIGHT} and ${MEANT}`
  return (
    <ParallelRecords
      id="records"
      title="How many could have come true, and how many did"
      heading={askedOf(claims)}
      how={`If ${premise}, how many of ${numeral(n)} would come true? ${isOne ? 'The hill shows' : 'Each hill shows'} how often each number would, the higher the oftener; the line is how many did. A claim came true when the event ended the way it was said to.`}
      elsewhere={elsewhere}
      records={records}
      came_true={came_true}
      n={n}
      names={isOne ? { kindest: ONE, usual: ONE } : TWO}
      caption={
        clusters < n
          ? 'What is said in one interview, or about one development, is taken to stand and fall together, so some numbers have a low bar or none.'
          : undefined
      }
    />
  )
}

/** Beside every figure while a resolution under it is disputed. */
export const Disputed = ({ n }: { n: number }) => (n === 0 ? null : <span class="label">{n} disputed</span>)

/** Every group of claims with its own count, those that hold any. */
function Groups({ record: { claims, categorical } }: { record: TrackRecord }) {
  const line = (name: string, { n, clusters, came_true, promised }: ClaimFigures) => [
    name,
    n,
    clusters,
    came_true,
    expectedText(promised, n, came_true),
  ]
  const { without_low_information: rest, deadline_ours: ours, unmeasured } = claims
  const rows = [
    line('All', claims),
    ...(rest.n === claims.n ? [] : [line('Without those hard to get wrong', rest)]),
    line('With a deadline that is ours', ours),
    ['Said flatly, as “it will happen”', categorical.n, categorical.clusters, categorical.hits, '—'],
    ['In words that nobody measured', unmeasured.n, unmeasured.clusters, unmeasured.came_true, 'unknown'],
  ].filter(([, n]) => n !== 0)
  if (rows.length < 2 && unmeasured.n === 0) return null
  return (
    <details class="behind">
      <summary>The same by kind of claim</summary>
      <NumbersTable
        title="Claims that came true"
        numbers={{ head: ['Claims', 'Decided', 'Independent groups', 'Came true', 'To be expected'], rows }}
      />
    </details>
  )
}
