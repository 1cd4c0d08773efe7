import * as z from 'zod'
import { jsonSchema } from './json-schema.ts'
import { parsedUrl } from './url.ts'

// C0 and C1 controls, line and paragraph separators, lone surrogates.
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/u
const CONTROL_BUT_LINES = /[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f]/u
// As Windows, old Macs, typewriters and word processors end a line or a page.
const LINE_END = /\r\n?|[\u000b\u000c\u0085\u2028\u2029]/gu
// Overrides turn text round for the reader; isolates and marks (U+200E, U+200F, U+2066–2069) are real text.
const OVERRIDE = /[\u202a-\u202e]/u
// Tag characters and the zero-width joiners' invisible cousins hide text from the reader.
const HIDDEN = /[\u{e0000}-\u{e007f}\u2060-\u2064\ufeff\ufff9-\ufffb]/u
// Letters and signs by their class that draw nothing: fillers, a blank of braille, of music and of hieroglyphs.
const BLANK = String.raw`\p{Default_Ignorable_Code_Point}\p{White_Space}\u2800\ufffc\u{13441}\u{13442}\u{1d159}`
const VISIBLE = new RegExp(`(?![${BLANK}])[\\p{L}\\p{N}\\p{P}\\p{S}\\p{Co}]`, 'u')
const NOWHERE = new RegExp(`[${OVERRIDE.source.slice(1, -1)}${HIDDEN.source.slice(1, -1)}]`, 'gu')
const MARKS = /\p{M}{9,}/u

const classOf = (...patterns: RegExp[]) => patterns.map(({ source }) => source.slice(1, -1)).join('')

/** The same as one pattern: letters that nothing forbids with a few marks each, one of them visible. */
function patternOf(control: RegExp, hidden: readonly RegExp[] = [OVERRIDE, HIDDEN]): string {
  const letters = `(?:[^${classOf(control, ...hidden)}\\p{M}]\\p{M}{0,8})*`
  return `\\p{M}{0,8}${letters}${VISIBLE.source}\\p{M}{0,8}${letters}`
}

/** As JSON Schema and readers count: a letter outside the first plane is one. */
const isWithin = (text: string, maxLength: number) =>
  text.length <= maxLength || (text.length <= 2 * maxLength && [...text].length <= maxLength)

const wellFormed = (text: string) => text.isWellFormed()

/** The schemas of texts that people write, as against ids, dates and addresses. */
export const writtenTexts = new WeakSet<object>()
/** The schemas of web addresses. */
export const webAddresses = new WeakSet<object>()

const written = <T extends z.ZodType>(schema: T): T => {
  writtenTexts.add(schema)
  return schema
}

const printable = (maxLength: number, control: RegExp, text = z.string()) =>
  text
    .refine((text) => isWithin(text, maxLength), `must be at most ${maxLength} characters`)
    .refine(wellFormed, 'contains half of a surrogate pair')
    .refine((text) => !control.test(text), 'contains control characters or line separators')
    .refine((text) => !OVERRIDE.test(text), 'contains characters that turn the direction of text round')
    .refine((text) => !HIDDEN.test(text), 'contains hidden characters')
    .refine((text) => !MARKS.test(text), 'stacks too many combining marks on one letter')
    .refine((text) => VISIBLE.test(text), 'must not be blank')

// What is shorter than a sentence can be is a word of ours or an id.
const LONGEST_ID = 40

function described(schema: z.ZodString, maxLength: number, control: RegExp): z.ZodString {
  const pattern = `^${patternOf(control)}$`
  const whole = schema.register(jsonSchema, { minLength: 1, maxLength, pattern })
  return maxLength > LONGEST_ID ? written(whole) : whole
}

/** What was typed so far, as one pattern: blank, or prose. */
export const TYPED_PATTERN = `^(?:\\s*|${patternOf(CONTROL_BUT_LINES)})$`

/** One line of text, stored as sent: no control characters, not blank. */
export const line = (maxLength = 300) => described(printable(maxLength, CONTROL), maxLength, CONTROL)

/** Several lines of text, stored as sent but for the ends of its lines. */
export const prose = (maxLength = 10_000) =>
  described(printable(maxLength, CONTROL_BUT_LINES).overwrite(evenLines), maxLength, CONTROL_BUT_LINES)

/** The text of a source, kept to check quotes: without what is hidden in it, which no quote may have. */
export const sourceText = (maxLength: number) =>
  printable(
    maxLength,
    CONTROL_BUT_LINES,
    z.string().overwrite((text) => text.replaceAll(NOWHERE, '')),
  )
    .overwrite(evenLines)
    .register(jsonSchema, { minLength: 1, maxLength, pattern: `^${patternOf(CONTROL_BUT_LINES, [])}$` })

/** The same with a capital letter at its beginning, where its script has one. */
export const capitalised = (text: string): string =>
  text.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase())

/** A text whose lines all end in one way. */
export const evenLines = (text: string): string => text.replaceAll(LINE_END, '\n')

const UNSEEN =
  /[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u00ad\u202a-\u202e\u2060-\u2064\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu
// Only there a soft hyphen is seen.
const DIVIDED = /\u00ad(?=[ \t]*\n)/gu

/**
 * A text from elsewhere without soft hyphens and what no text may hold: nobody sees it there, so nobody could take it
 * out.
 */
export const readable = (text: string): string =>
  evenLines(text.toWellFormed()).replaceAll(DIVIDED, '-').replaceAll(UNSEEN, '')

/** How many words a text has. */
export const wordsIn = (text: string): number =>
  text.match(/[\p{L}\p{N}][\p{L}\p{M}\p{N}'’-]*/gu)?.length ?? 0

const UNSEEN_IN_NAME = new RegExp(`(?!\\p{White_Space})[${BLANK}]`, 'u')
const SCRIPTS = [
  ['Latin', /\p{Script=Latin}/u],
  ['Cyrillic', /\p{Script=Cyrillic}/u],
  ['Greek', /\p{Script=Greek}/u],
  ['Armenian', /\p{Script=Armenian}/u],
] as const
const scriptOf = (letter: string) => SCRIPTS.find(([, script]) => script.test(letter))?.[0]
// Not the words of programmers: people are called Null and None.
const NOBODY = /^anonymous$/iu

/** Of a word in two scripts which they are, and a letter of the rarer one: it may look like one of the other. */
function mixing(word: string): string | null {
  const letters = new Map<string, string[]>()
  for (const letter of word) {
    const script = scriptOf(letter)
    if (script === undefined) continue
    const seen = letters.get(script)
    if (seen === undefined) letters.set(script, [letter])
    else seen.push(letter)
  }
  const [rarest, ...others] = [...letters].sort(([, a], [, b]) => a.length - b.length)
  if (rarest === undefined || others.length === 0) return null
  const scripts = SCRIPTS.map(([script]) => script).filter((script) => letters.has(script))
  return `mixes ${scripts.join(' and ')} letters in one word: “${rarest[1][0]}” is ${rarest[0]}`
}

// Of each alphabet the plain letters: those that no compatibility form turns into others.
const ALPHABETS = [
  'A-Za-z\\u00c0-\\u00d6\\u00d8-\\u00f6\\u00f8-\\u0131\\u0134-\\u013e\\u0141-\\u0148\\u014a-\\u017e',
  '\\u0410-\\u044f\\u0401\\u0451\\u0404\\u0406\\u0407\\u0454\\u0456\\u0457\\u0490\\u0491',
  '\\u0391-\\u03a1\\u03a3-\\u03a9\\u03ac-\\u03ce',
  '\\u0531-\\u0556\\u0561-\\u0586',
  '\\u05d0-\\u05ea',
  '\\u0621-\\u063a\\u0641-\\u064a',
  '\\u10d0-\\u10f0',
  '\\u4e00-\\u9fa5',
  '\\u3041-\\u3093\\u30a1-\\u30f3',
  '\\uac00-\\ud7a3',
]
const WORD = `(?:${ALPHABETS.map((letters) => `[${letters}]{2,}`).join('|')})`
const NAME_PATTERN = `^${WORD}(?:[ '’-]${WORD})*$`

// An Armenian letter and a hyphen that have another form, and look like nothing else.
const holdsLookAlikes = (name: string): boolean => {
  const own = name.replaceAll('և', 'եւ').replaceAll('\u2011', '-')
  return normalForm(own, 'NFKC') !== normalForm(own, 'NFC')
}

/** `1 forecast`, `4 forecasts`. */
export const counted = (n: number, one: string, many = `${one}s`): string =>
  `${n.toLocaleString('en')} ${n === 1 ? one : many}`

export const LONGEST_NAME = 200

/** The name of a person or of a member: one line that cannot pass for another name. */
export const personName = () => written(nameOfPerson())

const nameOfPerson = () =>
  line(LONGEST_NAME)
    .refine((name) => name === name.trim() && !/\s{2}/u.test(name), 'has blanks at an end or two in a row')
    .refine((name) => !UNSEEN_IN_NAME.test(name), 'contains invisible characters')
    .refine((name) => !holdsLookAlikes(name), 'contains look-alike letters')
    .superRefine((name, context) => {
      for (const word of name.slice(0, 2 * LONGEST_NAME).split(/[\s\-'’.]+/u)) {
        const message = mixing(word)
        if (message !== null) context.addIssue({ code: 'custom', message })
      }
    })
    .refine((name) => /\p{L}/u.test(name), 'must contain a letter')
    .refine((name) => !NOBODY.test(name), 'names nobody')
    .register(jsonSchema, {
      minLength: 2,
      maxLength: LONGEST_NAME,
      pattern: NAME_PATTERN,
      description:
        'A name in one of the usual alphabets. Others are taken too, as long as no word mixes two and no letter looks like another.',
    })

// Unicode sorts the marks on a letter in time that grows with the square of their number.
const ENDLESS_MARKS = /(\p{M}{65,})/u

/** The normal form of a text, in linear time: marks that nobody would put on one letter stay as they are. */
export const normalForm = (text: string, form: 'NFC' | 'NFKC' | 'NFKD'): string =>
  text
    .split(ENDLESS_MARKS)
    .map((part, i) => (i % 2 === 1 ? part : part.normalize(form)))
    .join('')

/** A text in one form and case (NFKC and case folded): what differs otherwise is spelled otherwise. */
export const caseKey = (name: string): string =>
  // Lower case is not yet case folding: Weiß is WEISS in capitals, and a sigma looks otherwise at the end of a word.
  normalForm(normalForm(name, 'NFKC').toLowerCase().replaceAll('ß', 'ss').replaceAll('ς', 'σ'), 'NFKC')

/** Quotation marks of print and what they are when typed. */
export const STRAIGHT: ReadonlyMap<string, string> = new Map([
  ...[...'\u2018\u2019\u201a\u201b\u2039\u203a'].map((mark) => [mark, "'"] as const),
  ...[...'\u201c\u201d\u201e\u201f\u00ab\u00bb'].map((mark) => [mark, '"'] as const),
])
const CURLED = new RegExp(`[${[...STRAIGHT.keys()].join('')}]`, 'gu')

/** Two texts are the same words when these keys are equal: in one case, with straight quotes and single blanks. */
export const textKey = (text: string): string =>
  caseKey(text)
    .replaceAll(CURLED, (mark) => STRAIGHT.get(mark) ?? mark)
    .replaceAll(/[\s\u0085]+/gu, ' ')
    .trim()

const LABEL = '[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*'
const ADDRESS_PATTERN = `^[Hh][Tt][Tt][Pp][Ss]?://(?:${LABEL}\\.)+[A-Za-z]{2,20}(?::[1-9][0-9]{0,3})?(?:[/?#][^\\s${classOf(CONTROL, OVERRIDE, HIDDEN)}]*)?$`

const LONGEST_ADDRESS = 2048

/** A web address as it was typed; credentials, other schemes and hosts without a name are refused. */
export const webAddress = () => {
  const schema = address()
  webAddresses.add(schema)
  return schema
}

const address = () =>
  z
    .string()
    .max(LONGEST_ADDRESS, `must be at most ${LONGEST_ADDRESS} characters`)
    .refine(isWebAddress, 'must be a full http or https address without user name or password')
    .register(jsonSchema, {
      pattern: ADDRESS_PATTERN,
      description: 'A full http or https address of a named host, without user name or password.',
    })

function isWebAddress(text: string): boolean {
  // A name of letters beyond ASCII is read in time that grows with the square of its length.
  if (
    text.length > LONGEST_ADDRESS ||
    !text.isWellFormed() ||
    CONTROL.test(text) ||
    OVERRIDE.test(text) ||
    HIDDEN.test(text)
  )
    return false
  if (!/^https?:\/\/[^/\\\s]/iu.test(text) || /\s/u.test(text)) return false
  const url = parsedUrl(text)
  return (
    url !== null &&
    (url.protocol === 'http:' || url.protocol === 'https:') &&
    url.username === '' &&
    url.password === '' &&
    url.hostname !== ''
  )
}

/** What senders of links put behind an address; it names no other page. */
const OF_SENDERS = /^(?:utm_\w+|mc_[ce]id|fbclid|gclid|yclid|msclkid|igshid)$/u

/** An address without what says only by which way somebody came there. */
export function withoutSender(address: string): string {
  const url = new URL(address)
  const said = [...url.searchParams]
  const kept = said.filter(([name]) => !OF_SENDERS.test(name))
  if (kept.length < said.length) url.search = new URLSearchParams(kept).toString()
  return url.href
}

/** One source under two spellings of its address: the fragment and a trailing slash do not count. */
export const addressKey = (address: string): string => {
  const url = new URL(address)
  url.hash = ''
  return url.href.replace(/\/$/u, '')
}
