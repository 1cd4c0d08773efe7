import type { CoderAgreement } from '../../scoring/coder-agreement.ts'
import { counted, percent } from '../ui/number.ts'
import { TableHead } from '../ui/table-head.tsx'

const two = (value: number): string => value.toFixed(2).replace('-', '−')
const range = (interval: readonly [number, number] | null) =>
  interval === null ? '' : `${two(interval[0])} to ${two(interval[1])}`

const NAMES = {
  kind: 'Kind of passage',
  deadline: 'Deadline, to the day',
  band: 'Band, within 5 points',
} as const
const FIGURES = ['Units', 'Same', 'Alpha', 'Range']

/** How far two coders agreed, by variable; what is not computed is not there, and says why. */
export function AgreementTable({ agreement }: { agreement: CoderAgreement }) {
  const { spans } = agreement
  const told = (['kind', 'deadline', 'band'] as const).map((name) => [NAMES[name], agreement[name]] as const)
  return (
    <>
      <section class="scroll" tabindex={0} aria-label="Agreement by variable">
        <table class="numbers stacked">
          <TableHead columns={['Variable', ...FIGURES]} figures={FIGURES} />
          <tbody>
            {told.map(([name, { units, raw, alpha, interval }]) => (
              <tr>
                <th scope="row">{name}</th>
                <td class="num" data-name="Units">
                  {units.toLocaleString('en')}
                </td>
                <td class="num" data-name="Same">
                  {raw === null ? '–' : percent(raw)}
                </td>
                <td class="num" data-name="Alpha">
                  {alpha === null ? '–' : two(alpha)}
                </td>
                <td class="num" data-name="Range">
                  {interval === null ? '–' : range(interval)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <p class="small soft">
        {spans.f1 === null
          ? 'Neither marked a passage.'
          : `One marked ${counted(spans.first, 'passage')}, the other ${spans.second.toLocaleString('en')}; ${spans.paired.toLocaleString('en')} stand at the same place. Overlap of the letters marked (F1): ${two(spans.f1)}.`}{' '}
        {told.some(([, { alpha }]) => alpha === null)
          ? 'Alpha, which counts what would agree by chance as nothing, is shown from 30 units on and where codes vary. '
          : ''}
        Outcomes are not determined twice here, so no agreement on them is known.
      </p>
      <p class="small soft">{beliefText(agreement)}</p>
    </>
  )
}

/** How far readings go with what the coders themselves believed. */
export function beliefText({ beliefs }: CoderAgreement): string {
  const { readings, difference, pairs, correlation } = beliefs
  if (difference === null)
    return 'No forecast was read, so nothing can be said of how readings go with what coders believe.'
  const points = Math.round(Math.abs(difference) * 100)
  const side = difference >= 0 ? 'above' : 'below'
  const apart = points === 0 ? 'within half a point of' : `${counted(points, 'point')} ${side}`
  const mean = `What was read lies on average ${apart} what the coders themselves thought likely (${counted(readings, 'reading')}).`
  const leaning =
    correlation === null
      ? `Whether the coder who believes more reads more cannot be told: ${counted(pairs, 'passage')} both read as a forecast, and it takes 30 that vary.`
      : `Differences of readings go with differences of beliefs at ${two(correlation)} (correlation, ${counted(pairs, 'passage')}); 0 would mean that readings do not lean towards beliefs.`
  return `${mean} ${leaning}`
}
