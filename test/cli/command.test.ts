import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { commandOf, readArguments, unknownCommand } from '../../src/cli/arguments.ts'
import type { Command } from '../../src/cli/command.ts'
import { commands } from '../../src/cli/commands.ts'
import { commandHelp, overview } from '../../src/cli/help.ts'
import { widthOf } from '../../src/cli/terminal.ts'
import { Misuse } from '../../src/config.ts'

const terminal = { width: 80, colour: false }
const named = (name: string) => commands.find((command) => command.name === name) as Command

/** The words of a line as a shell makes them: quotes hold a word together, settings before the name are dropped. */
const wordsOf = (typed: string): string[] =>
  [...typed.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/gu)].map(
    ([, double, single, plain]) => double ?? single ?? plain ?? '',
  )

const misuse = (work: () => unknown): Misuse => {
  try {
    work()
  } catch (error) {
    if (error instanceof Misuse) return error
    throw error
  }
  throw new Error('it was accepted')
}

describe('the table of commands', () => {
  it('has every command that the README and the help may promise, once', () => {
    const first = new Set(commands.map(({ name }) => name.split(' ')[0]))
    for (const name of 'serve migrate check import export due resolve track-record verify rebuild backup member token sign-in policy'.split(
      ' ',
    ))
      expect(first).toContain(name)
    expect(new Set(commands.map(({ name }) => name)).size).toBe(commands.length)
  })

  it.each(commands.map((command) => [command.name, command] as const))(
    'teaches %s with examples that it would accept itself',
    (_, command) => {
      expect(command.examples.length).toBeGreaterThan(0)
      for (const [typed] of command.examples) {
        const words = wordsOf(typed.replace(/^\w+=\$\((.*)\)$/u, '$1'))
        const from = words.indexOf('reckon') + 1
        const found = commandOf(commands, words.slice(from))
        expect(found?.command.name).toBe(command.name)
        expect(() => readArguments(command, found?.rest ?? [])).not.toThrow()
      }
    },
  )

  it.each([40, 80, 200])('shows help that fits %d columns', (width) => {
    const texts = [
      overview({ width, colour: false }, '1.0.0', commands),
      ...commands.map((command) => commandHelp({ width, colour: false }, command)),
    ]
    for (const line of texts.join('\n').split('\n'))
      if (!/^ {2}\S*(reckon|RECKONING|PORT|TOKEN)/u.test(line))
        expect(widthOf(line), line).toBeLessThanOrEqual(width)
  })

  it('names the exit codes of every command', () => {
    for (const command of commands)
      expect(commandHelp(terminal, command)).toMatch(
        /Exit codes\n {2}0 {2}done\n {2}1 {2}.+\n[\s\S]* {2}2 {2}the command line/u,
      )
  })

  it('keeps each command in a file of its name', () => {
    const list = readFileSync(new URL('../../src/cli/commands.ts', import.meta.url), 'utf8')
    for (const { name } of commands) expect(list).toContain(`'./${name.split(' ')[0]}.ts'`)
  })
})

describe('what is typed wrongly', () => {
  it.each([
    [['serv'], 'Did you mean reckon serve?'],
    [['trackrecord'], 'Did you mean reckon track-record?'],
    [['token', 'creat'], 'Did you mean reckon token create?'],
    [['token'], 'reckon token --help says more.'],
    [['zzz'], 'reckon --help lists the commands.'],
  ])('is answered with the nearest command: %j', (words, hint) => {
    expect(commandOf(commands, words)).toBeNull()
    expect(unknownCommand(commands, words).hint).toBe(hint)
  })

  it.each([
    ['token create', ['--nmae', 'x', '--role', 'admin'], /no option "--nmae"/u, 'Did you mean --name?'],
    ['token create', ['--name', 'x', '--role', 'amdin'], /cannot be "amdin"/u, 'Did you mean admin?'],
    ['token create', ['--name', 'x'], /--role ROLE is missing/u, null],
    ['token create', ['--name', '--role', 'admin'], /--name needs a value/u, null],
    ['token create', ['--name', '', '--role', 'admin'], /--name is blank/u, null],
    ['token create', ['--name', 'a', '--name', 'b', '--role', 'admin'], /--name is given 2 times/u, null],
    ['token create', ['x', '--name', 'a', '--role', 'admin'], /does not know what to do with "x"/u, null],
    ['due', ['--run=yes'], /--run takes no value/u, null],
    ['due', ['-x'], /no option "-x"/u, null],
    ['due', ['--__proto__'], /no option "--__proto__"/u, null],
    ['check', [], /needs PATH…/u, null],
    ['backup', ['a', 'b'], /does not know what to do with "b"/u, null],
  ])('is refused before anything is done: %s %j', (name, words, message, hint) => {
    const error = misuse(() => readArguments(named(name), words))
    expect(error.message).toMatch(message)
    if (hint !== null) expect(error.hint).toBe(hint)
  })

  it('takes a value that begins with a dash behind an equals sign, and what stands behind two dashes as it is', () => {
    expect(readArguments(named('token create'), ['--name=-x', '--role', 'admin']).text('name')).toBe('-x')
    expect(readArguments(named('backup'), ['--', '--odd']).positionals).toEqual(['--odd'])
  })
})
