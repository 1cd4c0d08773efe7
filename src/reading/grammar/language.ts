import type { voices } from '../../core/statement.ts'
import type { Day } from './day.ts'
import type { Horizon, HorizonContext, SentenceInTurn } from './horizon.ts'

/** Whose words a sentence is in. */
export type Voice = (typeof voices)[number]

/**
 * How likely a passage makes its event, of the event named positively: `low`, `mid`, `high` from 0 to 1. `number` and
 * `range` were said as such; `words` are of the lexicon; `flat` asserts or denies with nothing modal in it or above;
 * `asks` is modal and not wholly understood; `none` says nothing of the future.
 */
export type Reading = {
  readonly kind: 'number' | 'range' | 'words' | 'flat' | 'asks' | 'none'
  readonly low?: number
  readonly mid?: number
  readonly high?: number
  /** The row of the lexicon, `not_` before it where it was mirrored. */
  readonly key?: string
  /** The version of a lexicon that this ledger measured itself. */
  readonly lexicon?: string
  /** Whether a survey measured the row; `false` means assumed. */
  readonly measured?: boolean
  /** Of what is said flatly; and of what is asked, on which side its denials leave it, where all of them are placed. */
  readonly says?: 'yes' | 'no'
  /** Of what is asked: whether the event is denied in its clause, so that a number given for the words is mirrored. */
  readonly denied?: true
  /** Of what is asked: words of probability that nobody measured in this language, as a survey would name them. */
  readonly unmeasured?: string
  /** Why it is asked, or how a rule changed or assumed the reading; in words for the editor. */
  readonly why?: string
  /** Of what is asked: only a condition, or whose remark it is, is open, and not what the words mean. */
  readonly open?: 'condition' | 'aside'
  /** The words it rests on, and where they stand in the sentence. */
  readonly words?: string | undefined
  readonly start?: number | undefined
  readonly end?: number | undefined
}

/** Why a passage was marked (weight above 0) or nearly was not (below 0), in words for the editor. */
export type Reason = {
  readonly rule: string
  readonly weight: number
  readonly words: string
  readonly says: string
}

/** A longer one is no sentence. */
export const LONGEST_SENTENCE = 2_000

export type Sentence = {
  readonly text: string
  readonly voice: Voice
  /** The sentence before in the same turn, and the question that this one answers. */
  readonly before?: string | undefined
  readonly question?: string | undefined
  /** The latest day of publication. */
  readonly published?: string | undefined
}

/**
 * A forecast of a number: one value, or an interval, whose end is null where it is open ("at least 3 percent"); never
 * with a probability that nobody named.
 */
export type Quantity = {
  readonly what: string
  readonly value?: number
  readonly interval?: readonly [low: number | null, high: number | null]
  readonly unit: string
}

/** A forecast of a date: the days between which the event falls; an end that is open is not there. */
export type Dates = { readonly from?: Day; readonly to?: Day }

export type Told = {
  readonly suggested: boolean
  readonly score: number
  readonly reasons: readonly Reason[]
  readonly reading: Reading
  /** The event as a sentence: positive, in the third person, without hedge and attitude; null where that is unsure. */
  readonly event: string | null
  readonly quantity: Quantity | null
  /** Where it says when the event comes, and not only by when. */
  readonly date: Dates | null
  /** The part of the sentence it is told of, where the sentence holds several forecasts. */
  readonly part?: { readonly start: number; readonly end: number } | undefined
}

/** A sentence that nothing can test, by what it does. */
export type RemarkKind = {
  readonly reason: 'present_state' | 'motive' | 'rhetorical' | 'normative'
  readonly says: string
  readonly pattern: RegExp
}

/** A language that is read: one folder of data and rules, entered in `languages.ts`. */
export type Language = {
  readonly tag: string
  readonly name: string
  /** Whether words of probability were measured in it by a survey that is shipped; else words ask for a band. */
  readonly measured: boolean
  /** What a sentence tells, one entry for each forecast in it and at least one. */
  readonly read: (sentence: Sentence) => readonly [Told, ...Told[]]
  /** The reading of words of probability that stand alone. */
  readonly readWording: (words: string) => Reading
  /** By when, with what is said beside the sentence. */
  readonly readHorizon: (said: SentenceInTurn, published: string, context?: HorizonContext) => Horizon
  /** The one country that a text is about, as its ISO 3166 code; null where it names none or several. */
  readonly countryOf?: (text: string) => string | null
  /** Whether a short sentence that only gives a number restates the one before. */
  readonly restates: RegExp
  /** Whether a sentence says yes or no to what was put to the speaker, or that it still stands; ' is its apostrophe. */
  readonly replies?: RegExp
  /** The label of somebody who asks, before the question, where a text is no transcript. */
  readonly asker: RegExp
  /** Where the “… said” stands within a quotation: the speaker's own words in it, as a range. */
  readonly spokenRange?: (sentence: string) => { readonly start: number; readonly end: number }
  /** Who says most in a text that is no transcript, as one would write the name; null when nobody does. */
  readonly speakerIn: (text: string) => string | null
  /** Whether a name as a text has it may be this one, where names change with the grammar. */
  readonly isName?: (written: string, name: string) => boolean
  /** Remarks that nothing can test. */
  readonly remarks: readonly RemarkKind[]
}
