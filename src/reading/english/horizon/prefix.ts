import { longest, phrases, type Reader, table } from './reader.ts'

/** What the words before a time make of it. */
export type Prefix =
  | ('in' | 'for' | 'by' | 'until' | 'before')
  | ('after' | 'since' | 'early' | 'around' | 'between' | 'from')

export const PREFIXES = table<Prefix>([
  ['in|on|at|within|inside|inside of|during|over|throughout|through|in under|come|into|across', 'in'],
  [
    'over the course of|in the course of|in the space of|within the space of|in as little as|as late as',
    'in',
  ],
  [
    'sometime in|some time in|sometime during|some time during|sometime over|later in|any time in|back in',
    'in',
  ],
  ['for|for up to|for at least', 'for'],
  ['by|no later than|not later than|up to|by no later than|latest by|in time for|due by|on or by', 'by'],
  ['towards|toward|by or before|on or before|at the latest by|at the latest in|by the time of', 'by'],
  ['until|till|til|up until|up till|right up until|right up to', 'until'],
  ['before|prior to|ahead of|in advance of|in the run up to|in the runup to|in the lead up to', 'before'],
  ['any time before|sometime before|some time before|well before|long before|shortly before', 'before'],
  ['just before|right before|even before|earlier than|this side of', 'before'],
  [
    'after|no earlier than|not earlier than|no sooner than|not before|not until|as of|past|following',
    'after',
  ],
  ['starting|starting in|starting from|starting on|starting with|beginning in|effective', 'after'],
  [
    'beginning on|beginning from|from and after|soon after|shortly after|right after|immediately after',
    'after',
  ],
  ['long after|only after|just after|not long after|sometime after|some time after|well after', 'after'],
  ['on or after|later than|in the wake of|in the aftermath of', 'after'],
  ['since|ever since|as far back as|dating back to', 'since'],
  ['as early as|as soon as', 'early'],
  ['around|circa|about|in or around|in or about|by or around', 'around'],
  ['between|anywhere between|any time between|anytime between|somewhere between|sometime between', 'between'],
  ['from|anywhere from', 'from'],
])

/** Whether the time behind it is a bound, of which only one side counts. */
export const setsBound = (value: Prefix): boolean =>
  value === 'by' || value === 'until' || value === 'before' || value === 'after' || value === 'early'

const FILLERS = phrases(
  'about|around|roughly|approximately|perhaps|maybe|probably|possibly|likely|presumably|say|, say ,',
  'at least|at most|at the most|just|only|nearly|almost|the very|like|um|uh|you know',
  'no more than|not more than|less than|under|fewer than|up to|more than|over|upwards of',
  'as little as|as few as|no less than|not less than|well under|well over|well into|deep into|far into',
  'sometime|some time|some point in|the course of|the space of|anywhere from|somewhere around',
)

/** Past what may stand between a preposition and its time. */
export function filled(r: Reader, at: number): number {
  let next = at
  for (let n = 0; n < 3; n++) next = longest(FILLERS, r, next)?.next ?? next
  return next
}

export const LOWER = phrases(
  'at the earliest|earliest|at the soonest|or later|or even later|if not later|or after|or thereafter',
  'or beyond|onwards|onward|and beyond|and after|and later|and onwards|and thereafter',
)
export const UPPER = phrases(
  'at the latest|at the very latest|latest|at most|inclusive|or so|or thereabouts',
  'or earlier|or sooner|or before|or even earlier|or even sooner|if not sooner|if not before|if not earlier',
)
/** Before the year is out: the end of it. */
export const IS_OVER = phrases(
  'is out|is over|is up|is through|is done|is finished|are out|are over|are up|have passed|has passed',
  'ends|closes|expires|runs out|goes out|has ended|has run out',
  'comes to an end|comes to a close|draws to a close',
)
