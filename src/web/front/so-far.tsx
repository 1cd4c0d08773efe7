import * as paths from '../../http/paths.ts'
import type { Exit } from '../../scoring/document.ts'
import { EXIT, stepText, wholeText } from '../../scoring/funnel-words.ts'
import type { WholeRecord } from '../../scoring/whole-record.ts'
import { Funnel } from '../charts/funnel.tsx'
import { share } from '../charts/number.ts'
import { counted, unbroken } from '../ui/number.ts'

const NUMBERS = [
  'No',
  'One',
  'Two',
  'Three',
  'Four',
  'Five',
  'Six',
  'Seven',
  'Eight',
  'Nine',
  'Ten',
  'Eleven',
  'Twelve',
]

/** "Four people", "38 people". */
const peopleText = (n: number): string =>
  `${NUMBERS[n] ?? n.toLocaleString('en')} ${n === 1 ? 'person' : 'people'}`

/** "82 to 86 %", or "82 %" where both ends read the same. */
function promisedText({ promised: [low, high], n }: WholeRecord): string {
  const [from, to] = [share(low / n), share(high / n)]
  return from === to ? to : `${from.replace(/\s%$/u, '')} to ${to}`
}

const basisText = ({ people, n, since }: WholeRecord): string =>
  `${peopleText(people)}, ${counted(n, 'claim')} made since ${since?.slice(0, 4)} and decided.`

/** The one figure, with what it is of. */
export const soFarText = (whole: WholeRecord): string =>
  `${basisText(whole)} ${share(whole.came_true / whole.n)} came true; their own words and numbers promised ${promisedText(whole)}.`

/** One figure with its n, and by which ways everything else left it. */
export function SoFar({ whole }: { whole: WholeRecord }) {
  const [first] = whole.funnel
  const steps = whole.funnel.filter(({ step }) => step !== 'numbers')
  return (
    <>
      <p class="sub">
        {basisText(whole)} <b>{share(whole.came_true / whole.n)} came true</b>; their own words and numbers
        promised <b>{promisedText(whole)}</b>.
      </p>
      {first === undefined ? null : (
        <details class="not-counted">
          <summary>
            What is not counted: how {first.from.toLocaleString('en')} {wholeText(first.from)} become{' '}
            {whole.n.toLocaleString('en')} claims
          </summary>
          <Funnel
            id="funnel"
            title="From all that was logged to what is counted"
            whole={{ label: wholeText(first.from), n: first.from }}
            steps={steps.map(({ step, out, stays }) => ({
              label: step === 'claims' ? 'that say yes or no' : stepText(step, stays),
              stays,
              out: out.map(({ why, n }) => ({
                label: unbroken(HERE[why] ?? EXIT[why]),
                n,
              })),
            }))}
          />
          <p class="small soft">
            Counted is what was written down before the outcome was known, and within 30 days of being said;
            of several statements of one person on one question the first.{' '}
            <a href={paths.methods()}>Methods</a>
          </p>
        </details>
      )}
    </>
  )
}

/** Where the ways of one record read otherwise for all. */
const HERE: Partial<Record<Exit, string>> = {
  outside_the_view: 'written down later than 30 days after they were said, or with the outcome known',
  open: 'not decided yet',
}
