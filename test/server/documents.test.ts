import { copyFileSync, cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { environment, folder, launcher, root, start, until } from '../support/process.ts'
import { shellIn } from '../support/shell.ts'

/** Another test types what stands in these, in a folder of the kind that they speak of. */
const TYPED_ELSEWHERE = ['docs/verify.md']
const documents = [
  'README.md',
  ...readdirSync(join(root, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
]
/** What stands in fences marked so: `sh` is typed here, `console` needs something that this machine may not have. */
const KINDS = ['sh', 'console', 'text', 'yaml', 'json', 'ts', 'ini', 'python', 'r', 'mermaid', 'xml', 'toml']

const blocks = (path: string) =>
  [...readFileSync(join(root, path), 'utf8').matchAll(/^```(.*)\n([\s\S]*?)^```$/gmu)].map(
    ([, kind = '', text = '']) => ({ kind, text }),
  )
const steps = (path: string) => blocks(path).filter(({ kind }) => kind === 'sh')
const typed = documents.filter((path) => !TYPED_ELSEWHERE.includes(path) && steps(path).length > 0)

test('what is to be typed is marked as such in every document', () => {
  expect(documents.flatMap(blocks).length).toBeGreaterThan(30)
  expect(
    documents.flatMap((path) =>
      blocks(path)
        .filter(({ kind }) => !KINDS.includes(kind))
        .map(({ kind, text }) => `${path}: ${JSON.stringify(kind)} before ${text.slice(0, 40)}`),
    ),
  ).toEqual([])
  expect(typed.length).toBeGreaterThan(2)
})

test.each(typed)(
  'every command of %s does what it should, in the order in which they stand',
  async (path) => {
    const cwd = folder()
    cpSync(join(root, 'predictions'), join(cwd, 'predictions'), { recursive: true })
    copyFileSync(join(root, 'test/fixtures/fivethirtyeight/nfl_games.csv'), join(cwd, 'nfl_games.csv'))
    cpSync(join(root, 'test/fixtures/trackers'), cwd, { recursive: true })
    writeFileSync(join(cwd, 'interview.txt'), 'There will be no war.\n')
    const server = start(process.execPath, [launcher, 'serve'], { cwd, env: environment({ PORT: '0' }) })
    try {
      const address = await until('the address', () => /Reckoning is at (\S+)/u.exec(server.stdout())?.[1])
      const shell = shellIn(cwd, address)
      for (const { text } of steps(path)) {
        const { status, stderr } = shell(text)
        expect(`${text}${stderr}${status}`).toBe(`${text}${stderr}0`)
      }
    } finally {
      await server.stop()
    }
  },
)
