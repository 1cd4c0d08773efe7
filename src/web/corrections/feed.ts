import { CORRECTIONS } from '../../core/corrected.ts'
import * as paths from '../../http/paths.ts'
import type { Correction } from '../../store/corrections.ts'
import { readCorrections } from '../../store/documents/corrections.ts'
import { amendedPage, classWords } from '../ui/amended.tsx'
import { atomAnswer, uuidOf } from '../ui/atom.tsx'
import { memberNames } from '../ui/member-names.ts'
import type { PageHandler } from '../ui/page.ts'

const AT_ONCE = 50

/** What changed and why, as lines of text. */
const linesOf = ({ because, changes }: Correction): string =>
  [
    ...(because === null ? [] : [`Because: ${because}`]),
    ...changes.map(({ field, from, to }) => `${field} was: ${from ?? '—'}\n${field} is now: ${to ?? '—'}`),
  ].join('\n\n')

/** `/corrections.atom`: the latest amendments, for whoever wants to hear of them. */
export const correctionFeed: PageHandler = async ({ host, origin, head }) => {
  const { corrections, members } = await readCorrections(host.ledger.db, {}, { limit: AT_ONCE })
  const nameOf = memberNames(members)
  return atomAnswer({
    title: 'Corrections',
    subtitle: `The latest ${AT_ONCE} amendments of the record; all of them are on the page of corrections.`,
    self: origin + paths.correctionFeed(),
    page: origin + paths.corrections(),
    updated: corrections.items[0]?.at ?? head.at ?? NEVER,
    entries: corrections.items.map((correction) => ({
      id: uuidOf(correction.leaf),
      title: `${classWords(correction)}: ${CORRECTIONS[correction.type].toLowerCase()}`,
      updated: correction.at,
      author: nameOf(correction.by),
      page: origin + paths.correction(correction.seq),
      related: origin + amendedPage(correction),
      categories: [correction.class ?? 'none'],
      content: linesOf(correction),
    })),
  })
}

const NEVER = '1970-01-01T00:00:00.000Z'
