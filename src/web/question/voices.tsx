import { reserveText } from '../../core/objection.ts'
import { bandOf, isOptions, kindOf, type Probability } from '../../core/probability.ts'
import { typeOf } from '../../core/question.ts'
import type { Outcome } from '../../core/resolution.ts'
import { happenedText } from '../../core/verdict.ts'
import * as paths from '../../http/paths.ts'
import type { ForecastItem } from '../../store/forecasts.ts'
import type { QuestionRow } from '../../store/lookups.ts'
import type { Tick } from '../charts/chart.tsx'
import { elsewhereOf } from '../charts/elsewhere.ts'
import { shortQuote } from '../charts/passage.ts'
import { timeTicks } from '../charts/time-scale.ts'
import { Voices } from '../charts/voices.tsx'
import type { Panel, Voice } from '../charts/voices-geometry.ts'
import { probabilityText } from '../ui/band.tsx'
import { dayText, spanText } from '../ui/date.tsx'
import { counted, percent } from '../ui/number.ts'
import { itemVerdictBriefly, verdictOfItem } from '../ui/verdict-mark.tsx'

/** A question of so many options has a scale for each. */
const MOST_PANELS = 10
const QUOTE = 320
const TENTHS = [0, 0.25, 0.5, 0.75, 1]

const dayStart = (day: string): Date => new Date(`${day}T00:00:00.000Z`)

/** What was given, on the scale of the question: a number, or as far as words reach. */
type Given = { low: number; mid: number | null; high: number }
type Scale = {
  ticks: Tick[]
  panels: { title: string | null; given: (probability: Probability) => Given | null; at: number | null }[]
}

function scaleOf(question: QuestionRow, items: readonly ForecastItem[]): Scale {
  const { record, outcome } = question
  const { options, range } = record
  switch (typeOf(record)) {
    case 'multiple_choice':
      return {
        ticks: [0, 0.5, 1].map((value) => ({ value, label: percent(value) })),
        panels: (options ?? []).slice(0, MOST_PANELS).map((option) => ({
          title: option,
          given: (probability) => {
            const p = isOptions(probability) ? new Map(Object.entries(probability)).get(option) : undefined
            return p === undefined ? null : { low: p, mid: p, high: p }
          },
          at: options?.includes(String(outcome)) === true ? Number(outcome === option) : null,
        })),
      }
    case 'numeric':
    case 'date':
      return quantityScale(range as { low: number | string; high: number | string }, outcome, items)
    default:
      return {
        ticks: TENTHS.map((value) => ({ value, label: percent(value) })),
        panels: [{ title: null, given: bandOf, at: outcome === 'yes' ? 1 : outcome === 'no' ? 0 : null }],
      }
  }
}

const numberOf = (value: number | string): number =>
  typeof value === 'number' ? value : dayStart(value).getTime()

/** What quantiles or a range reach from and to, and the middle where one was given. */
function reachOf(probability: Probability): Given | null {
  if (typeof probability !== 'object') return null
  if (kindOf(probability) === 'interval') {
    const [low, high] = (probability as { interval: [number | string, number | string] }).interval.map(
      numberOf,
    )
    return { low: low as number, mid: null, high: high as number }
  }
  if (kindOf(probability) !== 'quantiles') return null
  const quantiles = Object.entries((probability as { quantiles: Record<string, number | string> }).quantiles)
    .map(([level, value]) => [Number(level), numberOf(value)] as const)
    .sort(([a], [b]) => a - b)
  const [first, last] = [quantiles[0]?.[1] ?? 0, quantiles.at(-1)?.[1] ?? 0]
  return { low: first, mid: quantiles.find(([level]) => level === 0.5)?.[1] ?? null, high: last }
}

/** Numbers or days: the part of the range of the question in which anything was said or came about. */
function quantityScale(
  range: { low: number | string; high: number | string },
  outcome: Outcome | null,
  items: readonly ForecastItem[],
): Scale {
  const isDay = typeof range.low === 'string'
  const came =
    outcome === null || (isDay ? !/^\d/u.test(String(outcome)) : typeof outcome !== 'number')
      ? null
      : numberOf(outcome as number | string)
  const said = items.flatMap(({ forecast }) => {
    const reach = reachOf(forecast.record.probability)
    return reach === null ? [] : [reach.low, reach.high]
  })
  const values = [...said, ...(came === null ? [] : [came])]
  const [least, most] =
    values.length === 0
      ? [numberOf(range.low), numberOf(range.high)]
      : [Math.min(...values), Math.max(...values)]
  const room = (most - least) * 0.15 || (numberOf(range.high) - numberOf(range.low)) * 0.05
  const [from, to] = [least - room, most + room]
  const share = (value: number) => Math.min(1, Math.max(0, (value - from) / (to - from)))
  const ticks = isDay
    ? timeTicks(from, to, 4)
    : roundTicks(from, to).map((value) => ({
        value,
        label: value.toLocaleString('en', { maximumFractionDigits: 6 }),
      }))
  return {
    ticks: ticks.map(({ value, label }) => ({ value: share(value), label })),
    panels: [
      {
        title: null,
        given: (probability) => {
          const reach = reachOf(probability)
          return reach === null
            ? null
            : {
                low: share(reach.low),
                mid: reach.mid === null ? null : share(reach.mid),
                high: share(reach.high),
              }
        },
        at: came === null ? null : share(came),
      },
    ],
  }
}

/** About four round numbers, of any size. */
function roundTicks(from: number, to: number): number[] {
  const power = 10 ** Math.floor(Math.log10((to - from) / 4))
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => (to - from) / size <= 5) ?? power
  const first = Math.ceil(from / step)
  return Array.from({ length: Math.floor(to / step) - first + 1 }, (_, i) =>
    Number(((first + i) * step).toPrecision(12)),
  )
}

/** A number, or words; of quantiles and of options the picture itself says it. */
const givenOf = ({ forecast, statement }: ForecastItem): string | null => {
  const { probability } = forecast.record
  const text = isOptions(probability) ? '' : probabilityText(probability, statement.voice)
  const short = text.replace(/ \[.*\]$/u, '').replace(/, (stated|stated range|as reported)$/u, '')
  return kindOf(probability) === 'quantiles' || kindOf(probability) === 'interval' || short === ''
    ? null
    : short
}

const saysOf = (item: ForecastItem): string => {
  const { analyst, source, statement, forecast } = item
  const where = [analyst.name, source.publisher ?? source.title, spanText(forecast.record.said_on)].join(', ')
  return `${where}: ${shortQuote(statement, QUOTE)} (${probabilityText(forecast.record.probability, statement.voice)}). ${itemVerdictBriefly(item)}`
}

const LOOKS = { came_true: 'came-true', did_not: 'did-not' } as const

function voicesOf(
  items: readonly ForecastItem[],
  end: Date,
  given: Scale['panels'][number]['given'],
): Voice[] {
  return items.flatMap((item, i): Voice[] => {
    const { record, withdrawal } = item.forecast
    const here = given(record.probability)
    if (here === null) return []
    const later = items.slice(i + 1).find(({ analyst }) => analyst.id === item.analyst.id)
    const after = later === undefined ? null : given(later.forecast.record.probability)
    const changed = later === undefined ? null : dayStart(later.forecast.record.said_on.to)
    const gone = withdrawal === null ? null : dayStart(withdrawal.withdrawn_on)
    const until = [changed, gone, end]
      .filter((at) => at !== null)
      .sort((a, b) => Number(a) - Number(b))[0] as Date
    const { kind } = verdictOfItem(item)
    return [
      {
        href: paths.forecast(record.id),
        name: item.analyst.name,
        given: givenOf(item),
        says: saysOf(item),
        from: dayStart(record.said_on.from),
        to: dayStart(record.said_on.to),
        until,
        ...here,
        look: kind === 'came_true' || kind === 'did_not' ? LOOKS[kind] : 'plain',
        next: after === null || until !== changed ? null : (after.mid ?? (after.low + after.high) / 2),
      },
    ]
  })
}

type Props = { question: QuestionRow; items: readonly ForecastItem[]; now: Date; all: number }

/** One picture of a question: what everybody said and when, the deadline, today, and what happened. */
export function QuestionVoices({ question, items, now, all }: Props) {
  const kept = items.filter(({ forecast }) => forecast.retraction === null)
  const { record, outcome, due_at, known_from, known_on } = question
  const isDecided = outcome !== null && outcome !== 'annulled' && outcome !== 'ambiguous'
  const known = isDecided ? known_from : null
  const end = [due_at, known ?? due_at, outcome === null && now < due_at ? now : due_at].sort(
    (a, b) => Number(a) - Number(b),
  )[0] as Date
  const { ticks, panels } = scaleOf(question, kept)
  const drawn = panels.map(
    ({ title, given, at }): Panel => ({
      title,
      voices: voicesOf(kept, end, given),
      outcome:
        at === null || outcome === null
          ? null
          : { at, text: at === 0 && title !== null ? '' : happenedText(record, outcome) },
    }),
  )
  if (kept.length === 0) return null
  const day = dayText(record.deadline.date)
  const happened = isDecided
    ? `${happenedText(record, outcome)}${known_on === null ? '' : `, known on ${dayText(known_on)}`}`
    : null
  return (
    <Voices
      id="voices"
      title="What was said, when, and what happened"
      heading={headingOf(kept, reserveText(question, now))}
      how={howOf(question, kept, all)}
      elsewhere={elsewhereOf(paths.question(record.id), 'voices')}
      says={`${counted(kept.length, 'forecast')}; deadline ${day}${happened === null ? '' : `; ${happened}`}`}
      panels={drawn}
      ticks={ticks}
      lines={[
        { at: due_at, text: `deadline ${day}`, kind: 'deadline' },
        ...(outcome === null ? [{ at: now, text: 'today', kind: 'today' as const }] : []),
      ]}
      known={known}
      numbers={{
        head: ['Who', 'Said on', 'What', 'What became of it'],
        rows: kept.map((item) => [
          item.analyst.name,
          spanText(item.forecast.record.said_on),
          probabilityText(item.forecast.record.probability, item.statement.voice),
          itemVerdictBriefly(item),
        ]),
      }}
    />
  )
}

/** How many came true, where that can be said of any. */
function headingOf(items: readonly ForecastItem[], reserve: string | null): string {
  const kinds = items.map((item) => verdictOfItem(item).kind)
  const came = kinds.filter((kind) => kind === 'came_true').length
  const n = came + kinds.filter((kind) => kind === 'did_not').length
  return n === 0
    ? `${counted(items.length, 'forecast')} over time`
    : `${came} of ${counted(n, 'forecast')} came true${reserve === null ? '' : `; the outcome is ${reserve === 'disputed' ? reserve : 'not final yet'}`}`
}

function howOf({ record, outcome }: QuestionRow, items: readonly ForecastItem[], all: number): string {
  const people = new Set(items.map(({ analyst }) => analyst.id)).size
  const isYesNo = typeOf(record) === 'binary'
  const isOfOptions = typeOf(record) === 'multiple_choice'
  const marks = isYesNo
    ? 'The higher, the likelier the event was called: a dot is a number, a bar words, as far as readers hear them.'
    : isOfOptions
      ? 'The options in their order; the higher a dot, the likelier the option was called.'
      : 'A bar reaches as far as what was given, with a line at its middle.'
  const isDecided = outcome === 'yes' || outcome === 'no'
  const colours = isDecided ? ' Filled in blue: the claim came true; hollow in orange: it did not.' : ''
  const options = record.options?.length ?? 0
  const rest = [
    all > items.length && items.length >= 200 ? ` The first ${items.length} of ${all}.` : '',
    isOfOptions && options > MOST_PANELS ? ` The first ${MOST_PANELS} of ${options} options.` : '',
  ].join('')
  return `${counted(items.length, 'forecast')} by ${counted(people, 'person', 'people')}. ${marks}${colours}${rest}`
}
