import type { Child } from 'hono/jsx'
import { directionOf } from '../../core/language.ts'
import { scriptTag } from '../../core/script.ts'
import { transcriptCaveat } from '../../core/statement.ts'
import type { Verdict } from '../../core/verdict.ts'
import * as paths from '../../http/paths.ts'
import { quoteMarks } from '../../reading/quote-part.ts'
import type { Sort } from '../../store/forecast-filter.ts'
import type { ForecastItem } from '../../store/forecasts.ts'
import { ProbabilityBand } from '../ui/band.tsx'
import { innerMarks, shortened } from '../ui/claim-title.ts'
import { DateWithZone, Days, dayText } from '../ui/date.tsx'
import { Titled } from '../ui/link.tsx'
import { counted } from '../ui/number.ts'
import { Outlet } from '../ui/original.tsx'
import { itemVerdict, overdueOf, toneOf, VerdictShape } from '../ui/verdict-mark.tsx'
import { adds } from './adds.ts'
import { type Finder, Found } from './found-text.tsx'
import { type LedgerQuery, searchWith, sortingOf } from './query.ts'

/** No line of the list shows more; the page of the forecast has it whole. */
const LONGEST = 300

type RowsProps = { items: readonly ForecastItem[]; now: Date; query: LedgerQuery; find: Finder }

/** Forecasts as a dense table: what became of the claim, the words, the band, the deadline. */
export const ForecastRows = ({ items, now, query, find }: RowsProps) => {
  const zone = usualZone(items)
  const isDense = query.rows === undefined
  return (
    <>
      <table class={isDense ? 'list dense' : 'list'}>
        <caption class="unseen">{captionOf(query)}</caption>
        <Head query={query} />
        <tbody>
          {items.map((item, i) => (
            <>
              {query.group === undefined ||
              items[i - 1]?.question.record.id === item.question.record.id ? null : (
                <GroupHead items={items.slice(i)} />
              )}
              <Row {...{ item, now, find, zone, isDense }} isGrouped={query.group !== undefined} />
            </>
          ))}
        </tbody>
      </table>
      {zone === null ? null : (
        <p class="small soft">
          A deadline is the end of its day, in {zone.replaceAll('_', ' ')} where no other zone stands.
        </p>
      )}
    </>
  )
}

/** The time zone of most deadlines, which need not stand on every line. */
function usualZone(items: readonly ForecastItem[]): string | null {
  const counts = new Map<string, number>()
  for (const { question } of items) {
    const { time_zone } = question.record.deadline
    counts.set(time_zone, (counts.get(time_zone) ?? 0) + 1)
  }
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0] ?? null
}

export const SORT_WORDS: Record<Sort, { desc: string; asc: string; what: string }> = {
  logged: {
    desc: 'latest entry first',
    asc: 'first entry first',
    what: 'the order in which they were logged',
  },
  said: {
    desc: 'said last first',
    asc: 'said first first',
    what: 'the day on which they were said',
  },
  deadline: {
    desc: 'last deadline first',
    asc: 'first deadline first',
    what: 'the deadline',
  },
  decided: {
    desc: 'decided last first',
    asc: 'decided first first',
    what: 'the day on which the outcome was known',
  },
  surprise: {
    desc: 'biggest surprise first',
    asc: 'smallest surprise first',
    what: 'how little what was said left for what happened',
  },
}

export function captionOf(query: LedgerQuery): string {
  const { sort, order } = sortingOf(query)
  return `Forecasts, ${SORT_WORDS[sort][order]}${query.group === undefined ? '' : ', those on one question together'}`
}

/** A link that sorts the list; where it does so already, the other way round. */
export function SortLink({ query, by, words = by }: { query: LedgerQuery; by: Sort; words?: string }) {
  const { sort, order } = sortingOf(query)
  const isCurrent = sort === by
  const { what } = SORT_WORDS[by]
  const turned = isCurrent && order === 'desc' ? 'asc' : undefined
  return (
    <a
      class="sort"
      href={paths.ledger(searchWith(query, { sort: by === 'logged' ? undefined : by, order: turned }))}
      title={`Sort by ${what}`}
      aria-current={isCurrent ? 'true' : undefined}
    >
      {words}
      {isCurrent ? <span aria-hidden="true">{order === 'desc' ? ' ↓' : ' ↑'}</span> : null}
    </a>
  )
}

/** What a column is called, and the word in it that sorts by it. */
const COLUMNS: readonly [name: string, by: Sort, link: string][] = [
  ['Verdict', 'decided', 'decided'],
  ['What was', 'said', 'said'],
  ['Probability', 'surprise', 'surprise'],
  ['', 'deadline', 'Deadline'],
]

function Head({ query }: { query: LedgerQuery }) {
  const { sort, order } = sortingOf(query)
  return (
    <thead>
      <tr>
        {COLUMNS.map(([name, by, link]) => (
          <th
            scope="col"
            aria-sort={sort === by ? (order === 'desc' ? 'descending' : 'ascending') : undefined}
          >
            {name} <SortLink query={query} by={by} words={link} />
          </th>
        ))}
      </tr>
    </thead>
  )
}

/** Over the forecasts on one question: what we ask, and how many of them stand here. */
function GroupHead({ items }: { items: readonly ForecastItem[] }) {
  const { question } = items[0] as ForecastItem
  const { id, title } = question.record
  const end = items.findIndex((item) => item.question.record.id !== id)
  return (
    <tr class="group">
      <th colspan={4} scope="rowgroup">
        <Titled href={paths.question(id)}>{title}</Titled>{' '}
        <span class="soft">{counted(end === -1 ? items.length : end, 'forecast')} here</span>
      </th>
    </tr>
  )
}

type RowProps = {
  item: ForecastItem
  now: Date
  find: Finder
  zone: string | null
  isDense: boolean
  isGrouped: boolean
}

function Row({ item, now, find, zone, isDense, isGrouped }: RowProps) {
  const { forecast, question, statement, analyst, source } = item
  const { record } = forecast
  const { title, deadline } = question.record
  const said = `${statement.quote.exact} ${statement.translation?.text ?? ''}`
  return (
    <tr class={forecast.retraction === null ? undefined : 'struck'}>
      <td class="became">
        <Fate item={item} now={now} />
      </td>
      <td class="main">
        <a class="said" href={paths.forecast(record.id)}>
          <Words item={item} find={find} isDense={isDense} />
        </a>
        <span class="who">
          <span class="name">
            <bdi dir="auto" lang={scriptTag(analyst.name)}>
              <Found text={analyst.name} find={find} />
            </bdi>
            ,
          </span>{' '}
          <span class="outlet">
            <Outlet source={source} />,
          </span>{' '}
          <Days span={record.said_on} />
          {labelsOf(item).map((label) => (
            <>
              {' '}
              <span class="note">{label}</span>
            </>
          ))}
        </span>
        {isGrouped || !adds(title, said) ? null : (
          <span class="asked">
            Our question:{' '}
            <bdi>
              <Found text={title} find={find} />
            </bdi>
          </span>
        )}
      </td>
      <td class="reads">
        <ProbabilityBand
          probability={record.probability}
          outcome={NO_VERDICT.has(itemVerdict(item).kind) ? null : question.outcome}
          voice={statement.voice}
        />
      </td>
      <td class="when">
        <DateWithZone deadline={deadline} usual={zone} />
      </td>
    </tr>
  )
}

/** What has no end on the line of its probability, whatever became of its question. */
const NO_VERDICT: ReadonlySet<Verdict['kind']> = new Set(['too_vague', 'no_result', 'open'])

/** What became of the claim; beneath it what happened. */
function Fate({ item, now }: { item: ForecastItem; now: Date }) {
  const { kind, text, happened: what } = itemVerdict(item)
  const { state } = item
  const overdue = kind === 'open' && state === 'due' ? overdueOf(item, now) : 0
  const happened = overdue === 0 ? what : `${counted(overdue, 'day')} overdue`
  return (
    <span class={`mark ${toneOf(kind, state)}`}>
      <VerdictShape kind={kind} state={state} />
      <span class="verdict-text">
        {kind === 'came_true' || kind === 'did_not' ? (
          <b>{text}</b>
        ) : (
          // The deadline stands in its own column.
          <bdi title={text}>{kind === 'open' && state === 'open' ? 'open' : text}</bdi>
        )}
        {happened === null ? null : (
          <span class="happened" title={happened}>
            <bdi>{happened}</bdi>
          </span>
        )}
      </span>
    </span>
  )
}

/** The words as they stand in a line: only the speaker's own in quotation marks, what was put in told apart. */
function Words({ item, find, isDense }: { item: ForecastItem; find: Finder; isDense: boolean }) {
  const { statement, source } = item
  const { quote, voice, translation } = statement
  const shown = (text: string) => (isDense ? shortened(text, LONGEST) : text)
  const exact = shown(voice === 'quote' ? innerMarks(quote.exact) : quote.exact)
  const language = source.language ?? scriptTag(exact)
  const put = quoteMarks(exact).filter(({ kind, start }) => kind === 'bracket' || exact[start] === '[')
  const words = (
    <bdi lang={language} dir={directionOf(language)}>
      {put.map(({ start, end }, i) => (
        <>
          <Found text={exact.slice(put[i - 1]?.end ?? 0, start)} find={find} />
          <span class="put-in">{exact.slice(start, end)}</span>
        </>
      ))}
      <Found text={exact.slice(put.at(-1)?.end ?? 0)} find={find} />
    </bdi>
  )
  const translated = translation === undefined ? null : shown(translation.text)
  return (
    <>
      {voice === 'quote' ? (
        <q class="words" dir={directionOf(language)}>
          {words}
        </q>
      ) : (
        <span class="words reported">
          <Label>{voice === 'headline' ? 'headline' : 'as reported'}</Label> {words}
        </span>
      )}
      {translated === null ? null : (
        <span class="words translated">
          <Label>in translation</Label>{' '}
          <bdi dir="auto" lang={translation?.language ?? 'en'}>
            <Found text={translated} find={find} />
          </bdi>
        </span>
      )}
    </>
  )
}

const Label = ({ children }: { children?: Child }) => <span class="label">{children}</span>

/** What a reader must know before they trust a line. */
function labelsOf({ forecast, question, reserve, logged, statement, source }: ForecastItem): string[] {
  const { retraction, withdrawal } = forecast
  const caveat = transcriptCaveat(statement, source)
  return [
    ...(reserve === null ? [] : [question.disputed ? 'outcome disputed' : 'outcome not final yet']),
    ...(logged === 'afterwards' ? ['written down after the outcome was known'] : []),
    ...(question.record.low_information === undefined ? [] : ['hard to get wrong']),
    ...(withdrawal === null ? [] : [`withdrawn ${dayText(withdrawal.withdrawn_on)}`]),
    ...(retraction === null ? [] : ['retracted: logged by mistake']),
    ...(caveat === null ? [] : [caveat]),
  ]
}
