import { alignedPassages } from '../../core/alignment.ts'
import { type AdjudicationRequest, jointOf } from '../../core/coding.ts'
import { adjudicatorProblem } from '../../core/coding-round.ts'
import { invalid, LedgerError } from '../../core/error.ts'
import { acts } from '../../core/member.ts'
import type { RoundRow } from '../../store/coding.ts'
import { listMembers } from '../../store/members.ts'
import { draft } from '../draft.ts'
import type { Answer, Ledger, Unit } from '../ledger.ts'
import { onRound } from './round.ts'

/** What an adjudicator decides between, without names: the readings in the order in which the page shows them. */
export const pairsOf = ({ sent }: Pick<RoundRow, 'sent'>) =>
  alignedPassages(sent[0]?.coding?.passages ?? [], sent[1]?.coding?.passages ?? [])

/** Records the joint reading of two codings; both stay beside it. */
export const adjudicate = (
  ledger: Ledger,
  unit: Unit,
  id: string,
  { takes, because }: AdjudicationRequest,
): Promise<Answer> =>
  onRound(ledger, unit, id, ['coded'], async (round, at) => {
    const recorders = (await listMembers(ledger.db)).filter((one) => acts(one, 'recorder')).length
    const problem = adjudicatorProblem(
      round.sent.map(({ by }) => by),
      unit.by.member,
      recorders,
    )
    if (problem !== null) throw new LedgerError('four_eyes', problem)
    const pairs = pairsOf(round)
    if (takes.length !== pairs.length)
      throw invalid('/takes', `must decide on each of the ${pairs.length} pairs of readings, in their order`)
    const passages = pairs.flatMap((pair, i) => {
      const take = takes[i] ?? 'neither'
      if (take === 'neither') return []
      const taken = pair[take]
      if (taken === null) throw invalid(`/takes/${i}`, 'takes a reading that is not there')
      return [jointOf(taken)]
    })
    const joint = { round: id, passages, ...(because === undefined ? {} : { because }) }
    return { entries: [draft(unit, 'coding.adjudicated', at, joint)] }
  })
