import type { SentFile } from '../../ledger/import/import-files.ts'
import { base64 } from '../../log/encoding.ts'
import { FormFields, type FormFrame, FormProblems } from '../ui/field.tsx'
import { MEANING_OPTIONS } from './form.ts'

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
    <details open={hasMore(frame)}>
      <summary>More: deadlines, ids, dates, groups, some of the rows</summary>
      <FormFields
        frame={frame}
        names={[
          ['/columns/deadline', '/columns/known_on'],
          ['/columns/created', '/columns/id'],
          ['/date_format', '/time_zone'],
          ['/cluster'],
          ['/where/column', '/where/value'],
          ['/analyst_id', '/distinct_from'],
        ]}
      />
    </details>
  </>
)

const MORE =
  /^\/(?:columns\/(?:deadline|known_on|created|id)|date_format|time_zone|cluster|where\/|analyst_id|distinct_from)/u
const hasMore = ({ draft }: FormFrame): boolean =>
  draft.problems.some(({ pointer }) => MORE.test(pointer)) ||
  [...draft.typed].some(([name, [value]]) => MORE.test(name) && value !== undefined && value !== '')

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
