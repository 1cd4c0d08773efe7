import { languageTold, publishedOf } from '../../capture/draft.ts'
import { suggestedSteps } from '../../capture/suggestion.ts'
import type { CaptureDraft } from '../../core/capture.ts'
import type { NormalisedText } from '../../core/normalised-text.ts'
import type { Source } from '../../core/source.ts'
import { inTurns } from '../../core/steps.ts'
import { ownLexicons } from '../../ledger/lexicon/own-lexicons.ts'
import { unreadNote } from '../../reading/languages.ts'
import { findSource, type Held } from '../../store/lookups.ts'
import type { PageContext } from '../ui/page.ts'

/** The recorded source that a capture goes on in. */
export const recordedOf = async (
  { host }: PageContext,
  { source }: Pick<CaptureDraft, 'source'>,
): Promise<Held<Source> | null> => (typeof source === 'string' ? findSource(host.ledger.db, source) : null)

/** What the text proposes, in what language it is read, and why nothing is proposed where it is not. */
export async function readText(
  { host }: PageContext,
  draft: CaptureDraft,
  recorded: Held<Source> | null,
  within: NormalisedText,
) {
  const { db, pause } = host.ledger
  const language = languageTold(draft.source, recorded?.record ?? null)
  const own = await ownLexicons(db, draft.text, language)
  const published = publishedOf(draft.source, recorded?.record.published ?? null)
  const suggested = await inTurns(suggestedSteps(within, published, { language, own }), pause)
  return {
    suggested,
    language,
    published,
    reading: { language: suggested.language.tag, own },
    note: unreadNote(suggested.language),
  }
}
