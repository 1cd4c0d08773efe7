import { type FolderFiles, readFiles, type SourceItem } from '../../src/interchange/folder-files.ts'
import { ANALYSTS, TALK } from '../interchange/talk.ts'
import { type Adversary, kept } from './adversaries.ts'

const talk = readFiles([ANALYSTS, { path: '2024/talk.yaml', bytes: TALK }])
const [source] = talk.sources as [SourceItem]
const [statement] = source.statements as [SourceItem['statements'][number]]
type Change = Partial<(typeof statement)['value']>

/** A file of a source holds at most a thousand statements; here so many. */
const IN_A_SOURCE = 10

/** A folder of so many statements, each with what it has of its own. */
export function manyStatements(n: number, changed: (i: number) => Change): FolderFiles {
  const statements = Array.from({ length: n }, (_, i) => ({
    ...statement,
    value: { ...statement.value, id: `war-${i}`, ...changed(i) },
  }))
  return {
    ...talk,
    ids: statements.map(({ document, at, value }, i) => ({
      noun: 'statement',
      id: `talk-${Math.floor(i / IN_A_SOURCE)}_${value.id}`,
      at,
      document,
    })),
    sources: Array.from({ length: Math.ceil(n / IN_A_SOURCE) }, (_, i) => ({
      ...source,
      id: `talk-${i}`,
      statements: statements.slice(IN_A_SOURCE * i, IN_A_SOURCE * (i + 1)),
    })),
  }
}

const { question, resolution } = statement.value
const asked = question as Exclude<typeof question, string | undefined>
/** A question of one family, with what it implies and how it ended. */
const rung = (id: number, implies: number | null, outcome: 'yes' | 'no', mid: number): Change => ({
  probability: mid,
  question: {
    ...asked,
    id: `rung-${id}`,
    family: 'a',
    ...(implies === null ? {} : { implies: `rung-${implies}` }),
  },
  resolution: resolution && { ...resolution, outcome },
})

/** Folders of any number of statements. */
export const RECORDS: Adversary<FolderFiles>[] = (
  [
    ['alike', () => ({})],
    ['of one id', () => ({ id: 'war' })],
    ['of one question', () => ({ question: 'war' })],
    ['of unknown analysts', (i) => ({ analyst: `jane-${i}` })],
    ['of unknown questions', (i) => ({ question: `question-${i}` })],
    [
      'that repeat unknown ones',
      (i) => ({ question: undefined, probability: undefined, duplicate_of: `talk-0_wars-${i}` }),
    ],
    ['on a ladder that ended with no', (i) => rung(i, i + 1, 'no', 0.5)],
    ['on a ladder that ended with yes', (i) => rung(i, i === 0 ? null : i - 1, 'yes', 0.5)],
    ['on a ladder that contradicts itself', (i) => rung(i, i + 1, i % 2 ? 'yes' : 'no', 1 / (i + 2))],
    ['on one rung', (i) => rung(i, i === 0 ? null : 0, 'no', 0.5)],
    ['in a circle', (i) => rung(i, i % 50 === 49 ? i - 49 : i + 1, 'no', 0.5)],
  ] satisfies [string, (i: number) => Change][]
).map(([name, changed]) => [`statements ${name}`, kept((n) => manyStatements(n, changed))])
