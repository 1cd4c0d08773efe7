import * as z from 'zod'

/** A base64url SHA-256: what was sealed is shown with its nonce once both are in. */
export const Commitment = z.string().regex(/^[A-Za-z0-9_-]{43}$/u)
export const Nonce = z.string().regex(/^[A-Za-z0-9_-]{22}$/u)
