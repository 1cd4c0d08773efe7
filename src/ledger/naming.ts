import { LedgerError } from '../core/error.ts'
import { slugCandidates, statementId } from '../core/slug.ts'
import { takenIds } from '../store/lookups.ts'
import { randomLetters, type Ledger } from './ledger.ts'

type Noun = 'source' | 'analyst' | 'statement' | 'question'

/**
 * A free id made from a title. `isClaimed` knows the ids that commands on their way already hold. With `within` (a
 * source) the id is `<source>_<slug>`, and free among statements and questions alike.
 */
export async function freeId(
  ledger: Ledger,
  noun: Noun,
  title: string,
  isClaimed: (claim: string) => boolean,
  within?: string,
): Promise<string> {
  const locals = slugCandidates(noun, title, randomLetters(ledger))
  const ids = within === undefined ? locals : locals.map((local) => statementId(within, local))
  const taken = await takenIds(ledger.db, within === undefined ? [noun] : ['statement', 'question'], ids)
  const free = ids.find((id) => !taken.has(id) && !isClaimed(idClaim(noun, id)))
  if (free === undefined) throw new LedgerError('conflict', 'No free id could be found; try again.')
  return free
}

/** Statements and the questions written in them share their ids, so they share their claims. */
export const idClaim = (noun: Noun, id: string): string => `${id.includes('_') ? 'statement' : noun}:${id}`
