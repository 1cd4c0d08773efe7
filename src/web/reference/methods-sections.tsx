import { TableHead } from '../ui/table-head.tsx'
import { FRONT } from './methods-front.tsx'
import { MEANING } from './methods-meaning.tsx'
import { RuleText } from './methods-rule.tsx'
import { TESTS } from './methods-tests.tsx'
import { TEXT } from './methods-text.tsx'

/** Every section of rules, in the order of the page. */
export const SECTIONS = [MEANING, ...TEXT, ...TESTS, FRONT]

export const CONTENTS = SECTIONS.map(({ id, title }) => ({ id, title }))

/** The rules, section by section. */
export const Methods = () => (
  <>
    {SECTIONS.map(({ id, title, rules }) => (
      <section>
        <h2 id={id}>{title}</h2>
        {rules.map((rule) => (
          <RuleText rule={rule} />
        ))}
        {id === 'tiers' ? <Parts /> : null}
      </section>
    ))}
  </>
)

const PARTS: readonly [string, number, number][] = [
  ['what came true, and what was to be expected', 1, 1],
  ['the mean score with its range, the range over readings, the monitor, the tilt', 5, 3],
  ['what a phrase turned out to mean, and every p-value', 5, 5],
  ['“to within 10 points”', 1, 10],
  ['against a reference', 10, 5],
  ['changes of mind', 10, 5],
  ['dots of said against happened, log score, Z', 20, 10],
  ['the score of a year', 20, 10],
  ['range of the score of numbers and of dates', 20, 3],
  ['the curve, miscalibration and its parts, AUC (10 of each outcome)', 50, 20],
]
const FROM = ['forecasts', 'groups']

const Parts = () => (
  <section class="scroll" tabindex={0} aria-label="From how many on">
    <table class="numbers stacked">
      <TableHead columns={['Shown', ...FROM]} figures={FROM} />
      <tbody>
        {PARTS.map(([part, ...least]) => (
          <tr>
            <th scope="row">{part}</th>
            {least.map((n, i) => (
              <td class="num" data-name={FROM[i]}>
                {n}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </section>
)
