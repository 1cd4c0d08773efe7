import type { Voice } from '../grammar/language.ts'
import { isChain, isOutcome, subjectBefore, verbBehind } from './chain.ts'
import type { Say } from './cue.ts'
import type { Element } from './element.ts'
import type { Frame } from './frame.ts'
import type { Moment } from './present.ts'
import { type Token, wordsAt } from './words/token.ts'

const SCHEDULED = new Set(
  `presented unveiled delivered opened convened decided debated aired played voted read publish hold meet host hear vote
   announce present release speak visit open begin convene decide published held released announced broadcast take start
   launch resume travel return address deliver unveil debate run reopen premiere air play depart arrive close leave
   inaugurate inaugurated`.split(/\s+/u),
)
const DUE = new Set('due scheduled slated planned'.split(' '))
const DAYS = new Set(
  'monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december tomorrow today tonight week noon midnight morning afternoon evening'.split(
    ' ',
  ),
)
const HOURS = /^(?:a\.?m\.?|p\.?m\.?|o'clock)$/u
const PROMISED = new Set(
  'tell say explain show give answer come return try be not get let begin start leave turn assure talk discuss'.split(
    ' ',
  ),
)
const REMEMBERED = new Set(
  'remembered recalled remember recall find have see note notice hear need want'.split(' '),
)

/** What is announced, planned, promised or prescribed, and needs no forecast. */
export function announced(frame: Frame, voice: Voice, { between }: Moment, say: Say): void {
  const { tokens, elements } = frame
  for (const [at, { word }] of tokens.entries()) {
    if (DUE.has(word) && voice !== 'quote') say('schedule', wordsAt(tokens, at, at))
    if (word === 'will') conversation(tokens, at, say)
  }
  for (const element of elements) {
    if (!isChain(element, tokens)) continue
    const { layer, first, last, key } = element
    if (isDecided(tokens, first)) say('own_plan', wordsAt(tokens, subjectBefore(tokens, first), last))
    if (voice !== 'quote' && !between && (layer === 'future' || key === 'set_to')) schedule(tokens, last, say)
    if (layer !== 'future') continue
    if (isOwnAct(frame, element))
      say('own_plan', wordsAt(tokens, subjectBefore(tokens, first), verbBehind(tokens, last)))
    if (isTask(tokens, element)) say('task', wordsAt(tokens, last, verbBehind(tokens, last)))
    prescribed(frame, element, say)
  }
  expectedOn(tokens, say)
}

/** "I will tell you", "we will come back to that", "as you will remember". */
function conversation(tokens: readonly Token[], at: number, say: Say): void {
  const word = (place: number) => tokens[place]?.word ?? ''
  const [subject, verb] = [word(at - 1), word(at + 1)]
  const isOutcome = verb === 'get' && !/^(?:back|to|into|on|there)$/u.test(word(at + 2))
  if (
    !isOutcome &&
    /^(?:i|we)$/u.test(subject) &&
    word(at - 2) !== 'what' &&
    PROMISED.has(verb) &&
    !(verb === 'not' && !/^(?:comment|answer|speculate|discuss|go)$/u.test(word(at + 2)))
  )
    if (verb !== 'be' || /^(?:honest|frank|brief|back|right|clear|blunt|here)$/u.test(word(at + 2)))
      say('promise', wordsAt(tokens, at - 1, at + 1))
  if (
    /^(?:you|readers|listeners|viewers|it|we)$/u.test(subject) &&
    (REMEMBERED.has(verb) || REMEMBERED.has(word(at + 2))) &&
    (subject !== 'we' || word(at - 2) === 'as') &&
    (subject !== 'it' || /^(?:remembered|recalled)$/u.test(word(at + 2))) &&
    !isForeseen(tokens, at)
  )
    say('promise', wordsAt(tokens, at - 1, at + 1))
}

/** "In April you will see them go for Zenda": what the listener is told to expect. */
export const isForeseen = (tokens: readonly Token[], will: number): boolean =>
  tokens[will + 1]?.word === 'see' &&
  !/^(?:that|how|why|what|where|it|,|\.)$/u.test(tokens[will + 2]?.word ?? '.')

/** "Will meet on Thursday", "will open at seven in the morning", "is about to announce". */
function schedule(tokens: readonly Token[], chain: number, say: Say): void {
  const at = verbBehind(tokens, chain)
  const [verb, next] = [tokens[at]?.word ?? '', tokens[at + 1]?.word ?? '']
  const tells = ANNOUNCES.test(verb) || (verb === 'lay' && next === 'out')
  if ((verb === 'run' && next === 'out') || (verb === 'take' && !TAKEN.test(next))) return
  if (
    !tells &&
    !SCHEDULED.has(verb) &&
    !(verb === 'be' && SCHEDULED.has(next) && /(?:ed|ld|en|read)$/u.test(next))
  )
    return
  const isVersion = verb === 'be' && VERSION.test(tokens[subjectBefore(tokens, chain)]?.word ?? '')
  const near = isVersion || (HELD.test(verb) && /^(?:set|about)$/u.test(tokens[chain - 1]?.word ?? ''))
  const day = tokens.findIndex((_, i) => (i > chain || i < FRONTED) && isDay(tokens, i))
  if (tells || near || day !== -1) say('schedule', wordsAt(tokens, chain, at))
}
/** "On Monday morning the judges will …" */
const FRONTED = 4

const isDay = (tokens: readonly Token[], at: number): boolean => {
  const { word = '', raw = '' } = tokens[at] ?? {}
  return (DAYS.has(word) && raw !== 'may') || HOURS.test(word) || isNth(tokens, at) || isHour(tokens, at)
}
/** What a maker brings out, whenever that is. */
const VERSION = /^(?:version|film|album|book|update|model|series|edition|report|data|figures)$/u
const HELD = /^(?:hold|meet|host|visit|speak|vote|decide|deliver|present)$/u
const ANNOUNCES = /^(?:announce|unveil|publish|release|reveal|outline)$/u
const TAKEN = /^(?:place|part|effect|office|over|up|his|her|their|its|the)$/u

/** "On the 24th". */
const isNth = (tokens: readonly Token[], at: number): boolean =>
  tokens[at]?.ordinal === true && tokens.slice(Math.max(0, at - 2), at).some(({ word }) => word === 'on')

/** "At seven", "at ten past nine". */
const isHour = (tokens: readonly Token[], at: number): boolean =>
  tokens[at - 1]?.word === 'at' &&
  (tokens[at]?.value ?? 99) <= 24 &&
  /^(?:past|to|in|on|[.,])$/u.test(tokens[at + 1]?.word ?? '.')

const SELF = /^(?:i|we)$/u
const SAME = /^(?:he|she|they|it|who)$/u
const THEIR = /^(?:his|her|their|its)$/u
const SIDE =
  /^(?:side|party|government|ministry|company|team|country|firm|bank|office|union|army|forces|members|delegation|colleagues)$/u
const SPEAKS =
  /^(?:say|says|said|tell|tells|told|add|adds|added|announce|announces|announced|saying|insist|insists|insisted|write|writes|wrote)$/u

/** "We will defend every village", "she said that she would ask": an act that its own doer announces. */
function isOwnAct({ tokens }: Frame, { first, last }: Element): boolean {
  const at = subjectBefore(tokens, first)
  const subject = tokens[at]?.word ?? ''
  const isTheirs = SIDE.test(subject) && THEIR.test(tokens[at - 1]?.word ?? '')
  if (!SELF.test(subject)) {
    if (!SAME.test(subject) && !isTheirs) return false
    if (!tokens.slice(0, at).some(({ word }) => SPEAKS.test(word))) return false
  }
  const verb = verbBehind(tokens, last)
  const needs =
    SELF.test(subject) && /^(?:have|need)$/u.test(tokens[verb]?.word ?? '') && tokens[verb + 1]?.word === 'to'
  return !isOutcome(tokens, needs ? verb + 2 : verb)
}

const DECIDES =
  /^(?:decide|decides|decided|rule|rules|ruled|agree|agrees|agreed|promise|promises|promised|vow|vows|vowed|pledge|pledges|pledged|order|orders|ordered|guarantees)$/u
const PAPER =
  /^(?:treaty|law|act|article|section|clause|paragraph|agreement|contract|constitution|deal|rules?|statute|decree|accord)$/u

/** "The court ruled that the mine would have to pay", "the treaty says that neither side will …". */
const isDecided = (tokens: readonly Token[], first: number): boolean =>
  tokens.slice(0, first).some(({ word }, at) => {
    if (DECIDES.test(word))
      return !/^(?:the|new|old|these|those|of|under|i|we)$/u.test(tokens[at - 1]?.word ?? '')
    return (
      /^(?:says|states|provides)$/u.test(word) &&
      tokens.slice(Math.max(0, at - 2), at).some((token) => PAPER.test(token.word))
    )
  })

const ALLOWED = /^(?:required|entitled|allowed|obliged|eligible|permitted|exempt|able|free|subject|fined)$/u
const OWED = /^(?:pay|receive|need|keep|register|apply|get|have|owe|report)$/u

const TASK = /^(?:measure|study|monitor|examine|explore|collect|investigate|focus|feature|consist|comprise)$/u
const SERVES = /^(?:carry|provide|offer|include|cover|test|serve|lead|receive|fund|use|help|look|allow)$/u
const PROGRAMME =
  /^(?:mission|project|programme|program|satellites?|spacecraft|probe|lander|rover|telescope|instrument|stage|module|rocket|study|trial|scheme|fund|plan|bill|initiative|campaign|exhibition|book|film|series|show|conference|teams?|winners?|committee|commission|centre|center|museum|system|it|they)$/u
const DONE_TO = /^(?:studied|measured|led|funded|capped|based)$/u

/** "The mission will measure the winds", "the hall will be built of wood": what a thing is for, or how it is made. */
function isTask(tokens: readonly Token[], { first, last }: Element): boolean {
  const at = verbBehind(tokens, last)
  const [verb, next] = [tokens[at]?.word ?? '', tokens[at + 1]?.word ?? '']
  if (TASK.test(verb)) return true
  const isOfProgramme = PROGRAMME.test(tokens[subjectBefore(tokens, first)]?.word ?? '')
  return (verb === 'be' && DONE_TO.test(next)) || (isOfProgramme && SERVES.test(verb))
}

/** "Under the law, employers will have to …", "the tax will apply to …": what a rule says. */
function prescribed({ tokens, denials }: Frame, { last, cue }: Element, say: Say): void {
  const at = verbBehind(tokens, last)
  const [verb, next] = [tokens[at]?.word ?? '', tokens[at + 1]?.word ?? '']
  const isRuled =
    (verb === 'be' && ALLOWED.test(next) && tokens[at + 2]?.word === 'to') ||
    (verb === 'be' && next === 'named' && tokens[at + 2]?.word === 'after') ||
    (verb === 'be' && /^(?:renamed|awarded|asked|told|informed|notified|invited)$/u.test(next)) ||
    (verb === 'apply' && next === 'to') ||
    (OWED.test(verb) && isUnderRule(tokens))
  if (isRuled) say('rule', wordsAt(tokens, last, at + 1))
  else if (
    cue === 'reported' &&
    denials.length === 0 &&
    (SUPPOSED.test(verb) || (verb === 'be' && next === 'paid'))
  )
    say('supposition', wordsAt(tokens, last, at))
}

/** "The plan would cost nine billion": what follows if it is made. */
const SUPPOSED = /^(?:cost|require|involve|need|allow|give|ban|apply|mean|have|mark|represent)$/u

const isUnderRule = (tokens: readonly Token[]): boolean =>
  tokens.some(
    ({ word }, at) =>
      word === 'under' && tokens.slice(at + 1, at + 5).some((token) => PAPER.test(token.word)),
  )

const AWAITED =
  /^(?:decision|ruling|verdict|results?|figures|reports?|announcement|statement|details|data|minutes|vote|hearing|trial|meeting|session|visit|debate|talks|summit|conference)$/u

/** "A decision is expected on Friday". */
function expectedOn(tokens: readonly Token[], say: Say): void {
  const at = tokens.findIndex(
    ({ word }, i) => word === 'expected' && /^(?:is|are)$/u.test(tokens[i - 1]?.word ?? ''),
  )
  const isDone =
    tokens[at + 1]?.word !== 'to' ||
    /^(?:last|begin|start|open|resume|take)$/u.test(tokens[at + 2]?.word ?? '')
  const awaited = tokens.findIndex(({ word }, i) => i < Math.min(at, FRONTED) && AWAITED.test(word))
  if (at > 1 && awaited !== -1 && isDone) say('schedule', wordsAt(tokens, awaited, at))
}
