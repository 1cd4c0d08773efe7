import * as z from 'zod'

// C0 and C1 controls, line and paragraph separators, lone surrogates.
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/u
const CONTROL_BUT_LINES = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/u
// Overrides turn text round for the reader; isolates and marks (U+200E, U+200F, U+2066–2069) are real text.
const OVERRIDE = /[\u202a-\u202e]/u
// Tag characters and the zero-width joiners' invisible cousins hide text from the reader.
const HIDDEN = /[\u{e0000}-\u{e007f}\u2060-\u2064\ufeff\ufff9-\ufffb]/u
// Letters and signs by their class that draw nothing: fillers, a blank of braille, of music and of hieroglyphs.
const BLANK = String.raw`\p{Default_Ignorable_Code_Point}\p{White_Space}\u2800\ufffc\u{13441}\u{13442}\u{1d159}`
const VISIBLE = new RegExp(`(?![${BLANK}])[\\p{L}\\p{N}\\p{P}\\p{S}\\p{Co}]`, 'u')
const MARKS = /\p{M}{9,}/u

const wellFormed = (text: string) => text.isWellFormed()

const printable = (maxLength: number, control: RegExp) =>
  z
    .string()
    .max(maxLength, `must be at most ${maxLength} characters`)
    .refine(wellFormed, 'contains half of a surrogate pair')
    .refine((text) => !control.test(text), 'contains control characters or line separators')
    .refine((text) => !OVERRIDE.test(text), 'contains characters that turn the direction of text round')
    .refine((text) => !HIDDEN.test(text), 'contains hidden characters')
    .refine((text) => !MARKS.test(text), 'stacks too many combining marks on one letter')
    .refine((text) => VISIBLE.test(text), 'must not be blank')

/** One line of text, stored as sent: no control characters, not blank. */
export const line = (maxLength = 300) => printable(maxLength, CONTROL)

/** Several lines of text, stored as sent. */
export const prose = (maxLength = 10_000) => printable(maxLength, CONTROL_BUT_LINES)

const UNSEEN =
  /[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2060-\u2064\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu

/** A text from elsewhere without what no text may hold: nobody sees it there, so nobody could take it out. */
export const readable = (text: string): string =>
  text
    .toWellFormed()
    .replaceAll(/\r\n?|[\u000b\u000c\u0085\u2028\u2029]/gu, '\n')
    .replaceAll(UNSEEN, '')

const UNSEEN_IN_NAME = new RegExp(`(?!\\p{White_Space})[${BLANK}]`, 'u')
const SCRIPTS = [/\p{Script=Latin}/u, /\p{Script=Cyrillic}/u, /\p{Script=Greek}/u, /\p{Script=Armenian}/u]
// Not the words of programmers: people are called Null and None.
const NOBODY = /^anonymous$/iu

const mixesScripts = (word: string) => SCRIPTS.filter((script) => script.test(word)).length > 1

/** The name of a person or of a member: one line that cannot pass for another name. */
export const personName = () =>
  line(200)
    .refine((name) => name === name.trim() && !/\s{2}/u.test(name), 'has blanks at an end or two in a row')
    .refine((name) => !UNSEEN_IN_NAME.test(name), 'contains invisible characters')
    .refine((name) => name.normalize('NFKC') === name.normalize('NFC'), 'contains look-alike letters')
    .refine((name) => !name.split(/[\s\-'’.]+/u).some(mixesScripts), 'mixes two alphabets in one word')
    .refine((name) => /\p{L}/u.test(name), 'must contain a letter')
    .refine((name) => !NOBODY.test(name), 'names nobody')

/** Two names are one person when these keys are equal (NFKC and case folded). */
export const nameKey = (name: string): string =>
  // Lower case is not yet case folding: Weiß is WEISS in capitals, and a sigma looks otherwise at the end of a word.
  name.normalize('NFKC').toLowerCase().replaceAll('ß', 'ss').replaceAll('ς', 'σ').normalize('NFKC')

/** A web address as it was typed; credentials, other schemes and hosts without a name are refused. */
export const webAddress = () =>
  z
    .string()
    .max(2048, 'must be at most 2048 characters')
    .refine(isWebAddress, 'must be a full http or https address without user name or password')

function isWebAddress(text: string): boolean {
  if (!text.isWellFormed() || CONTROL.test(text) || OVERRIDE.test(text) || HIDDEN.test(text)) return false
  if (!/^https?:\/\/[^/\\\s]/iu.test(text) || /\s/u.test(text)) return false
  if (!URL.canParse(text)) return false
  const url = new URL(text)
  return (
    (url.protocol === 'http:' || url.protocol === 'https:') &&
    url.username === '' &&
    url.password === '' &&
    url.hostname !== ''
  )
}

/** One source under two spellings of its address: the fragment and a trailing slash do not count. */
export const addressKey = (address: string): string => {
  const url = new URL(address)
  url.hash = ''
  return url.href.replace(/\/$/u, '')
}
