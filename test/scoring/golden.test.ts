import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { differences, functions, type GoldenFile, runGolden } from '../support/golden-adapter.ts'

const folder = new URL('../golden/', import.meta.url)
const files = readdirSync(folder).filter((name) => name.endsWith('.json'))
const read = (name: string): GoldenFile => JSON.parse(readFileSync(new URL(name, folder), 'utf8'))

describe('golden values', () => {
  test('no file is empty, no case stands twice, and no function of the adapter is without its cases', () => {
    const cases = files.flatMap((name) => read(name).cases)
    expect(files.filter((name) => read(name).cases.length === 0)).toEqual([])
    expect(new Set(cases.map(({ id }) => id)).size).toBe(cases.length)
    expect(Object.keys(functions).filter((fn) => !cases.some((c) => c.fn === fn))).toEqual([])
    // These two are of one function, so the loss of one would not show above.
    expect(files).toEqual(expect.arrayContaining(['01_edge_cases_binary.json', '02_binary_real.json']))
  })

  test.each(files)('%s passes at the tolerance it states', (name) => {
    const file = read(name)
    expect(runGolden(file)).toEqual({ passed: file.cases.length, failures: [] })
  })

  test('a wrong number, a missing key, another length and an unknown function are failures', () => {
    const tolerance = { abs: 1e-12, rel: 1e-9 }
    expect(differences(1, 1.001, tolerance)).toHaveLength(1)
    expect(differences({ a: null }, {}, tolerance)).toEqual([])
    expect(differences({ a: 1 }, {}, tolerance)).toHaveLength(1)
    expect(differences([1], [1, 2], tolerance)).toHaveLength(1)
    expect(differences('Infinity', 5, tolerance)).toHaveLength(1)
    expect(differences(0.5, Number.NaN, tolerance)).toHaveLength(1)
    const cases = [{ id: 'x', fn: 'noSuch', input: {}, expected: {} }]
    expect(runGolden({ schema: '', tolerance, cases }).failures).toHaveLength(1)
  })
})
