import type { Statement as Sql } from '../../store/database.ts'
import { requireSingle } from '../../store/forecasts.ts'
import type { Holdings } from '../../store/holdings.ts'
import type { Ledger, Unit } from '../ledger.ts'
import { begin, type Deciding, type Refused, type Wanted } from './deciding.ts'
import { decideForecast } from './forecast.ts'
import { keepingLadders } from './ladder.ts'
import { decideAnalyst, decideSource } from './nouns.ts'
import { decideOutcome } from './outcome.ts'
import { besideNames } from './person.ts'
import { decideQuestion, decideRung } from './question.ts'
import { decideReference } from './reference.ts'
import { decideStatement } from './statement.ts'
import { refuseRecordedTwice } from './twins.ts'

/** The entries that bring the ledger up to what is wanted, and all that it does not take. */
export type Decided = Pick<Deciding, 'drafts' | 'refused' | 'recorded' | 'unchanged' | 'until'> & {
  /** What refuses the batch when somebody changed what was decided on meanwhile. */
  beside: Sql[]
}
export type { Refused, Wanted }

/**
 * Decides on records by every rule there is: whatever comes into the ledger comes through here, from a form, a program,
 * a capture or a file. `held` is what the ledger holds of them, where the door has read it already.
 */
export async function decideRecords(
  ledger: Ledger,
  unit: Unit,
  wanted: Wanted,
  held?: Holdings,
): Promise<Decided> {
  const d = await begin(ledger, unit, wanted, held)
  for (const analyst of wanted.analysts) decideAnalyst(d, analyst)
  for (const source of wanted.sources) decideSource(d, source)
  for (const statement of wanted.statements) await decideStatement(d, statement)
  for (const question of wanted.questions) decideQuestion(d, question)
  for (const question of wanted.questions) decideRung(d, question)
  for (const reference of wanted.references) decideReference(d, reference)
  for (const forecast of wanted.forecasts) decideForecast(d, forecast)
  for (const question of wanted.questions) decideOutcome(d, question)
  const beside = [
    ...besideNames(d),
    ...besideAnswers(d),
    ...besideLadders(d),
    ...(await refuseRecordedTwice(d)),
  ]
  const { drafts, refused, recorded, unchanged, until } = d
  return { drafts, refused, recorded, unchanged, until, beside }
}

const besideAnswers = ({ answers }: Deciding): Sql[] => (answers.length === 0 ? [] : [requireSingle(answers)])

const besideLadders = ({ wanted, rungs, held }: Deciding): Sql[] =>
  keepingLadders(
    wanted.questions
      .map(({ record }) => record)
      .filter(({ id }) => rungs.has(id))
      .flatMap((rung) => [rung, held.question.get(rung.id)?.record ?? rung]),
  )
