import { alignedPassages } from '../../core/alignment.ts'
import { type AdjudicationRequest, type JointPassage, jointOf, originOf } from '../../core/coding.ts'
import { adjudicatorProblem } from '../../core/coding-round.ts'
import { invalid, LedgerError, pointer } from '../../core/error.ts'
import { acts } from '../../core/member.ts'
import { normalise } from '../../core/normalised-text.ts'
import type { RoundRow } from '../../store/coding.ts'
import { findSourceText } from '../../store/lookups.ts'
import { listMembers } from '../../store/members.ts'
import { draft } from '../draft.ts'
import type { Answer, Ledger, Unit } from '../ledger.ts'
import { placed } from './code.ts'
import { onRound } from './round.ts'

const passagesOf = ({ sent }: Pick<RoundRow, 'sent'>) => sent.map(({ coding }) => coding?.passages ?? [])

/** What an adjudicator decides between, without names: the readings in the order in which the page shows them. */
export const pairsOf = (round: Pick<RoundRow, 'sent'>) => {
  const [first = [], second = []] = passagesOf(round)
  return alignedPassages(first, second)
}

/** Records the joint reading of two codings, and of each passage who read it so; both codings stay beside it. */
export const adjudicate = (
  ledger: Ledger,
  unit: Unit,
  id: string,
  request: AdjudicationRequest,
): Promise<Answer> =>
  onRound(ledger, unit, id, ['coded'], async (round, at) => {
    const recorders = (await listMembers(ledger.db)).filter((one) => acts(one, 'recorder')).length
    const problem = adjudicatorProblem(
      round.sent.map(({ by }) => by),
      unit.by.member,
      recorders,
    )
    if (problem !== null) throw new LedgerError('four_eyes', problem)
    const codings = passagesOf(round)
    const passages = [...taken(round, request), ...(await ownOf(ledger, round, request))]
      .sort((a, b) => a.start - b.start || a.end - b.end)
      .map((passage): JointPassage => ({ ...passage, origin: originOf(passage, codings) }))
    const { because } = request
    const joint = { round: id, passages, ...(because === undefined ? {} : { because }) }
    return { entries: [draft(unit, 'coding.adjudicated', at, joint)] }
  })

/** The readings of the coders that were taken. */
function taken(round: RoundRow, { takes }: AdjudicationRequest): JointPassage[] {
  const pairs = pairsOf(round)
  if (takes.length !== pairs.length)
    throw invalid('/takes', `must decide on each of the ${pairs.length} pairs of readings, in their order`)
  return pairs.flatMap((pair, i) => {
    const take = takes[i]
    if (take !== 'first' && take !== 'second') return []
    const read = pair[take]
    if (read === null) throw invalid(`/takes/${i}`, 'takes a reading that is not there')
    return [jointOf(read)]
  })
}

/** What who adjudicates reads otherwise than both, and what neither marked. */
async function ownOf(
  { db }: Ledger,
  { record }: RoundRow,
  { takes, own = [] }: AdjudicationRequest,
): Promise<JointPassage[]> {
  const wanted = takes.filter((take) => take === 'own').length
  if (own.length < wanted)
    throw invalid('/own', `must hold a reading for each of the ${wanted} takes that are your own`)
  if (own.length === 0) return []
  const text = normalise((await findSourceText(db, record.source)) ?? '')
  return own.map((passage, i) => placed(text, passage, pointer(['own', i])))
}
