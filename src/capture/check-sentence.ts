import { dayText } from '../core/calendar.ts'
import type { Probability } from '../core/probability.ts'
import { type Question, typeOf } from '../core/question.ts'
import { scriptTag } from '../core/script.ts'
import { type Statement, voices } from '../core/statement.ts'
import { type Verdict, verdictOf, verdictText } from '../core/verdict.ts'

/** A piece of a sentence: ours, or words that somebody typed. */
export type Piece = string | { typed: string }

/** What the ledger will say of a claim, and under which circumstances. */
export type CheckSentence = {
  kind: Verdict['kind']
  pieces: readonly Piece[]
  /** How pages will then read, one line for each thing that can happen. */
  reads: readonly string[]
}

type Asked = Pick<
  Question,
  | 'title'
  | 'type'
  | 'criteria'
  | 'deadline'
  | 'opens'
  | 'condition'
  | 'options'
  | 'range'
  | 'if_yes'
  | 'if_no'
>
export type Checked = {
  question: Asked
  probability: Probability
  voice?: Statement['voice'] | undefined
  /** The quote: a word that stands there in small letters is no name. */
  words?: string | undefined
}

/**
 * The sentences under which a claim will count as not come true, and as come true, in this order. What leans to no
 * side gets one sentence that says so; nothing is said of it that the verdict would not say.
 */
export function checkSentences(checked: Checked): CheckSentence[] {
  const { question } = checked
  return [...conditionOf(checked), ...(typeOf(question) === 'binary' ? ofEvent(checked) : ofAnswers(checked))]
}

/** The same as plain text. */
export const sentenceText = ({ pieces }: Pick<CheckSentence, 'pieces'>): string =>
  pieces.map((piece) => (typeof piece === 'string' ? piece : piece.typed)).join('')

const told = (verdict: Verdict, { question, probability, voice = voices[0] }: Checked): string =>
  verdictText(verdict, { question, probability, voice })

function ofEvent(checked: Checked): CheckSentence[] {
  const { probability } = checked
  const yes = verdictOf(probability, { outcome: 'yes' })
  const no = verdictOf(probability, { outcome: 'no' })
  const event = eventOf(checked)
  const reads = [yes, no].map((verdict) => told(verdict, checked))
  if (yes.kind === 'too_vague') return [tooVague(checked, yes)]
  if (yes.kind === 'said')
    return [
      {
        kind: 'said',
        pieces: [
          'Whether or not ',
          ...event,
          ', this will count neither as come true nor as not: it leans to no side.',
        ],
        reads,
      },
    ]
  const sentence = (verdict: Verdict, opens: string): CheckSentence => ({
    kind: verdict.kind,
    pieces: [opens, ...event, verdict.kind === 'did_not' ? ', this did not come true.' : ', this came true.'],
    reads: [told(verdict, checked)],
  })
  // "Unless" denies whatever clause the title is; a "not" would have to be put into it.
  const both = [sentence(yes, 'If '), sentence(no, 'Unless ')]
  return both.sort((a, b) => Number(b.kind === 'did_not') - Number(a.kind === 'did_not'))
}

const tooVague = (checked: Checked, verdict: Verdict): CheckSentence => ({
  kind: 'too_vague',
  pieces: ['Whatever happens, these words are too vague to be wrong: this is in no score.'],
  reads: [told(verdict, checked)],
})

/** Of several options, a number or a date: nobody leaned to a yes or a no. */
function ofAnswers(checked: Checked): CheckSentence[] {
  const { question } = checked
  const options = question.options ?? []
  const verdict = (outcome: string): Verdict => verdictOf(checked.probability, { outcome })
  const end = ', this will count neither as come true nor as not: chances were given, and no side was taken.'
  const by = ` by ${dayText(question.deadline.date)}`
  const named: Piece[] = options.flatMap((option, i): Piece[] => [
    ...(i === 0 ? [] : [i === options.length - 1 ? ' or ' : ', ']),
    { typed: option },
  ])
  const pieces: Piece[] =
    options.length === 0
      ? [`Whatever the answer to “`, { typed: ended(question.title) }, `” is${by}${end}`]
      : ['Whichever of ', ...named, ` it is${by}${end}`]
  return [{ kind: 'said', pieces, reads: options.map((option) => told(verdict(option), checked)) }]
}

function conditionOf(checked: Checked): CheckSentence[] {
  const { condition } = checked.question
  if (condition === undefined) return []
  const verdict: Verdict = { kind: 'no_result', because: 'condition_not_met' }
  return [
    {
      kind: 'no_result',
      pieces: [
        `Unless this comes about by ${dayText(condition.deadline.date)}, there is no result: “`,
        { typed: ended(condition.text) },
        '”. Where it does:',
      ],
      reads: [told(verdict, checked)],
    },
  ]
}

const ended = (text: string): string => text.trim().replace(/(?<![\s.!…])[\s.!…]+$/u, '')

const QUESTION =
  /^(?:will|would|does|do|did|is|are|was|were|has|have|can|could|should|shall|may|might|who|what|when|which|how|where)\b|\?\s*$/iu
const TIMED = /\b(?:1[89]|2\d)\d{2}\b|\b(?:by|before|until|within|during) /iu

/** The event and its last day, to stand behind "if": as the clause that it is, or as a question that is answered. */
function eventOf({ question, words = '' }: Checked): Piece[] {
  const { title, criteria, opens, deadline } = question
  const last = dayText(deadline.date)
  const until = opens === undefined ? `by ${last}` : `between ${dayText(opens)} and ${last}`
  const event = ended(title)
  const when = TIMED.test(event) ? ` (what counts is ${until})` : ` ${until}`
  // A clause of another language, or a question, cannot stand in an English sentence.
  if (QUESTION.test(event) || scriptTag(event) !== undefined)
    return ['the answer to “', { typed: event }, `” is yes${when}`]
  return [{ typed: lowered(event, `${words} ${criteria}`) }, when]
}

const SMALL = new Set(
  'a an the there this that these those he she it they we his her its their our at in on of no not more most fewer less least some any all both each every either neither one two three four five six seven eight nine ten another other new further'.split(
    ' ',
  ),
)

/** A clause without the capital it begins with, where that is not the beginning of a name. */
function lowered(text: string, around: string): string {
  const first = /^\p{Lu}[\p{Ll}]*(?![\p{L}\p{N}])/u.exec(text)?.[0] ?? ''
  const small = first.toLowerCase()
  const isWord =
    first !== '' && (SMALL.has(small) || wordsOf(`${around} ${text.slice(first.length)}`).has(small))
  return isWord ? small + text.slice(first.length) : text
}

const wordsOf = (text: string) => new Set(text.match(/[\p{L}\p{N}]+/gu) ?? [])
