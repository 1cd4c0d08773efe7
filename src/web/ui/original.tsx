import { scriptTag } from '../../core/script.ts'
import type { Source } from '../../core/source.ts'

type OriginalProps = {
  /** The language in which it was said or written, where that is known. */
  language?: string | undefined
  children: string
}

/** A name, a title or words in the language they are in: by what is known of it, or else by their letters. */
export const Original = ({ language, children }: OriginalProps) => (
  <bdi dir="auto" lang={language ?? scriptTag(children)}>
    {children}
  </bdi>
)

/** Where it was said: the outlet, whose name may be in any language, or the title. */
export const Outlet = ({ source }: { source: Pick<Source, 'publisher' | 'title' | 'language'> }) =>
  source.publisher === undefined ? (
    <Original language={source.language}>{source.title}</Original>
  ) : (
    <Original>{source.publisher}</Original>
  )
