import { VERSION } from '../build.ts'
import { Misuse, readConfig } from '../config.ts'
import { LedgerError } from '../core/error.ts'
import { fileDamage } from '../store/disk-fault.ts'
import { commandOf, groupOf, readArguments, unknownCommand } from './arguments.ts'
import type { Apart, Context, Outcome } from './command.ts'
import { commands } from './commands.ts'
import { commandHelp, groupHelp, overview } from './help.ts'
import { progressOn } from './progress.ts'
import { harmless, type Terminal, terminalOf } from './terminal.ts'

type Output = { write: (text: string) => unknown; isTTY?: boolean; columns?: number }

/** What the world is to the command line. */
export type Surroundings = {
  environment: Record<string, string | undefined>
  stdout: Output
  stderr: Output
  now: () => Date
  /** Milliseconds of a clock that nobody sets. */
  elapsed: () => number
  /** Why the last that was written on standard error was lost, or null. */
  unheard?: () => string | null
  apart?: Apart
}

/** Does what was typed and answers the exit code: 0 done, 1 problems found or refused, 2 misuse. */
export async function run(words: readonly string[], surroundings: Surroundings): Promise<number> {
  const context = contextOf(words, surroundings)
  try {
    const { text, json, exit } = await outcomeOf(words, context)
    if (context.json && json !== undefined) context.say(JSON.stringify(json, null, 2))
    else if (!context.json && text !== '') context.say(text)
    return exit ?? 0
  } catch (error) {
    return refused(error, context)
  }
}

function contextOf(
  words: readonly string[],
  { environment, stdout, stderr, now, elapsed, unheard = () => null, apart }: Surroundings,
): Context {
  return {
    config: () => {
      // A setting that is set to nothing is not set, but for the folder to import: that means none.
      const set = Object.entries(environment).filter(
        ([name, value]) => value !== '' || name === 'RECKONING_IMPORT',
      )
      return readConfig(Object.fromEntries(set))
    },
    now,
    elapsed,
    terminal: terminalOf(stdout, environment),
    note: (text) => stderr.write(`${text}\n`),
    unheard,
    progress: progressOn(stderr, elapsed),
    apart: apart ?? null,
    json: words.includes('--json'),
    say: (text) => stdout.write(`${text}\n`),
  }
}

async function outcomeOf(words: readonly string[], context: Context): Promise<Outcome> {
  const isHelp = words.length === 0 || words[0] === 'help' || words.includes('--help') || words.includes('-h')
  if (isHelp) {
    const asked = words.filter((word) => !word.startsWith('-')).slice(words[0] === 'help' ? 1 : 0)
    const text = helpFor(asked, context.terminal)
    return { text, json: { help: text } }
  }
  if (words.some((word) => word === '--version' || word === '-V'))
    return { text: VERSION, json: { version: VERSION } }
  const found = commandOf(commands, words)
  if (found === null) throw unknownCommand(commands, words)
  return found.command.run(context, readArguments(found.command, found.rest))
}

function helpFor(asked: readonly string[], terminal: Terminal): string {
  const [first] = asked
  if (first === undefined) return overview(terminal, VERSION, commands)
  const found = commandOf(commands, asked)
  if (found !== null) return commandHelp(terminal, found.command)
  const group = groupOf(commands, first)
  if (group.length > 0 && asked.length === 1) return groupHelp(terminal, first, group)
  throw unknownCommand(commands, asked)
}

function refused(thrown: unknown, { json, note, say }: Context): number {
  const error = expected(thrown)
  if (error === null) throw thrown
  const isMisuse = error instanceof Misuse
  const exit = isMisuse ? 2 : 1
  if (json) {
    const { message } = error
    const said = isMisuse
      ? { code: 'misuse', message, hint: error.hint }
      : { code: error.code, message, problems: error.problems }
    say(JSON.stringify({ error: said }, null, 2))
    return exit
  }
  note(`reckon: ${harmless(error.message)}`)
  if (isMisuse && error.hint !== null) note(harmless(error.hint))
  if (!isMisuse)
    for (const { pointer, message } of error.problems) note(`  ${harmless(pointer)} ${harmless(message)}`)
  return exit
}

/** What a person can do something about; null for a defect. */
function expected(error: unknown): Misuse | LedgerError | null {
  if (error instanceof Misuse || error instanceof LedgerError) return error
  const { code, message } = error as { code?: unknown; message?: string }
  return typeof code === 'string' && /^(SQL|E[A-Z]+$)/u.test(code)
    ? (fileDamage(error) ?? new LedgerError('unavailable', `It could not be done: ${message}`))
    : null
}
