import { counted } from '../core/text.ts'
import type { Ground } from './document.ts'
import { effectiveGroups } from './effective-groups.ts'
import { clustersOf, partitionsOf, type Row } from './scored-row.ts'

/** What some forecasts come from: how many sources, of which kind, and how many of them are independent. */
export function groundOf(rows: readonly Row[]): Ground {
  const each = partitionsOf(rows).map((partition) => effectiveGroups([partition]))
  const [bySource, byFamily = bySource] = each.map((groups) => groups ?? NOTHING)
  const isFamily = (byFamily ?? NOTHING).effective_clusters < (bySource ?? NOTHING).effective_clusters
  const least = (isFamily ? byFamily : bySource) ?? NOTHING
  const types = new Set(rows.map((r) => r.source_type))
  const families = new Set(rows.map((r) => r.unit.family))
  const [family] = families
  return {
    sources: new Set(rows.map((r) => r.source_cluster)).size,
    groups: clustersOf(rows),
    effective: least.effective_clusters,
    by: isFamily ? 'development' : 'source',
    largest_share: least.largest_share,
    kind: types.has('dataset')
      ? 'group'
      : types.size === 1 && types.has('interview')
        ? 'interview'
        : 'source',
    subject: rows.length > 1 && families.size === 1 && family ? family : null,
    rows_alone: rows.some(isRowAlone),
  }
}

const NOTHING = { effective_clusters: 0, largest_share: 0 }

const isRowAlone = ({ said, unit, source_type }: Row): boolean =>
  source_type === 'dataset' && !(said.from ?? unit).cluster

const NOUNS = { interview: 'interview', source: 'source', group: 'independent group' }

/** What counts as one: an interview or a source, or a development where that makes fewer. */
export const groupNoun = ({ sources, groups, kind }: Ground): string =>
  NOUNS[groups < sources ? 'group' : kind]

/** What makes a record tell little: few interviews, or few subjects. */
export const scarceNoun = ({ by, kind }: Ground): string => (by === 'development' ? 'subject' : NOUNS[kind])

/** "is said in one interview": what cannot be told apart from the rest of it. */
export const together = ({ sources, groups, kind }: Ground): string =>
  groups < sources
    ? 'is said about one subject'
    : kind === 'group'
      ? 'belongs to one group'
      : `is said in one ${kind}`

/** "one interview", "10 interviews about one subject (F)", "24 interviews (21 independent groups)". */
export function groundText(ground: Ground): string {
  const { sources, groups, kind, subject } = ground
  const from = sources === 1 ? `one ${NOUNS[kind]}` : counted(sources, NOUNS[kind])
  if (subject !== null && groups === 1) return `${from} about one subject (${subject})`
  if (groups === sources) return from
  return `${from} (${groups === 1 ? 'one independent group' : counted(groups, 'independent group')})`
}
