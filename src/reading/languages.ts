import { ENGLISH } from './english/english.ts'
import type { Language } from './grammar/language.ts'
import { guessedLanguage } from './language-of.ts'
import { RUSSIAN } from './russian/russian.ts'
import { sayingMost } from './speaker.ts'

/** Every language that is read. Another one is a folder beside `english/`, and its name here. */
export const LANGUAGES: readonly Language[] = [{ ...ENGLISH, speakerIn: sayingMost }, RUSSIAN]

/** The language of a text, and whether it is read; `unsure` where the text is too short or mixed to tell. */
export type TextLanguage = {
  readonly tag: string
  readonly name: string
  readonly read: boolean
  readonly unsure?: true
}

const primary = (tag: string): string => tag.toLowerCase().split('-', 1)[0] ?? ''

/** The rules of a language by its tag, or null where it is not read. */
export const rulesOf = (tag: string): Language | null =>
  LANGUAGES.find((language) => language.tag === primary(tag)) ?? null

let names: Intl.DisplayNames | undefined

/** A language by its English name; of a tag that nobody gave a name, the tag. */
export function languageName(tag: string): string {
  if (primary(tag) === 'und') return 'unknown'
  names ??= new Intl.DisplayNames(['en'], { type: 'language', fallback: 'code' })
  try {
    return names.of(primary(tag)) ?? tag
  } catch {
    return tag
  }
}

/** The language of a text: the one that the editor told wins; else by its script, and then by its words. */
export function languageOf(text: string, told?: string): TextLanguage {
  const { tag, unsure }: { tag: string; unsure?: true } =
    told === undefined || told === '' ? guessedLanguage(text) : { tag: told }
  return {
    tag,
    name: languageName(tag),
    read: rulesOf(tag) !== null,
    ...(unsure === undefined ? {} : { unsure }),
  }
}

/** The language of a statement: as it is told of its source, or else that of its quote, where that is sure. */
export function languageSaid(told: string | undefined, quote: string): string | undefined {
  if (told !== undefined) return told
  const { tag, unsure } = guessedLanguage(quote)
  return unsure === undefined ? tag : undefined
}

/** Why nothing is proposed of a text, in words for the editor; null where it is read. */
export function unreadNote({ tag, name, read }: TextLanguage): string | null {
  if (read) return null
  return tag === 'und'
    ? 'This text is in no language that was found: passages are not suggested; mark them yourself'
    : `This text is ${name}: passages are not suggested; mark them yourself`
}
