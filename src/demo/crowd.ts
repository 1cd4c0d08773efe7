import { addDays, addMonthsTo } from '../core/calendar.ts'
import { randomNumbers } from '../scoring/random.ts'
import type { Calendar, Claim } from './calendar.ts'
import { longInterview } from './long-interview.ts'
import { ARPI, ASGERDUR, LAYLA, LELA, LU, MIROSLAVA, NOAM, SOTIRIA } from './people.ts'
import {
  type Asked,
  asking,
  type Happening,
  happening,
  inWords,
  number,
  outcomeOf,
  percent,
  subjectOf,
} from './world.ts'

/** Numbers of their own: those before them say the same whether they are there or not. */
const SEED: Parameters<typeof randomNumbers>[0] = [0x63, 0x72, 0x6f, 0x77]

const toFives = (chance: number) => Math.min(0.95, Math.max(0.05, Math.round(chance * 20) / 20))
/** Somebody who never says fifty-fifty. */
const uneven = (chance: number) => (chance === 0.5 ? 0.55 : chance)
/** Odds drawn towards one half: what a cautious person says of a chance. */
const drawnIn = (chance: number) => {
  const odds = Math.sqrt(chance / (1 - chance))
  return uneven(toFives(odds / (1 + odds)))
}

/**
 * Sotiria is heard most and promises too little, Miroslava mixes numbers and words, Arpi has a dozen, Lela revises,
 * Layla speaks in a language whose words nobody has measured, Noam has nothing decided, Lu answers only with options,
 * Åsgerður only with figures and days, and Maximiliane gave one long interview.
 */
export function joinTheCrowd(
  calendar: Calendar,
  first: string,
  today: string,
  asked: readonly Asked[],
): void {
  const random = randomNumbers(SEED)
  const months = asked.length
  for (const [month, { happenings, quarter }] of asked.entries()) {
    const said = addMonthsTo(first, month)
    const merin = askOfMerin(calendar, month, said, random)
    const { b, c } = happenings
    cautious(calendar, month, said, { ...happenings, e: merin })
    // The last three months are not decided yet.
    const left = months - 3 - month
    if (left > 0 && left <= 60) mixed(calendar, month, said, b)
    if (left > 0 && left <= 12) dozen(calendar, month, said, c)
    if (left > 0 && left <= 30) inArabic(calendar, month, said, merin)
    if (month % 4 === 1) revising(calendar, month, said, c)
    if (quarter !== null) otherwise(calendar, month, said, quarter)
  }
  ladders(calendar, today)
  undecided(calendar, today)
  longInterview(calendar, today)
}

function askOfMerin(calendar: Calendar, month: number, said: string, random: () => number): Happening {
  const merin = happening(month, 3, said, random)
  const known = addDays(merin.question.deadline.date, 1)
  calendar.question(`e-${month}`, addDays(said, 1), merin.question)
  calendar.decide(`e-${month}`, addDays(known, 2), outcomeOf(merin.happened ? 'yes' : 'no', known))
  return merin
}

/** A weekly column with one claim each: four a month that stand and fall by themselves. */
function cautious(calendar: Calendar, month: number, said: string, events: Record<string, Happening>): void {
  for (const [week, [letter, event]] of Object.entries(events).entries()) {
    const { date } = event.question.deadline
    calendar.interview(`sotiria-${month}-${week}`, {
      analyst: SOTIRIA,
      said: addDays(said, 7 * week),
      source: {
        type: 'article',
        title: `The week in Merin, by ${SOTIRIA}`,
        publisher: 'Merin Weekly, an invented magazine',
      },
      claims: [stated(`${letter}-${month}`, drawnIn(event.chance), `${event.event} by ${inWords(date)}`)],
    })
  }
}

function mixed(calendar: Calendar, month: number, said: string, event: Happening): void {
  const chance = uneven(event.chance)
  const worded = month % 3 === 0 ? (chance >= 0.5 ? 'it is likely' : 'it is unlikely') : null
  const claim =
    worded === null
      ? { quote: number(chance, event), probability: chance }
      : {
          quote: `As I see it ${worded} that ${event.event} before the quarter is over`,
          probability: { words: worded.replace('it is ', '') },
        }
  calendar.interview(`miroslava-${month}`, {
    analyst: MIROSLAVA,
    said,
    source: { type: 'broadcast', publisher: 'Radio Norrmark, an invented station' },
    claims: [{ ...claim, question: `b-${month}` }],
  })
}

function dozen(calendar: Calendar, month: number, said: string, event: Happening): void {
  const probability = uneven(event.chance)
  calendar.interview(`arpi-${month}`, {
    analyst: ARPI,
    said,
    claims: [{ quote: number(probability, event), question: `c-${month}`, probability }],
  })
}

/** Three times on the same question, each time nearer to what came of it. */
function revising(calendar: Calendar, month: number, said: string, event: Happening): void {
  for (const [again, nearer] of [0, 0.3, 0.6].entries()) {
    const chance = event.chance + nearer * (Number(event.happened) - event.chance)
    const probability = uneven(toFives(chance))
    const opening = ['', 'After what we have seen, ', 'By now '][again]
    calendar.interview(`lela-${month}-${again}`, {
      analyst: LELA,
      said: addDays(said, 28 * again),
      claims: [
        {
          quote: `${opening}${number(probability, event)}`,
          question: `c-${month}`,
          probability,
        },
      ],
    })
  }
}

/** In the order of the themes of the world: the event as it is said in Arabic. */
const IN_ARABIC = [
  'يرفع البنك المركزي في ميرين سعر الفائدة الرئيسي',
  'تخسر حكومة ميرين تصويت الثقة',
  'يتجاوز سعر الكهرباء في ميرين تسعين كرونة لمدة أسبوع',
  'تتأكد مخالفة للهدنة على حدود ميرين',
  'ترفع ميرين الرسوم على الفولاذ المستورد',
  'تعلن ميرين حالة الطوارئ بسبب الجفاف',
]

function inArabic(calendar: Calendar, month: number, said: string, event: Happening): void {
  const isLikely = event.chance >= 0.5
  const words = isLikely ? 'من المرجح' : 'من غير المرجح'
  calendar.interview(`layla-${month}`, {
    analyst: LAYLA,
    said,
    source: { language: 'ar', publisher: 'صحيفة ميرين، جريدة مخترعة' },
    claims: [
      {
        quote: `${words} أن ${IN_ARABIC[event.theme]} خلال ثلاثة أشهر`,
        translation: {
          text: `It is ${isLikely ? 'likely' : 'unlikely'} that ${event.event} within three months`,
          by: 'The Valdora Courier',
        },
        question: `e-${month}`,
        probability: { words, leans: isLikely ? 'yes' : 'no' },
      },
    ],
  })
}

/** Where a month asks for an option, a figure or a day. */
function otherwise(
  calendar: Calendar,
  month: number,
  said: string,
  { question, modest, bold }: NonNullable<Asked['quarter']>,
): void {
  const isChoice = question.options !== undefined
  calendar.interview(`${isChoice ? 'lu' : 'asgerdur'}-${month}`, {
    analyst: isChoice ? LU : ASGERDUR,
    said,
    source: { type: 'report', publisher: 'The Institute of Merin, which does not exist' },
    claims: [
      {
        quote: `As to ${subjectOf(question)}, these are my figures`,
        question: `d-${month}`,
        probability: isChoice ? modest : bold,
      },
    ],
  })
}

const stated = (question: string, probability: number, event: string): Claim => ({
  quote: `${percent(probability)} percent, I should say, that ${event}`,
  question,
  probability,
})

/** One ladder that is decided, one that is open; each rung is asked a day after the one below. */
function ladders(calendar: Calendar, today: string): void {
  const closed = addMonthsTo(today, -11)
  const lengths = ['a day', 'a week', 'a month']
  const straits = addMonthsTo(closed, 8)
  for (const [rung, length] of lengths.entries()) {
    const title = `The strait of Merin is closed to ships for ${length} or longer`
    const below = rung === 0 ? undefined : `strait-${rung - 1}`
    calendar.question(
      `strait-${rung}`,
      addDays(closed, rung),
      asking(title, straits, {
        family: 'strait-of-merin',
        tags: ['security'],
        if_yes: `it was closed for ${length} or longer`,
        if_no: `it was never closed for ${length}`,
      }),
      below,
    )
    calendar.decide(
      `strait-${rung}`,
      addDays(straits, 3 + 2 * rung),
      outcomeOf(rung === 2 ? 'no' : 'yes', addDays(straits, 1)),
    )
  }
  const rising = addMonthsTo(today, -2)
  for (const [rung, percent] of [4, 6, 10].entries())
    calendar.question(
      `prices-${rung}`,
      addDays(rising, rung),
      asking(
        `Prices in Merin rise by more than ${percent} percent in a year`,
        addDays(addMonthsTo(today, 7), 3),
        { family: 'prices-of-merin', tags: ['economy'] },
      ),
      rung === 0 ? undefined : `prices-${rung - 1}`,
    )
  const says = (analyst: string, said: string, name: string, chances: readonly number[], events: string[]) =>
    calendar.interview(`${name}-${analyst === LELA ? 'lela' : 'sotiria'}`, {
      analyst,
      said,
      claims: chances.map((chance, rung) => stated(`${name}-${rung}`, chance, events[rung] as string)),
    })
  const closing = lengths.map((length) => `the strait is closed for ${length} or longer`)
  says(LELA, addDays(closed, 4), 'strait', [0.85, 0.6, 0.2], closing)
  says(SOTIRIA, addDays(closed, 5), 'strait', [0.7, 0.55, 0.3], closing)
  const dearer = [4, 6, 10].map((percent) => `prices in Merin rise by more than ${percent} percent`)
  says(LELA, addDays(rising, 4), 'prices', [0.9, 0.55, 0.1], dearer)
  says(SOTIRIA, addDays(rising, 6), 'prices', [0.75, 0.45, 0.2], dearer)
}

/** Noam: one of whose questions came to nothing, the other is open. */
function undecided(calendar: Calendar, today: string): void {
  const said = addMonthsTo(today, -6)
  const date = addMonthsTo(today, -2)
  calendar.question(
    'race',
    said,
    asking('The boat race of Norrmark is rowed', date, { tags: ['particulars'] }),
  )
  calendar.question(
    'bridge-of-norrmark',
    said,
    asking('The new bridge of Norrmark opens', addMonthsTo(today, 4), { tags: ['particulars'] }),
  )
  const inHebrew = (percent: number, hebrew: string, english: string) => ({
    quote: `לדעתי יש סיכוי של ${percent} אחוז ש${hebrew}`,
    translation: {
      text: `I think there is a ${percent} percent chance that ${english}`,
      by: 'Radio Norrmark',
    },
    probability: percent / 100,
  })
  calendar.interview('noam', {
    analyst: NOAM,
    said,
    source: { language: 'he', publisher: 'Radio Norrmark, an invented station' },
    claims: [
      {
        ...inHebrew(70, 'מרוץ הסירות בנורמרק יתקיים', 'the boat race of Norrmark is rowed'),
        question: 'race',
      },
      {
        ...inHebrew(40, 'הגשר החדש בנורמרק ייפתח', 'the new bridge of Norrmark opens'),
        question: 'bridge-of-norrmark',
      },
    ],
  })
  calendar.decide(
    'race',
    addDays(date, 3),
    outcomeOf('annulled', addDays(date, 1), {
      annulled_because: 'moot',
      rationale: 'The club was dissolved before the season, so there was nobody to row.',
    }),
  )
}
