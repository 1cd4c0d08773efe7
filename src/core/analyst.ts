import * as z from 'zod'
import { jsonSchema } from './json-schema.ts'
import { isNear, nameKey, nearKeys } from './name.ts'
import { Slug } from './slug.ts'
import { caseKey, line, personName, prose } from './text.ts'

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
  /** Analysts of a name like this one who are somebody else. */
  distinct_from: z.array(Slug).max(20).optional().register(jsonSchema, {
    description: 'Ids of recorded analysts whose names are like this one and who are other people.',
  }),
})
export type Analyst = z.infer<typeof Analyst>

/** A new analyst; the id is made from the name where that can be written in Latin letters. */
export const AnalystRequest = Analyst.extend({ id: Slug.optional() })
export type AnalystRequest = z.infer<typeof AnalystRequest>

type Named = Pick<Analyst, 'name' | 'aliases'>
const namesOf = ({ name, aliases = [] }: Named): string[] => [name, ...aliases]
const keysOf = (analyst: Named, key: (name: string) => string): string[] => [
  ...new Set(namesOf(analyst).map(key)),
]

/** Every name an analyst answers to, folded: an alias never makes a second person. */
export const nameKeysOf = (analyst: Named): string[] => keysOf(analyst, nameKey)
/** The same with their marks: under one of these nobody else can be recorded. */
export const spellingsOf = (analyst: Named): string[] => keysOf(analyst, caseKey)
/** By what somebody whose name is like theirs is looked up. */
export const nearKeysOf = (analyst: Named): string[] => [...new Set(namesOf(analyst).flatMap(nearKeys))]

const meet = (some: readonly string[], others: readonly string[]): boolean =>
  some.some((one) => others.includes(one))

/** Whether two records are of one person: by a name that is spelled alike, or folded alike; or may be, by one that is near. */
export function likeness(one: Named, other: Named): 'spelling' | 'name' | 'near' | null {
  if (meet(spellingsOf(one), spellingsOf(other))) return 'spelling'
  if (meet(nameKeysOf(one), nameKeysOf(other))) return 'name'
  return namesOf(one).some((name) => namesOf(other).some((held) => isNear(name, held))) ? 'near' : null
}

/** Whom of those that answer to a name it means: who spells it so, or else everybody whose name is folded alike. */
export function meant<T extends { record: Analyst }>(
  request: Named & Pick<Analyst, 'distinct_from'>,
  found: readonly T[],
): T[] {
  const others = found.filter(({ record }) => request.distinct_from?.includes(record.id) !== true)
  const exact = others.filter(({ record }) => likeness(request, record) === 'spelling')
  return exact.length > 0 ? exact : others
}
