import * as z from 'zod'
import { ProbabilityRequest, ProbabilitySent } from '../core/forecast.ts'
import { type Schema, unwrapped, within } from '../core/schema-shape.ts'
import { writtenTexts } from '../core/text.ts'
import { type Finding, shown } from './finding.ts'
import type { YamlDocument } from './yaml-document.ts'

// An answer that is a word of ours is no text that somebody wrote.
const ANSWERS = new Set(['yes', 'no', 'annulled'])

/** Texts out of quotation marks with a comment behind them, which may have been meant as their end. */
export function cutTexts({ commented, finding }: YamlDocument, schema: Schema): Finding[] {
  return commented
    .filter(({ at, value }) => {
      const schemas = at.reduce<Schema[]>(
        (found, part) => within(found.flatMap(open), part),
        unwrapped(schema),
      )
      const isOther = schemas.some((other) => !writtenTexts.has(other) && takes(other, value))
      return schemas.some((one) => writtenTexts.has(one)) && !isOther && !ANSWERS.has(value)
    })
    .map(({ at, value }) =>
      finding(at, {
        code: 'yaml_comment',
        message: `the text ends with ${shown(value.slice(-40))}: from " #" on it is a comment`,
        remedy: 'Put the whole text in quotation marks; or give the comment a line of its own.',
      }),
    )
}

/** The branches of a probability stand behind the choice among them. */
const open = (schema: Schema): Schema[] =>
  schema === ProbabilityRequest ? unwrapped(ProbabilitySent) : [schema]

const takes = (schema: Schema, value: unknown): boolean => z.core.safeParse(schema, value).success
