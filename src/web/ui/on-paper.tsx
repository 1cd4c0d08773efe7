import { Instant } from './date.tsx'
import type { PageContext } from './page.ts'

/** At the foot of every printed page: where it is from, which view of it was printed, and when. */
export const OnPaper = ({
  context: { origin, url, now, head },
  view,
}: {
  context: PageContext
  view?: string | undefined
}) => (
  <div class="on-paper">
    <p>
      <span class="address">{origin + url.pathname + url.search}</span>
      {view === undefined ? '' : `: ${view}`}. As of <Instant at={now} />
      {head.seq < 0 ? '' : `, entry ${head.seq.toLocaleString('en')}`}
    </p>
  </div>
)
