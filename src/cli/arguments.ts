import { parseArgs } from 'node:util'
import type * as z from 'zod'
import { Misuse } from '../config.ts'
import { nearest } from '../interchange/finding.ts'
import type { Command, Given, Option } from './command.ts'
import { harmless } from './terminal.ts'

/** Options that every command has. */
export const commonOptions = {
  json: { about: 'print JSON instead of text' },
  help: { about: 'show this help' },
} satisfies Record<string, Option>

const quoted = (text: string) => `"${harmless(text.slice(0, 60))}"`

/** The command that the first words name, and what stands behind them; a `Misuse` names the nearest one. */
export function commandOf(
  commands: readonly Command[],
  words: readonly string[],
): { command: Command; rest: string[] } | null {
  for (const length of [2, 1]) {
    const name = words.slice(0, length).join(' ')
    const command = commands.find((candidate) => candidate.name === name)
    if (command !== undefined && words.length >= length) return { command, rest: words.slice(length) }
  }
  return null
}

/** The commands that share this first word: `token create`, `token list` … */
export const groupOf = (commands: readonly Command[], word: string | undefined): Command[] =>
  commands.filter(({ name }) => name.startsWith(`${word} `))

/** Why no command was found. */
export function unknownCommand(commands: readonly Command[], words: readonly string[]): Misuse {
  const [first = '', second] = words
  const group = groupOf(commands, first)
  const names = [...new Set(commands.map(({ name }) => name.split(' ')[0] as string))]
  if (group.length === 0) {
    const meant = nearest(first, names)
    return new Misuse(
      `There is no command ${quoted(first)}.`,
      meant === null ? 'reckon --help lists the commands.' : `Did you mean reckon ${meant}?`,
    )
  }
  const seconds = group.map(({ name }) => name.split(' ')[1] as string)
  if (second === undefined || second.startsWith('-'))
    return new Misuse(
      `reckon ${first} needs one of: ${seconds.join(', ')}.`,
      `reckon ${first} --help says more.`,
    )
  const meant = nearest(second, seconds)
  return new Misuse(
    `There is no command ${quoted(`${first} ${second}`)}.`,
    meant === null ? `It is one of: ${seconds.join(', ')}.` : `Did you mean reckon ${first} ${meant}?`,
  )
}

/** Reads what was typed behind a command against its options; throws `Misuse`. */
export function readArguments(command: Command, words: readonly string[]): Given {
  const known: Record<string, Option> = { ...command.options, ...commonOptions }
  const help = `reckon ${command.name} --help says more.`
  const { tokens } = parseArgs({
    args: [...words],
    strict: false,
    tokens: true,
    allowPositionals: true,
    options: Object.fromEntries(
      Object.entries(known).map(([name, { value }]) => [
        name,
        { type: value === undefined ? 'boolean' : 'string', multiple: true } as const,
      ]),
    ),
  })
  const values = new Map<string, string[]>()
  const positionals: string[] = []
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value)
    if (token.kind !== 'option') continue
    const option = Object.hasOwn(known, token.name) ? known[token.name] : undefined
    if (option === undefined) {
      const meant = nearest(token.name, Object.keys(known))
      throw new Misuse(
        `reckon ${command.name} has no option ${quoted(token.rawName)}.`,
        meant === null ? help : `Did you mean --${meant}?`,
      )
    }
    values.set(token.name, [...(values.get(token.name) ?? []), givenValue(token, option)])
  }
  for (const [name, option] of Object.entries(known)) checkOption(name, option, values.get(name) ?? [], help)
  const { shown, least, most } = command.operands ?? { shown: '', least: 0, most: 0 }
  if (positionals.length < least) throw new Misuse(`reckon ${command.name} needs ${shown}.`, help)
  if (positionals.length > most)
    throw new Misuse(
      `reckon ${command.name} does not know what to do with ${quoted(positionals[most] ?? '')}.`,
      help,
    )
  return {
    positionals,
    text: (name) => values.get(name)?.[0],
    all: (name) => values.get(name) ?? [],
    flag: (name) => values.has(name),
  }
}

type OptionToken = { name: string; value?: string | undefined; inlineValue?: boolean | undefined }

function givenValue({ name, value, inlineValue }: OptionToken, option: Option): string {
  if (option.value === undefined) {
    if (value !== undefined) throw new Misuse(`--${name} takes no value.`)
    return ''
  }
  if (value === undefined || (inlineValue !== true && value.startsWith('-') && value !== '-'))
    throw new Misuse(`--${name} needs a value: --${name} ${option.value}.`)
  return value
}

function checkOption(name: string, option: Option, values: readonly string[], help: string): void {
  if (option.required === true && values.length === 0)
    throw new Misuse(`--${name} ${option.value} is missing.`, help)
  if (values.length > 1 && option.repeats !== true)
    throw new Misuse(`--${name} is given ${values.length} times.`)
  for (const value of values) {
    if (option.value !== undefined && value === '') throw new Misuse(`--${name} is blank.`)
    if (option.choices === undefined || option.choices.includes(value)) continue
    const meant = nearest(value, option.choices)
    throw new Misuse(
      `--${name} cannot be ${quoted(value)}: it is one of ${option.choices.join(', ')}.`,
      meant === null ? null : `Did you mean ${meant}?`,
    )
  }
}

/** A value that must fit a schema; throws `Misuse` naming what was typed wrongly. */
export function fitting<T>(schema: z.ZodType<T>, name: string, value: unknown): T {
  const read = schema.safeParse(value)
  if (read.success) return read.data
  throw new Misuse(`${name} ${read.error.issues[0]?.message ?? 'is not right'}.`)
}
