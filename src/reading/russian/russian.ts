import { nearestHorizon } from '../grammar/horizon.ts'
import {
  type Language,
  LONGEST_SENTENCE,
  type Reading,
  type RemarkKind,
  type Sentence,
  type Told,
} from '../grammar/language.ts'
import { reasonsOf, scoreOf, THRESHOLD } from './cue.ts'
import { frameOf } from './frame.ts'
import { horizonsIn } from './horizon.ts'
import { isName, speakerIn, spokenRange } from './name.ts'

// Before every time that anybody speaks of: without a date of publication nothing lies in the past.
const ANY_TIME = '1900-01-01'

const REMARKS: readonly RemarkKind[] = [
  { reason: 'rhetorical', says: 'asks without wanting an answer', pattern: /\?["'”’»)]*$/u },
  {
    reason: 'normative',
    says: 'says what ought to be',
    pattern: /(?<!\p{L})(?:должен|должна|должно|должны|надо|нужно|необходимо|следует|обязан[аы]?)(?!\p{L})/iu,
  },
  {
    reason: 'motive',
    says: 'says what somebody needs or wants',
    pattern:
      /(?<!\p{L})(?:точно|явно|очевидно|действительно) (?:не )?(?:хочет|хотят|нуждается|нуждаются)(?!\p{L})/iu,
  },
]

const ASKS = /\?["'”’»)\s]*$/u

/** Russian: the grammar and its horizons. Nobody measured its words of probability: they ask for a band. */
export const RUSSIAN: Language = {
  tag: 'ru',
  name: 'Russian',
  measured: false,
  read,
  readWording,
  readHorizon: (said, published, context) => nearestHorizon(horizonsIn, said, published, context),
  restates: /^["“„«]?(?:скажем|процентов|примерно|где-то|около|я бы сказал|скорее|\d)/iu,
  asker: /^(?:Вопрос|Корреспондент|Ведущий|Ведущая|Q) ?:/u,
  spokenRange,
  speakerIn,
  isName,
  remarks: REMARKS,
}

function read({ text, voice, published }: Sentence): readonly [Told] {
  const asks = ASKS.test(text)
  const times = horizonsIn(text, published ?? ANY_TIME)
  const frame = frameOf(text, { voice, ahead: times.length > 0 })
  const reasons = reasonsOf(frame, voice, times, asks)
  const score = scoreOf(reasons)
  const reading: Reading = asks ? { kind: 'none' } : frame.reading
  return [
    {
      suggested: score >= THRESHOLD && reading.kind !== 'none',
      score,
      reasons,
      reading,
      event: null,
      quantity: null,
      date: null,
    },
  ]
}

/** Words that stand alone may be of an event that is told elsewhere: "вероятно", "не победит". */
function readWording(words: string): Reading {
  if (words.length > LONGEST_SENTENCE) return { kind: 'none' }
  return frameOf(words, { ahead: true, alone: true }).reading
}
