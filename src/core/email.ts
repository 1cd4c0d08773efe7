import * as z from 'zod'

/** An address as a provider tells it: it is compared in small letters. */
export const Email = z.email('must be an e-mail address').max(254, 'must be at most 254 characters')
