import * as paths from '../../http/paths.ts'
import type { AnalystFigures, NamedAlarm, Pairs } from '../../scoring/analysts-document.ts'
import { expectedText, shareText } from '../../scoring/figure-text.ts'
import { ChanceKey } from '../charts/chance-line.tsx'
import type { Elsewhere } from '../charts/chart.tsx'
import { DeliveredRows, deliveredBy, HOW_DELIVERED } from '../charts/delivered.tsx'
import { counted, unbroken } from '../ui/number.ts'
import { Original } from '../ui/original.tsx'
import { sentenceText } from '../ui/record-words.ts'

type Logged = ReadonlyMap<string, number>
type PeopleProps = {
  people: readonly AnalystFigures[]
  /** Those on other pages, too. */
  everyone: readonly AnalystFigures[]
  logged: Logged
  alarms: readonly NamedAlarm[]
  pairs: Pairs
  elsewhere?: Elsewhere
}

/** What the paired comparisons say, in their own words: one line beneath the picture. */
export const PairLineOf = ({
  pairs: { told_apart, points_to, tested },
  people,
}: {
  pairs: Pairs
  people: readonly AnalystFigures[]
}) => {
  const nameOf = (id: string) => people.find((one) => one.id === id)?.name ?? id
  const [found] = [...told_apart, ...points_to]
  if (tested === 0) return null
  return (
    <>
      {found === undefined
        ? `Of ${counted(tested, 'pair')} with ten decided questions in common none can be told apart.`
        : `On the same questions, ${nameOf(found.a)} and ${nameOf(found.b)}: ${sentenceText(found.sentence)}`}{' '}
      <a href={found === undefined ? `${paths.analysts()}#compare` : paths.comparison(found.a, found.b)}>
        {found === undefined ? 'Compare two' : 'See the comparison'}
      </a>
    </>
  )
}

const HEAD = [
  'Analyst',
  'Logged',
  'Decided',
  'Came true',
  'To be expected',
  '9 of 10 such records',
  'Can be checked',
]

/** One row each: a picture, and the same in words. */
export function People({ people, everyone, logged, alarms, pairs, elsewhere }: PeopleProps) {
  return (
    <>
      <DeliveredRows
        id="delivered"
        title="What came true of what each said"
        heading="Who delivers what they promise"
        how={HOW_DELIVERED}
        {...(elsewhere === undefined ? {} : { elsewhere })}
        people={people.map(deliveredBy)}
        numbers={{
          head: HEAD,
          rows: people.map((person) => {
            const { claims, checkable, name, id } = person
            const { n, came_true, promised, chance } = claims
            return [
              name,
              loggedText(person, logged.get(id) ?? person.forecasts),
              n,
              n === 0 ? '—' : came_true,
              n === 0 ? '—' : expectedText(promised, n, came_true),
              chance === null ? '—' : `${chance[0]} to ${chance[1]}`,
              checkable?.share == null ? '—' : unbroken(shareText(checkable.share)),
            ]
          }),
        }}
        caption={
          <>
            <ChanceKey />
            <PairLineOf pairs={pairs} people={everyone} />
          </>
        }
      />
      {alarms.length === 0 ? null : (
        <section>
          <h2>Where what happens no longer fits</h2>
          <ul class="pairs">
            {alarms.map(({ id, name, sentence }) => (
              <li>
                <a href={paths.analyst(id)}>
                  <Original>{name}</Original>
                </a>{' '}
                <span class="under">{sentenceText(sentence)}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}

/** "34 forecasts, 30 of them written down in time, 2 too vague". */
function loggedText({ forecasts, too_vague }: AnalystFigures, logged: number): string {
  const live =
    forecasts === logged
      ? logged === 1
        ? ', in time'
        : ', all in time'
      : `, ${forecasts.toLocaleString('en')} in time`
  return `${counted(logged, 'forecast')}${logged === 0 ? '' : live}${too_vague === 0 ? '' : `, ${too_vague} too vague`}`
}
