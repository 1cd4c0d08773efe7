import type { MeasuredLexicon } from '../../core/lexicon.ts'
import { languageOf, rulesOf } from '../../reading/languages.ts'
import type { Database } from '../../store/database.ts'
import { listLexicons } from '../../store/lexicons.ts'

/** What the ledger measured itself, the newest first; nothing is asked for a language whose words are shipped. */
export async function ownLexicons(
  db: Database,
  text: string,
  told: string | undefined,
): Promise<MeasuredLexicon[]> {
  if (rulesOf(languageOf(text, told).tag)?.measured === true) return []
  return (await listLexicons(db)).map(({ record }) => record)
}
