import * as paths from '../../http/paths.ts'
import type { AnalystFigures, Pairs } from '../../scoring/analysts-document.ts'
import { expectedText } from '../../scoring/figure-text.ts'
import { ChanceKey, ChanceLine } from '../charts/chance-line.tsx'
import { unbroken } from '../ui/number.ts'
import { Original } from '../ui/original.tsx'
import { sentenceText } from '../ui/record-words.ts'

const MOST = 12

/** By name, as all of them come. */
function withMost(people: readonly AnalystFigures[]): AnalystFigures[] {
  const most = new Set([...people].sort((a, b) => b.claims.n - a.claims.n).slice(0, MOST))
  return people.filter((person) => most.has(person) && person.claims.n > 0)
}

type Props = { people: readonly AnalystFigures[]; pairs: Pairs }

/** Those with most decided claims, by name. */
export function WhoDelivers({ people, pairs }: Props) {
  const [pair] = pairs.told_apart
  return (
    <section id="people">
      <h2>Who delivers what they promise</h2>
      <p class="soft">By name; nobody is ranked whom the record cannot tell apart.</p>
      <ul class="delivers">
        {withMost(people).map(({ id, name, claims: { n, came_true, promised, chance, differs } }) => (
          <li class={differs === null ? undefined : 'differs'}>
            <a href={paths.analyst(id)}>
              <Original>{name}</Original>
            </a>{' '}
            <span class="small soft">{unbroken(`${came_true} of ${n} came true`)}</span>
            {chance === null ? null : (
              <ChanceLine
                n={n}
                cameTrue={came_true}
                expected={promised}
                chance={chance}
                says={`${came_true} of ${n} came true; ${expectedText(promised, n, came_true)} to be expected`}
              />
            )}
          </li>
        ))}
      </ul>
      <ChanceKey />
      <p class="small">
        {pair === undefined ? null : <>{sentenceText(pair.sentence)} </>}
        <a href={paths.analysts()}>Everybody</a>
      </p>
    </section>
  )
}
