import * as z from 'zod'
import { type ChangedField, CORRECTIONS, type CorrectionType, correctionTypes } from '../../core/corrected.ts'
import { CLASS_WORDS, correctionClasses } from '../../core/correction.ts'
import * as paths from '../../http/paths.ts'
import { Place, searchOf } from '../../http/search-params.ts'
import type { Correction, CorrectionFigures } from '../../store/corrections.ts'
import { readCorrections } from '../../store/documents/corrections.ts'
import { Amended, classWords, NOT_CLASSED } from '../ui/amended.tsx'
import { Instant } from '../ui/date.tsx'
import { DayTyped } from '../ui/day-typed.ts'
import { CORRECTION_FEED } from '../ui/feeds.tsx'
import { FormFields, type FormTable } from '../ui/field.tsx'
import { Page } from '../ui/layout.tsx'
import { memberNames, type NameOf } from '../ui/member-names.ts'
import { counted } from '../ui/number.ts'
import type { PageHandler } from '../ui/page.ts'
import { emptyDraft } from '../ui/problem.ts'

const AT_ONCE = 50
const CLASSES = [...correctionClasses, 'none'] as const

const Query = {
  class: z.enum(CLASSES).optional(),
  type: z.enum(correctionTypes as [CorrectionType, ...CorrectionType[]]).optional(),
  from: DayTyped('from').optional(),
  to: DayTyped('to').optional(),
  /** The list goes on below this entry. */
  after: Place.optional(),
}

const FILTER: FormTable = {
  class: {
    label: 'Class',
    options: [
      ['', 'All'],
      ...correctionClasses.map((name): [string, string] => [name, CLASS_WORDS[name].name]),
      ['none', NOT_CLASSED],
    ],
  },
  type: {
    label: 'What',
    options: [['', 'All'], ...correctionTypes.map((type): [string, string] => [type, CORRECTIONS[type]])],
  },
  from: { label: 'From', type: 'dated' },
  to: { label: 'To', type: 'dated' },
}

/** `/corrections`: everything that was amended, each once, the latest first. */
export const correctionsPage: PageHandler = async (context) => {
  const { after, ...filter } = searchOf(context.url, Query)
  const { corrections, figures, members } = await readCorrections(context.host.ledger.db, filter, {
    limit: AT_ONCE,
    after,
  })
  const isNarrowed = Object.values(filter).some((value) => value !== undefined)
  // Where nothing was amended there is nothing to narrow.
  const isBare = !isNarrowed && after === undefined && corrections.items.length === 0
  const frame = { id: 'corrections', fields: FILTER, draft: emptyDraft(filter) }
  const nameOf = memberNames(members)
  return (
    <Page
      title="Corrections"
      description={rateText(figures)}
      context={context}
      json={paths.api.corrections({ ...filter })}
      feeds={CORRECTION_FEED}
    >
      <h1>Corrections</h1>
      <p class="lead">{rateText(figures)}</p>
      <p>{mendingText(figures)}</p>
      <p>
        Nothing is overwritten here: an amendment is an entry of its own, with its class and its reason. An
        outcome that never counted corrects nothing by giving way.{' '}
        <a href={paths.correctionPolicy()}>The policy</a> says how we go about it; the page of every forecast,
        question, person and source has a link by which you can tell us that something is wrong. New ones come{' '}
        <a href={paths.correctionFeed()}>as a feed</a>, and all of them{' '}
        <a href={paths.csvOf(paths.api.corrections({ ...filter }))}>as CSV</a>.
      </p>
      <Classes figures={figures} />
      {isBare ? null : (
        <form action={paths.corrections()} method="get" class="narrow-by">
          <FormFields
            frame={frame}
            names={[
              ['class', 'type'],
              ['from', 'to'],
            ]}
          />
          <p class="actions">
            <button type="submit" class="quiet">
              Show these
            </button>
          </p>
        </form>
      )}
      {corrections.items.length === 0 ? (
        <p>{isBare ? 'Nothing was amended yet.' : 'There is none of these.'}</p>
      ) : (
        <ol class="corrections">
          {corrections.items.map((correction) => (
            <Item correction={correction} nameOf={nameOf} />
          ))}
        </ol>
      )}
      {corrections.next === null ? null : (
        <p>
          <a href={paths.corrections({ ...filter, after: corrections.next })}>Earlier ones</a>
        </p>
      )}
    </Page>
  )
}

/** How often we were wrong, with how many forecasts there are. */
export function rateText({ forecasts, by_class: { correction } }: CorrectionFigures): string {
  if (forecasts === 0) return 'No forecast is logged yet.'
  const rate = ((100 * correction) / forecasts).toLocaleString('en', { maximumFractionDigits: 1 })
  const said = `${counted(correction, 'correction')} on ${counted(forecasts, 'forecast')} logged`
  return correction === 0 ? `${said}.` : `${said}: ${rate} for every 100.`
}

/** How long it took from a report to mending, where a report was mended. */
function mendingText({ reports: { closed, mended, median_days } }: CorrectionFigures): string {
  if (closed === 0) return 'No report of a reader has been closed yet.'
  const said = `${counted(closed, 'report')} of readers ${closed === 1 ? 'was' : 'were'} closed`
  if (median_days === null) return `${said}; none of them led to an amendment.`
  const days = Math.round(median_days * 10) / 10
  const took =
    days < 0.1 ? 'less than three hours' : `${days.toLocaleString('en')} ${days === 1 ? 'day' : 'days'}`
  return `${said}, ${mended} of them with an amendment; from report to mending it took ${took}${mended === 1 ? '' : ' (the middle one)'}.`
}

const Classes = ({ figures: { by_class } }: { figures: CorrectionFigures }) => (
  <table>
    <thead>
      <tr>
        <th scope="col">Class</th>
        <th scope="col">What it says</th>
        <th scope="col">How many</th>
      </tr>
    </thead>
    <tbody>
      {correctionClasses.map((name) => (
        <tr>
          <th scope="row">{CLASS_WORDS[name].name}</th>
          <td>{CLASS_WORDS[name].means}</td>
          <td>{by_class[name].toLocaleString('en')}</td>
        </tr>
      ))}
      {by_class.none === 0 ? null : (
        <tr>
          <th scope="row">{NOT_CLASSED}</th>
          <td>Recorded before an entry said of which class it is.</td>
          <td>{by_class.none.toLocaleString('en')}</td>
        </tr>
      )}
    </tbody>
  </table>
)

const Item = ({ correction, nameOf }: { correction: Correction; nameOf: NameOf }) => (
  <li id={`entry-${correction.seq}`}>
    <p class="tight">
      <span class="label">{classWords(correction)}</span> {CORRECTIONS[correction.type]}:{' '}
      <Amended of={correction} />
    </p>
    {correction.because === null ? null : (
      <p class="tight">
        Because: <bdi>{correction.because}</bdi>
      </p>
    )}
    <Changes changes={correction.changes} />
    <p class="small soft tight">
      <bdi>{nameOf(correction.by)}</bdi>, <Instant at={correction.at} />,{' '}
      <a href={paths.apiOf(`/log/entries/${correction.seq}`)}>entry {correction.seq}</a>
    </p>
  </li>
)

/** What stood there beside what stands there now. */
const Changes = ({ changes }: { changes: readonly ChangedField[] }) =>
  changes.length === 0 ? null : (
    <table class="was-is">
      <thead>
        <tr>
          <td />
          <th scope="col">Was</th>
          <th scope="col">Is now</th>
        </tr>
      </thead>
      <tbody>
        {changes.map(({ field, from, to }) => (
          <tr>
            <th scope="row">{field}</th>
            <td>{from === null ? '—' : <del>{from}</del>}</td>
            <td>{to === null ? '—' : <ins>{to}</ins>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
