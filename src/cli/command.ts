import type { Config } from '../config.ts'
import type { Terminal } from './terminal.ts'

/** How a program ended: with a code, or by a signal. */
export type Ended = { code: number | null; signal: string | null; stdout: string; stderr: string }
/** Runs this program again with these words, in a process of its own; `told` gets each line of its standard error. */
export type Apart = (words: readonly string[], told: (line: string) => void) => Promise<Ended>

/** What the world is to a command; only `main.ts` makes one. */
export type Context = {
  /** The settings; throws `Misuse` when one of them is wrong. */
  config: () => Config
  now: () => Date
  /** What the clock of a server is held against while it runs. */
  elapsed?: () => number
  terminal: Terminal
  /** One line for people, on standard error. */
  note: (text: string) => void
  /** Why the last note was lost (a full disk, a reader who left), or null. */
  unheard?: () => string | null
  /** Shows how far a long task is, on standard error, from the second second on. */
  progress: (what: string) => (done: number, of: number) => void
  /** For work that may end the process; null where there is no other process to be had. */
  apart: Apart | null
  /** The `--json` flag: a command that runs on says things this way too. */
  json: boolean
  /** One line on standard output, for a command that says something before it ends. */
  say: (text: string) => void
}

/** What was typed behind the name of a command, checked against its options. */
export type Given = {
  positionals: string[]
  text: (option: string) => string | undefined
  all: (option: string) => string[]
  flag: (option: string) => boolean
}

export type Option = {
  /** What its value is called in the help; an option without one is a flag. */
  value?: string
  about: string
  required?: boolean
  repeats?: boolean
  choices?: readonly string[]
}

/** What a command answers: a text for people, the same as JSON (nothing where it was said already), 1 where problems were found. */
export type Outcome = { text: string; json: unknown; exit?: 0 | 1 }

export type Command = {
  /** One or two words: `due`, `token create`. */
  name: string
  summary: string
  /** What stands behind the name: `FILE…`, with the least and the most that there may be. */
  operands?: { shown: string; least: number; most: number }
  /** What it does and what it leaves alone, in a few sentences. */
  about: string
  options?: Readonly<Record<string, Option>>
  examples: readonly (readonly [command: string, what: string])[]
  /** What exit code 1 means here, where it can happen. */
  problems?: string
  run: (context: Context, given: Given) => Promise<Outcome>
}
