import { commonOptions } from './arguments.ts'
import type { Command, Option } from './command.ts'
import { padEnd, styled, type Terminal, widthOf, wrapped } from './terminal.ts'

const INDENT = '  '

const title = (terminal: Terminal, text: string) => styled(terminal, 'bold', text)

/** Names on the left, what they are on the right, wrapped to the terminal. */
function pairs(terminal: Terminal, items: readonly (readonly [string, string])[]): string[] {
  const left = Math.min(Math.max(...items.map(([name]) => widthOf(name))), Math.floor(terminal.width * 0.45))
  return items.flatMap(([name, about]) => {
    const [first = '', ...more] = wrapped(about, terminal.width - left - 4)
    const margin = ' '.repeat(left + 4)
    const rest = more.map((line) => margin + line)
    if (widthOf(name) > left) return [INDENT + name, margin + first, ...rest]
    return [`${INDENT}${padEnd(name, left)}  ${first}`, ...rest]
  })
}

export const shownOption = (name: string, option: Option) =>
  `--${name}${option.value === undefined ? '' : ` ${option.value}`}`

/** `--name LABEL --role ROLE [--member ID]`. */
export function usageOf(command: Command): string {
  const options = Object.entries(command.options ?? {}).map(([name, option]) => {
    const shown = `${shownOption(name, option)}${option.repeats === true ? ' …' : ''}`
    return option.required === true ? shown : `[${shown}]`
  })
  return [
    'reckon',
    command.name,
    ...(command.operands === undefined ? [] : [command.operands.shown]),
    ...options,
  ].join(' ')
}

/** What one command does, with examples and exit codes. */
export function commandHelp(terminal: Terminal, command: Command): string {
  const options = { ...command.options, ...commonOptions }
  const say = (text: string) => wrapped(text, terminal.width, INDENT)
  return [
    title(terminal, `reckon ${command.name}`),
    ...say(command.summary),
    '',
    title(terminal, 'Usage'),
    ...say(usageOf(command)),
    '',
    title(terminal, 'What it does'),
    ...command.about.split('\n').flatMap(say),
    '',
    title(terminal, 'Options'),
    ...pairs(
      terminal,
      Object.entries(options).map(([name, option]) => [shownOption(name, option), describe(option)]),
    ),
    '',
    title(terminal, 'Examples'),
    ...command.examples.flatMap(([typed, what]) => [
      `${INDENT}${typed}`,
      ...wrapped(what, terminal.width, '      '),
    ]),
    '',
    title(terminal, 'Exit codes'),
    ...pairs(terminal, [
      ['0', 'done'],
      ['1', command.problems ?? 'refused, or the ledger could not be reached'],
      ['2', 'the command line or a setting is wrong'],
    ]),
  ].join('\n')
}

export const describe = ({ about, choices }: Option) =>
  choices === undefined ? about : `${about}: ${choices.join(', ')}`

/** The commands that share a first word. */
export const groupHelp = (terminal: Terminal, word: string, group: readonly Command[]): string =>
  [
    title(terminal, `reckon ${word}`),
    ...pairs(
      terminal,
      group.map(({ name, summary }) => [name, summary]),
    ),
    '',
    ...wrapped(`reckon ${word} COMMAND --help says more of each.`, terminal.width),
  ].join('\n')

/** Every command in a line. */
export const overview = (terminal: Terminal, version: string, commands: readonly Command[]): string =>
  [
    ...wrapped(`Reckoning ${version}: a ledger of other people's predictions`, terminal.width).map((line) =>
      title(terminal, line),
    ),
    ...wrapped(
      'It logs what an expert said, flags what is due, resolves it with evidence and shows the track record.',
      terminal.width,
    ),
    '',
    title(terminal, 'Usage'),
    `${INDENT}reckon COMMAND [--help] [--json]`,
    '',
    title(terminal, 'Commands'),
    ...pairs(
      terminal,
      commands.map(({ name, summary }) => [name, summary]),
    ),
    '',
    title(terminal, 'First steps'),
    ...pairs(terminal, [
      ['reckon serve', 'starts the pages and the API, and prints where'],
      ['reckon due', 'says what needs a decision'],
      ['reckon COMMAND --help', 'teaches one command'],
    ]),
    '',
    ...wrapped(
      'Settings come from the environment: RECKONING_DATABASE_URL names the ledger (file:data/reckoning.db). docs/settings.md lists them all. Exit codes: 0 done, 1 problems found, 2 misuse.',
      terminal.width,
    ),
  ].join('\n')
