import { describe, expect, test } from 'vitest'
import { Finding } from '../../src/scoring/document.ts'
import { assess } from '../../src/scoring/eligibility.ts'
import { isWords } from '../../src/scoring/forecast-unit.ts'
import { trackRecord } from '../../src/scoring/track-record.ts'
import { generatedAnalysts } from '../support/generated-analysts.ts'
import { AS_OF, LOGGING, noNaN } from './a-unit.ts'

const analysts = generatedAnalysts()
const units = analysts.flatMap((analyst) => analyst.units)
const statusesOf = (name: string) => [
  ...new Set(analysts.find((a) => a.name === name)?.units.map((u) => assess(u, AS_OF).status)),
]

describe('the thirty generated analysts', () => {
  test('are thirty, each with a name and a content of its own, the same at every call', () => {
    expect(analysts).toHaveLength(30)
    expect(new Set(analysts.map(({ name }) => name)).size).toBe(30)
    expect(new Set(analysts.map(({ what }) => what)).size).toBe(30)
    for (const { units } of analysts) expect(new Set(units.map(({ id }) => id)).size).toBe(units.length)
    expect(generatedAnalysts()).toEqual(analysts)
  })

  test('hold every kind of probability, of question and of what can become of a forecast', () => {
    expect(new Set(units.map(({ type }) => type)).size).toBe(4)
    expect(new Set(units.map((u) => assess(u, AS_OF).status)).size).toBe(12)
    const said = units.flatMap(({ statements }) => statements.map(({ probability }) => probability))
    const kinds = said.map((p) =>
      typeof p === 'number' ? 'number' : isWords(p) ? 'phrase' : Object.keys(p)[0],
    )
    for (const kind of ['number', 'phrase', 'low', 'words', 'quantiles', 'interval', 'Greens'])
      expect(kinds).toContain(kind)
    expect(units.some((u) => u.type === 'date' && u.outcome === null)).toBe(true)
    expect(units.some((u) => u.statements.length > 2)).toBe(true)
  })

  test('are what is said of them', () => {
    expect(statusesOf('Bruno Wait').sort()).toEqual(['awaiting_deadline', 'due', 'open', 'proposed'])
    expect(statusesOf('Carla Moot')).toEqual(['annulled'])
    expect(statusesOf('Olga Wohl').sort()).toEqual(['too_vague', 'unmeasured'])
    for (const name of ['Falk Right', 'Vera Learns', 'Wim Retreats', 'Yara After', 'Emil Rows', 'Tove Date'])
      expect(statusesOf(name), name).toEqual(['scored'])
  })

  const records = analysts.map(({ name, units }) =>
    trackRecord(units, { name, as_of: AS_OF, logging: LOGGING, simulate: null }),
  )

  test('have a record without a figure that is none', () => {
    for (const record of records) noNaN(record)
  })

  test('are led by every rule there is', () => {
    const rules = new Set(records.map(({ finding }) => finding.rule))
    expect([...rules].sort()).toEqual([...Finding.shape.rule.options].sort())
  })
})
