import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createApp } from '../../src/app.ts'
import { normalise } from '../../src/core/normalised-text.ts'
import { openSecret } from '../../src/ledger/members/membership.ts'
import { fieldId, sentence } from '../../src/web/ui/field.tsx'
import { commandOn } from '../support/command.ts'
import type { TestLedger } from '../support/ledger.ts'
import { ORIGIN } from '../support/site.ts'

/** What was refused, and with which words. The field is called what its door calls it. */
export type Refused = [field: string, sentence: string][]
type Tree = { [name: string]: unknown }
export type Changes = Readonly<Record<string, unknown>>

/** A copy with other values at these pointers; `undefined` takes one away. */
export function changed<T extends Tree>(body: T, changes: Changes): T {
  const copy = structuredClone(body)
  for (const [pointer, value] of Object.entries(changes)) {
    const steps = pointer.slice(1).split('/')
    const last = steps.pop() as string
    let at: Tree = copy
    for (const step of steps) {
      at[step] ??= {}
      at = at[step] as Tree
    }
    if (value === undefined) delete at[last]
    else at[last] = value
  }
  return copy
}

const UNESCAPED = { '&quot;': '"', '&#39;': "'", '&lt;': '<', '&gt;': '>', '&amp;': '&' }
const plain = (html: string) =>
  html.replaceAll(/&(?:quot|#39|lt|gt|amp);/gu, (mark) => UNESCAPED[mark as keyof typeof UNESCAPED])

/** All doors of one ledger. Each answers what it refused; nothing where it took what was sent. */
export async function doorsOf(held: TestLedger) {
  const app = createApp(held.host)
  const session = await openSecret(held.ledger, held.host.now(), held.unit.by.member, 'session')
  const root = mkdtempSync(join(tmpdir(), 'doors-'))

  const send = async (path: string, init: RequestInit) => {
    const response = await app.request(`${ORIGIN}${path}`, init)
    return { status: response.status, text: await response.text() }
  }
  const post = async (path: string, body: unknown) => {
    const answer = await send(path, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { authorization: `Bearer ${held.token}`, 'content-type': 'application/json' },
    })
    return JSON.parse(answer.text) as { errors?: { pointer: string; message: string }[]; record: Tree }
  }

  /** What a page says above its form. */
  async function page(path: string, fields: Record<string, string>): Promise<Refused> {
    const { text } = await send(path, {
      method: 'POST',
      body: new URLSearchParams(fields),
      headers: { cookie: `sid=${session}`, origin: ORIGIN },
    })
    const places = text.matchAll(/<li><a href="#([^"]*)">[^<]*<\/a>: ([^<]*)<\/li>/gu)
    return [...places].map(([, place = '', said = '']) => [place, plain(said)])
  }

  const run = commandOn({ RECKONING_DATABASE_URL: held.url }, held.host.now)
  const command = async (...words: string[]) => {
    const { code, stdout } = await run(...words)
    return { code, json: JSON.parse(stdout || '{}') as Tree }
  }

  return {
    page,
    command,
    post,
    close: () => rmSync(root, { recursive: true, force: true }),

    api: async (path: string, body: unknown): Promise<Refused> =>
      ((await post(path, body)).errors ?? []).map(({ pointer, message }) => [pointer, message]),

    /** A capture with these marks, kept and then logged. */
    capture: async (draft: unknown): Promise<Refused> => {
      const kept = (await post('/api/captures', draft)) as unknown as { id?: string; errors?: [] }
      const answer = kept.id === undefined ? kept : await post(`/api/captures/${kept.id}/log`, {})
      return (answer.errors ?? []).map(({ pointer, message }) => [pointer, message])
    },

    /** A command: a refusal of the ledger names a field, a misuse the option. */
    refusedBy: async (...words: string[]): Promise<Refused> => {
      const { json } = await command(...words, '--json')
      const { message = '', problems } = (json.error ?? {}) as {
        message?: string
        problems?: { pointer: string; message: string }[]
      }
      if (problems !== undefined) return problems.map((problem) => [problem.pointer, problem.message])
      return [...message.matchAll(/(--[a-z-]+) ([^;]*?)(?:;|\.$)/gu)].map(([, option = '', said = '']) => [
        option,
        said,
      ])
    },

    /** `reckon import`, perhaps with a text: what the check of the files finds, or else what the ledger refuses. */
    files: async (files: Readonly<Record<string, unknown>>, text?: string): Promise<Refused> => {
      const folder = mkdtempSync(join(root, 'in-'))
      for (const [path, content] of Object.entries(files)) {
        mkdirSync(dirname(join(folder, path)), { recursive: true })
        // JSON is YAML.
        writeFileSync(join(folder, path), JSON.stringify(content))
      }
      const interview = join(root, 'interview.txt')
      if (text !== undefined) writeFileSync(interview, text)
      const beside = text === undefined ? [] : ['--interview', interview]
      const { json } = await command('import', folder, '--json', ...beside)
      const { findings = [], refused = [] } = json as {
        findings?: { level: string; message: string }[]
        refused?: { message: string }[]
      }
      return [
        ...findings.filter(({ level }) => level === 'error').map(({ message }) => message),
        ...refused.map(({ message }) => message),
      ].map(parted)
    },
  }
}

/** `"known_on" lies …` and `/known_on lies …` as field and sentence. */
function parted(message: string): [string, string] {
  const [, key = '', said = ''] = /^(?:"([^"]+)"|\/\S*?([^/\s]+))/u.test(message)
    ? (/^(?:an item of )?(?:"|\/(?:\S*\/)?)([^"\s]+)"?:? (.*)$/su.exec(message) ?? [])
    : ['', '', message]
  return [key, said]
}

/** How a field is called where a form has this id. */
export const onPage = (form: string, [field, said]: [string, string]): [string, string] => [
  fieldId(form, field),
  sentence(said),
]

/** How a file calls it: by its last key. */
export const inFile = ([field, said]: [string, string]): [string, string] => [
  field.split('/').at(-1) as string,
  said,
]

/** The offsets of a quote in a text, as a mark has them. */
export function placeIn(text: string, quote: string): { start: number; end: number } {
  const start = normalise(text).text.indexOf(quote)
  return { start, end: start + quote.length }
}
