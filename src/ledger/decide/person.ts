import { type Analyst, likeness, spellingsOf } from '../../core/analyst.ts'
import { invalid, LedgerError } from '../../core/error.ts'
import { Refused, type Statement as Sql } from '../../store/database.ts'
import { refuseNamesTaken } from '../../store/persons.ts'
import type { Deciding, WantedAnalyst } from './deciding.ts'

/**
 * Refuses a new analyst who is recorded already, or may be: somebody of another name like this one is never taken for
 * the same person in silence, nor for another. Who goes on says so by `distinct_from`. Those that a folder records side
 * by side are told apart by their ids.
 */
export function requireAnother(d: Deciding, { record, sought }: WantedAnalyst): void {
  const { distinct_from = [] } = record
  for (const [i, id] of distinct_from.entries())
    if (!d.persons.known.has(id) && !d.analysts.has(id))
      throw invalid(`/distinct_from/${i}`, `there is no analyst ${JSON.stringify(id)}`)
  if (sought === true && d.persons.like.some((other) => answersTo(other, record)))
    throw new Refused('somebody took a name since it was looked for')
  requireOwnSpelling(d, record)
  const others = d.persons.like
    .filter((other) => !toldApart(d, record, other))
    .map((other) => ({ other, by: likeness(record, other) }))
  const same = others.find(({ by }) => by === 'name')
  if (same !== undefined) throw nameTaken(same.other, true)
  const near = others.filter(({ by }) => by === 'near').map(({ other }) => other)
  if (near.length > 0) throw perhaps(record, near, 'recorded already')
  const beside = sought === true ? madeBefore(d).filter((other) => !saidApart(record, other)) : []
  const alike = beside.filter((other) => likeness(record, other) === 'near')
  if (alike.length > 0) throw perhaps(record, alike, 'named here, too')
}

/** The analysts that this batch has made so far. */
const madeBefore = ({ drafts }: Pick<Deciding, 'drafts'>): Analyst[] =>
  drafts.flatMap((draft) => (draft.type === 'analyst.recorded' ? [draft.payload.record] : []))

/** Whom the door would have found, had they been there. */
const answersTo = (other: Analyst, record: Analyst): boolean =>
  other.id !== record.id &&
  record.distinct_from?.includes(other.id) !== true &&
  ['spelling', 'name'].includes(likeness(record, other) ?? '')

const toldApart = (d: Deciding, record: Analyst, other: Analyst): boolean =>
  other.id === record.id || d.analysts.has(other.id) || saidApart(record, other)

const saidApart = (record: Analyst, other: Analyst): boolean =>
  record.distinct_from?.includes(other.id) === true || other.distinct_from?.includes(record.id) === true

/** A name as it is spelled belongs to one analyst, whatever is said. */
function requireOwnSpelling(d: Deciding, record: Analyst): void {
  const spellings = spellingsOf(record)
  const held = d.persons.like.find(
    (other) => other.id !== record.id && likeness(record, other) === 'spelling',
  )
  if (held !== undefined) throw nameTaken(held, false)
  for (const spelling of spellings) {
    const owner = d.spellings.get(spelling) ?? record
    if (owner.id !== record.id) throw nameTaken(owner, false)
    d.spellings.set(spelling, record)
  }
}

/** Refuses the batch where one of these names was taken meanwhile. */
export const besideNames = ({ drafts, analysts, persons }: Deciding): Sql[] => {
  const made = madeBefore({ drafts })
  const told = persons.like.filter(({ distinct_from = [] }) =>
    made.some(({ id }) => distinct_from.includes(id)),
  )
  return refuseNamesTaken(made, [
    ...analysts.keys(),
    ...made.flatMap(({ distinct_from = [] }) => distinct_from),
    ...told.map(({ id }) => id),
  ])
}

const told = ({ id, name }: Analyst) => ({ id, name })

export function nameTaken(analyst: Analyst, mayGoOn: boolean): LedgerError {
  const { id } = analyst
  const goOn = mayGoOn
    ? ` If this is another person, say so with distinct_from: [${JSON.stringify(id)}].`
    : ''
  return new LedgerError(
    'duplicate',
    `This name belongs to the analyst ${id}.${goOn}`,
    [{ pointer: '/name', message: `belongs to ${id}` }],
    { existing: { analyst: id }, similar: [told(analyst)] },
  )
}

const MOST_OFFERED = 5

function perhaps({ name }: Analyst, near: readonly Analyst[], where: string): LedgerError {
  const offered = near.slice(0, MOST_OFFERED).map(told)
  const who = offered.map((one) => `${one.name} (${one.id})`).join(' or ')
  const ids = JSON.stringify(offered.map(({ id }) => id))
  return new LedgerError(
    'similar',
    `“${name}” may be ${who}, ${where}. If so, use that id; if this is another person, say so with distinct_from: ${ids}.`,
    [{ pointer: '/name', message: `may be ${who}, ${where}` }],
    { existing: { analyst: offered[0]?.id ?? '' }, similar: offered },
  )
}
