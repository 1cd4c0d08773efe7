import * as paths from '../../http/paths.ts'
import type { AnalystFigures } from '../../scoring/analysts-document.ts'
import { partOf } from '../../scoring/figure-text.ts'
import { ChanceMarks, type Counted } from './chance-line.tsx'
import { Figure, type Frame, GROUP, Mark, Upright } from './chart.tsx'
import { across } from './scale.ts'
import { fitted } from './text-width.ts'

/** Somebody among others; without a record there is only what is said. */
export type Delivered = {
  name: string
  href: string
  /** "57 of 75 came true, fewer than expected". */
  says: string
  differs: boolean
  record: Counted | null
}

const [ROW, LABEL, LINE] = [68, 32, 51]
/** How long a name may be, in px: half a wide page, or all of the narrowest. */
const NAMES = { wide: 500, narrow: 310 } as const

type Props = Omit<Frame, 'says'> & { people: readonly Delivered[] }

/** One row each, never by score: where chance alone may lead, what was to be expected, and what came true. */
export const DeliveredRows = ({ people, ...frame }: Props) => (
  <Figure name="delivered" {...frame}>
    <svg class="drawing" width="100%" height={18} aria-hidden="true">
      <Ends />
    </svg>
    {people.map((person, i) => (
      <Row person={person} first={i === 0} />
    ))}
  </Figure>
)

const TICKS = [0, 0.25, 0.5, 0.75, 1]

const Ends = () => (
  <g class="grid">
    {TICKS.map((tick) => (
      <text
        x={`${across([0, 1])(tick)}%`}
        y="12"
        text-anchor={tick === 1 ? 'end' : tick === 0 ? 'start' : 'middle'}
      >
        {`${tick * 100}\u00a0%`}
      </text>
    ))}
  </g>
)

function Row({ person, first }: { person: Delivered; first: boolean }) {
  const { name, href, says, differs, record } = person
  const height = record === null ? LABEL + 8 : ROW
  return (
    <svg
      class={differs ? 'drawing differs' : 'drawing'}
      role={GROUP}
      aria-label={`${name}: ${says}`}
      width="100%"
      height={height}
    >
      <g class="grid">
        {TICKS.map((tick) => (
          <Upright x={across([0, 1])(tick)} y1={0} y2={height} />
        ))}
      </g>
      <Mark href={href} says={`${name}: ${says}`} first={first}>
        {/* So that all of the row can be pointed at. */}
        <rect class="ground" x="0" width="100%" y="0" height={height - 4} />
        {(['wide', 'narrow'] as const).map((which) => (
          <text class={`name ${which}-labels`} x="0" y="16">
            {fitted(name, NAMES[which], 16)}
          </text>
        ))}
        <text class="what" x="0" y={LABEL}>
          {says}
        </text>
        {record === null ? null : <ChanceMarks {...record} y={LINE} />}
      </Mark>
    </svg>
  )
}

/** What came true of what each said, as one row of a picture. */
export function deliveredBy({ id, name, claims, scored }: AnalystFigures): Delivered {
  const { n, came_true, promised, chance, differs } = claims
  const than = differs === null ? '' : differs === 'fewer' ? ', fewer than expected' : ', more than expected'
  return {
    name,
    href: paths.analyst(id),
    says:
      n === 0
        ? scored === 0
          ? 'nothing decided was written down in time'
          : 'none says yes or no'
        : `${partOf(came_true, n)} came true${than}`,
    differs: differs !== null,
    record: chance === null ? null : { n, cameTrue: came_true, expected: promised, chance },
  }
}

/** How to read such a picture. */
export const HOW_DELIVERED =
  'Of the decided claims of each the share that came true. Only what was written down within 30 days and before the outcome was known. A row is coloured, and says so, where more or fewer came true than chance allows for on every reading, among all who are listed.'
