/** What a text in other letters is, as a language tag: the language where only one is written so, else the script. */
const TAGS: readonly (readonly [RegExp, string])[] = [
  [/\p{Script=Armenian}/u, 'hy'],
  [/\p{Script=Georgian}/u, 'ka'],
  [/\p{Script=Greek}/u, 'el'],
  [/\p{Script=Hangul}/u, 'ko'],
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/u, 'ja'],
  [/\p{Script=Thai}/u, 'th'],
  [/\p{Script=Han}/u, 'und-Hani'],
  [/\p{Script=Cyrillic}/u, 'und-Cyrl'],
  [/\p{Script=Arabic}/u, 'und-Arab'],
  [/\p{Script=Hebrew}/u, 'und-Hebr'],
  [/\p{Script=Devanagari}/u, 'und-Deva'],
  [/\p{Script=Bengali}/u, 'und-Beng'],
  [/\p{Script=Ethiopic}/u, 'und-Ethi'],
]
const LATIN = /\p{Script=Latin}/u
const ASCII = /^[\p{ASCII}]*$/u
const LOOKED_AT = 200

/** The tag of the script in which most of the first letters of a text are written; none of Latin ones. */
export function scriptTag(text: string): string | undefined {
  if (ASCII.test(text)) return undefined
  const counts = new Map<string, number>()
  for (const letter of text.slice(0, LOOKED_AT)) {
    const tag = LATIN.test(letter) ? 'Latn' : TAGS.find(([script]) => script.test(letter))?.[1]
    if (tag !== undefined) counts.set(tag, (counts.get(tag) ?? 0) + 1)
  }
  // Japanese is written with Chinese characters, too.
  if (counts.has('ja')) counts.set('ja', (counts.get('ja') ?? 0) + (counts.get('und-Hani') ?? 0))
  const [most] = [...counts].sort(([, a], [, b]) => b - a)
  return most === undefined || most[0] === 'Latn' ? undefined : most[0]
}
