import { TableHead } from '../ui/table-head.tsx'
import { MEANING } from './methods-meaning.tsx'
import { RuleText } from './methods-rule.tsx'
import { TESTS } from './methods-tests.tsx'
import { TEXT } from './methods-text.tsx'

/** Every section of rules, in the order of the page. */
export const SECTIONS = [MEANING, ...TEXT, ...TESTS]

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
        {id === 'tiers' ? <Tiers /> : null}
      </section>
    ))}
  </>
)

const TIERS: readonly [string, string, string, string][] = [
  ['0', '0', '—', 'counts, and the next deadline'],
  ['1', '1', '1', 'the list of forecasts, and what came true; no average, no rank'],
  ['2', '5', '3', 'the mean score with its range, the table of words, the score range'],
  ['3', '20', '10', 'the dots of said against happened, the log score'],
  ['4', '50', '20', 'the curve, miscalibration and its parts, AUC'],
  ['5', '200', '20', 'nothing more'],
]

const FROM = ['n from', 'G from']

const Tiers = () => (
  <section class="scroll" tabindex={0} aria-label="Tiers">
    <table class="numbers stacked">
      <TableHead columns={['Tier', ...FROM, 'Adds']} figures={FROM} />
      <tbody>
        {TIERS.map(([tier, n, clusters, adds]) => (
          <tr>
            <th scope="row">{tier}</th>
            {[n, clusters].map((least, i) => (
              <td class="num" data-name={FROM[i]}>
                {least}
              </td>
            ))}
            <td class="means" data-name="Adds">
              {adds}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </section>
)
