import type { Coding, CodingRequest } from '../../core/coding.ts'
import { LedgerError, pointer } from '../../core/error.ts'
import { type NormalisedText, normalise, normalisedText } from '../../core/normalised-text.ts'
import { commitmentTo } from '../../log/commitment.ts'
import { dropCodings, findCoding, fixCoding, type KeptCoding, keepCoding } from '../../store/coding.ts'
import { findSourceText } from '../../store/lookups.ts'
import { checkQuote } from '../decide/quote.ts'
import { draft } from '../draft.ts'
import { type Answer, type Ledger, newId, requireRole, type Unit } from '../ledger.ts'
import { spend, weightOfText } from '../quota.ts'
import { onRound, roundToWork } from './round.ts'

const SUBMITTED = 'You submitted your coding already: nothing of it changes any more.'

/**
 * Keeps one's own coding as it is now, with every passage found in the text. Private: nobody else reads any of it
 * before both are in. With `rev` only over the version that was read; without, over whatever is kept.
 */
export async function saveCoding(
  ledger: Ledger,
  unit: Unit,
  round: string,
  request: CodingRequest,
  rev?: number,
): Promise<KeptCoding> {
  requireRole(unit, 'recorder')
  const { record } = await roundToWork(ledger, round, ['open'])
  const of = { round, member: unit.by.member }
  const kept = await findCoding(ledger.db, round, of.member)
  if (kept?.nonce != null) throw new LedgerError('already_decided', SUBMITTED)
  const coding = await located(ledger, record.source, request)
  const next = {
    coding,
    rev: (rev ?? kept?.rev ?? -1) + 1,
    at: unit.now.toISOString(),
  }
  const [written = []] = await ledger.db.write([
    keepCoding(of, next),
    ...(await spend(ledger.db, unit, weightOfText(JSON.stringify(coding)))),
  ])
  if (written.length === 0)
    throw new LedgerError('stale', 'Your coding was changed elsewhere meanwhile: open it again.')
  return { ...next, nonce: null }
}

/** Every passage at its place in the text, in the order of the text. */
async function located(ledger: Ledger, source: string, { passages }: CodingRequest): Promise<Coding> {
  const text = normalise((await findSourceText(ledger.db, source)) ?? '')
  const found = passages.map((passage, i) => placed(text, passage, pointer(['passages', i])))
  return { passages: found.sort((a, b) => a.start - b.start || a.end - b.end) }
}

/** Where a passage says that it stands, if its words do. */
function meantPlace(text: NormalisedText, { quote, start }: { quote: string; start?: number | undefined }) {
  if (start === undefined) return null
  const words = normalisedText(quote)
  return text.text.startsWith(words, start) ? { quote: words, start, end: start + words.length } : null
}

/** A passage at its place in the text; `at` is where it stands in the request. */
export function placed<P extends { quote: string; start?: number | undefined }>(
  text: NormalisedText,
  passage: P,
  at: string,
): P & { start: number; end: number } {
  const meant = meantPlace(text, passage)
  if (meant !== null) return { ...passage, ...meant }
  try {
    const { exact, start = 0, end = 0 } = checkQuote(passage.quote, text).quote
    return { ...passage, quote: exact, start, end }
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error
    const problems = error.problems.map((problem) => ({ ...problem, pointer: at + problem.pointer }))
    throw new LedgerError(error.code, error.message, problems)
  }
}

/**
 * Submits what one keeps. The first time the log learns no more than a hash of it; with the second coding both are
 * shown in the same batch, so that neither coder could have seen the other's.
 */
export const submitCoding = (ledger: Ledger, unit: Unit, id: string): Promise<Answer> =>
  onRound(ledger, unit, id, ['open'], async (round, at) => {
    const { member } = unit.by
    if (round.sent.some(({ by }) => by === member)) throw new LedgerError('already_decided', SUBMITTED)
    const own = await findCoding(ledger.db, id, member)
    if (own === null)
      throw new LedgerError(
        'invalid',
        'You have kept no coding of this text yet. Where nothing in it is a forecast, keep an empty one.',
      )
    const nonce = newId(ledger)
    const submitted = draft(unit, 'coding.submitted', at, {
      round: id,
      commitment: commitmentTo(nonce, own.coding),
    })
    const fixed = fixCoding({ round: id, member }, own.rev, nonce)
    const [other] = round.sent
    if (other === undefined) return { entries: [submitted], beside: fixed }
    const theirs = await findCoding(ledger.db, id, other.by)
    if (theirs?.nonce == null)
      throw new LedgerError(
        'damaged',
        'The coding that was submitted first is not kept here any more: close this round and open another.',
      )
    const shown = [
      { coder: member, nonce, coding: own.coding },
      { coder: other.by, nonce: theirs.nonce, coding: theirs.coding },
    ].sort((a, b) => (a.nonce < b.nonce ? -1 : 1))
    return {
      entries: [
        submitted,
        ...shown.map((one, i) =>
          draft(unit, 'coding.revealed', { stream: at.stream, rev: at.rev + 1 + i }, { round: id, ...one }),
        ),
      ],
      beside: [...fixed, dropCodings(id)],
    }
  })
