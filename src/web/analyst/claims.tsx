import type { ClaimFigures } from '../../scoring/document.ts'
import { expectedText } from '../../scoring/figure-text.ts'
import type { SentenceId, Sentences } from '../../scoring/sentences.ts'
import type { TrackRecord } from '../../scoring/track-record.ts'
import { NumbersTable } from '../charts/chart.tsx'
import { ParallelRecords } from '../charts/parallel-records.tsx'
import { Withheld } from '../ui/card.tsx'
import { Said } from '../ui/said.tsx'

type Props = { record: TrackRecord; sentences: Sentences }

const RIGHT = 'the numbers are right'
const MEANT = 'the words mean what readers hear'
const ONE = `if ${RIGHT}`
const TWO = { kindest: 'on the kindest reading', usual: 'on the usual reading' }

const BESIDES: SentenceId[] = [
  'low_information',
  'deadline_ours',
  'paraphrases',
  'rows_alone',
  'disputed',
  'unmeasured',
  'too_vague',
  'undecided',
]

/** How many came true, among all the ways it could have gone. */
export function CameTrue({ record, sentences }: Props) {
  const { claims, counts } = record
  if (counts.scored === 0) return null
  const { records } = claims
  const isOne = records?.kindest.every((p, count) => p === records.usual[count])
  return (
    <section>
      <h2>
        {claims.n === 0 ? 'Did it come true?' : `${claims.came_true} of ${claims.n} came true`}{' '}
        <Disputed n={counts.disputed} />
      </h2>
      {claims.n === 0 ? (
        <Withheld>{sentences.no_claims}</Withheld>
      ) : (
        <p class="soft">
          A claim came true when the event ended the way it was said to.{' '}
          {records === null
            ? ''
            : `If ${isOne ? RIGHT : counts.numbers === 0 ? MEANT : `${RIGHT} and ${MEANT}`}, how many would come true? ${isOne ? 'The hill is' : 'Each hill is'} every way it could have gone, the higher the likelier; the line is how it went.`}
        </p>
      )}
      <div class="halves">
        {records === null ? null : (
          <ParallelRecords
            id="records"
            title="How many could have come true, and how many did"
            records={records}
            came_true={claims.came_true}
            n={claims.n}
            names={isOne ? { kindest: ONE, usual: ONE } : TWO}
          />
        )}
        <div>
          <Said
            sentences={sentences}
            ids={['claims_kindest', 'claims_usual', 'could_have_seen', 'claims_bounds']}
          />
          <Said sentences={sentences} ids={BESIDES} class="soft" />
        </div>
      </div>
      <Groups record={record} />
    </section>
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
  if (rows.length === 0) return null
  return (
    <NumbersTable
      title="Claims that came true"
      numbers={{ head: ['Claims', 'Decided', 'Independent groups', 'Came true', 'To be expected'], rows }}
    />
  )
}
