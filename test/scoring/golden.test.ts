import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { differences, type GoldenFile, runGolden } from '../support/golden-adapter.ts'

const folder = new URL('../golden/', import.meta.url)
const files = readdirSync(folder).filter((name) => name.endsWith('.json'))
const read = (name: string): GoldenFile => JSON.parse(readFileSync(new URL(name, folder), 'utf8'))

describe('golden values', () => {
  test('all twelve files with their 226 cases are here', () => {
    expect(files).toHaveLength(12)
    expect(files.reduce((n, name) => n + read(name).cases.length, 0)).toBe(226)
  })

  test.each(files)('%s passes at the tolerance it states', (name) => {
    expect(runGolden(read(name)).failures).toEqual([])
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
