import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { SECTIONS } from '../../src/web/reference/methods-sections.tsx'
import { SIMULATED } from '../../src/web/reference/simulated.ts'

const rules = SECTIONS.flatMap(({ rules: of }) => of)
const formulas = rules.filter(({ formula }) => formula !== undefined)

test('every formula of the methods page has a reference or is called our own, and cases that hold it', () => {
  expect(formulas.length).toBeGreaterThan(25)
  for (const { name, reference, ours, golden } of formulas) {
    expect(reference !== undefined || ours === true, name).toBe(true)
    expect(golden?.length ?? 0, name).toBeGreaterThan(0)
  }
  const files = new Set(formulas.flatMap(({ golden }) => golden ?? []))
  for (const name of files) {
    const path = `test/golden/${name}.json`
    expect(existsSync(path), path).toBe(true)
    expect(JSON.parse(readFileSync(path, 'utf8')).cases.length, path).toBeGreaterThan(0)
  }
})

test('the methods page says what no formula does', () => {
  const [meaning] = SECTIONS
  expect(meaning?.rules.map(({ name }) => name)).toEqual([
    'What is estimated',
    'How the record came about',
    'Would somebody else log the same?',
    'What moves together',
    'What a record of this size can show',
    'False alarms',
    'Many comparisons',
    '“Cannot be told” is not “equal”',
    'Whose words they are',
    'A fit is not skill',
    'A rule chose the sentence',
    'How often the range is right',
  ])
})

test('the table of docs/scoring.md, section 17, and the methods page have the figures of one run', () => {
  const [, section = ''] = readFileSync('docs/scoring.md', 'utf8').split('\n## 17. ')
  const [table = ''] = section.split('\n## ')
  const found = [...table.matchAll(/^\|.*\| at (?:least|most) \d+ \| ([\d.]+) \|$/gmu)].map(([, n]) =>
    Number(n),
  )
  const { claims_of_20, claims_of_50, lead_of_20, lead_of_50, ...worst } = SIMULATED
  expect(found).toEqual(Object.values(worst))
  expect(table).toContain(`finds ${claims_of_20} in 100 records of 20 and ${claims_of_50} of 50`)
  expect(table).toContain(`says so in ${lead_of_20} and ${lead_of_50}.`)
})
