import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const folder = new URL('../../src/scoring/', import.meta.url)
const names = readdirSync(folder).filter((name) => name.endsWith('.ts'))

/** Functions without the fixed docstring: parts of a documented one, or rules and text instead of a score. */
const HAS_FORMULA = /^ \* Formula:/m

const docstrings = names.flatMap((name) => {
  const text = readFileSync(new URL(name, folder), 'utf8')
  return [...text.matchAll(/\/\*\*\n((?: \*.*\n)+?) \*\/\nexport function (\w+)/g)].map((match) => ({
    name,
    fn: match[2] as string,
    doc: match[1] as string,
  }))
})
const scoring = docstrings.filter(({ doc }) => HAS_FORMULA.test(doc))

test('every scoring function has the fixed docstring, in its order', () => {
  expect(scoring.length).toBeGreaterThan(40)
  const order = ['Formula:', 'Symbols:', 'Range:', 'Edge cases:']
  for (const { fn, doc } of scoring) {
    const places = order.map((part) => doc.indexOf(` * ${part}`))
    expect(places, fn).not.toContain(-1)
    expect(places, fn).toEqual([...places].sort((a, b) => a - b))
  }
})

test('every example in a docstring is true', async () => {
  const modules = await Promise.all(names.map((name) => import(new URL(name, folder).href)))
  const scope = Object.assign({}, ...modules) as Record<string, unknown>
  const examples = scoring.flatMap(({ fn, doc }) =>
    [...doc.matchAll(/Example: (.+) = (.+)$/gm)].map((m) => ({
      fn,
      got: m[1] as string,
      expected: m[2] as string,
    })),
  )
  expect(examples.length).toBeGreaterThan(40)
  for (const { fn, got, expected } of examples) {
    const run = (code: string) =>
      new Function(...Object.keys(scope), `return (${code})`)(...Object.values(scope))
    expect(rounded(run(got)), `${fn}: ${got}`).toEqual(rounded(run(expected)))
  }
})

function rounded(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (_, x) => (typeof x === 'number' ? Number(x.toPrecision(12)) : x)))
}
