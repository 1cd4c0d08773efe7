import { type DaySpan, spanOf } from '../../core/calendar.ts'
import type { Source } from '../../core/source.ts'
import * as paths from '../../http/paths.ts'
import { Days, Instant } from './date.tsx'
import { IMPORTED_FILE } from './member-names.ts'
import { Original, Outlet } from './original.tsx'

/** Speaker, outlet and when it was said, each a link to its page. */
export const Byline = ({
  analyst,
  source,
  said_on,
}: {
  analyst: { id: string; name: string }
  source: Pick<Source, 'id' | 'title' | 'publisher' | 'published' | 'language'>
  said_on?: DaySpan
}) => (
  <span class="byline">
    <a class="plain" href={paths.analyst(analyst.id)}>
      <Original>{analyst.name}</Original>
    </a>
    ,{' '}
    <a class="plain" href={paths.source(source.id)}>
      <Outlet source={source} />
    </a>
    , <Days span={said_on ?? spanOf(source.published)} />
  </span>
)

/** Who wrote something down, and when; a file is nobody. */
export const WrittenBy = ({ verb, name, at }: { verb: string; name: string; at: string }) => (
  <>
    {verb} {name === IMPORTED_FILE ? 'from' : 'by'} <bdi>{name}</bdi> on <Instant at={at} />
  </>
)
