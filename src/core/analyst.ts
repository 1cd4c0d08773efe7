import * as z from 'zod'
import { Slug } from './slug.ts'
import { line, nameKey, personName, prose } from './text.ts'

/** The person whose forecasts are tracked. */
export const Analyst = z.strictObject({
  id: Slug,
  name: personName(),
  aliases: z.array(personName()).max(20).optional(),
  affiliation: line().optional(),
  role: line().optional(),
  wikidata: z
    .string()
    .regex(/^Q[1-9]\d{0,11}$/u, 'must be a Wikidata id such as Q42')
    .optional(),
  note: prose(2000).optional(),
})
export type Analyst = z.infer<typeof Analyst>

export const AnalystRequest = Analyst.omit({ id: true })
export type AnalystRequest = z.infer<typeof AnalystRequest>

/** Every name an analyst answers to, folded: an alias never makes a second person. */
export const nameKeysOf = (analyst: Pick<Analyst, 'name' | 'aliases'>): string[] => [
  ...new Set([analyst.name, ...(analyst.aliases ?? [])].map(nameKey)),
]
