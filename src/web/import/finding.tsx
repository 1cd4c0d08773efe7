import type { ImportResult } from '../../ledger/import/import-folder.ts'
import { counted } from '../ui/number.ts'

/** What the command is told by options is told here by fields. */
const BY_FIELDS: readonly (readonly [RegExp, string])[] = [
  [/ with --date-format/gu, ' under “Dates of numbers”'],
  [/ with --outcome=.*\.$/gu, ' below.'],
  [
    /Say what it is: --map analyst.*/gu,
    'Choose it as “Who said it”, or tick that it names nobody who forecasts.',
  ],
  [
    /Say which day is which: .*/gu,
    'Choose “Deadline” and “Known on” apart; or the columns as when it came first.',
  ],
  [
    /Say what it is: --map "?option=.*/gu,
    'Choose it as “Option”; put it into “The event” where each option is an event of its own; or leave rows out under “Only rows in which”.',
  ],
  [
    /Fill the columns of --map range_low=.*/gu,
    'Choose the columns “Answers from” and “Answers to”, or fill “All answers from” and “to”.',
  ],
  [/say so: --map q0\.5=COLUMN/gu, 'choose it as the quantile of 0.5'],
  [/leave such rows out with --where, or name the column with .*/gu, 'or choose the column “Probability”.'],
  [/ with --map said=COLUMN/gu, ' as “Said on”'],
  [/ with --map id=COLUMN/gu, ' as “What tells questions apart”'],
  [/ with --map created=COLUMN/gu, ' as “Time it was said”'],
]
const onPage = (remedy: string): string =>
  BY_FIELDS.reduce((text, [option, field]) => text.replace(option, field), remedy)

/** What is wrong in the files, each with its line, and the part of it that is meant. */
export function Findings({ findings }: Pick<ImportResult, 'findings'>) {
  if (findings.length === 0) return null
  const errors = findings.filter(({ level }) => level === 'error').length
  return (
    <section aria-labelledby="found">
      <h2 id="found">
        {errors === 0
          ? counted(findings.length, 'remark')
          : `${counted(errors, 'problem')}: nothing is imported`}
      </h2>
      <ol class="findings">
        {findings.map(({ path, line, level, message, remedy, excerpt }) => {
          const letters = [...excerpt.text]
          const from = excerpt.column - 1
          const to = from + excerpt.length
          return (
            <li>
              <p class="tight">
                <b>
                  <bdi>{path}</bdi>, line {line.toLocaleString('en')}
                </b>
                {level === 'warning' ? ' (a remark)' : ''}: <bdi>{message}</bdi>.
              </p>
              <pre class="excerpt">
                {letters.slice(0, from).join('')}
                <mark>{letters.slice(from, to).join('')}</mark>
                {letters.slice(to).join('')}
              </pre>
              <p class="small soft tight">{onPage(remedy)}</p>
            </li>
          )
        })}
      </ol>
    </section>
  )
}

/** What the ledger will not take. */
export const Refusals = ({ imported }: Pick<ImportResult, 'imported'>) =>
  imported === null || imported.refused.length === 0 ? null : (
    <section aria-labelledby="refused">
      <h2 id="refused">{counted(imported.refused.length, 'record')} refused: nothing is imported</h2>
      <ol class="findings">
        {imported.refused.slice(0, 100).map(({ noun, id, message }) => (
          <li>
            <b>
              {noun} <bdi>{id}</bdi>
            </b>
            : <bdi>{message}</bdi>
          </li>
        ))}
      </ol>
    </section>
  )
