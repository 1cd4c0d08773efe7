import * as checkSentence from '../../src/capture/check-sentence.ts'
import * as address from '../../src/core/address.ts'
import * as folded from '../../src/core/folded-text.ts'
import * as folding from '../../src/core/folding.ts'
import * as name from '../../src/core/name.ts'
import * as normalised from '../../src/core/normalised-text.ts'
import * as script from '../../src/core/script.ts'
import * as searchForm from '../../src/core/search-form.ts'
import * as slug from '../../src/core/slug.ts'
import * as text from '../../src/core/text.ts'
import * as transliteration from '../../src/core/transliteration.ts'
import * as typedDate from '../../src/core/typed-date.ts'
import { urlencoded } from '../../src/http/urlencoded.ts'
import * as claimTitle from '../../src/web/ui/claim-title.ts'
import { type Adversary, CHARACTERS } from '../support/adversaries.ts'

import { type Case, characters, DAY, over, prose, refusable, within } from './tried.ts'

/** A claim all of whose words are these. */
const claimOf = (text: string) =>
  ({
    analyst: { name: text },
    forecast: { record: { said_on: { from: DAY, to: DAY } } },
    statement: { quote: { exact: text }, voice: 'quote' },
    source: {},
  }) as never
const sentencesOf = (text: string, title = text) =>
  checkSentence.checkSentences({
    question: {
      title,
      criteria: text,
      deadline: { date: DAY, time_zone: 'UTC' },
      condition: { text, deadline: { date: DAY, time_zone: 'UTC' } },
      if_yes: text,
      if_no: text,
    },
    probability: 0.7,
    words: text,
  })

/** What is tried with which texts. */
export const CORE: Record<string, Case | Case[]> = {
  'capture/check-sentence.ts checkSentences': [
    prose((text) => sentencesOf(text)),
    // What stands behind the marks keeps them from being the end.
    prose((text) => sentencesOf(text, `${text}x`)),
  ],
  'capture/check-sentence.ts sentenceText': prose((text) =>
    checkSentence.sentenceText({ pieces: [text, { typed: text }] }),
  ),
  'core/typed-date.ts dayText': characters(typedDate.dayText),
  'core/typed-date.ts monthNumber': characters(typedDate.monthNumber),
  'core/typed-date.ts typedDay': characters((text) => typedDate.typedDay(text)),
  'core/typed-date.ts dateShown': characters(typedDate.dateShown),
  'web/ui/claim-title.ts shortened': prose((text) => claimTitle.shortened(text, text.length >> 1)),
  'web/ui/claim-title.ts innerMarks': prose(claimTitle.innerMarks),
  'web/ui/claim-title.ts quotedText': prose((text) => claimTitle.quotedText(claimOf(text))),
  'web/ui/claim-title.ts claimTitle': prose((text) => claimTitle.claimTitle(claimOf(text))),
  'core/normalised-text.ts normalise': prose(normalised.normalise),
  'core/normalised-text.ts normalisedText': characters(normalised.normalisedText),
  'core/normalised-text.ts rawRange': within((text) => normalised.rawRange(text, 0, text.text.length)),
  'core/normalised-text.ts normalisedRange': within((text, middle) =>
    normalised.normalisedRange(text, 0, middle),
  ),
  'core/folded-text.ts foldedFor': prose((text) =>
    folded.foldedFor(normalised.normalise(text), 'a well-known word'),
  ),
  'core/folded-text.ts foldedText': prose((text) => folded.foldedText(normalised.normalise(text))),
  'core/folded-text.ts foldedWords': prose(folded.foldedWords),
  'core/folded-text.ts wordsKey': characters(folded.wordsKey),
  'core/folded-text.ts unfolded': within((text) => {
    const whole = folded.foldedText(text)
    return folded.unfolded(whole, 0, whole.text.length)
  }),
  'core/folding.ts foldedCluster': characters(folding.foldedCluster),
  'core/address.ts isGlobalUnicast': characters((text) => [text, `::${text}`].map(address.isGlobalUnicast)),
  'core/address.ts isLoopbackName': characters(address.isLoopbackName),
  'core/address.ts fetchableAddress': [
    characters((text) => refusable(() => address.fetchableAddress(`https://a.example/${text}`))),
    characters((text) => refusable(() => address.fetchableAddress(`https://${text}.example`))),
  ],
  'core/name.ts nameKey': characters(name.nameKey),
  'core/name.ts nearKeys': characters(name.nearKeys),
  'core/name.ts nameWords': characters(name.nameWords),
  'core/text.ts withoutSender': characters((made) => text.withoutSender(`https://example.org/?${made}`)),
  'core/name.ts isNear': characters((text) => name.isNear(text, `${text} Ada`)),
  'core/script.ts scriptTag': characters(script.scriptTag),
  'core/search-form.ts searchWords': characters(searchForm.searchWords),
  'core/search-form.ts isUnspaced': characters(searchForm.isUnspaced),
  'core/search-form.ts pairsOf': characters(searchForm.pairsOf),
  'core/search-form.ts formsOf': characters(searchForm.formsOf),
  'core/search-form.ts otherForms': characters(searchForm.otherForms),
  'core/transliteration.ts latinOf': characters(transliteration.latinOf),
  'core/transliteration.ts soundsOf': characters(transliteration.soundsOf),
  'core/transliteration.ts spellingsOf': characters(transliteration.spellingsOf),
  'core/slug.ts unwritable': characters(slug.unwritable),
  'core/slug.ts slugCandidates': characters((title) => slug.slugCandidates('source', title, 'abcdefgh')),
  'core/slug.ts statementId': characters((id) => slug.statementId(id, id)),
  'core/slug.ts sourceOf': characters(slug.sourceOf),
  'core/slug.ts localId': characters(slug.localId),
  'core/text.ts wordsIn': characters(text.wordsIn),
  'core/text.ts evenLines': characters(text.evenLines),
  'core/text.ts line': characters((sent) => text.line().safeParse(sent)),
  'core/text.ts prose': characters((sent) => text.prose(1_000_000).safeParse(sent)),
  'core/text.ts sourceText': characters((sent) => text.sourceText(1_000_000).safeParse(sent)),
  'core/text.ts readable': characters(text.readable),
  'core/text.ts personName': characters((name) => text.personName().safeParse(name)),
  'core/text.ts normalForm': characters((sent) => text.normalForm(sent, 'NFKC')),
  'core/text.ts caseKey': characters(text.caseKey),
  'core/text.ts textKey': characters(text.textKey),
  'core/text.ts webAddress': [
    characters((sent) => text.webAddress().safeParse(`https://a.example/${sent}`)),
    characters((sent) => text.webAddress().safeParse(`https://${sent}.example`)),
  ],
  'core/text.ts addressKey': characters((path) => text.addressKey(`https://a.example/${path}`)),
  'http/urlencoded.ts urlencoded': over([
    ...CHARACTERS,
    ...[['&'], ['='], ['a=b&'], ['%'], ['%20'], ['+']].map(
      ([unit = '']): Adversary => [unit, (length) => unit.repeat(length / unit.length)],
    ),
  ])((sent) => refusable(() => urlencoded(sent))),
}

/** Of the others, why they need no text of their own. */
export const CORE_UNTRIED: Record<string, string> = {
  'core/name.ts begunWith': 'takes words that were read: measured by keysIn',
  'core/name.ts sameWord': 'takes words that were read: measured by mentionsIn',
  'core/text.ts counted': 'takes a number and a noun',
  'core/text.ts capitalised': 'looks at one letter',
  'core/address.ts addressIn': 'takes an address that was read: measured by fetchableAddress',
  'core/normalised-text.ts textOf': 'measured by normalise',
  'core/normalised-text.ts asNormalised': 'measured by locateQuote',
  'core/normalised-text.ts placeOf': 'measured by locateQuote',
  'core/normalised-text.ts firstIndex': 'measured by locateQuote',
}
