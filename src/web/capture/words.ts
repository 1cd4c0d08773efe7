/** The beginning of a text, up to the end of a word. */
export const shortened = (words: string, most = 140): string =>
  words.length > most ? `${words.slice(0, most).replace(/[\s\p{P}]*\S*$/u, '')}…` : words
