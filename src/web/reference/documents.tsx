import { raw } from 'hono/html'
import { LedgerError } from '../../core/error.ts'
import type { DocumentPage, Documents } from '../../http/documents.ts'
import * as paths from '../../http/paths.ts'
import { Page } from '../ui/layout.tsx'
import type { PageContext, PageHandler } from '../ui/page.ts'

const nothing = () => new LedgerError('not_found', 'There is no document at this address.')

async function documentsOf({ host }: PageContext): Promise<Documents> {
  if (host.documents === undefined) throw nothing()
  return host.documents()
}

/** `/docs`: what there is to read about the program. */
export const documentsPage: PageHandler = async (context) => {
  const { '': document } = await documentsOf(context)
  return <Shown document={document as DocumentPage} context={context} isFirst />
}

/** `/docs/import`. */
export const documentPage: PageHandler = async (context) => {
  const name = context.params.name ?? ''
  const documents = await documentsOf(context)
  if (name === '' || !Object.hasOwn(documents, name)) throw nothing()
  return <Shown document={documents[name] as DocumentPage} context={context} />
}

/** From here on a list of the parts spares scrolling. */
const LONG = 4

type Props = { document: DocumentPage; context: PageContext; isFirst?: true }

const Shown = ({ document: { title, about, html, parts }, context, isFirst }: Props) => (
  <Page title={title} description={about} context={context}>
    {isFirst === true ? null : (
      <p class="crumbs">
        <a href={paths.docs()}>Documentation</a>
      </p>
    )}
    <h1>{title}</h1>
    {isFirst === true || parts.length < LONG ? null : (
      <nav aria-label="Parts of this page">
        <ul class="contents">
          {parts.map((part) => (
            <li>
              <a href={`#${part.id}`}>{part.title}</a>
            </li>
          ))}
        </ul>
      </nav>
    )}
    {/* Rendered from our own files when the program was built. */}
    <div class="document">{raw(html)}</div>
  </Page>
)
