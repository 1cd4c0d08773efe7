import type { CoderAgreement, Told } from '../../scoring/coder-agreement.ts'
import type { OutcomeAgreement } from '../../store/documents/coding.ts'
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
const OUTCOME = 'Outcome of a question'
const FIGURES = ['Units', 'Same', 'Alpha', 'Range']
type Line = readonly [string, Told]

/** How far two agreed, by variable; what is not computed is not there, and says why. */
export function AgreementTable({
  agreement,
  outcome,
}: {
  agreement?: CoderAgreement
  outcome?: OutcomeAgreement
}) {
  const told: Line[] = [
    ...(agreement === undefined
      ? []
      : (['kind', 'deadline', 'band'] as const).map((name): Line => [NAMES[name], agreement[name]])),
    ...(outcome === undefined || outcome.units === 0 ? [] : [[OUTCOME, outcome] as const]),
  ]
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
        {agreement === undefined ? null : <Spans agreement={agreement} />}{' '}
        {told.some(([, { alpha }]) => alpha === null)
          ? 'Alpha, which counts what would agree by chance as nothing, is shown from 30 units on and where codes vary.'
          : ''}
      </p>
      {agreement === undefined ? null : <p class="small soft">{beliefText(agreement)}</p>}
      {outcome === undefined ? null : <p class="small soft">{outcomeAgreementText(outcome)}</p>}
    </>
  )
}

const Spans = ({ agreement: { spans } }: { agreement: CoderAgreement }) => (
  <>
    {spans.f1 === null
      ? 'Neither marked a passage.'
      : `One marked ${counted(spans.first, 'passage')}, the other ${spans.second.toLocaleString('en')}; ${spans.paired.toLocaleString('en')} stand at the same place. Overlap of the letters marked (F1): ${two(spans.f1)}.`}
  </>
)

/** Whose outcomes were compared, and which were not. */
export function outcomeAgreementText({ units, waiting }: OutcomeAgreement): string {
  const of =
    units === 0
      ? 'No outcome was decided twice, so no agreement on outcomes is known.'
      : `Outcomes: ${counted(units, 'question')} of yes or no that two members decided before an outcome was proposed, neither shown what the other made of it. Members choose which: they are no random sample.`
  return waiting === 0
    ? of
    : `${of} ${counted(waiting, 'question')} ${waiting === 1 ? 'was' : 'were'} decided so by one member, and by no second one yet or before another outcome was proposed.`
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
