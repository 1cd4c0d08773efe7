import { normalForm } from './text.ts'

/** How pass one of the folding writes what pass two looks at again: see `folded-text.ts`. */
export const SPACE = 32
export const DOUBLE = 34
export const SINGLE = 39
export const HYPHEN = 45
export const DOT = 46
export const LONG_DASH = 0x2014

const group = (to: string, from: string): [string, string][] => [...from].map((letter) => [letter, to])

// Signs that stand for one another in print and in what is typed after it, by what they are compared as.
const SIGNS = new Map<string, string>([
  ...group("'", "'\u2018\u2019\u201a\u201b\u2039\u203a`\u00b4\u2032\u2035\u275b\u275c\u275f\uff07\uff40"),
  // Letters that stand for an apostrophe: of Ukrainian, Hawaiian, Uzbek, Armenian, Hebrew and in transliteration.
  ...group(
    "'",
    '\u02b9\u02bb\u02bc\u02bd\u02be\u02bf\u02c8\u02ca\u02cb\u0384\u055a\u05f3\u07f4\u07f5\u1fbd\u1fbf\u1fef\u1ffd\u1ffe\ua78b\ua78c',
  ),
  ...group(
    '"',
    '"\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033\u2036\u2034\u2037\u2057\u02ba\u02ee\u05f4\u275d\u275e\u2e42',
  ),
  ...group(
    '"',
    '\u3008\u3009\u300a\u300b\u300c\u300d\u300e\u300f\u301d\u301e\u301f\ufe41\ufe42\ufe43\ufe44\uff02\uff62\uff63',
  ),
  ...group('"', '\u2329\u232a\u27e8\u27e9\u27ea\u27eb'),
  ...group(
    '-',
    '-\u2010\u2011\u2212\u2043\u02d7\u2796\u058a\u05be\u1400\u1806\u2e17\u2e1a\u2e40\u30a0\ufe63\uff0d',
  ),
  ...group('\u2014', '\u2012\u2013\u2014\u2015\u2e3a\u2e3b\ufe31\ufe32\ufe58\u3030'),
  ...group('...', '\u2026\u22ef\ufe19'),
  ...group('/', '\u2044\u2215\u29f8\uff0f'),
  ...group('~', '\u301c\uff5e\u223c'),
  ...group('\u00b7', '\u2027\u30fb\uff65\u22c5'),
  // The space that a wide sign holds within itself is one that nobody types behind a narrow one between ideographs.
  ...group('. ', '\u3002\uff61'),
  ...group(', ', '\u3001\uff0c\uff64\ufe50\ufe51'),
  ...group('; ', '\uff1b\ufe54'),
  ...group(': ', '\uff1a\ufe55'),
  ...group('! ', '\uff01\ufe57'),
  ...group('? ', '\uff1f\ufe56'),
  ...group(' (', '\uff08\u3014\ufe59'),
  ...group(') ', '\uff09\u3015\ufe5a'),
  ...group(' [', '\u3010'),
  ...group('] ', '\u3011'),
  ...group(',', '\u060c\u066c'),
  ...group(';', '\u061b'),
  ...group('?', '\u061f'),
  ...group('%', '\u066a'),
  ...group('.', '\u06d4'),
  ...group(':', '\u0589\u2236'),
  // Two keyboards, one letter: yeh and kaf of Persian and of Arabic.
  ...group('\u064a', '\u06cc'),
  ...group('\u0643', '\u06a9'),
])

// A power and a note are no digits of the number before them.
const RAISED = /^[\u00b2\u00b3\u00b9\u2070\u2074-\u208e]$/u
export const VULGAR = /^[\u00bc-\u00be\u2150-\u215e\u2189]$/u

// What nobody sees, what only lengthens a word, the vowel signs of Arabic and Hebrew.
const UNSEEN =
  /[\p{Default_Ignorable_Code_Point}\u0640\u0610-\u061a\u064b-\u0652\u0656-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u08d3-\u08ff\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7]/gu
// Where the stress falls is a help for learners, in Cyrillic.
const STRESSED = /^(\p{Script=Cyrillic})[\u0300\u0301]$/u

const MOST_KEPT = 4_096
const kept = new Map<string, string>()

/** What a character with its marks is compared as; nothing for what nobody sees. */
export function foldedCluster(cluster: string): string {
  const known = kept.get(cluster)
  if (known !== undefined) return known
  const folded = foldAnew(cluster)
  if (cluster.length <= 8) {
    if (kept.size >= MOST_KEPT) kept.clear()
    kept.set(cluster, folded)
  }
  return folded
}

function foldAnew(cluster: string): string {
  const sign = SIGNS.get(cluster)
  if (sign !== undefined) return sign
  if (RAISED.test(cluster)) return cluster
  const seen = cluster.replaceAll(UNSEEN, '').replace(STRESSED, '$1')
  if (seen === '') return ''
  // Once more: what is compatible with a sign counts as that sign, and marks may come out of a ligature.
  return [...normalForm(seen, 'NFKC').replaceAll(UNSEEN, '')]
    .map((letter) => SIGNS.get(letter) ?? letter)
    .join('')
}
