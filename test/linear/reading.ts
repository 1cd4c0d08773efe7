import * as normalised from '../../src/core/normalised-text.ts'
import { atOnce } from '../../src/core/steps.ts'
import * as answer from '../../src/reading/answer.ts'
import * as attribution from '../../src/reading/attribution.ts'
import * as checklist from '../../src/reading/checklist.ts'
import { ENGLISH } from '../../src/reading/english/english.ts'
import * as horizon from '../../src/reading/english/horizon/horizon.ts'
import * as english from '../../src/reading/english/words/token.ts'
import * as date from '../../src/reading/english/words/written-date.ts'
import * as languageGuess from '../../src/reading/language-of.ts'
import * as languages from '../../src/reading/languages.ts'
import * as mention from '../../src/reading/mention.ts'
import * as nearestPlace from '../../src/reading/nearest-place.ts'
import * as occurrence from '../../src/reading/occurrence.ts'
import * as passage from '../../src/reading/passage.ts'
import * as quotation from '../../src/reading/quotation.ts'
import * as quote from '../../src/reading/quote.ts'
import * as quoteContext from '../../src/reading/quote-context.ts'
import * as quotePart from '../../src/reading/quote-part.ts'
import * as quoteProblem from '../../src/reading/quote-problem.ts'
import * as reading from '../../src/reading/reading.ts'
import * as readingAnswer from '../../src/reading/reading-answer.ts'
import * as remark from '../../src/reading/remark.ts'
import * as role from '../../src/reading/role.ts'
import * as russianHorizon from '../../src/reading/russian/horizon.ts'
import * as russianName from '../../src/reading/russian/name.ts'
import * as russianWords from '../../src/reading/russian/token.ts'
import * as sentence from '../../src/reading/sentence.ts'
import * as speaker from '../../src/reading/speaker.ts'
import * as suggestion from '../../src/reading/suggestion.ts'
import * as difference from '../../src/reading/text-difference.ts'
import * as fragment from '../../src/reading/text-fragment.ts'
import * as transcript from '../../src/reading/transcript.ts'
import * as cue from '../../src/reading/transcript-cue.ts'
import * as sound from '../../src/reading/transcript-sound.ts'
import * as turn from '../../src/reading/turn.ts'
import * as voice from '../../src/reading/voice.ts'
import * as boundary from '../../src/reading/word-boundary.ts'
import * as wording from '../../src/reading/wording.ts'
import { CHARACTERS, PROSE } from '../support/adversaries.ts'

import { band, type Case, CHARACTERS_FIRST, characters, DAY, prose, russian, tried, within } from './tried.ts'

const MENTIONED = [{ id: 'ada', name: 'Ada Lovelace' }]

/** What is tried with which texts. */
export const READING: Record<string, Case | Case[]> = {
  'reading/attribution.ts spokenIn': prose((text) =>
    attribution.spokenIn(text, quotation.quotationsIn(text), { start: 0, end: text.length }),
  ),
  'reading/attribution.ts isAttributed': prose((text) =>
    attribution.isAttributed(text, quotation.quotationsIn(text), { start: 0, end: text.length }),
  ),
  'reading/quotation.ts quotationsIn': prose(quotation.quotationsIn),
  'reading/quotation.ts quotationsAt': prose((text) =>
    quotation.quotationsAt(quotation.quotationsIn(text), { start: 0, end: text.length }),
  ),
  'reading/role.ts asksYou': prose(role.asksYou),
  'reading/answer.ts askedBefore': prose((text) =>
    voice
      .voicedSentences(`Q: ${text}\nA: No, I do.\nQ: ${text}\nA: ${text}`)
      .map((spoken) => answer.askedBefore(ENGLISH, text, spoken)),
  ),
  'reading/role.ts asks': prose(role.asks),
  'reading/role.ts withRoles': prose((text) => turn.turnsIn(text)),
  'reading/transcript-cue.ts cueFileOf': [
    prose((text) => cue.cueFileOf(`WEBVTT\n\n00:01.000 --> 00:02.000\n${text}`)),
    prose((text) => cue.cueFileOf(`1\n00:00:01,000 --> 00:00:02,000\n${text}`)),
    characters((text) =>
      cue.cueFileOf(JSON.stringify({ segments: [...text].map((body, start) => ({ body, start })) })),
    ),
  ],
  'reading/transcript-cue.ts secondsOf': characters(cue.secondsOf),
  'reading/transcript-sound.ts spokenCues': [
    prose((text) => sound.spokenCues([{ seconds: 1, lines: text.split('\n') }])),
    tried(CHARACTERS, CHARACTERS_FIRST, (text) => {
      const cues = [...text].map((letter, seconds) => ({ seconds, lines: [letter] }))
      return () => sound.spokenCues(cues)
    }),
  ],
  'reading/transcript.ts transcriptIn': [
    prose(transcript.transcriptIn),
    prose((text) => transcript.transcriptIn(`WEBVTT\n\n00:01.000 --> 00:02.000\n${text}`)),
    prose((text) => transcript.transcriptIn(`0:01\n${text.replaceAll(' ', '\n0:02\n')}`)),
  ],
  'reading/transcript.ts secondAt': tried(CHARACTERS, CHARACTERS_FIRST, (text) => {
    const seconds = [...text].map((_, at): [number, number] => [at, at])
    return () => transcript.secondAt(seconds, text.length >> 1)
  }),
  'reading/turn.ts labelsOf': prose(turn.labelsOf),
  'reading/checklist.ts checkQuestion': prose((text) =>
    checklist.checkQuestion({ title: text, criteria: text, fine_print: text, resolution_sources: [text] }),
  ),
  'reading/checklist.ts bandRead': characters((words) => checklist.bandRead({ words })),
  'reading/checklist.ts checkNested': characters((title) =>
    checklist.checkNested({ title, band: band(0.6) }, { title, band: band(0.2) }),
  ),
  'reading/english/horizon/horizon.ts horizonsIn': prose((text) => horizon.horizonsIn(text, DAY)),
  'reading/english/horizon/horizon.ts readHorizon': characters((text) =>
    horizon.readHorizon({ sentence: text }, DAY),
  ),
  'reading/english/words/token.ts tokensOf': prose(english.tokensOf),
  'reading/english/words/token.ts ownWords': prose((text) => english.tokensOf(text).map(english.ownWords)),
  'reading/english/words/token.ts wordsAt': prose((text) => {
    const tokens = english.tokensOf(text)
    return english.wordsAt(tokens, 0, tokens.length)
  }),
  'reading/reading-answer.ts readingAnswerSteps': prose((text) =>
    atOnce(readingAnswer.readingAnswerSteps(text, DAY)),
  ),
  // In the other texts it is most of what readingAnswerSteps and suggestionSteps do.
  'reading/reading.ts readingSteps': russian((text) => atOnce(reading.readingSteps(text, DAY))),
  'reading/reading.ts toldBy': prose((text) => reading.toldBy(ENGLISH, { text, voice: 'quote' })),
  'reading/wording.ts readWords': characters((words) => wording.readWords(words)),
  'reading/wording.ts readWording': characters((words) => wording.readWording(words)),
  'reading/wording.ts measuredIn': characters((words) =>
    wording.measuredIn({ words, ...band(0.5), lexicon: 'own-2026-11' }, { language: 'ru' }),
  ),
  'reading/wording.ts leansProblem': characters((words) => wording.leansProblem(words, { language: 'ru' })),
  'reading/wording.ts isMeasuredLanguage': characters((words) => wording.isMeasuredLanguage(words)),
  'reading/language-of.ts guessedLanguage': characters(languageGuess.guessedLanguage),
  'reading/languages.ts languageOf': characters((text) => languages.languageOf(text)),
  'reading/languages.ts languageSaid': characters((text) => languages.languageSaid(undefined, text)),
  'reading/russian/horizon.ts horizonsIn': [
    prose((text) => russianHorizon.horizonsIn(text, DAY)),
    russian((text) => russianHorizon.horizonsIn(text, DAY)),
  ],
  'reading/russian/token.ts tokensOf': [prose(russianWords.tokensOf), russian(russianWords.tokensOf)],
  'reading/russian/token.ts folded': characters(russianWords.folded),
  'reading/russian/token.ts wordsAt': prose((text) =>
    russianWords.wordsAt(text, russianWords.tokensOf(text), 0, 1),
  ),
  'reading/russian/name.ts speakerIn': [prose(russianName.speakerIn), russian(russianName.speakerIn)],
  'reading/russian/name.ts spokenRange': [prose(russianName.spokenRange), russian(russianName.spokenRange)],
  'reading/russian/name.ts isName': characters((text) => russianName.isName(text, `${text} Калачев`)),
  'reading/russian/name.ts nominative': characters(russianName.nominative),
  'reading/nearest-place.ts nearestTo': [
    within((text, middle) => nearestPlace.nearestTo(text, `${text.raw.slice(middle, middle + 60)}~`)),
    characters((part) => nearestPlace.nearestTo(normalised.normalise('a b'), part)),
  ],
  'reading/passage.ts passageSteps': characters((text) => atOnce(passage.passageSteps(text, DAY))),
  'reading/quote.ts locateQuote': [
    within((text) => quote.locateQuote(text, { exact: text.raw.slice(0, 3) })),
    within((text, middle) =>
      quote.locateQuote(text, {
        exact: text.raw.slice(0, middle),
        prefix: text.raw.slice(0, middle >> 1),
        suffix: text.raw.slice(0, middle >> 1),
      }),
    ),
    within((text) => quote.locateQuote(text, { exact: `${text.raw.slice(0, 60)}~` })),
    within(({ raw }) =>
      quote.locateQuote(raw, {
        exact: `${raw.slice(0, 3)} […] ${raw.slice(0, 2)}[…]${raw.slice(0, 3)}`,
        prefix: '~',
      }),
    ),
    characters((text) => quote.locateQuote('a b', { exact: text, prefix: text, suffix: text })),
  ],
  'reading/quote-context.ts contextOf': within((text, middle) =>
    quoteContext.contextOf(text, middle, middle + 1, middle),
  ),
  'reading/quote.ts quoteOf': [
    within((text, middle) => quote.quoteOf(text, middle, middle + 10)),
    within((text, middle) => quote.quoteOf(text, middle, middle + (middle >> 1))),
  ],
  'reading/nearest-place.ts lowered': characters(nearestPlace.lowered),
  'reading/occurrence.ts occurrences': [
    characters((text) => occurrence.occurrences(text, text.slice(0, 3))),
    characters((text) => occurrence.occurrences(text, `${text.slice(0, text.length >> 1)}~`)),
  ],
  'reading/quote.ts sameWords': prose((text) => quote.sameWords(text, `${text}~`)),
  'reading/quote-part.ts quoteMarks': prose(quotePart.quoteMarks),
  'reading/quote-part.ts quoteParts': prose(quotePart.quoteParts),
  'reading/quote-part.ts withMarks': prose((text) =>
    quotePart.withMarks(text, { start: 0, end: text.length }, quotePart.quoteMarks(text)),
  ),
  'reading/quote-problem.ts quoteProblem': within((text, middle) => {
    for (const exact of [`${text.raw.slice(middle, middle + 60)}~`, text.raw.slice(0, 3)])
      quoteProblem.quoteProblem(text, { exact }, quote.locateQuote(text, { exact }))
  }),
  'reading/quote-problem.ts cutProblem': within((text, middle) =>
    quoteProblem.cutProblem(text.text, { start: middle, end: middle + 1 }),
  ),
  'reading/text-difference.ts differenceOf': prose((text) => difference.differenceOf(text, `${text} ~`)),
  'reading/text-fragment.ts textFragment': prose(fragment.textFragment),
  'reading/word-boundary.ts cutsWord': characters((text) => {
    for (let at = 0; at < text.length; at++) boundary.cutsWord(text, at)
  }),
  'reading/word-boundary.ts wholeWords': characters((text) => boundary.wholeWords(text, 1, text.length - 1)),
  'reading/remark.ts remarkSteps': prose((text) => atOnce(remark.remarkSteps(text))),
  'reading/sentence.ts sentenceSteps': characters((text) => atOnce(sentence.sentenceSteps(text))),
  'reading/speaker.ts speakerIn': prose((text) => speaker.speakerIn(text)),
  'reading/speaker.ts sayingMost': prose(speaker.sayingMost),
  'reading/speaker.ts nameIn': characters(speaker.nameIn),
  'reading/suggestion.ts suggestionSteps': prose((text) => atOnce(suggestion.suggestionSteps(text, DAY))),
  'reading/turn.ts turnsIn': prose(turn.turnsIn),
  'reading/turn.ts turnAt': tried(PROSE, CHARACTERS_FIRST, (text) => {
    const turns = turn.turnsIn(text)
    return () => turn.turnAt(turns, 0)
  }),
  'reading/voice.ts voicedSteps': characters((text) => atOnce(voice.voicedSteps(text))),
  'reading/wording.ts flatProblem': characters((words) => wording.flatProblem(words)),
  'reading/wording.ts isAsRead': characters((words) => wording.isAsRead({ words, ...band(0.5) })),
  'reading/mention.ts keysIn': [prose(mention.keysIn), characters(mention.keysIn)],
  'reading/mention.ts mentionsIn': [
    prose((text) => mention.mentionsIn(text, MENTIONED)),
    characters((text) => mention.mentionsIn(text, MENTIONED)),
  ],
  'reading/wording.ts wordsProblem': characters((words) => wording.wordsProblem({ words, ...band(0.5) })),
  'reading/english/words/written-date.ts writtenDate': [
    prose(date.writtenDate),
    prose((text) => date.writtenDate(`${text}1 May 2024`)),
  ],
  'reading/english/words/written-date.ts monthNumber': characters(date.monthNumber),
}

/** Of the others, why they need no text of their own. */
export const READING_UNTRIED: Record<string, string> = {
  'reading/beside.ts inTurn': 'takes sentences and looks at two of them',
  'reading/transcript.ts clock': 'takes a number',
  'reading/transcript.ts captionsIn': 'does what transcriptIn does first',
  'reading/transcript.ts heardOf': 'takes a list, and is tried by transcriptIn',
  'reading/voice.ts voicedSentences': 'does voicedSteps at once',
  'reading/reading.ts mainItem': 'takes what was read',
  'reading/wording.ts asWords': 'takes a reading',
  'reading/languages.ts rulesOf': 'takes a tag',
  'reading/languages.ts languageName': 'takes a tag',
  'reading/languages.ts unreadNote': 'takes a language',
  'reading/own-lexicon.ts ownLexicon': 'takes a tag',
  'reading/own-lexicon.ts throughOwn': 'takes a reading',
  'reading/arrangement.ts arrangements': 'measured by locateQuote',
  'reading/character-name.ts characterName': 'takes one character',
  'reading/character-name.ts scriptOf': 'takes one character',
  'reading/quote-problem.ts clip': 'cuts a text short',
  'reading/part-search.ts located': 'measured by locateQuote',
  'reading/part-search.ts missing': 'measured by locateQuote',
}
