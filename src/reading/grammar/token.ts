/** A word as its language compares it, a number with its value, or a mark; `start` and `end` are UTF-16 offsets. */
export type Token = {
  readonly word: string
  readonly raw: string
  readonly start: number
  readonly end: number
  readonly kind: 'word' | 'number' | 'mark'
  /** Of a number and of a word for one. */
  readonly value?: number
  readonly ordinal?: true
}

/** A number that begins at a token; `next` is the index of the token behind it. */
export type NumberRead = { readonly value: number; readonly next: number; readonly ordinal: boolean }

/** Tokens with every run of number words made one, as a language reads them. */
export function joined(
  tokens: readonly Token[],
  numberFrom: (tokens: readonly Token[], at: number) => NumberRead | null,
): Token[] {
  const whole: Token[] = []
  for (let at = 0; at < tokens.length; ) {
    const first = tokens[at] as Token
    const number = numberFrom(tokens, at)
    if (number === null) {
      whole.push(first)
      at++
      continue
    }
    const run = tokens.slice(at, number.next)
    whole.push({
      word: run.map(({ word }) => word).join(' '),
      raw: run.map(({ raw }) => raw).join(' '),
      start: first.start,
      end: run.at(-1)?.end ?? first.end,
      kind: first.kind === 'number' ? 'number' : 'word',
      value: number.value,
      ...(number.ordinal ? { ordinal: true } : {}),
    })
    at = number.next
  }
  return whole
}
