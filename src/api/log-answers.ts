import * as z from 'zod'

export const ReceiptAddress = z
  .string()
  .describe(
    'Where the proof of the entry is, c2sp.org/tlog-proof@v1, as soon as a signed checkpoint holds it: within a minute.',
  )
