import { tooVague } from '../core/probability.ts'
import { STEP, type Steps } from '../core/steps.ts'
import { askedBefore } from './answer.ts'
import { type HorizonProposal, type HouseDeadline, horizonsIn, houseHorizon } from './horizon.ts'
import { matchWords, type WordsReading } from './lexicon.ts'
import { type Voice, voicedSteps } from './voice.ts'

/** Why a passage was marked (weight above 0) or nearly was not (below 0). */
export type Reason = {
  readonly rule: string
  readonly weight: number
  readonly words: string
  readonly says: string
}

/** A passage that looks like a forecast. It is a proposal to a person; nothing is created from it. */
export type Suggestion = {
  readonly start: number
  readonly end: number
  readonly text: string
  readonly paragraph: number
  readonly score: number
  readonly reasons: readonly Reason[]
  readonly voice: Voice
  readonly words: WordsReading | null
  readonly too_vague: boolean
  /** From the passage, or the house rule; null when no publication date is known. */
  readonly horizon: HorizonProposal | HouseDeadline | null
  /** Index of the suggestion this one seems to repeat. */
  readonly repeats?: number
}

/** The score from which a passage is marked. */
export const THRESHOLD = 2

/**
 * Marks the sentences of a text that look like forecasts, each with the rules that fired. Offsets are into `text`.
 * Sentences beyond 2,000 characters are no sentences and are left out.
 */
export function* suggestionSteps(text: string, published?: string): Steps<Suggestion[]> {
  const found: Suggestion[] = []
  let rested = 0
  for (const spoken of yield* voicedSteps(text)) {
    const { sentence, voice, turn } = spoken
    if (sentence.start - rested > STEP) {
      rested = sentence.start
      yield
    }
    if (sentence.text.length > 2_000 || turn?.interviewer === true) continue
    const own = reasonsFor(sentence.text, voice, published)
    const asked = scoreOf(own) < THRESHOLD ? askedBefore(text, spoken) : null
    const isAnswer = asked !== null && scoreOf(reasonsFor(asked, 'quote', published)) >= THRESHOLD
    const reasons = isAnswer ? [answering(sentence.text)] : own
    const score = scoreOf(reasons)
    if (score < THRESHOLD) continue
    const match = isAnswer ? null : matchWords(sentence.text)
    const words = match && withoutPlace(match)
    found.push({
      start: sentence.start,
      end: sentence.end,
      text: sentence.text,
      paragraph: sentence.paragraph,
      score: Math.round(score * 10) / 10,
      reasons,
      voice,
      words,
      too_vague: words !== null && tooVague(words),
      horizon: published === undefined ? null : horizonOf(isAnswer ? asked : sentence.text, published),
    })
  }
  return withRepeats(found)
}

const scoreOf = (reasons: readonly Reason[]): number => reasons.reduce((sum, { weight }) => sum + weight, 0)

const answering = (sentence: string): Reason => ({
  rule: 'answer',
  weight: THRESHOLD,
  words: sentence.slice(0, 60),
  says: 'answers a question about what will be',
})

/** The rules that fire on one sentence. Empty for questions: a rhetorical question is no claim. */
export function reasonsFor(
  sentence: string,
  voice: Voice = 'paraphrase',
  published = '1900-01-01',
): Reason[] {
  const plain = withoutQuestions(sentence.replace(/[\u2018\u2019]/g, "'").replace(/\s+/g, ' '))
  if (INTERVIEWER.test(plain)) return []
  const reasons: Reason[] = []
  for (const { rule, pattern, weight, says, in: only } of RULES) {
    if (only && !only.includes(voice)) continue
    const words = pattern.exec(plain)?.[0]
    if (words !== undefined) reasons.push({ rule, weight, words: words.trim(), says })
  }
  const positive = reasons.some((reason) => reason.weight > 0)
  if (!positive) return []
  // A date alone is no forecast, but it makes one of a weaker sign.
  const [horizon] = horizonsIn(plain, published)
  if (horizon) {
    reasons.push({ rule: 'horizon', weight: 1, words: horizon.phrase, says: 'names a time ahead' })
  }
  return reasons
}

// "Who will pay?" he asks: the question goes, the rest stays.
function withoutQuestions(plain: string): string {
  if (!plain.includes('?')) return plain
  return plain
    .split(/(?<=[.!?])/)
    .filter((piece) => !piece.endsWith('?'))
    .join('')
}

const INTERVIEWER = /^(?:Question|Q|Interviewer|Host|Moderator) ?:/

type SuggestionRule = {
  readonly rule: string
  readonly pattern: RegExp
  readonly weight: number
  readonly says: string
  readonly in?: readonly Voice[]
}

const RULES: readonly SuggestionRule[] = [
  {
    rule: 'will',
    pattern:
      /(?<!\b(?:the|political|free|ill|good|his|her|their|a|of) )\b(?:will|won't|shall|shan't)\b|\b[A-Za-z]+'ll\b/i,
    weight: 2,
    says: 'says what will or will not be',
  },
  {
    rule: 'going_to',
    pattern:
      /(?:\b(?:is|are|am|be)|'s|'re|'m|n't)(?: not| never| also| just| now| probably)? going to (?!(?:the|an?|his|her|their|my|our)\b)\p{L}/iu,
    weight: 2,
    says: 'says what is going to be',
  },
  {
    rule: 'heading',
    pattern:
      /\b(?:(?:is|are|be|looks?|seems?|remains?|now|also|still|not|very|most|more|highly) (?:now |still |almost |all but |not )?)?(?:(?:un)?likely to|expected to|set to|bound to|poised to|doomed|destined to|certain to|sure to|on (?:course|track) (?:to|for)|about to|headed for|heading for|slated to|projected to|forecast to|tipped to)\b/i,
    weight: 2,
    says: 'says where things are heading',
  },
  {
    rule: 'likelihood',
    pattern:
      /\b(?:(?:un)?likely|(?:im)?probable|inevitable|unavoidable|out of the question|only a (?:matter|question) of time|a (?:matter|question) of time|foregone conclusion|cannot be ruled out|can't be ruled out|(?:cannot|can't|do not|don't|would not|wouldn't) (?:rule out|exclude))\b/i,
    weight: 2,
    says: 'weighs how likely something is',
  },
  {
    rule: 'odds',
    pattern:
      /\b(?:one|two|three|four|\d+)[- ](?:in|to|out of)[- ](?:two|three|four|five|ten|a hundred|one|\d+) (?:chance|odds|probability)|\b\d+(?:\.\d+)? ?(?:%|per ?cent|percent) (?:chance|likely|probability|odds)|\b(?:chance|odds|probability) (?:of|at) (?:about |around |roughly )?\d|\b(?:chance|odds|probability|likelihood)\b[^.;?!]{0,60}? at \d+(?:\.\d+)? ?(?:%|per ?cent|percent)|\bfifty-fifty\b/i,
    weight: 2,
    says: 'gives odds',
  },
  {
    rule: 'forecasting',
    pattern:
      /\b(?:I|we|he|she|they|analysts?|experts?|economists?|\p{Lu}\p{L}{1,40}) (?:also |still |now |fully |do |does |would |can |can well |could |don't |do not |doesn't |does not )*(?:expects?|predicts?|foresees?|forecasts?|anticipates?|envisages?|reckons? on|bets? (?:on|that)|doubts?)\b(?! (?:is|are|was|were|of|about)\b)|\b\p{Ll}{1,40}s (?:still |now |also )?(?:expect|predict|foresee|anticipate|doubt)\b/u,
    weight: 2,
    says: 'uses a verb of forecasting',
  },
  {
    rule: 'picturing',
    pattern:
      /\b(?:I|we) (?:can |could |do |don't |do not |can't |cannot )?(?:well |easily |hardly |not )?(?:see|imagine|picture) (?:[\p{L}'-]+ ){1,5}?\p{L}+ing\b/iu,
    weight: 2,
    says: 'pictures what may come',
  },
  {
    rule: 'surprise',
    pattern:
      /\b(?:would|'d|will|should) (?:not |n't )?(?:be |come as )?(?:very |rather |a |quite |extremely |really |no )*(?:surprised?|amazed|astonished|shocked)\b/i,
    weight: 2,
    says: 'says what would surprise',
  },
  {
    rule: 'not_ready',
    pattern:
      /\b(?:by no means|in no way|not|never|hardly|not at all|far from|n't) (?:yet |now |currently |at all |really )?(?:ready|prepared|about|willing|in a position|inclined) to\b|\bin no position to\b|\bno intention of\b/i,
    weight: 2,
    says: 'says somebody is not ready for a step, which implies a forecast of it',
  },
  {
    rule: 'fate',
    pattern:
      /\b(?:here to stay|out of reach|off the table|(?:years|months|weeks|decades) away|days are numbered|is finished|are finished|is over for|no future|has no way back|no way back|no turning back|will never|the end of the road|never again|sooner or later)\b/i,
    weight: 2,
    says: 'tells how it ends',
  },
  {
    rule: 'reported',
    pattern:
      /\b(?:said|says|predicted|warned|believed|thought|argued|added|told [\p{L} ]{1,30}|expected|forecast|estimated|claimed)\b[^.;?!]{0,120}?\bwould(?! (?:have|like|rather|prefer|never have|not have)\b)\b/iu,
    weight: 2,
    says: 'reports a forecast ("would" for "will")',
    in: ['paraphrase'],
  },
  {
    rule: 'chance',
    pattern:
      /\b(?:(?:good|real|serious|realistic|high|strong|slim|little|small|no|every|remote|distinct|growing|considerable|better) (?:chance|possibility|probability|risk|prospect|likelihood|danger)|chances are|probably|perhaps|maybe|possibly|presumably|almost certainly|in all probability)\b/i,
    weight: 1,
    says: 'uses words of probability',
  },
  {
    rule: 'modal',
    pattern:
      /\b(?:may|might|could)(?: (?:well|yet|still|also|soon|even|easily|not|never|very well))* (?!have (?:been|had|\p{L}+ed)\b)\p{Ll}+/u,
    weight: 1,
    says: 'says what may, might or could be',
  },
  {
    rule: 'opinion',
    pattern:
      /\b(?:I|we) (?:can |do |also |still |firmly |really )*(?:believe|think|assume|suspect|fear|am (?:sure|certain|convinced|confident)|are (?:sure|certain|convinced|confident))\b|\bI'm (?:sure|certain|convinced|confident)\b|\bin my (?:opinion|view)\b/i,
    weight: 0.5,
    says: 'is marked as an opinion',
  },
  {
    rule: 'normative',
    pattern: /\b(?:should|must|ought to|needs? to|has to|have to|had to|let us|let's)\b/i,
    weight: -0.5,
    says: 'says what ought to be, which is no forecast',
  },
  {
    rule: 'hindsight',
    pattern:
      /\b(?:would|could|might|should) (?:not |n't |never )?have\b|\bif (?:\p{L}+ ){1,6}(?:were to|had)\b/iu,
    weight: -2,
    says: 'speaks of what might have been or of a supposition',
  },
  {
    rule: 'schedule',
    pattern:
      /\bwill (?:publish|hold|meet|host|hear|vote|announce|present|release|speak|visit|open|begin|convene|decide|be (?:published|held|released|announced|broadcast))\b[^.]{0,80}?\b(?:on|at|from) (?:\d{1,2} |the \d|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|(?:January|February|March|April|May|June|July|August|September|October|November|December)\b)/,
    weight: -1.5,
    says: 'announces what is scheduled',
    in: ['paraphrase'],
  },
  {
    rule: 'promise',
    pattern:
      /\b(?:I|we)(?: will|'ll) (?:tell|say|explain|show|give you|answer|come back|return to|try|be (?:honest|frank|brief)|not (?:comment|answer|speculate|discuss))\b|\b(?:will|'ll) (?:tell|assure) you\b|\byou(?: will|'ll) (?:remember|recall|find (?:it|them|this)|have (?:heard|seen|noticed))\b/i,
    weight: -2,
    says: 'speaks about the conversation',
  },
]

function withoutPlace(match: WordsReading & { start: number; end: number }): WordsReading {
  const { start: _start, end: _end, ...words } = match
  return words
}

function horizonOf(sentence: string, published: string): HorizonProposal | HouseDeadline {
  const all = horizonsIn(sentence, published)
  return all.find((proposal) => proposal.to !== null) ?? all[0] ?? houseHorizon(published)
}

const COMMON = new Set([
  ...['the', 'and', 'but', 'for', 'from', 'with', 'are', 'was', 'its', 'that', 'this', 'she', 'they', 'will'],
  ...[
    'not',
    'there',
    'then',
    'much',
    'less',
    'more',
    'now',
    'said',
    'says',
    'means',
    'mean',
    'all',
    'believe',
    'think',
  ],
])

function contentOf(text: string): Set<string> {
  const words = text.toLowerCase().match(/\p{L}{3,}/gu) ?? []
  return new Set(words.filter((word) => !COMMON.has(word)))
}

/** Two passages that share most of their words are proposed as one claim; the speaker's own words lead. */
function withRepeats(found: readonly Suggestion[]): Suggestion[] {
  if (found.length > 400) return [...found]
  const contents = found.map((suggestion) => contentOf(suggestion.text))
  return found.map((suggestion, index) => {
    for (const [other, candidate] of found.entries()) {
      if (other === index) continue
      const leads = candidate.voice === 'quote' && (suggestion.voice !== 'quote' || other < index)
      const first = candidate.voice === suggestion.voice && other < index
      if (!leads && !first) continue
      const [mine, theirs] = [contents[index] ?? new Set(), contents[other] ?? new Set()]
      const shared = [...mine].filter((word) => theirs.has(word)).length
      if (shared >= 4 && shared / Math.min(mine.size, theirs.size) >= 0.6)
        return { ...suggestion, repeats: other }
    }
    return suggestion
  })
}
