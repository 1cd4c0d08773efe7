import type { FetchedPage } from '../core/capture.ts'
import { tokensOf } from './html.ts'

const UNSEEN = new Set(['script', 'style', 'noscript', 'iframe', 'title', 'textarea', 'noembed', 'noframes'])
/** Within these a word goes on. */
const INLINE = new Set(
  'a abbr b bdi bdo cite code em font i ins del mark q s small span strong sub sup u wbr time'.split(' '),
)

/** All that a page says, in its order, with a line between what stands apart: to look for words, not to be read. */
export function pageText({ media, text }: FetchedPage): string {
  if (!media.includes('html')) return text
  let said = ''
  let unseen = ''
  for (const token of tokensOf(text)) {
    if (unseen !== '') {
      if (token.kind === 'close' && token.name === unseen) unseen = ''
    } else if (token.kind === 'text') said += token.text
    else if (token.kind === 'open' && UNSEEN.has(token.name)) unseen = token.name
    else if (!INLINE.has(token.name)) said += '\n'
  }
  return said
}
