import { nearestHorizon } from '../grammar/horizon.ts'
import { type Language, LONGEST_SENTENCE, type Reading, type RemarkKind } from '../grammar/language.ts'
import { frameOf } from './frame.ts'
import { horizonsIn } from './horizon.ts'
import { isName, speakerIn, spokenRange } from './name.ts'
import { read } from './told.ts'

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

/** Words that stand alone may be of an event that is told elsewhere: "вероятно", "не победит". */
function readWording(words: string): Reading {
  if (words.length > LONGEST_SENTENCE) return { kind: 'none' }
  return frameOf(words, { ahead: true, alone: true }).reading
}
