import * as paths from '../../http/paths.ts'
import type { AnalystFigures, Pairs } from '../../scoring/analysts-document.ts'
import { expectedText } from '../../scoring/figure-text.ts'
import { ChanceKey } from '../charts/chance-line.tsx'
import { DeliveredRows, deliveredBy, HOW_DELIVERED } from '../charts/delivered.tsx'
import { elsewhereOf } from '../charts/elsewhere.ts'
import { sentenceText } from '../ui/record-words.ts'

const MOST = 8

/** Those with most decided claims, by name, as all of them come. */
function withMost(people: readonly AnalystFigures[]): AnalystFigures[] {
  const counted = people.filter(({ claims }) => claims.n > 0)
  const most = new Set([...counted].sort((a, b) => b.claims.n - a.claims.n).slice(0, MOST))
  return counted.filter((person) => most.has(person))
}

type Props = { people: readonly AnalystFigures[]; pairs: Pairs }

/** What came true of what each said, never by score. */
export function WhoDelivers({ people, pairs }: Props) {
  const shown = withMost(people)
  if (shown.length === 0) return null
  const [pair] = pairs.told_apart
  const isPart = shown.length < people.length
  return (
    <DeliveredRows
      id="people"
      title="Who delivers what they promise"
      heading="Who delivers what they promise"
      how={`${HOW_DELIVERED}${isPart ? ` The ${shown.length} with most decided claims, by name.` : ''}`}
      elsewhere={elsewhereOf(paths.front(), 'people')}
      people={shown.map(deliveredBy)}
      numbers={{
        head: ['Who', 'Decided claims', 'Came true', 'To be expected', '9 of 10 such records'],
        rows: shown.map(({ name, claims: { n, came_true, promised, chance } }) => [
          name,
          n,
          came_true,
          expectedText(promised, n, came_true),
          chance === null ? '—' : `${chance[0]} to ${chance[1]}`,
        ]),
      }}
      caption={
        <>
          <ChanceKey />
          {pair === undefined ? null : <>{sentenceText(pair.sentence)} </>}
          <a href={paths.analysts()}>{isPart ? 'Everybody' : 'More of each'}</a>
        </>
      }
    />
  )
}
