import { readFileSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { Command } from '../../src/cli/command.ts'
import { commands } from '../../src/cli/commands.ts'
import { describe, shownOption, usageOf } from '../../src/cli/help.ts'

const FILE = 'docs/commands.md'
const SETTINGS = 'docs/settings.md'

/** Markdown reads these as marks. */
const plain = (text: string) => text.replaceAll(/[<>|*_]/gu, '\\$&')
/** The same where a text has `code` of its own. */
const said = (text: string) =>
  text
    .split('`')
    .map((part, at) => (at % 2 === 0 ? plain(part) : `\`${part}\``))
    .join('')
const code = (text: string) => `\`${text.replaceAll('|', '\\|')}\``

const options = ({ options = {} }: Command) =>
  Object.keys(options).length === 0
    ? []
    : [
        ['| option | what it says |', '|---|---|'].join('\n'),
        ...Object.entries(options).map(
          ([name, option]) => `| ${code(shownOption(name, option))} | ${said(describe(option))} |`,
        ),
      ]

const section = (command: Command): string =>
  [
    `## reckon ${command.name}`,
    said(command.about.replaceAll('\n', '\n\n')),
    ['```text', usageOf(command), '```'].join('\n'),
    options(command).join('\n'),
    command.examples.map(([typed, what]) => `- ${code(typed)}: ${said(what)}`).join('\n'),
    command.problems === undefined ? '' : `Ends with 1 where ${said(command.problems)}.`,
  ]
    .filter((part) => part !== '')
    .join('\n\n')

const text = `${[
  '# Commands',
  `Every command of \`reckon\`, as its own help tells it (\`reckon COMMAND --help\`). Each takes \`--json\` and then answers as JSON. It ends with 0 when it is done, with 1 where problems were found or the ledger could not be reached, and with 2 where the command line or a [setting](${basename(SETTINGS)}) is wrong.`,
  ...commands.map(section),
].join('\n\n')}\n`

if (!process.argv.includes('--check')) writeFileSync(FILE, text)
else if (readFileSync(FILE, 'utf8') !== text) {
  console.error(`${FILE} is out of date: run node scripts/manual.js`)
  process.exitCode = 1
}
