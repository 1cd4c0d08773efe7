const SIGNS: Readonly<Record<string, string>> = {
  ' ': 'a space',
  '.': 'a full stop',
  ',': 'a comma',
  ';': 'a semicolon',
  ':': 'a colon',
  '!': 'an exclamation mark',
  '?': 'a question mark',
  "'": 'an apostrophe or quotation mark',
  '-': 'a hyphen or dash',
  '(': 'an opening bracket',
  ')': 'a closing bracket',
  '[': 'an opening square bracket',
  ']': 'a closing square bracket',
  '/': 'a slash',
  '*': 'an asterisk',
  _: 'a low line',
  '%': 'a percent sign',
  '\u00b7': 'a middle dot',
  '\u00b0': 'a degree sign',
  '\u0131': 'ı (small i without dot)',
}
const MARKS: Readonly<Record<string, string>> = {
  '\u0300': 'grave accent',
  '\u0301': 'acute accent',
  '\u0302': 'circumflex',
  '\u0303': 'tilde',
  '\u0304': 'line above',
  '\u0306': 'breve',
  '\u0307': 'dot',
  '\u0308': 'two dots',
  '\u030a': 'ring',
  '\u030b': 'double acute accent',
  '\u030c': 'caron',
  '\u0323': 'dot below',
  '\u0326': 'comma below',
  '\u0327': 'cedilla',
  '\u0328': 'ogonek',
}
const SCRIPTS = [
  'Latin',
  'Cyrillic',
  'Greek',
  'Armenian',
  'Arabic',
  'Hebrew',
  'Georgian',
  'Han',
  'Cherokee',
].map((name) => [name, new RegExp(`^\\p{Script=${name}}`, 'u')] as const)

/** The script of a letter in English, or nothing for what belongs to many. */
export const scriptOf = (letter: string): string =>
  SCRIPTS.find(([, script]) => script.test(letter))?.[0] ?? ''

const codeOf = (letter: string): string =>
  `U+${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`

/** A character in words, so that two that look alike are told apart; `beside` is the one it stands against. */
export function characterName(letter: string, beside: string): string {
  const sign = SIGNS[letter]
  if (sign !== undefined) return sign
  const [base = '', ...marks] = letter.normalize('NFD')
  const script = scriptOf(letter)
  if (script !== '' && scriptOf(beside) !== '' && script !== scriptOf(beside))
    return `${letter} (${script}, ${codeOf(letter)})`
  const named = marks.map((mark) => MARKS[mark])
  if (marks.length > 0 && named.every((mark) => mark !== undefined)) {
    const size = /\p{Lu}/u.test(base) ? 'capital' : 'small'
    return `${letter} (${size} ${base.toUpperCase()} with ${named.join(' and ')})`
  }
  const isPlain = /^[a-z0-9]$/iu.test(letter) || (script !== '' && marks.length === 0)
  return isPlain ? letter : `${letter} (${codeOf(letter)})`
}
