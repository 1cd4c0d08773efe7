import { expect } from 'vitest'
import { type ReadOptions, readFolder } from '../../src/interchange/predictions-file.ts'

export const ANALYSTS = {
  path: 'analysts.yaml',
  bytes: 'analysts:\n  - {id: jane-roe, name: Jane Roe, aliases: [J. Roe]}\n',
}
/** The smallest source with one resolved forecast, without a fault. */
export const TALK = `source:
  id: talk
  type: interview
  title: A talk
  published: 2024-04-08
  coverage: complete
analyst: jane-roe
tags: [caucasus]
statements:
  - id: war
    quote: by the end of next year there will be no war
    question:
      title: A new war begins
      criteria: Yes if war is declared.
      deadline: {date: 2025-04-08, time_zone: Asia/Yerevan, because: House rule.}
    probability: {words: there will be no war, categorical: "no"}
    resolution:
      outcome: "no"
      known_on: 2025-04-09
      evidence:
        - {url: https://example.org/peace, says: Peace., accessed: 2025-05-01}
      rationale: Nothing was declared.
`

/** The same with passages replaced, each of which must be there. */
export const talk = (...changes: [string, string][]) =>
  changes.reduce((text, [from, to]) => {
    expect(text).toContain(from)
    return text.replace(from, to)
  }, TALK)

export const read = (bytes: Uint8Array | string, options: ReadOptions = {}, others = [ANALYSTS]) =>
  readFolder([{ path: '2024/talk.yaml', bytes }, ...others], options)

/** The findings as `line:column level code`. */
export const codes = (...given: Parameters<typeof read>) =>
  read(...given).findings.map(({ line, column, level, code }) => `${line}:${column} ${level} ${code}`)
