import { folded } from './token.ts'

/**
 * The endings that a word of a name may have in the cases of Russian. Of a surname in -ов and the like "Калачева" is
 * of him or about her: names are offered, and nobody is taken for another in silence.
 */
const ENDINGS =
  /(?:ого|его|ому|ему|ыми|ими|ами|ями|ой|ей|ою|ею|ую|юю|ая|яя|ый|ий|ом|ем|ым|им|ью|ия|ии|ию|ием|а|я|у|ю|е|о|ы|и|ь|й)$/u

const stemOf = (word: string): string => {
  const stem = folded(word).replace(ENDINGS, '')
  return stem.length >= 3 ? stem : folded(word)
}

/** Whether two words may be the same name in two cases: one stem, and neither much longer. */
const isForm = (a: string, b: string): boolean =>
  folded(a) === folded(b) ||
  (stemOf(a) === stemOf(b) && Math.abs(a.length - b.length) <= 3) ||
  // "Павел" is "Павла": the vowel before the last consonant goes.
  fleeting(a) === fleeting(b)

const fleeting = (word: string): string => stemOf(word).replace(/[ео](?=[лцкнвр]$)/u, '')

const CYRILLIC = /\p{Script=Cyrillic}/u

/** Whether a name of a text, in whatever case, may be this one; a surname alone may be of it. */
export function isName(written: string, name: string): boolean {
  if (!CYRILLIC.test(written) || !CYRILLIC.test(name)) return false
  const [short, long] = [written, name]
    .map((words) => words.trim().split(/\s+/u))
    .sort((a, b) => a.length - b.length) as [string[], string[]]
  const surname = long.at(-1) ?? ''
  if (short.length === 1) return isForm(short[0] ?? '', surname)
  return short.every((word) => long.some((other) => isForm(word, other) || isInitial(word, other)))
}

const isInitial = (word: string, name: string): boolean =>
  /^\p{Lu}\.?$/u.test(word) && name.toUpperCase().startsWith(word.replace('.', '').toUpperCase())

const WORD = String.raw`\p{Lu}[\p{Ll}\u0301-]{1,30}(?:-\p{Lu}\p{Ll}{1,30})?`
const NAME = String.raw`(?<!\p{L})(?:${WORD} ){0,2}${WORD}`
const SAID =
  '(?:сказал|сказала|заявил|заявила|отметил|отметила|считает|полагает|уверен|уверена|подчеркнул|подчеркнула|добавил|добавила|пояснил|пояснила|прогнозирует|предсказывает|говорит|объяснил|объяснила|рассказал|рассказала|думает|заметил|заметила|предположил|предположила|констатировал|констатировала)'
const ROLE =
  '(?:(?:политолог|эксперт|экономист|аналитик|депутат|министр|профессор|президент|премьер-министр|политик|социолог|историк|востоковед|журналист|глава|директор|генерал|сенатор)[\\p{Ll}]{0,3} ){0,2}'
const SAYS = new RegExp(
  `(?<![\\p{L}])${SAID} ${ROLE}(${NAME})|(${NAME}) ${SAID}(?!\\p{L})|(?<!\\p{L})[Пп]о (?:словам|мнению|оценке|прогнозу) ${ROLE}(${NAME})`,
  'gu',
)
const LOOKED_AT = 100_000

/** The name that says most, as it is written by itself; a full name before a surname. */
export function speakerIn(text: string): string | null {
  const looked = text.slice(0, LOOKED_AT)
  const heard: { name: string; times: number }[] = []
  for (const [, after, before, genitive] of looked.matchAll(SAYS)) {
    const name = (after ?? before ?? nominative(genitive ?? '')).replace(TITLE, '')
    const known = heard.find((one) => isName(name, one.name))
    if (known === undefined) {
      if (heard.length < MOST_HEARD) heard.push({ name, times: 1 })
      continue
    }
    known.times++
    if (name.includes(' ') && !known.name.includes(' ')) known.name = name
  }
  const most = heard.reduce((top, one) => (one.times > (top?.times ?? 0) ? one : top), heard[0])
  return most?.name.includes(' ') ? most.name : null
}
const MOST_HEARD = 50
// "Политолог" at the beginning of a sentence is no first name.
const TITLE =
  /^(?:Политолог|Эксперт|Экономист|Аналитик|Депутат|Министр|Профессор|Президент|Премьер-министр|Политик|Социолог|Историк|Востоковед|Журналист|Генерал|Сенатор) /u

/** A name in the genitive, as after "по словам", as it is written by itself. Which sex it is shows by the surname. */
export function nominative(name: string): string {
  const words = name.split(' ')
  const surname = words.at(-1) ?? ''
  const isHers = /(?:ой|ей)$/u.test(surname)
  return words
    .map((word, i) => (i === words.length - 1 ? surnameOf(word, isHers) : givenName(word, isHers)))
    .join(' ')
}

function surnameOf(word: string, isHers: boolean): string {
  if (isHers) return /ской$|цкой$/u.test(word) ? word.replace(/ой$/u, 'ая') : word.replace(/(?:ой|ей)$/u, 'а')
  if (/(?:ского|цкого)$/u.test(word)) return word.replace(/ого$/u, 'ий')
  if (/ого$/u.test(word)) return word.replace(/ого$/u, 'ый')
  if (/(?:ева|ова|ёва|ина|ына)$/u.test(word)) return word.slice(0, -1)
  return word
    .replace(/(?<=[бвгджзклмнпрстфхцчшщ])а$/u, '')
    .replace(/(?<=[лнртс])я$/u, 'ь')
    .replace(/(?<=[аеиоу])я$/u, 'й')
}

function givenName(word: string, isHers: boolean): string {
  // A patronymic.
  if (/ича$/u.test(word)) return word.slice(0, -1)
  if (/вны$/u.test(word)) return word.replace(/ы$/u, 'а')
  if (isHers)
    return word
      .replace(/ии$/u, 'ия')
      .replace(/ы$/u, 'а')
      .replace(/(?<=[кгх])и$/u, 'а')
      .replace(/(?<=[лнрс])и$/u, 'я')
      .replace(/ьи$/u, 'ья')
  if (/^(?:Павла|Льва)$/u.test(word)) return word === 'Павла' ? 'Павел' : 'Лев'
  if (/(?:ы|ьи)$/u.test(word)) return word.replace(/ы$/u, 'а').replace(/ьи$/u, 'ья')
  if (/(?:ея|ия|ая)$/u.test(word)) return word.replace(/я$/u, 'й')
  return word.replace(/(?<=[рл])я$/u, 'ь').replace(/а$/u, '')
}

const ATTRIBUTION = /["»”“][,!?…]?\s*,?\s*[—–-]\s/gu

// "… не будет, — сказал он. — Но …": the quotation goes on behind it.
const INTERRUPTED = new RegExp(`,? [—–] (?:он |она |они )?${SAID}(?!\\p{L})`, 'u')

/** A spoken sentence without the marks and the attribution behind a dash, as a range of it. */
export function spokenRange(sentence: string): { start: number; end: number } {
  const start = /^["“„«]/u.test(sentence) ? 1 : /^[—–]\s/u.test(sentence) ? 2 : 0
  let end = sentence.length
  for (const found of sentence.matchAll(ATTRIBUTION))
    if (found.index > start) end = Math.min(end, found.index)
  end = Math.min(end, INTERRUPTED.exec(sentence)?.index ?? end)
  if (end === sentence.length) end = sentence.search(/["”»][.,!?…]?$/u)
  if (end === -1) end = sentence.length
  return start < end ? { start, end } : { start: 0, end: sentence.length }
}
