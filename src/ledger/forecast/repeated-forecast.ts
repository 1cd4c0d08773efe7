import { LedgerError } from '../../core/error.ts'

/** What says again what another forecast from its source says, by the same analyst on the same question. */
export const repeats = (
  forecast: string,
  { source, analyst, question }: { source: string; analyst: string; question: string },
): LedgerError =>
  new LedgerError(
    'duplicate',
    'The same analyst answered this question in this source already.',
    [
      {
        pointer: '/question',
        message: `is answered by ${forecast} already, from the same source: log this passage as a duplicate of it (kind "duplicate", duplicate_of "${forecast}"). Only another source makes it a forecast again`,
      },
    ],
    { existing: { forecast, statement: forecast, question, source, analyst } },
  )
