import { addDays, addMonthsTo, HOUSE_RULE } from '../core/calendar.ts'
import type { QuestionRequest } from '../core/question.ts'
import type { Calendar, Claim } from './calendar.ts'
import { joined, twoCodings } from './coders.ts'
import { ADA, asking, BEN, CLEO, DAN, outcomeOf, ZONE } from './world.ts'

/** A number that was said on a question. */
const stated = (question: string, probability: number, quote: string): Claim => ({
  quote,
  question,
  probability,
})

/** What the months do not bring by themselves: every state a question can be in, and every way to be left out. */
export function showEveryPart(calendar: Calendar, first: string, today: string): void {
  few(calendar, today)
  loggedLate(calendar, first)
  openOnes(calendar, today)
  decisions(calendar, today)
  wholeInterview(calendar, today)
  calendar.withdraw(
    'ada-a-41',
    addDays(addMonthsTo(first, 41), 40),
    'She said on the radio that she no longer holds to it.',
  )
}

/** Dan: three decided, one open. */
function few(calendar: Calendar, today: string): void {
  for (const [n, chance] of [0.8, 0.7, 0.65].entries()) {
    const said = addMonthsTo(today, -14 + n)
    const date = addMonthsTo(said, 4)
    calendar.question(
      `dan-${n}`,
      said,
      asking(`The ferry to the island of Merin sails every day until ${date}`, date),
    )
    calendar.interview(`dan-interview-${n}`, {
      analyst: DAN,
      said,
      claims: [
        stated(
          `dan-${n}`,
          chance,
          `${Math.round(chance * 100)} percent that the ferry sails every day this season`,
        ),
      ],
    })
    calendar.decide(`dan-${n}`, addDays(date, 4), outcomeOf(n === 2 ? 'no' : 'yes', addDays(date, 1)))
  }
}

/** Late, afterwards from a complete and from a chosen source, and said when it was known already. */
function loggedLate(calendar: Calendar, first: string): void {
  const said = addMonthsTo(first, 20)
  const date = addMonthsTo(said, 5)
  calendar.question('bridge', addDays(said, 50), asking('The bridge at Merin opens to traffic', date))
  calendar.interview('late', {
    analyst: ADA,
    said,
    logged: addDays(said, 50),
    claims: [stated('bridge', 0.9, 'Ninety percent that the bridge at Merin opens this year')],
  })
  calendar.decide('bridge', addDays(date, 4), outcomeOf('no', addDays(date, 1)))

  const harbour = asking('The harbour of Osterra is dredged', date)
  calendar.question('harbour', addDays(date, 20), harbour)
  calendar.interview('afterwards', {
    analyst: BEN,
    said,
    logged: addDays(date, 20),
    claims: [stated('harbour', 0.75, 'Three to one that the harbour is dredged this year')],
  })
  calendar.interview('chosen', {
    analyst: ADA,
    said,
    logged: addDays(date, 20),
    source: { coverage: 'selected', selected_because: 'A reader sent in this one passage.' },
    claims: [stated('harbour', 0.95, 'Nineteen to one that they dredge the harbour')],
  })
  calendar.decide('harbour', addDays(date, 24), outcomeOf('yes', addDays(date, 2)))

  const strike = asking('The dockers of Norrmark strike', addMonthsTo(said, 8))
  calendar.question('strike', addDays(said, 1), strike)
  calendar.interview('strike-in-time', {
    analyst: BEN,
    said,
    claims: [stated('strike', 0.6, 'A strike of the dockers has a chance of 60 percent')],
  })
  const known = addDays(said, 40)
  calendar.decide('strike', addDays(known, 2), outcomeOf('yes', known))
  calendar.interview('strike-too-late', {
    analyst: ADA,
    said: addDays(known, 1),
    logged: addDays(known, 12),
    claims: [stated('strike', 0.98, 'Of course they strike, 98 percent, as I always said')],
  })
}

/** Open, due within two weeks, due, waiting for its deadline, waiting for a second person, condition not yet met. */
function openOnes(calendar: Calendar, today: string): void {
  const said = addDays(today, -45)
  const names = { soon: 6, due: -5, proposed: -9, waiting: 60, conditional: 40, distant: 200 }
  const titles: Record<string, string> = {
    soon: 'The parliament of Valdora passes the budget in first reading',
    due: 'The exchange of Osterra reopens its evening session',
    proposed: 'The observers on the truce line publish their yearly report',
    waiting: 'The airport of Norrmark reopens its second runway',
    conditional: 'The coalition of Osterra holds together after a lost vote',
    distant: 'Valdora and Osterra sign a treaty on the river Merin',
  }
  for (const [key, days] of Object.entries(names)) {
    const date = addDays(today, days)
    const condition =
      key === 'conditional'
        ? {
            condition: {
              text: 'The government loses a vote in the assembly.',
              deadline: { date: addDays(today, -3), time_zone: ZONE },
            },
          }
        : {}
    calendar.question(key, addDays(said, 1), asking(titles[key] as string, date, condition))
  }
  const quote = (name: string, percent: number) => `${percent} percent, if you ask me about "${titles[name]}"`
  calendar.interview('ada-open', {
    analyst: ADA,
    said,
    claims: [
      stated('soon', 0.95, quote('soon', 95)),
      stated('due', 0.85, quote('due', 85)),
      stated('proposed', 0.9, quote('proposed', 90)),
      stated('waiting', 0.97, quote('waiting', 97)),
    ],
  })
  calendar.interview('ben-open', {
    analyst: BEN,
    said,
    claims: [
      stated('soon', 0.6, quote('soon', 60)),
      stated('conditional', 0.4, quote('conditional', 40)),
      stated('distant', 0.25, quote('distant', 25)),
    ],
  })
  calendar.interview('dan-open', {
    analyst: DAN,
    said,
    claims: [stated('distant', 0.35, quote('distant', 35))],
  })
  calendar.amend('distant', addDays(said, 6), {
    fine_print: 'A signature that awaits ratification counts.',
    because: 'A reader asked whether a treaty that is not yet ratified counts.',
    class: 'clarification',
  })
  calendar.propose('proposed', addDays(today, -6), outcomeOf('yes', addDays(today, -8)))
  calendar.decide('waiting', addDays(today, -12), outcomeOf('yes', addDays(today, -14)))
}

/** Disputed, corrected, and annulled because its condition never arose; another whose condition was met. */
function decisions(calendar: Calendar, today: string): void {
  const said = addMonthsTo(today, -9)
  const date = addMonthsTo(today, -5)
  const known = addDays(date, 1)
  const vote = {
    text: 'The assembly votes on the matter.',
    deadline: { date: addDays(date, -40), time_zone: ZONE },
  }
  calendar.question('disputed', said, asking('The mint of Osterra issues a new banknote', date))
  calendar.question('corrected', said, asking('The railway of Valdora runs on time for a month', date))
  calendar.question(
    'unmet',
    said,
    asking('The assembly of Norrmark keeps the old seal', date, { condition: vote }),
  )
  calendar.question(
    'met',
    said,
    asking('The assembly of Norrmark keeps the old anthem', date, { condition: vote }),
  )
  calendar.interview('ada-decisions', {
    analyst: ADA,
    said,
    claims: [
      stated('disputed', 0.9, 'The banknote comes, 90 percent'),
      stated('corrected', 0.1, 'The trains will be late, I give them 10 percent'),
      stated('unmet', 0.8, 'If they vote at all, the seal stays: 80 percent'),
      stated('met', 0.8, 'If they vote at all, the anthem stays: 80 percent'),
    ],
  })
  calendar.decide('disputed', addDays(known, 2), outcomeOf('yes', known))
  calendar.dispute(
    'disputed',
    addDays(known, 12),
    'The note was shown to the press, but it is not yet in circulation.',
  )
  calendar.decide('corrected', addDays(known, 2), outcomeOf('yes', known))
  calendar.decide(
    'corrected',
    addDays(known, 16),
    outcomeOf('no', known, {
      supersedes: 'r1',
      rationale: 'The corrected time table of the railway says otherwise.',
    }),
  )
  calendar.decide(
    'unmet',
    addDays(known, 2),
    outcomeOf('annulled', known, { annulled_because: 'condition_not_met', rationale: 'There was no vote.' }),
  )
  calendar.meet('met', addDays(date, -40), {
    met_on: addDays(date, -45),
    evidence: [
      { url: 'https://example.com/assembly/vote', says: 'The assembly voted.', accessed: addDays(date, -41) },
    ],
  })
  calendar.decide('met', addDays(known, 2), outcomeOf('yes', known))
}

/** One interview coded from end to end: forecasts, said twice, headline, and what cannot be tested. */
function wholeInterview(calendar: Calendar, today: string): void {
  const said = addMonthsTo(today, -16)
  const house = {
    date: addMonthsTo(said, 12),
    time_zone: ZONE,
    because: HOUSE_RULE,
  }
  const claims: Claim[] = [
    {
      key: 'quarrel',
      quote: 'There will be no new tariff war with Osterra',
      question: asking('A new tariff war between Valdora and Osterra begins', house.date, {
        deadline: house,
        family: 'tariffs',
        if_yes: 'a new tariff war began',
        if_no: 'no new tariff war began',
      }),
      probability: { words: 'there will be no', categorical: 'no' },
    },
    {
      key: 'talks',
      quote: 'The talks will continue, whatever the papers say',
      question: asking('Valdora and Osterra meet for talks at least twice', house.date, {
        deadline: house,
        family: 'tariffs',
        low_information: 'Talks had been agreed for every quarter.',
      }),
      probability: { words: 'will continue', categorical: 'yes' },
    },
    {
      key: 'minister',
      quote: 'It is unlikely that the minister stays until summer',
      question: asking('The minister of trade of Valdora is still in office', addMonthsTo(said, 8)),
      probability: { words: 'unlikely' },
    },
    { quote: 'Nobody in Valdora wants this quarrel', reason: 'motive', voice: 'headline' },
    { quote: 'A tariff war, I repeat, is not going to come', duplicate_of: 'quarrel' },
    { quote: 'And who would gain from it', reason: 'rhetorical' },
    { quote: 'The customs office is already overworked', reason: 'present_state' },
    { quote: 'One ought to be patient with Osterra', reason: 'normative' },
    { quote: 'History has a long breath', reason: 'no_event' },
  ]
  calendar.code(
    'whole',
    addDays(said, 1),
    twoCodings(claims, (claim) => ('question' in claim ? claim.question : null) as QuestionRequest),
    joined,
  )
  calendar.interview('whole', {
    analyst: CLEO,
    said,
    source: {
      title: 'Cleo Marsh (invented): nobody in Valdora wants this quarrel',
      translated_from: 'de',
      translated_by: 'The Valdora Courier',
    },
    claims,
  })
  calendar.decide('quarrel/question', addDays(house.date, 4), outcomeOf('no', addDays(house.date, 1)))
  calendar.decide('talks/question', addDays(house.date, 4), outcomeOf('yes', addDays(house.date, 1)))
  calendar.decide(
    'minister/question',
    addDays(addMonthsTo(said, 8), 4),
    outcomeOf('yes', addDays(addMonthsTo(said, 8), 1)),
  )
}
