import type { Coding } from '../../core/coding.ts'
import { codedHow } from '../../core/coding-round.ts'
import { type CoderAgreement, coderAgreement } from '../../scoring/coder-agreement.ts'
import { codedRounds, everyCodebook, findCoding, listRounds, type RoundRow, roundById } from '../coding.ts'
import type { Database } from '../database.ts'
import { findSource, findSourceText } from '../lookups.ts'
import { everyMember } from '../members.ts'
import { ask, mapped, type PageRequest, type Query, together } from '../query.ts'

/** Both codings of a round, or null before they are shown. */
export const bothCodings = ({ sent }: Pick<RoundRow, 'sent'>): [Coding, Coding] | null => {
  const [first, second] = sent.map(({ coding }) => coding)
  return first == null || second == null ? null : [first, second]
}

/** Agreement inside of one round; null before both codings are in. */
export function roundAgreement(round: RoundRow): CoderAgreement | null {
  const both = bothCodings(round)
  return both === null ? null : coderAgreement([both])
}

/** What agreement is known of all rounds: of those that were blind to what others had published. */
export type LedgerAgreement = { agreement: CoderAgreement; not_blind: number }
export const ledgerAgreement: Query<LedgerAgreement> = mapped(codedRounds, (rounds) => {
  const blind = rounds.filter(({ sent }) => codedHow(sent).blind)
  return {
    agreement: coderAgreement(
      blind.flatMap((round) => [bothCodings(round) ?? []].filter((both) => both.length === 2)) as [
        Coding,
        Coding,
      ][],
    ),
    not_blind: rounds.length - blind.length,
  }
})
export const readAgreement = (db: Database) => ask(db, ledgerAgreement)

/** A round with the codebooks, of which it names one, and the members. */
export const readRound = (db: Database, id: string) =>
  ask(db, together({ round: roundById(id), codebooks: everyCodebook, members: everyMember }))

export const readCodebooks = (db: Database) => ask(db, everyCodebook)
export const readRounds = (db: Database, page: PageRequest) => listRounds(db, page)

/** What a coder is given, and nothing else: the text, the codebooks and what they keep themselves. */
export async function readRoundToCode(db: Database, id: string, member: string) {
  const { round, codebooks } = await readRound(db, id)
  const source = round?.record.source ?? ''
  const [held, text, kept] = await Promise.all([
    findSource(db, source),
    findSourceText(db, source),
    findCoding(db, id, member),
  ])
  return { round, codebooks, source: held, text, kept }
}
