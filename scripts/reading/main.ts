import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { atOnce } from '../../src/core/steps.ts'
import { readingAnswerSteps } from '../../src/reading/reading-answer.ts'
import { reported } from './report.ts'

const { values, positionals } = parseArgs({
  options: { verbose: { type: 'boolean', short: 'v', default: false } },
  allowPositionals: true,
})
const files = positionals.map((name) => ({ name, json: JSON.parse(readFileSync(name, 'utf8')) }))
const { lines, passed } = reported(
  files,
  (text, { published }) => atOnce(readingAnswerSteps(text, published)),
  values.verbose,
)
for (const line of lines) console.log(line)
if (files.length === 0) console.error('Name a file: npm run reading -- test/reading/cases/*.json')
process.exitCode = passed ? 0 : 1
