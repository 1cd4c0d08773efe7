import { nameKeysOf } from '../core/analyst.ts'
import type { Draft } from '../core/entry.ts'
import { LedgerError } from '../core/error.ts'
import { slugCandidates, statementId } from '../core/slug.ts'
import { sourceKey } from '../core/source.ts'
import { addressKey } from '../core/text.ts'
import { takenIds } from '../store/lookups.ts'
import { type Ledger, randomLetters } from './ledger.ts'

type Noun = 'source' | 'analyst' | 'statement' | 'question'
type IsClaimed = (claim: string) => boolean

/** The ids that may be made of a title, the likeliest first. */
export const idsOf = (ledger: Ledger, noun: Noun, title: string): string[] =>
  slugCandidates(noun, title, randomLetters(ledger))

/** A free id made from a title. `isClaimed` knows the ids that commands on their way already hold. */
export async function freeId(
  ledger: Ledger,
  noun: Noun,
  title: string,
  isClaimed: IsClaimed,
): Promise<string> {
  const ids = idsOf(ledger, noun, title)
  return firstFree(noun, ids, await takenIds(ledger.db, [noun], ids), isClaimed)
}

/** One of these ids that is free, where it is known of the first already whether it is. */
export async function freeAmong(
  ledger: Ledger,
  noun: 'source' | 'statement',
  ids: string[],
  isFirstTaken: boolean,
  isClaimed: IsClaimed,
): Promise<string> {
  const [first] = ids
  if (first !== undefined && !isFirstTaken && !isClaimed(idClaim(noun, first))) return first
  const nouns: Noun[] = noun === 'statement' ? ['statement', 'question'] : [noun]
  return firstFree(noun, ids, await takenIds(ledger.db, nouns, ids), isClaimed)
}

/** `<source>_<slug>`, free among statements and the questions that are written in them. */
export const statementIds = (ledger: Ledger, source: string, title: string): string[] =>
  idsOf(ledger, 'statement', title).map((local) => statementId(source, local))

export function firstFree(noun: Noun, ids: string[], taken: Set<string>, isClaimed: IsClaimed): string {
  const free = ids.find((id) => !taken.has(id) && !isClaimed(idClaim(noun, id)))
  if (free === undefined) throw new LedgerError('conflict', 'No free id could be found; try again.')
  return free
}

/** Statements and the questions written in them share their ids, so they share their claims. */
export const idClaim = (noun: Noun, id: string): string => `${id.includes('_') ? 'statement' : noun}:${id}`

/** What new records lay claim to: their ids, and all by which the same would be recognised. */
export const claimsOf = (drafts: readonly Draft[]): string[] => drafts.flatMap(claimsOfOne)

function claimsOfOne({ type, payload, stream }: Draft): string[] {
  switch (type) {
    case 'analyst.recorded': {
      const { record } = payload
      return [idClaim('analyst', record.id), ...nameKeysOf(record).map((key) => `name:${key}`)]
    }
    case 'source.recorded': {
      const { record } = payload
      const same =
        record.url === undefined ? `source:${sourceKey(record)}` : `address:${addressKey(record.url)}`
      return [idClaim('source', record.id), same]
    }
    case 'statement.recorded': {
      const { id, source, analyst, quote } = payload
      return [idClaim('statement', id), `said:${source}:${analyst}:${quote.exact}`]
    }
    case 'question.recorded':
      // One that a statement asks stands and falls with that.
      return payload.id.includes('_') ? [] : [idClaim('question', payload.id), `asks:${payload.title}`]
    case 'reference.recorded':
      return [`stream:${stream}`]
    default:
      return []
  }
}
