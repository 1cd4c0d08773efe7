import * as paths from '../../http/paths.ts'
import { counted } from '../ui/number.ts'

/** The search as the first thing to do. */
export const SearchAll = ({ n }: { n: number }) => (
  <search>
    <form action={paths.ledger()} method="get" class="search-all">
      <input
        type="search"
        name="q"
        maxlength={500}
        aria-label="Search the predictions"
        placeholder="A name, a quote, a topic"
      />
      <button type="submit">Search {counted(n, 'prediction')}</button>
    </form>
  </search>
)
