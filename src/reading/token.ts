/** A word of a phrase in lower case and in full ("won't" is two), and where it stands; every form of to be is "is". */
export type Token = {
  readonly word: string
  readonly start: number
  readonly end: number
  readonly raw: string
}

const CONTRACTIONS: readonly (readonly [RegExp, string])[] = [
  [/^won't$/, 'will not'],
  [/^shan't$/, 'shall not'],
  [/^can't$|^cannot$/, 'can not'],
  [/^(\p{L}+)n't$/u, '$1 not'],
  [/^(\p{L}+)'ll$/u, '$1 will'],
  [/^(i|we|you|they)'(?:re|m)$/, '$1 is'],
  [/^(he|she|it|that|there|who|what)'s$/, '$1 is'],
]
const BE = new Set(['am', 'are', 'was', 'were', 'be', 'been', 'being'])
// Hyphens join ("fifty-fifty"); a sentence mark is a token of its own so that no match runs across it.
const TOKEN = /\d+(?:[.,]\d+)*|[\p{L}\p{M}]+(?:['-][\p{L}\p{M}]+)*|[.;:!?,()"—–]/gu

export function tokensOf(phrase: string): Token[] {
  const tokens: Token[] = []
  for (const found of phrase
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/[\u201c\u201d]/g, '"')
    .matchAll(TOKEN)) {
    const raw = found[0]
    const place = { start: found.index, end: found.index + raw.length, raw }
    let word = raw.toLowerCase()
    for (const [form, full] of CONTRACTIONS) {
      if (form.test(word)) {
        word = word.replace(form, full)
        break
      }
    }
    for (const single of word.split(' ')) tokens.push({ ...place, word: BE.has(single) ? 'is' : single })
  }
  return tokens
}
