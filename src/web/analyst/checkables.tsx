import * as paths from '../../http/paths.ts'
import type { AnalystFigures } from '../../scoring/analysts-document.ts'
import { ENOUGH_READ } from '../../scoring/checkable.ts'
import { shareText } from '../../scoring/figure-text.ts'
import type { Elsewhere } from '../charts/chart.tsx'
import { Figure } from '../charts/chart.tsx'
import { Multiples } from '../charts/checkable-bar.tsx'
import { counted } from '../ui/number.ts'
import { Original } from '../ui/original.tsx'

/** How much of what somebody said can be checked; null where too little was read to say. */
export function checkedShare({ checkable }: AnalystFigures): number | null {
  if (checkable === null || checkable.share === null) return null
  const { n, repeated, sources, share } = checkable
  return n - repeated >= ENOUGH_READ.passages && sources >= ENOUGH_READ.sources ? share : null
}

type Props = { people: readonly AnalystFigures[]; elsewhere?: Elsewhere }

/** The bar of each, small, in the order of the list. */
export function Checkables({ people, elsewhere }: Props) {
  const read = people.filter((person) => checkedShare(person) !== null)
  if (read.length === 0) return null
  return (
    <Figure
      name="checkables"
      id="checkable"
      title="What became of all that each said"
      heading="Would you know if they were wrong?"
      how={`Of all that each said in sources read from end to end, what became of it. Only those of whom ${ENOUGH_READ.passages} passages in ${ENOUGH_READ.sources} sources were read.`}
      {...(elsewhere === undefined ? {} : { elsewhere })}
      numbers={{
        head: ['Analyst', 'Passages', 'Came true', 'Did not', 'Can be checked'],
        rows: read.map(({ name, checkable }) => [
          name,
          (checkable?.n ?? 0) - (checkable?.repeated ?? 0),
          checkable?.came_true ?? 0,
          checkable?.did_not ?? 0,
          shareText(checkable?.share ?? 0),
        ]),
      }}
    >
      <Multiples
        of={read.flatMap(({ id, name, checkable }) =>
          checkable === null
            ? []
            : {
                name: (
                  <a href={paths.analyst(id)}>
                    <Original>{name}</Original>
                  </a>
                ),
                says: `${shareText(checkable.share ?? 0)} of ${counted(checkable.n - checkable.repeated, 'passage')} can be checked`,
                checkable,
              },
        )}
      />
    </Figure>
  )
}
