import * as paths from '../../http/paths.ts'
import { Page } from '../ui/layout.tsx'
import type { PageContext } from '../ui/page.ts'

/** `/`: the record so far. */
export const frontPage = (context: PageContext) => (
  <Page
    title="Reckoning"
    description="Who predicted what, word for word, and what happened."
    context={context}
    active="front"
  >
    <h1>What was predicted, and what happened</h1>
    <p>
      <a href={paths.ledger()}>The ledger</a>
    </p>
  </Page>
)
