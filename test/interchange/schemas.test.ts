import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'

test('the JSON schemas that editors use are those of the code', () => {
  const root = join(import.meta.dirname, '../..')
  expect(() =>
    execFileSync('node', ['scripts/schemas.js', '--check'], { cwd: root, stdio: 'pipe' }),
  ).not.toThrow()
})
