import { canonicalJson } from '../log/canonical-json.ts'
import { common, insert, type Projector } from './projection-sql.ts'

/** What the newsroom measured with its own readers: every lexicon there was, for the forecasts read through it. */
export const lexiconProjectors: readonly Projector[] = [
  insert(
    'lexicon.measured',
    'lexicon',
    ['version', 'language', 'stream', 'seq', 'at', 'by', 'record'],
    (event) => [
      {
        ...common(event),
        version: event.payload.version,
        language: event.payload.language,
        record: canonicalJson(event.payload),
      },
    ],
  ),
]
