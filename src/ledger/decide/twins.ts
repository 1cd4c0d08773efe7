import { type Existing, LedgerError } from '../../core/error.ts'
import type { Question } from '../../core/question.ts'
import type { Statement as Sql } from '../../store/database.ts'
import {
  findTwins,
  type Made,
  questionMade,
  refuseTwins,
  sourceMade,
  statementMade,
  type Twin,
} from '../../store/twins.ts'
import type { Deciding } from './deciding.ts'

/**
 * Refuses what would be recorded a second time, and answers what refuses it in the batch too. An id that is wanted
 * itself is none of it: an export of a ledger that holds something twice must import again.
 */
export async function refuseRecordedTwice(d: Deciding): Promise<Sql[]> {
  const made = madeBy(d)
  const { sources, questions, statements } = d.wanted
  const named = [
    ...sources.map(({ record }) => record.id),
    ...questions.map(({ record }) => record.id),
    ...statements.map(({ id }) => id),
  ]
  const nouns = new Map(made.map(({ id, noun }) => [id, noun]))
  for (const twin of await findTwins(d.ledger.db, made.filter(canStandUnseen(d)), named)) {
    if (d.wanted.isWanted?.(twin.id) === true) continue
    const noun = nouns.get(twin.of) ?? 'statement'
    // Who says the same again says the same of the question, too: one refusal is enough.
    if (noun === 'statement') d.refused = d.refused.filter((other) => !isRepeat(other, twin.of))
    d.refused.push({ noun, id: twin.of, error: TOLD[noun](twin) })
  }
  return refuseTwins(made, named)
}

const isRepeat = ({ noun, id, error }: Deciding['refused'][number], of: string) =>
  noun === 'forecast' && id === of && error.code === 'duplicate'

/** What is new. A question that a forecast asks stands and falls with the words of the forecast. */
function madeBy(d: Deciding): Made[] {
  const answers = new Map(d.wanted.forecasts.map((forecast) => [forecast.record.id, forecast]))
  const answered = new Set(d.wanted.forecasts.map(({ record }) => record.question))
  const refused = new Set(d.refused.map(({ noun, id }) => `${noun}:${id}`))
  return d.drafts.flatMap((draft) => {
    if (draft.type === 'source.recorded' && draft.rev === 0) return [sourceMade(draft.payload.record)]
    if (draft.type === 'question.recorded')
      return answered.has(draft.payload.id) || refused.has(`question:${draft.payload.id}`)
        ? []
        : [questionMade(draft.payload)]
    if (draft.type !== 'statement.recorded') return []
    const answer = answers.get(draft.payload.id)
    // What is retracted when it comes does not count, and keeps nothing else out.
    if (answer !== undefined && answer.retracted !== null) return []
    return [statementMade(draft.payload, questionOf(d, answer?.record.question ?? null))]
  })
}

const questionOf = (d: Deciding, id: string | null): Question | null =>
  id === null ? null : ((d.questions.get(id) ?? d.held.question.get(id))?.record ?? null)

/**
 * What may stand already and nobody has looked for. Where the analyst or the source is new too, nothing that they said
 * can stand yet; an address tells a source.
 */
function canStandUnseen({ held, wanted }: Deciding) {
  const sought = new Set(wanted.sources.flatMap(({ record, sought }) => (sought === true ? record.id : [])))
  return ({ noun, id, keys }: Made): boolean =>
    noun === 'source'
      ? keys.same !== null && !sought.has(id)
      : noun === 'question' ||
        (held.source.has(String(keys.source)) && held.analyst.has(String(keys.analyst)))
}

const TOLD: Record<Made['noun'], (twin: Twin) => LedgerError> = {
  source: ({ id }) =>
    new LedgerError(
      'duplicate',
      `The source with this title, publisher and date is recorded already, as ${id}. Another one has another title, an address, or another text.`,
      [{ pointer: '/title', message: `is recorded already, as ${id}` }],
      { existing: { source: id } },
    ),
  question: ({ id }) =>
    new LedgerError(
      'duplicate',
      `This question is recorded already, as ${id}, with the same criteria and deadline: refer to it by its id.`,
      [{ pointer: '/title', message: `is asked already by ${id}, with the same criteria and deadline` }],
      { existing: { question: id } },
    ),
  statement: ({ id, source, analyst, question }) => {
    const existing: Existing = {
      ...(question === null ? {} : { forecast: id, question }),
      statement: id,
      ...(source === null ? {} : { source }),
      ...(analyst === null ? {} : { analyst }),
    }
    const what =
      question === null
        ? `This remark is recorded already, as ${id}: the same words of the same analyst in the same source.`
        : `This forecast is recorded already, as ${id}: the same words of the same analyst in the same source, on the same question.`
    return new LedgerError(
      'duplicate',
      `${what} Words that stand there twice are told apart by a prefix, a suffix or a timecode.`,
      [{ pointer: '/quote', message: `is recorded already, as ${id}` }],
      { existing },
    )
  },
}
