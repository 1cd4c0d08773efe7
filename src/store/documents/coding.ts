import type { Coding } from '../../core/coding.ts'
import { codedHow } from '../../core/coding-round.ts'
import {
  type CoderAgreement,
  coderAgreement,
  outcomeAgreement,
  type Told,
} from '../../scoring/coder-agreement.ts'
import { type DecidedBlind, decidedBlind } from '../blind-outcomes.ts'
import {
  codedRounds,
  everyCodebook,
  findCoding,
  listRounds,
  type RoundRow,
  roundById,
  roundsOf,
} from '../coding.ts'
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

/** How far two agree on outcomes; `waiting` were sealed by one member, and no second has decided them. */
export type OutcomeAgreement = Told & { waiting: number }
const outcomesOf = (decided: readonly DecidedBlind[]): OutcomeAgreement => {
  const pairs = decided.flatMap(({ sealed }): [string, string][] => {
    const [first, second] = sealed.map(({ outcome }) => outcome)
    return first == null || second == null ? [] : [[String(first.outcome), String(second.outcome)]]
  })
  return { ...outcomeAgreement(pairs), waiting: decided.length - pairs.length }
}
export const outcomeAgreementOf = (source?: string): Query<OutcomeAgreement> =>
  mapped(decidedBlind(source), outcomesOf)

/** What agreement is known: of the rounds that were blind to what others had published, and on outcomes. */
export type LedgerAgreement = { agreement: CoderAgreement; outcome: OutcomeAgreement; not_blind: number }
export const ledgerAgreement = (source?: string): Query<LedgerAgreement> =>
  mapped(
    together({
      rounds: source === undefined ? codedRounds : roundsOf(source),
      outcome: outcomeAgreementOf(source),
    }),
    ({ rounds, outcome }) => {
      const coded = rounds.filter((round) => bothCodings(round) !== null)
      const blind = coded.filter(({ sent }) => codedHow(sent).blind)
      return {
        agreement: coderAgreement(
          blind.flatMap((round) => [bothCodings(round)].filter((both) => both !== null)),
        ),
        outcome,
        not_blind: coded.length - blind.length,
      }
    },
  )
export const readAgreement = (db: Database, source?: string) => ask(db, ledgerAgreement(source))

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
