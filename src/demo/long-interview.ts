import { addDays, addMonthsTo } from '../core/calendar.ts'
import type { Calendar, Claim } from './calendar.ts'
import { joined, twoCodings } from './coders.ts'
import { MAXIMILIANE } from './people.ts'
import { asking, outcomeOf } from './world.ts'

type Forecast = {
  key: string
  quote: string
  event: string
  probability: unknown
  outcome: 'yes' | 'no' | null
}

const words = (words: string) => ({ words })

/** In the order in which they were said; what stands between them is below. */
const FORECASTS: readonly Forecast[] = [
  {
    key: 'vote',
    quote: 'The government of Osterra is likely to survive the vote in spring',
    event: 'The government of Osterra survives the vote of confidence in spring',
    probability: words('likely'),
    outcome: 'yes',
  },
  {
    key: 'reserve',
    quote: 'I would say seventy percent that the reserve bank keeps its rate',
    event: 'The reserve bank of Osterra keeps its rate until summer',
    probability: 0.7,
    outcome: 'yes',
  },
  {
    key: 'harvest',
    quote: 'It is unlikely that the harvest falls short again',
    event: 'The harvest of Valdora falls short of last year',
    probability: words('unlikely'),
    outcome: 'yes',
  },
  {
    key: 'pact',
    quote: 'The pact with Norrmark will hold, of that I have no doubt',
    event: 'The pact with Norrmark is still in force after a year',
    probability: { words: 'will hold', categorical: 'yes' },
    outcome: 'yes',
  },
  {
    key: 'minister',
    quote: 'There is almost no chance that the minister of finance resigns',
    event: 'The minister of finance of Osterra resigns',
    probability: words('almost no chance'),
    outcome: 'yes',
  },
  {
    key: 'rail',
    quote: 'Four to one, eighty percent, that the northern railway opens',
    event: 'The northern railway of Valdora opens',
    probability: 0.8,
    outcome: 'no',
  },
  {
    key: 'census',
    quote: 'The census might bring surprises',
    event: 'The census of Osterra counts fewer people than the last',
    probability: words('might'),
    outcome: 'no',
  },
  {
    key: 'steel',
    quote: 'Steel will very likely be dearer in a year than it is today',
    event: 'Steel costs more in Valdora than a year before',
    probability: words('very likely'),
    outcome: 'yes',
  },
  {
    key: 'islands',
    quote: 'The dispute about the outer islands will not be settled',
    event: 'The dispute about the outer islands is settled by treaty',
    probability: { words: 'will not be settled', categorical: 'no' },
    outcome: 'no',
  },
  {
    key: 'academy',
    quote: 'Sixty percent that the academy moves to Merin within three years',
    event: 'The academy of Osterra moves to Merin',
    probability: 0.6,
    outcome: null,
  },
]

const remark = (
  reason: 'present_state' | 'motive' | 'rhetorical' | 'normative' | 'no_event',
  quote: string,
) => ({
  quote,
  reason,
})
const again = (key: string, quote: string) => ({ quote, duplicate_of: `said-${key}` })

/** What is said after the first, the second and so on of the forecasts. */
const BETWEEN: readonly (readonly Claim[])[] = [
  [
    remark('present_state', 'The benches of the opposition are half empty these days'),
    remark('motive', 'They only want to be seen'),
  ],
  [again('vote', 'As I said, the government can count on that vote')],
  [
    remark('no_event', 'Good years and bad years take turns'),
    remark('rhetorical', 'Who remembers the last good one'),
  ],
  [remark('normative', 'Norrmark ought to be asked more often')],
  [
    again('reserve', 'The rate, once more, stays where it is at seventy percent'),
    remark('present_state', 'His desk is already cleared of papers'),
  ],
  [
    remark('no_event', 'A railway is a patient thing'),
    remark('rhetorical', 'And what would we do without it'),
  ],
  [],
  [
    remark('motive', 'The mills speak of shortages because they like the price'),
    remark('normative', 'A tariff would be a mistake'),
  ],
  [
    again('pact', 'And the pact, to repeat it, will hold'),
    remark('no_event', 'Islands have a long memory'),
    remark('present_state', 'Nobody is talking to anybody at the moment'),
  ],
  [remark('rhetorical', 'But who am I to say so')],
]

const DOUBTED = 'The office published two counts, and the criteria do not say which of them is meant.'
const deadlineOf = (said: string, outcome: Forecast['outcome']) =>
  addMonthsTo(said, outcome === null ? 36 : 12)

/** Everything that one person said in one evening, coded from end to end: 25 passages, ten of them forecasts. */
export function longInterview(calendar: Calendar, today: string): void {
  const said = addMonthsTo(today, -17)
  for (const { key, event, outcome } of FORECASTS) {
    const date = deadlineOf(said, outcome)
    calendar.question(`evening-${key}`, addDays(said, 1), asking(event, date))
    if (outcome === null) continue
    const decided = outcomeOf(outcome, addDays(date, 1))
    const other =
      key === 'census' ? outcomeOf('ambiguous', addDays(date, 1), { rationale: DOUBTED }) : decided
    calendar.sealed(`evening-${key}`, addDays(date, 3), [decided, other])
    calendar.decide(`evening-${key}`, addDays(date, 4), decided)
  }
  const claims = FORECASTS.flatMap(({ key, quote, probability }, i): Claim[] => [
    { key: `said-${key}`, quote, question: `evening-${key}`, probability },
    ...(BETWEEN[i] ?? []),
  ])
  calendar.code(
    'evening',
    addDays(said, 1),
    twoCodings(claims, ({ key }) => {
      const { event, outcome } = FORECASTS.find((one) => `said-${one.key}` === key) as Forecast
      return asking(event, deadlineOf(said, outcome))
    }),
    joined,
  )
  calendar.interview('evening', {
    analyst: MAXIMILIANE,
    said,
    source: {
      type: 'broadcast',
      title: 'An evening with Maximiliane-Ottilie of Merin: what she expects of the year, in her own words',
      publisher: 'Radio Norrmark, an invented station',
    },
    claims,
  })
}
