import type { SentFile } from '../../ledger/import/import-files.ts'
import { base64 } from '../../log/encoding.ts'
import { FormFields, type FormFrame, FormProblems, sentence } from '../ui/field.tsx'
import { MEANING_OPTIONS, MOST_QUANTILES } from './form.ts'

/** What only a person can say: cells of the outcome and what they were given, and columns that look like names. */
export type Unclear = {
  outcomes: readonly (readonly [value: string, meaning: string])[]
  names: readonly string[]
}

/** The files themselves, which nobody keeps until they are imported. */
export const Carried = ({ files }: { files: readonly SentFile[] }) => (
  <>
    {files.map(({ name, bytes }) => (
      <>
        <input type="hidden" name="name" value={name} />
        <input type="hidden" name="content" value={base64(bytes)} />
      </>
    ))}
  </>
)

/** What the columns of a table mean. */
export const Mapping = ({ frame, unclear }: { frame: FormFrame; unclear: Unclear }) => (
  <>
    <h2>What it says</h2>
    <FormProblems frame={frame} />
    <FormFields
      frame={frame}
      names={[
        ['/columns/probability', '/columns/outcome'],
        ['/columns/date', '/columns/said'],
        '/title',
        ['/analyst', '/columns/analyst'],
        ['/url', '/source'],
      ]}
    />
    <NotNames frame={frame} names={unclear.names} />
    <Outcomes outcomes={unclear.outcomes} />
    <details open={hasAny(frame, KINDS)}>
      <summary>Not yes or no: options, numbers, days</summary>
      <FormFields frame={frame} names={['/columns/option']} />
      <Quantiles frame={frame} />
      <FormFields
        frame={frame}
        names={[
          ['/columns/low', '/columns/high'],
          ['/level', '/columns/value'],
          ['/columns/range_low', '/columns/range_high'],
          ['/range/low', '/range/high'],
          ['/columns/unit', '/range/unit'],
        ]}
      />
    </details>
    <details open={hasAny(frame, MORE)}>
      <summary>More: deadlines, ids, dates, groups, some of the rows</summary>
      <FormFields
        frame={frame}
        names={[
          ['/columns/deadline', '/columns/known_on'],
          ['/columns/created', '/columns/id'],
          '/columns/criteria',
          ['/date_format', '/time_zone'],
          ['/cluster'],
          ['/where/column', '/where/value'],
          ['/analyst_id', '/distinct_from'],
        ]}
      />
    </details>
  </>
)

const KINDS = /^\/(?:columns\/(?:option|low|high|value|range_low|range_high|unit)|quantiles|level|range)\b/u
const MORE =
  /^\/(?:columns\/(?:deadline|known_on|created|id|criteria)|date_format|time_zone|cluster|where\/|analyst_id|distinct_from)/u
const hasAny = ({ draft }: FormFrame, names: RegExp): boolean =>
  draft.problems.some(({ pointer }) => names.test(pointer)) ||
  [...draft.typed].some(([name, [value]]) => names.test(name) && value !== undefined && value !== '')

/** Without script there are always some more than are filled. */
const BLANK_QUANTILES = 3

/** Which column is the quantile of which level. */
function Quantiles({ frame }: { frame: FormFrame }) {
  const { typed, problems } = frame.draft
  const levels = typed.get('/quantiles/level') ?? []
  const columns = typed.get('/quantiles/column') ?? []
  const filled = levels.flatMap((level, i) => {
    const column = columns[i] ?? ''
    return level === '' && column === '' ? [] : [[level, column] as const]
  })
  const blank = Array.from({ length: BLANK_QUANTILES }, () => ['', ''] as const)
  const [problem] = problems.filter(({ pointer }) => pointer.startsWith('/quantiles'))
  const options = frame.fields['/columns/value']?.options ?? []
  return (
    <fieldset>
      <legend>Quantiles</legend>
      <p class="hint tight">The level of a median is 0.5; with 0.05, 5 % was given to less than the cell.</p>
      {problem === undefined ? null : <p class="problem">Quantiles: {sentence(problem.message)}</p>}
      {[...filled, ...blank].slice(0, MOST_QUANTILES).map(([level, column], i) => (
        <div class="pair">
          <div class="field">
            <label for={`quantile-level-${i}`}>Level</label>
            <input
              id={`quantile-level-${i}`}
              name="/quantiles/level"
              value={level}
              maxlength={20}
              autocomplete="off"
            />
          </div>
          <div class="field">
            <label for={`quantile-column-${i}`}>Column of it</label>
            <select id={`quantile-column-${i}`} name="/quantiles/column">
              {options.map(([value, words]) => (
                <option value={value} selected={value === column}>
                  {words}
                </option>
              ))}
            </select>
          </div>
        </div>
      ))}
    </fieldset>
  )
}

/** A column that is called so and names somebody else has to be said, so that nobody is credited with what another said. */
const NotNames = ({ frame, names }: { frame: FormFrame; names: readonly string[] }) =>
  names.length === 0 ? null : (
    <fieldset>
      <legend>Columns that do not say who made a forecast, although they look so</legend>
      {names.map((name) => (
        <p class="check">
          <label>
            <input
              type="checkbox"
              name="/not_analyst"
              value={name}
              checked={frame.draft.typed.get('/not_analyst')?.includes(name)}
            />{' '}
            <bdi>{name}</bdi>
          </label>
        </p>
      ))}
    </fieldset>
  )

export const Outcomes = ({ outcomes }: Pick<Unclear, 'outcomes'>) =>
  outcomes.length === 0 ? null : (
    <fieldset>
      <legend>What cells of the outcome mean</legend>
      {outcomes.map(([value, meaning], i) => (
        <div class="field">
          <label for={`outcome-${i}`}>
            “<bdi>{value}</bdi>” means
          </label>
          <input type="hidden" name="/outcomes/value" value={value} />
          <select id={`outcome-${i}`} name="/outcomes/meaning">
            {MEANING_OPTIONS.map(([option, words]) => (
              <option value={option} selected={option === meaning}>
                {words}
              </option>
            ))}
          </select>
        </div>
      ))}
    </fieldset>
  )
