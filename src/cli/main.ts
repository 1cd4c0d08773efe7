import { VERSION } from '../build.ts'
import { readConfig } from '../config.ts'
import { LedgerError } from '../core/error.ts'
import { commandOf, groupOf, readArguments, unknownCommand } from './arguments.ts'
import { type Context, Misuse, type Outcome } from './command.ts'
import { commands } from './commands.ts'
import { commandHelp, groupHelp, overview } from './help.ts'
import { progressOn } from './progress.ts'
import { harmless, terminalOf } from './terminal.ts'

const words = process.argv.slice(2)
const json = words.includes('--json')
const terminal = terminalOf(process.stdout, process.env)

const context: Context = {
  config: () => {
    try {
      // A setting that is set to nothing is not set, but for the folder to import: that means none.
      const set = Object.entries(process.env).filter(([name, value]) => value !== '' || name === 'RECKONING_IMPORT')
      return readConfig(Object.fromEntries(set))
    } catch (error) {
      throw error instanceof LedgerError ? new Misuse(error.message, 'The README lists the settings.') : error
    }
  },
  now: () => new Date(),
  terminal,
  note: (text) => process.stderr.write(`${text}\n`),
  progress: progressOn(process.stderr, () => performance.now()),
  json,
  say: (text) => process.stdout.write(`${text}\n`),
}

function helpFor(asked: readonly string[]): string | null {
  const [first] = asked
  if (first === undefined) return overview(terminal, VERSION, commands)
  const found = commandOf(commands, asked)
  if (found !== null) return commandHelp(terminal, found.command)
  const group = groupOf(commands, first)
  return group.length > 0 && asked.length === 1 ? groupHelp(terminal, first, group) : null
}

async function run(): Promise<Outcome> {
  const isHelp = words.length === 0 || words[0] === 'help' || words.includes('--help') || words.includes('-h')
  if (isHelp) {
    const asked = words.filter((word) => !word.startsWith('-')).slice(words[0] === 'help' ? 1 : 0)
    const text = helpFor(asked)
    if (text === null) throw unknownCommand(commands, asked)
    return { text, json: { help: text } }
  }
  if (words.some((word) => word === '--version' || word === '-V')) return { text: VERSION, json: { version: VERSION } }
  const found = commandOf(commands, words)
  if (found === null) throw unknownCommand(commands, words)
  return found.command.run(context, readArguments(found.command, found.rest))
}

function failed(error: unknown): number {
  const isMisuse = error instanceof Misuse
  if (!isMisuse && !(error instanceof LedgerError)) throw error
  const exit = isMisuse ? 2 : 1
  if (json) {
    const { message } = error
    const said = isMisuse ? { code: 'misuse', message, hint: error.hint } : { code: error.code, message, problems: error.problems }
    context.say(JSON.stringify({ error: said }, null, 2))
    return exit
  }
  context.note(`reckon: ${harmless(error.message)}`)
  if (isMisuse && error.hint !== null) context.note(harmless(error.hint))
  if (!isMisuse) for (const { pointer, message } of error.problems) context.note(`  ${harmless(pointer)} ${harmless(message)}`)
  return exit
}

// Whoever reads only the head of what is printed is no reason to complain.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
  throw error
})

try {
  const outcome = await run()
  if (json) context.say(JSON.stringify(outcome.json, null, 2))
  else if (outcome.text !== '') context.say(outcome.text)
  process.exitCode = outcome.exit ?? 0
} catch (error) {
  process.exitCode = failed(error)
}
