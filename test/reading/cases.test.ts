import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { reported } from '../../scripts/reading/report.ts'
import { atOnce } from '../../src/core/steps.ts'
import { readingAnswerSteps } from '../../src/reading/reading-answer.ts'

const CASES = 'test/reading/cases'

// What `npm run reading` prints: 95 % of each kind, no inversion, and no stated number ignored.
test.each(readdirSync(CASES))(
  'of %s nearly all is read right, and nothing on the wrong side of one half',
  (name) => {
    const file = { name, json: JSON.parse(readFileSync(`${CASES}/${name}`, 'utf8')) }
    const { lines, passed } = reported(
      [file],
      (text, { published }) => atOnce(readingAnswerSteps(text, published)),
      true,
    )
    expect(passed, lines.join('\n')).toBe(true)
  },
)
