import * as z from 'zod'

/** A BCP 47 tag: the language in small letters, then script, region and so on. */
export const LanguageTag = z
  .string()
  .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/u, 'must be a language tag such as en or pt-BR')

const RIGHT_TO_LEFT =
  /^(?:ar|arc|ckb|dv|fa|he|ks|ku-Arab|nqo|ps|sd|syr|ug|ur|yi)(?:-|$)|-(?:Arab|Hebr|Thaa|Nkoo)(?:-|$)/iu

/** Which way a language is written; of any other, and of one that is not known, the letters themselves tell. */
export const directionOf = (tag: string | undefined): 'rtl' | 'auto' =>
  tag !== undefined && RIGHT_TO_LEFT.test(tag) ? 'rtl' : 'auto'
