import { ProbabilityRequest } from '../../core/forecast.ts'
import { rungsBelow } from '../../core/ladder.ts'
import { typeOf } from '../../core/question.ts'
import { bandRead, type CheckWarning, checkNested } from '../../reading/checklist.ts'
import { listQuestions } from '../../store/nouns.ts'
import { similarQuestions } from '../../store/similar.ts'
import type { PageContext } from '../ui/page.ts'
import { typedIn } from '../ui/problem.ts'
import { probabilityOf } from './probability.tsx'
import type { AroundMark, ShownMark, Similar } from './question.tsx'

const SIMILAR = 3
const MOST_READ = 200
/** The list stands in every card. */
const MOST_RUNGS = 20

const field = ({ part }: ShownMark, name: string): string => typedIn({ typed: part }, name)
const titleOf = (mark: ShownMark): string => field(mark, '/question/title')
const isBinary = (mark: ShownMark): boolean => ['', 'binary'].includes(field(mark, '/question/type'))

/** For each mark that asks a question of its own, what the other questions say to it. */
export async function aroundMarks(
  { host, now }: PageContext,
  marks: readonly ShownMark[],
  published: string | undefined,
): Promise<(mark: ShownMark) => AroundMark> {
  const { db } = host.ledger
  const asking = marks.filter((mark) => mark.kind === 'forecast' && field(mark, 'question') === '')
  const titled = asking.filter((mark) => titleOf(mark) !== '')
  const [recorded, ...similar] = await Promise.all([
    titled.length === 0 ? { items: [] } : listQuestions(db, {}, now, { limit: MOST_READ }),
    ...titled.map((mark) => similarQuestions(db, titleOf(mark), SIMILAR)),
  ])
  const found = new Map(titled.map(({ id }, i) => [id, similar[i] ?? []]))
  const held = recorded.items
    .filter(({ record, outcome }) => outcome === null && record.family !== undefined)
    .filter(({ record }) => typeOf(record) === 'binary')
    .slice(0, MOST_RUNGS)
    .map(({ record }) => [record.id, record.title] as const)
  return (mark) => ({
    published,
    similar: [...sameHere(mark, titled), ...(found.get(mark.id) ?? [])],
    rungs: [
      ...titled
        .filter((other) => other.id !== mark.id && isBinary(other))
        .map((other) => [`#${other.id}`, titleOf(other)] as const),
      ...held,
    ],
    outOfOrder: outOfOrder(mark, titled),
  })
}

const sameHere = (mark: ShownMark, titled: readonly ShownMark[]): Similar[] =>
  titled
    .filter((other) => other.id !== mark.id && titleOf(other).toLowerCase() === titleOf(mark).toLowerCase())
    .map((other) => ({
      id: `#${other.id}`,
      title: titleOf(other),
      deadline: field(other, '/question/deadline/date'),
    }))

/** What a passage makes likelier than another one that it cannot happen without. */
function outOfOrder(mark: ShownMark, titled: readonly ShownMark[]): CheckWarning[] {
  const rungs = titled.map((other) => ({
    id: `#${other.id}`,
    implies: field(other, '/question/implies') || undefined,
    title: titleOf(other),
    band: bandOf(other),
  }))
  const own = rungs.find(({ id }) => id === `#${mark.id}`)
  const band = own?.band ?? null
  if (own === undefined || band === null) return []
  return rungsBelow(own, rungs).flatMap((lower) =>
    lower.band === null ? [] : (checkNested({ ...own, band }, { ...lower, band: lower.band }) ?? []),
  )
}

function bandOf({ part }: ShownMark) {
  const read = ProbabilityRequest.safeParse(probabilityOf(part))
  return read.success ? bandRead(read.data) : null
}
