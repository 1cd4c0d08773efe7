import { invalid, refuseIf } from '../../core/error.ts'
import {
  originalProblem,
  type StandingStatement,
  type Statement,
  voiceProblem,
} from '../../core/statement.ts'
import { canonicalJson } from '../../log/canonical-json.ts'
import { sameWords } from '../../reading/quote.ts'
import { draft } from '../draft.ts'
import { begun, type Deciding, decide, frozen, put, refs, type WantedStatement } from './deciding.ts'
import { checkQuote } from './quote.ts'

// To look through a longer text takes its time.
const LONG = 100_000

/** A new statement, with its quote checked. The words of one never change. */
export async function decideStatement(d: Deciding, wanted: WantedStatement): Promise<void> {
  const { id, source, analyst, quote, kind } = wanted
  const known = d.held.statement.get(id)
  if (known !== undefined) {
    const isVerified = wanted.verified_by_ear !== undefined && known.record.verified_by_ear === undefined
    if (isSame(wanted as Statement, known.record))
      if (isVerified) putVerified(d, id, { stream: known.stream, rev: known.rev + 1 })
      else d.unchanged++
    else frozen(d, 'statement', id, 'the words of a statement never change: retract it and log another')
    return
  }
  const text = (source === null ? null : d.texts.get(source)) ?? null
  if (text !== null && text.text.length > LONG) await d.ledger.pause(0)
  let checked: Partial<Statement> = {}
  decide(
    d,
    'statement',
    wanted,
    [
      () => refuseIf('/voice', kind === 'forecast' ? voiceProblem(wanted.voice) : null),
      () => requireKnown(d, 'source', source),
      () => requireKnown(d, 'analyst', analyst),
      () => requireOriginal(d, wanted),
      () => {
        if (quote !== null) checked = checkQuote(quote, text)
      },
    ],
    () => {
      const { verified_by_ear, ...said } = wanted
      const record = { ...said, ...checked } as Statement
      const about = refs(d, ['source', record.source], ['analyst', record.analyst])
      const at = { stream: begun(d, 'statement', id), rev: 0, refs: about }
      put(d, 'statement', draft(d.unit, 'statement.recorded', at, record))
      if (verified_by_ear !== undefined) putVerified(d, id, { stream: at.stream, rev: 1 })
    },
  )
}

/** That somebody listened is an entry of its own: it can come later, from somebody else. */
function putVerified(d: Deciding, statement: string, at: { stream: string; rev: number }): void {
  put(d, 'verification', draft(d.unit, 'statement.verified', at, { statement }))
}

/** Whether two records say the same; a check may have spelled the quote as its source does. */
function isSame(wanted: Statement, { quote, ...known }: Statement): boolean {
  const exact = sameWords(wanted.quote.exact, quote.exact) ? wanted.quote.exact : quote.exact
  return sameKey(wanted) === sameKey({ ...known, quote: { ...quote, exact } })
}

// What a check or a restoration may leave out of a record and still say the same.
function sameKey({ checked: _, verified_by_ear: ____, quote, ...rest }: StandingStatement): string {
  const { start: __, end: ___, ...selector } = quote
  return canonicalJson({ ...rest, quote: selector })
}

function requireKnown(d: Deciding, noun: 'analyst' | 'source', id: string | null): void {
  if (id !== null && !d.held[noun].has(id) && !d[`${noun}s`].has(id))
    throw invalid(`/${noun}`, `there is no ${noun} ${JSON.stringify(id)}`)
}

/** A duplicate repeats what is none, in the same source. */
function requireOriginal(d: Deciding, { duplicate_of, source }: WantedStatement): void {
  if (duplicate_of === undefined) return
  const original = d.statements.get(duplicate_of) ?? d.held.statement.get(duplicate_of)?.record
  if (original === undefined)
    throw invalid('/duplicate_of', `there is no statement ${JSON.stringify(duplicate_of)}`)
  const { kind } = original
  const said = original.source ?? ''
  // Of a source that could not be read nobody knows that it is another.
  refuseIf('/duplicate_of', originalProblem({ kind, source: said }, source ?? said))
}
