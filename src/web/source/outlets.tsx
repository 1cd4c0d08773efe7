import * as paths from '../../http/paths.ts'
import { ENOUGH_READ } from '../../scoring/checkable.ts'
import { shareText } from '../../scoring/figure-text.ts'
import type { OutletLine } from '../../store/documents/source.ts'
import { Figure } from '../charts/chart.tsx'
import { Multiples } from '../charts/checkable-bar.tsx'
import { elsewhereOf } from '../charts/elsewhere.ts'
import { counted } from '../ui/number.ts'
import { Original } from '../ui/original.tsx'

const MOST = 24

const passages = ({ checkable: { n, repeated } }: OutletLine) => n - repeated

/** "42 % of 50 passages in 4 sources can be checked"; of few only how many. */
function lineText(line: OutletLine): string {
  const { share, sources } = line.checkable
  const basis = `${counted(passages(line), 'passage')} in ${counted(sources, 'source')}`
  return passages(line) < ENOUGH_READ.passages || share === null
    ? `${basis}: too few for a share`
    : `${shareText(share)} of ${basis} can be checked`
}

/** What of all that is said in an outlet can be checked, by name: nobody is ranked. */
export function Outlets({ outlets }: { outlets: readonly OutletLine[] }) {
  const most = new Set([...outlets].sort((a, b) => passages(b) - passages(a)).slice(0, MOST))
  const shown = outlets.filter((line) => most.has(line))
  if (shown.length === 0) return null
  return (
    <Figure
      name="checkables"
      id="outlets"
      title="What can be checked of what is said, by outlet"
      heading="What can be checked of what is said there"
      how={`Everything said in sources that were read from end to end, by what became of it: blue came true, orange did not, of the rest neither can be said. By name; a share is told from ${ENOUGH_READ.passages} passages on.${
        shown.length < outlets.length
          ? ` The ${shown.length} outlets of which most was read, of ${outlets.length.toLocaleString('en')}.`
          : ''
      }`}
      elsewhere={elsewhereOf(paths.sources(), 'outlets')}
      numbers={{
        head: [
          'Outlet',
          'Sources',
          'Passages',
          'Came true',
          'Did not',
          'Open',
          'Nothing to check',
          'Said twice',
        ],
        rows: shown.map((line) => {
          const { sources, came_true, did_not, open, neither, too_vague, untestable, no_result, repeated } =
            line.checkable
          return [
            line.outlet,
            sources,
            passages(line),
            came_true,
            did_not,
            open + neither,
            too_vague + untestable + no_result,
            repeated,
          ]
        }),
      }}
    >
      <Multiples
        of={shown.map((line) => ({
          name: (
            <b>
              <Original>{line.outlet}</Original>
            </b>
          ),
          says: lineText(line),
          checkable: line.checkable,
        }))}
      />
    </Figure>
  )
}
