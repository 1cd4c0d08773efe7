import { LedgerError } from '../core/error.ts'

/** The pairs of a query or of a form as they were sent, in their order. Throws `malformed` for what is no UTF-8. */
export const urlencoded = (text: string): [name: string, value: string][] =>
  text
    .split('&')
    .filter((part) => part !== '')
    .map((part) => {
      const [name = '', ...rest] = part.split('=')
      return [decoded(name), decoded(rest.join('='))]
    })

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    throw new LedgerError('malformed', 'What was sent is not well-formed percent-encoded UTF-8.')
  }
}
