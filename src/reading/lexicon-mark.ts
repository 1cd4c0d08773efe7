import lexicon from './lexicon.json' with { type: 'json' }
import { type Token, tokensOf } from './token.ts'

/** A row of the lexicon found at tokens first..last. */
export type Mark = {
  readonly key: string
  readonly first: number
  readonly last: number
  readonly assumed?: boolean
  readonly note?: string
}

/** What a negated row reads as: the measured negative where there is one, "possibly" where there is none. */
const NEGATED: Readonly<Record<string, string>> = {
  will: 'will_not',
  certainly: 'possibly',
  almost_certain: 'possibly',
  highly_likely: 'unlikely',
  likely: 'unlikely',
  probable: 'improbable',
  we_believe: 'doubt',
  better_than_even: 'possibly',
  maybe: 'possibly',
  possibly: 'possibly',
  may: 'possibly',
  might: 'possibly',
  could: 'possibly',
  probably_not: 'possibly',
  doubt: 'certainly',
  unlikely: 'possibly',
  improbable: 'possibly',
  highly_unlikely: 'possibly',
}
/** "will probably not", "almost certainly not": the negation follows the words and denies the event. */
const FOLLOWED_BY_NOT: Readonly<Record<string, string>> = {
  ...NEGATED,
  certainly: 'will_not',
  almost_certain: 'almost_no_chance',
  highly_likely: 'highly_unlikely',
  probable: 'probably_not',
}

const OUTER = 'an outer negation: read as "possibly", never as 1 − p'
const lookedUp = (key: string): string =>
  `the negative of "${key.replaceAll('_', ' ')}" is looked up, not mirrored`

type Alias = { readonly key: string; readonly words: readonly string[]; readonly note?: string }

// "is" stands for every form of to be; the aliases' own "is" is optional so that "expected to" is found too.
const ALIASES: ReadonlyMap<string, readonly Alias[]> = (() => {
  const forms: Alias[] = lexicon.defaults.flatMap(({ key, aliases }) =>
    aliases.map((alias) => ({ key, words: tokensOf(alias).map((token) => token.word) })),
  )
  // Other forms of the same words.
  const also: Readonly<Record<string, readonly string[]>> = {
    will: ['going to', 'bound to'],
    likely: ['expected to', 'expects'],
    certainly: ['certain', 'no doubt', 'without doubt', 'without a doubt', 'beyond doubt', 'inevitable'],
    even: ['even chance', 'even odds'],
    will_not: ['will no longer'],
  }
  for (const [key, phrases] of Object.entries(also)) {
    for (const phrase of phrases) forms.push({ key, words: phrase.split(' ') })
  }
  const outer = [
    ...['can not rule out', 'do not rule out', 'not rule out', 'not ruled out', 'can not exclude'],
    ...['can not is ruled out', 'can not is excluded', 'not impossible', 'uncertain', 'no certainty'],
    ...['no guarantee', 'not sure', 'far from certain', 'far from inevitable', 'by no means certain'],
    ...['by no means inevitable', 'not excluded', 'not inevitable'],
  ]
  for (const phrase of outer) forms.unshift({ key: 'possibly', words: phrase.split(' '), note: OUTER })
  for (const who of ['i', 'we']) {
    for (const verb of ['think', 'believe']) {
      const words = [who, 'do', 'not', verb]
      forms.push({ key: 'doubt', words, note: lookedUp('we_believe') })
    }
  }
  const index = new Map<string, Alias[]>()
  for (const alias of forms.sort((a, b) => b.words.length - a.words.length)) {
    const head = alias.words[0] ?? ''
    index.set(head, [...(index.get(head) ?? []), alias])
  }
  return index
})()

const ADVERBS = new Set([
  ...[
    'at',
    'all',
    'very',
    'particularly',
    'especially',
    'really',
    'so',
    'too',
    'even',
    'that',
    'entirely',
    'yet',
  ],
  ...[
    'quite',
    'terribly',
    'necessarily',
    'now',
    'any',
    'a',
    'is',
    'be',
    'highly',
    'most',
    'more',
    'absolutely',
  ],
])
const BOUNDARY = new Set([
  '.',
  ';',
  ':',
  '!',
  '?',
  ',',
  '(',
  ')',
  '"',
  '—',
  '–',
  'that',
  'if',
  'but',
  'because',
])
const SENTENCE_END = new Set(['.', ';', '!', '?'])
const NOBODY = new Set(['no', 'nobody', 'none', 'nothing', 'nowhere', 'neither', 'nor'])
// "no longer", "no later than", "no matter": this "no" denies nothing.
const AFTER_NO = new Set([
  'matter',
  'later',
  'less',
  'fewer',
  'more',
  'wonder',
  'sooner',
  'doubt',
  'earlier',
  'reason',
  'need',
  'evidence',
  'sign',
  'indication',
  'question',
  'point',
  'hope',
  'answer',
])
const MONTH_BEFORE = new Set([
  'in',
  'by',
  'of',
  'since',
  'until',
  'till',
  'last',
  'next',
  'early',
  'late',
  'mid',
  'on',
])
const WILL_NOUN_BEFORE = new Set([
  'the',
  'political',
  'free',
  'ill',
  'good',
  'a',
  'against',
  'of',
  'his',
  'their',
])

const BEFORE_CERTAIN = new Set([
  'is',
  'not',
  'seem',
  'seems',
  'look',
  'looks',
  'all',
  'quite',
  'yet',
  'absolutely',
])

/** All words of the lexicon in a phrase, in order, each with what negates it. */
export function marksIn(tokens: readonly Token[]): Mark[] {
  const marks: Mark[] = []
  for (let at = 0; at < tokens.length; at++) {
    const alias = aliasAt(tokens, at)
    if (!alias || isNoun(tokens, at)) continue
    const last = at + alias.words.length - 1
    const found = { key: alias.key, first: at, last }
    const mark = alias.note ? { ...found, assumed: true, note: alias.note } : negated(tokens, found)
    if (mark) marks.push(mark)
    at = Math.max(at, mark?.last ?? last)
  }
  return marks
}

function aliasAt(tokens: readonly Token[], at: number): Alias | undefined {
  return ALIASES.get(tokens[at]?.word ?? '')?.find(({ words }) =>
    words.every((word, index) => tokens[at + index]?.word === word),
  )
}

/** "in May", "the will of the people", "military might" are no words of probability. */
function isNoun(tokens: readonly Token[], at: number): boolean {
  const { word, raw } = tokens[at] ?? { word: '', raw: '' }
  const before = tokens[at - 1]?.word ?? ''
  const after = tokens[at + 1]?.word ?? ''
  if (word === 'may' && raw === 'May')
    return MONTH_BEFORE.has(before) || /^\d/.test(before) || /^\d/.test(after)
  if (word === 'will') return raw === 'will' && WILL_NOUN_BEFORE.has(before) && after !== 'not'
  if (word === 'might') return before === 'military' || before === 'the'
  if (word === 'certain') return !BEFORE_CERTAIN.has(before)
  if (word === 'possible') return before === 'as' || before === 'if' || before === 'every'
  return false
}

/** Applies the negation rules to one row found; null when the lexicon has no words for the negated phrase. */
function negated(tokens: readonly Token[], mark: Mark): Mark | null {
  const { key } = mark
  if (key === 'will') return deniedWill(tokens, mark)
  const after = tokens[mark.last + 1]?.word
  if ((after === 'not' || after === 'never') && FOLLOWED_BY_NOT[key]) {
    return negative(mark, FOLLOWED_BY_NOT[key], mark.first, mark.last + 1)
  }
  let before = mark.first - 1
  while (before >= 0 && ADVERBS.has(tokens[before]?.word ?? '')) before--
  const word = tokens[before]?.word
  const denied = word === 'not' || word === 'never' || (word === 'no' && before === mark.first - 1)
  if (!denied || key === 'will_not' || key === 'we_believe') return mark
  const to = NEGATED[key]
  if (to) return negative(mark, to, before, mark.last)
  // "no real risk", "not a good chance": nobody measured it and nothing near it is in the lexicon.
  return key === 'by_no_means' || key === 'never' ? mark : null
}

export function negative(mark: Mark, key: string, first: number, last: number): Mark {
  return { key, first, last, assumed: true, note: key === 'possibly' ? OUTER : lookedUp(mark.key) }
}

/** "will not", "will no longer", "will be no", "no … will", "neither … nor … will". */
function deniedWill(tokens: readonly Token[], mark: Mark): Mark {
  const no = (at: number): boolean =>
    tokens[at]?.word === 'not' || (tokens[at]?.word === 'no' && !AFTER_NO.has(tokens[at + 1]?.word ?? ''))
  for (let at = mark.last + 1; at <= mark.last + 2; at++) {
    const word = tokens[at]?.word ?? ','
    if (BOUNDARY.has(word)) break
    if (no(at)) return { key: 'will_not', first: mark.first, last: at, assumed: true }
    if (aliasAt(tokens, at)) break
  }
  if (tokens[mark.first - 1]?.word === 'not') {
    const bound = tokens[mark.last - 1]?.word === 'bound'
    return negative(mark, bound ? 'possibly' : 'will_not', mark.first - 1, mark.last)
  }
  for (let at = mark.first - 1; at >= Math.max(0, mark.first - 24); at--) {
    const word = tokens[at]?.word ?? ''
    if (SENTENCE_END.has(word)) break
    if (word === 'neither') return { key: 'will_not', first: at, last: mark.last, assumed: true }
  }
  for (let at = mark.first - 1; at >= Math.max(0, mark.first - 12); at--) {
    const word = tokens[at]?.word ?? ''
    if (BOUNDARY.has(word)) break
    if (NOBODY.has(word) && !AFTER_NO.has(tokens[at + 1]?.word ?? '')) {
      return { key: 'will_not', first: at, last: mark.last, assumed: true }
    }
  }
  return mark
}
