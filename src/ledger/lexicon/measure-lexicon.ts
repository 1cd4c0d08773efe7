import { futureProblem, latestDate } from '../../core/calendar.ts'
import { invalid, refuseIf } from '../../core/error.ts'
import type { MeasuredLexicon } from '../../core/lexicon.ts'
import { languageName, rulesOf } from '../../reading/languages.ts'
import { lastRev } from '../../store/forecasts.ts'
import { listLexicons } from '../../store/lexicons.ts'
import { draft } from '../draft.ts'
import { type Answer, type Ledger, newId, perform, requireRole, type Unit } from '../ledger.ts'

/**
 * Records what a newsroom measured with its own readers. From then on words of that language are read through it, in
 * this ledger alone; what was logged before keeps what it was read through.
 */
export async function measureLexicon(
  ledger: Ledger,
  unit: Unit,
  request: Omit<MeasuredLexicon, 'version'>,
): Promise<Answer> {
  requireRole(unit, 'admin')
  const { language, measured_on } = request
  if (rulesOf(language)?.measured === true)
    throw invalid(
      '/language',
      `is ${languageName(language)}, whose words surveys have measured: they are shipped`,
    )
  refuseIf('/measured_on', futureProblem(measured_on, latestDate(unit.now)))
  return perform(ledger, unit, async () => {
    const held = await listLexicons(ledger.db)
    const before = held.find(({ record }) => record.language === language)
    const at =
      before === undefined
        ? { stream: newId(ledger), rev: 0 }
        : { stream: before.stream, rev: (await lastRev(ledger.db, before.stream)) + 1 }
    const version = freeVersion(
      `own-${measured_on.slice(0, 7)}`,
      held.map(({ record }) => record.version),
    )
    return {
      entries: [draft(unit, 'lexicon.measured', at, { ...request, version })],
      claims: ['lexicon'],
      answer: 0,
    }
  })
}

/** A version names one lexicon of the ledger, whatever its language. */
function freeVersion(wanted: string, taken: readonly string[]): string {
  if (!taken.includes(wanted)) return wanted
  for (let n = 2; ; n++) if (!taken.includes(`${wanted}-${n}`)) return `${wanted}-${n}`
}
