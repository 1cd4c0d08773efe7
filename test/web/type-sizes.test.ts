import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const STYLE = new URL('../../src/web/style', import.meta.url).pathname

test('every text has one of seven sizes', () => {
  const sheets = readdirSync(STYLE).filter((name) => name.endsWith('.css'))
  const found = sheets.flatMap((name) => {
    const css = readFileSync(join(STYLE, name), 'utf8').replaceAll(/\/\*.*?\*\//gsu, '')
    const declared = [...css.matchAll(/[{;]\s*(font(?:-size)?:[^;}]*)/gu)].map(([, text = '']) => text)
    return (
      declared
        .filter((text) => !/var\(--(?:size|step)-|inherit/u.test(text))
        // Code is as large as the words around it; paper has its own measure.
        .filter((text) => !/0\.9em/u.test(text) && name !== 'print.css')
        .map((text) => `${name}: ${text}`)
    )
  })
  expect(found).toEqual([])
  const tokens = readFileSync(join(STYLE, 'tokens.css'), 'utf8')
  const sizes = new Set([...tokens.matchAll(/--size-\d+: ([\d.]+)rem/gu)].map(([, rem]) => Number(rem) * 16))
  expect([...sizes]).toEqual([13, 14, 16, 18, 22, 30, 44])
})
