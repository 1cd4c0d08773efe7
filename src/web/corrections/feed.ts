import { CORRECTIONS } from '../../core/corrected.ts'
import * as paths from '../../http/paths.ts'
import type { Correction } from '../../store/corrections.ts'
import { readCorrections } from '../../store/documents/corrections.ts'
import { escaped } from '../share/flow.ts'
import { amendedPage, classWords } from '../ui/amended.tsx'
import type { PageHandler } from '../ui/page.ts'

const AT_ONCE = 50

/** An id that is the same wherever the ledger is served: a UUID (version 8) of the leaf hash of the entry. */
function uuidOf(leaf: string): string {
  const hex = `${leaf.slice(0, 12)}8${leaf.slice(13, 16)}a${leaf.slice(17, 32)}`
  return `urn:uuid:${hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/u, '$1-$2-$3-$4-$5')}`
}

/** What changed and why, as lines of text. */
const linesOf = ({ because, changes }: Correction): string =>
  [
    ...(because === null ? [] : [`Because: ${because}`]),
    ...changes.map(({ field, from, to }) => `${field} was: ${from ?? '—'}\n${field} is now: ${to ?? '—'}`),
  ].join('\n\n')

/** `/corrections.atom`: the latest amendments, for whoever wants to hear of them. */
export const correctionFeed: PageHandler = async ({ host, origin, head }) => {
  const { corrections } = await readCorrections(host.ledger.db, {}, { limit: AT_ONCE })
  const self = origin + paths.correctionFeed()
  const updated = corrections.items[0]?.at ?? head.at ?? '1970-01-01T00:00:00.000Z'
  const entry = (correction: Correction) =>
    [
      '<entry>',
      `<id>${uuidOf(correction.leaf)}</id>`,
      `<title>${escaped(`${classWords(correction)}: ${CORRECTIONS[correction.type].toLowerCase()}`)}</title>`,
      `<updated>${correction.at}</updated>`,
      `<link rel="alternate" href="${escaped(origin + paths.correction(correction.seq))}"/>`,
      `<link rel="related" href="${escaped(origin + amendedPage(correction))}"/>`,
      `<category term="${escaped(correction.class ?? 'none')}"/>`,
      `<content type="text">${escaped(linesOf(correction))}</content>`,
      '</entry>',
    ].join('')
  const feed = [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<feed xmlns="http://www.w3.org/2005/Atom">',
    `<id>${escaped(self)}</id>`,
    '<title>Corrections · Reckoning</title>',
    `<updated>${updated}</updated>`,
    '<author><name>Reckoning</name></author>',
    `<link rel="self" type="application/atom+xml" href="${escaped(self)}"/>`,
    `<link rel="alternate" type="text/html" href="${escaped(origin + paths.corrections())}"/>`,
    ...corrections.items.map(entry),
    '</feed>',
    '',
  ].join('\n')
  return new Response(feed, { headers: { 'content-type': 'application/atom+xml; charset=utf-8' } })
}
