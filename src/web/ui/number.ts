export { percent, percentRange } from '../../core/probability.ts'
export { counted } from '../../core/text.ts'

/** A number stays on the line of its per cent sign, n and G on that of their value, and a/b/c on one. */
export const unbroken = (text: string): string =>
  text
    .replace(/(\d) %/gu, '$1\u00a0%')
    .replace(/\b([nG]) = /gu, '$1\u00a0=\u00a0')
    .replaceAll(' / ', '\u00a0/\u00a0')
