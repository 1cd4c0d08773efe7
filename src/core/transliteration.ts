import { normalForm } from './text.ts'

/**
 * How letters are written in plain Latin ones: `letters spelling|another spelling`, the first of which stands in ids.
 * `^` is the beginning of a word, `$` its end; longer groups go before shorter ones. `-` is nothing.
 */
const table = (rows: string): ReadonlyMap<string, readonly string[]> =>
  new Map(
    rows
      .trim()
      .split(/\s*[,\n]\s*/u)
      .map((row) => {
        const [letters = '', spellings = ''] = row.split(' ')
        return [letters, spellings.split('|').map((one) => (one === '-' ? '' : one))] as const
      }),
  )
type Letters = ReturnType<typeof table>
const over = (base: Letters, rows: string): Letters => new Map([...base, ...table(rows)])

const LATIN = table(`
ß ss, æ ae|e, œ oe|e, ø o|oe, đ d|dj, ð d|dh, þ th, ł l, ı i, ə a|e, ǝ a|e, ŋ ng, ħ h, ŧ t, ŀ l, ſ s, ĸ k, ɓ b, ɗ d, ƙ k,
ɨ i, ɵ o, ʉ u, ɛ e, ɔ o, š s|sh, ş s|sh, ș s|sh, č c|ch, ç c|ch, ć c|ch, ž z|zh, ŝ s|shch
ä a|ae, ö o|oe, ü u|ue, å a|aa, ğ g`)
const GERMAN = over(LATIN, 'ä ae|a, ö oe|o, ü ue|u')

const CYRILLIC = table(`
а a, б b, в v, г g|h, д d, е e, ^е e|ye, ъе ye|e, ье ye|e|ie, ё yo|e|o, ж zh|z, з z, и i, й y|i|j, ий$ iy|y|ii|i|ij
ый$ yy|y|iy|i|yj, к k, л l, м m, н n, о o, п p, р r, с s, т t, у u, ф f, х kh|h|ch, ц ts|c|tz, ч ch|c, ш sh|s, щ shch|sch|sc
ъ -, ы y|i, ь -, э e, ю yu|iu|ju, я ya|ia|ja, і i, ї yi|i, є ye|ie|e, ґ g, ў u, ј j, љ lj, њ nj, џ dz|dzh, ђ dj|d, ћ c, ѓ gj
ќ kj, ѕ dz, ә a|e, ғ gh|g, қ q|k, ң ng|n, ө o, ұ u, ү u, һ h, ӣ i, ӯ u, ҷ j|ch, ҳ h, ҙ z, ҫ s, ҡ q|k, ѣ e, ѳ f, ѵ i`)
const UKRAINIAN = over(
  CYRILLIC,
  'г h|g, зг zgh, ґ g, и y|i, й i|y, ^й y|i, ї i|yi, ^ї yi|i, є ie|e|ye, ^є ye|e, ю iu|yu, ^ю yu|iu, я ia|ya, ^я ya|ia, ий$ yi|y|yy, х kh|h, ц ts|c, щ shch, ь -',
)
const BELARUSIAN = over(CYRILLIC, 'г h|g')
const SERBIAN = over(CYRILLIC, 'ж z|zh, х h, ц c|ts, ч c|ch, ш s|sh')
const MACEDONIAN = over(CYRILLIC, 'х h, ц c|ts, ј j, џ dj')
const BULGARIAN = over(CYRILLIC, 'ъ a|u, щ sht, х h, ь y')
const KAZAKH = over(CYRILLIC, 'ж zh|j')

const ARMENIAN = table(`
ա a, բ b, գ g, դ d, ե e, ^ե ye|e, զ z, է e, ը y|e, թ t, ժ zh, ի i, լ l, խ kh, ծ ts, կ k, հ h, ձ dz, ղ gh, ճ ch, մ m, յ y
ն n, շ sh, ո o, ^ո vo|o, ^ով ov, ու u, չ ch, պ p, ջ j, ռ r, ս s, վ v, տ t, ր r, ց ts, ւ v, փ p, ք k, օ o, ֆ f, և ev, ^և yev|ev
եւ ev, ^եւ yev|ev`)

const GEORGIAN = table(`
ა a, ბ b, გ g, დ d, ე e, ვ v, ზ z, თ t, ი i, კ k, ლ l, მ m, ნ n, ო o, პ p, ჟ zh, რ r, ს s, ტ t, უ u, ფ p, ქ k, ღ gh, ყ q|k
შ sh, ჩ ch, ც ts, ძ dz, წ ts, ჭ ch, ხ kh, ჯ j, ჰ h, ჲ y, ჳ w, ჱ e`)

const GREEK_LETTERS = table(`
α a, αι ai|e, αυ av, αυ$ af, β v|b, γ g, γγ ng, γκ gk|g, ^γκ g|gk, γξ nx, γχ nch, δ d, ε e, ει ei|i, ευ ev, ευ$ ef, ζ z, η i
ηυ iv, θ th, ι i, κ k, λ l, μ m, μπ mp|b, ^μπ b|mp, ν n, ντ nt|d, ^ντ d|nt, ξ x, ο o, οι oi|i, ου ou, π p, ρ r, σ s, ς s
τ t, υ y, φ f, χ ch|h|kh, ψ ps, ω o`)
const firstOf = (letters: Letters, one: string): string => letters.get(one)?.[0] ?? ''
/** Before a voiceless letter υ is an f. */
const GREEK: Letters = new Map([
  ...GREEK_LETTERS,
  ...[...'αεη'].flatMap((vowel) =>
    [...'θκξπσςτφχψ'].map((next) => {
      const spelling = `${firstOf(GREEK_LETTERS, vowel)}f${firstOf(GREEK_LETTERS, next)}`
      return [`${vowel}υ${next}`, [spelling]] as const
    }),
  ),
])

/** The letters by which a language is told from others of its script, in the whole text. */
const LANGUAGES: readonly (readonly [RegExp, Letters])[] = [
  [/[әғқңөұүһ]/u, KAZAKH],
  [/ў/u, BELARUSIAN],
  [/[ѓќѕ]/u, MACEDONIAN],
  [/[ђјљњћџ]/u, SERBIAN],
  [/[іїєґ]|[сцз]ьк/u, UKRAINIAN],
  [/ъ(?![еёюя])[а-я]/u, BULGARIAN],
  [/[а-яё]/u, CYRILLIC],
]

/** By which letters a text is read: those of its language, where it shows. */
function lettersOf(text: string): readonly Letters[] {
  const cyrillic = LANGUAGES.find(([shows]) => shows.test(text))?.[1] ?? CYRILLIC
  const marked = text.match(/(?![ʰ-˿])[^\p{ASCII}\P{Script=Latin}]/gu) ?? []
  const latin = marked.every((letter) => 'äöüßé'.includes(letter)) ? GERMAN : LATIN
  return [latin, cyrillic, ARMENIAN, GEORGIAN, GREEK]
}

/** Every sign that stands for an apostrophe, a prime or a soft sign in a name. */
export const APOSTROPHES = /['`´‘’‚‛′‵ʹʺʻʼʽʾʿˈˊˋ՚՛׳״″＇]/gu

/** A text in the letters that the tables know: lower case, no apostrophes, no marks but those that make another letter. */
const plain = (text: string): string =>
  normalForm(
    normalForm(normalForm(text, 'NFKC').toLowerCase(), 'NFKD')
      .replaceAll(/(?<=[\u0370-\u03ff]\u0308?)[\u0300-\u0307\u0309-\u036f]+/gu, '')
      .replaceAll('i\u0307', 'i')
      .replaceAll(APOSTROPHES, ''),
    'NFC',
  )

const WORDS = /[\p{L}\p{N}\p{M}]+/gu
const LONGEST_GROUP = 3

type Piece = { letter: string; spellings: readonly string[] | null }

/** The pieces of a word, each with its spellings; null for a letter that no table knows. */
function piecesOf(word: string, tables: readonly Letters[]): Piece[] {
  const letters = [...word]
  const pieces: Piece[] = []
  for (let at = 0; at < letters.length; ) {
    const { spellings, length } = groupAt(letters, at, tables)
    pieces.push({ letter: letters[at] as string, spellings })
    at += length
  }
  return pieces
}

function groupAt(letters: readonly string[], at: number, tables: readonly Letters[]) {
  const letter = letters[at] as string
  for (let length = Math.min(LONGEST_GROUP, letters.length - at); length > 0; length--) {
    const group = letters.slice(at, at + length).join('')
    const places = [
      ...(at === 0 ? [`^${group}`] : []),
      ...(at + length === letters.length ? [`${group}$`] : []),
      group,
    ]
    for (const place of places)
      for (const one of tables) {
        const spellings = one.get(place)
        if (spellings !== undefined) return { spellings, length }
      }
  }
  return { spellings: alone(letter, tables), length: 1 }
}

function alone(letter: string, tables: readonly Letters[]): readonly string[] | null {
  // In Azerbaijan and in Armenia an x is a kh.
  if (letter === 'x') return ['x', 'kh']
  if (/^[a-z0-9]$/u.test(letter)) return [letter]
  if (/^\p{M}$/u.test(letter)) return ['']
  const base = [...letter.normalize('NFD')][0] as string
  return base === letter ? null : groupAt([base], 0, tables).spellings
}

/** No table has a letter of these. */
const IN_ASCII = /^[a-z0-9]+$/u

/** A text in plain Latin words, and the letters of it for which no way to write them so is known. */
export function latinOf(text: string): { words: string[]; unknown: string[] } {
  const letters = plain(text.replaceAll('&', ' and '))
  const tables = lettersOf(letters)
  const unknown = new Set<string>()
  const words = (letters.match(WORDS) ?? []).map((word) =>
    IN_ASCII.test(word)
      ? word
      : piecesOf(word, tables)
          .map(({ letter, spellings }) => {
            if (spellings === null && /\p{L}/u.test(letter)) unknown.add(letter)
            return spellings?.[0] ?? ''
          })
          .join(''),
  )
  return { words: words.filter((word) => word !== ''), unknown: [...unknown] }
}

const MOST_SPELLINGS = 24

/** Every way of choosing one spelling of each piece, the usual ones first, at most so many. */
function combined(pieces: readonly Piece[], of: (piece: Piece) => readonly string[]): string[] {
  let all = ['']
  for (const piece of pieces) {
    const spellings = of(piece)
    const taken = all.length * spellings.length > MOST_SPELLINGS ? spellings.slice(0, 1) : spellings
    all = all.flatMap((begun) => taken.map((spelling) => begun + spelling))
  }
  return all
}

const HISSES: Readonly<Record<string, string>> = { tsch: 'c', tch: 'c', ch: 'c', ts: 'c', tz: 'c', cz: 'c' }

/** What differs only in the habit of writing it becomes one: zh, ž and z; y, j and i; doubled letters. */
const squeezed = (latin: string): string =>
  latin
    .replaceAll(/schtsch|shch|tsch|sch|sh|sz|tch|ch|ts|tz|cz/gu, (hiss) => HISSES[hiss] ?? 's')
    .replaceAll(/([zkgtd])h/gu, (_, letter: string) => (letter === 'k' ? 'h' : letter))
    .replaceAll('ph', 'f')
    .replaceAll('x', 'ks')
    .replaceAll('q', 'k')
    .replaceAll('w', 'v')
    .replaceAll('ou', 'u')
    .replaceAll(/[yj]/gu, 'i')
    .replaceAll(/(\p{L})\1+/gu, '$1')
    .replaceAll('ie', 'e')
    .replace(/(?<=[aeiou])h$/u, '')

/** What the words of a text sound like, each in the few ways in which it is usually written; equal sounds are one word. */
export function soundsOf(text: string): string[][] {
  const letters = plain(text)
  const tables = lettersOf(letters)
  return (letters.match(WORDS) ?? []).map((word) => {
    const pieces = piecesOf(word, tables)
    const spellings = combined(pieces, distinctSounds)
    return [...new Set(spellings.flatMap((one) => [squeezed(one), squeezed(softened(one))]))]
  })
}

/** Spellings of a piece that sound alike are one. A letter that no table knows stays. */
const distinctSounds = ({ letter, spellings }: Piece): readonly string[] =>
  spellings === null ? [letter] : [...new Map(spellings.map((one) => [squeezed(one), one])).values()]

/** Kalachyov is Kalachev, too. */
const softened = (latin: string): string => latin.replaceAll(/(?<=[^aeiou])[yj]o/gu, 'e')

/** The usual plain Latin spellings of a word of another script. */
export function spellingsOf(word: string): string[] {
  const letters = plain(word)
  const pieces = piecesOf(letters, lettersOf(letters))
  return pieces.some(({ spellings }) => spellings === null)
    ? []
    : [...new Set(combined(pieces, ({ spellings }) => spellings ?? []))]
}
